"""Operations on directives and their tasks."""

from diaban.faces.api.tests.operations.asking import (
    ASKED,
    DOERS,
    DRAFTERS,
    EVERYONE,
    HANDLERS,
    IN_SO,
    PROOF,
    SO,
    Asked,
    Operations,
    by,
    plainly,
)
from diaban.work.directives.models import Directive
from diaban.work.directives.services import Content as DirectiveContent
from diaban.work.directives.services import Receiver, draft_and_issue, draft_directive, report_done
from diaban.work.reporting.tests.worlds import NOW, Reporting


def _said(here: Reporting) -> DirectiveContent:
    return DirectiveContent(
        mode="request",
        text="Bố trí cán bộ",
        field_code="it",
        receivers=[Receiver(here.world.organisations["ubnd_d1"].pk)],
    )


def _directive(here: Reporting) -> Directive:
    return draft_and_issue(content=_said(here), actor=here.actor("director"), at=NOW)


def a_new_directive(here: Reporting) -> Asked:
    receiver = {"organisation": str(here.world.organisations["ubnd_d1"].uid)}
    return Asked(body={"mode": "request", "text": "Bố trí cán bộ", "field": "it", "receivers": [receiver]})


def a_directive_to_issue(here: Reporting) -> Asked:
    drafted = draft_directive(content=_said(here), actor=here.actor("specialist"), at=NOW)
    return Asked({"uid": drafted.uid}, revision=drafted.revision)


def a_directive_to_withdraw(here: Reporting) -> Asked:
    one = _directive(here)
    return Asked({"uid": one.uid}, body={"reason": "Không còn cần"}, revision=one.revision)


def _reported(here: Reporting) -> str:
    task = _directive(here).tasks.get()
    report_done(task_id=task.pk, text="Đã bố trí", actor=here.actor("district_officer"), at=NOW)
    return str(task.uid)


def a_reported_task(here: Reporting) -> Asked:
    return Asked({"uid": _reported(here)}, body={"note": "Đạt"})


def a_task_to_send_back(here: Reporting) -> Asked:
    return Asked({"uid": _reported(here)}, body={"reason": "Thiếu quyết định"})


def a_proof_of_a_task(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).tasks.get().uid}, query={"title": "quyet-dinh.pdf"}, body=PROOF)


def two_directives(here: Reporting) -> Asked:
    one, other = _directive(here), _directive(here)
    return Asked({"uid": one.uid}, body={"into": str(other.uid)}, revision=one.revision)


def a_directive_to_give(here: Reporting) -> Asked:
    one = _directive(here)
    receiver = {"organisation": str(here.world.organisations["ubnd_d2"].uid)}
    return Asked({"uid": one.uid}, body={"receivers": [receiver]}, revision=one.revision)


def a_draft_for_the_superior(here: Reporting) -> Asked:
    asked = a_directive_to_issue(here)
    asked.body = {"superior": str(here.world.organisations["ubnd_tinh"].uid)}
    return asked


def a_directive(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).uid})


def a_task(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).tasks.get().uid}, body={"text": "Đã bố trí"})


ISSUERS = by(404, _403=f"section_head specialist {IN_SO}", _200="director deputy")
OPERATIONS: Operations = {
    "list_directives": ("directives", "GET", plainly, EVERYONE),
    "get_directives_board": ("directives_board", "GET", plainly, EVERYONE),
    "list_received_tasks": ("received_tasks", "GET", plainly, EVERYONE),
    "get_directive": ("directive", "GET", a_directive, ASKED),
    "list_directive_tasks": ("directive_tasks", "GET", a_directive, ASKED),
    "report_task_progress": ("task_progress", "POST", a_task, DOERS),
    "report_task_done": ("task_done", "POST", a_task, DOERS),
    "draft_directive": ("directives", "POST", a_new_directive, DRAFTERS),
    "issue_directive": ("issue_directive", "POST", a_directive_to_issue, ISSUERS),
    "withdraw_directive": ("withdraw_directive", "POST", a_directive_to_withdraw, HANDLERS),
    "confirm_task_done": ("task_confirmed", "POST", a_reported_task, HANDLERS),
    "send_task_back": ("task_sent_back", "POST", a_task_to_send_back, HANDLERS),
    "add_task_evidence": ("task_evidence", "POST", a_proof_of_a_task, DOERS),
    "merge_directive": ("merge_directive", "POST", two_directives, HANDLERS),
    "give_directive": ("give_directive", "POST", a_directive_to_give, HANDLERS),
    "hand_up_directive": ("hand_up", "POST", a_draft_for_the_superior, by(404, _403=IN_SO, _200=SO)),
}
