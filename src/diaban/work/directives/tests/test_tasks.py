"""From issued to done: what receivers owe, what counts, what is sent back, taken out, handed up."""

from datetime import date

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import ask_extension, decide_request
from diaban.work.directives import services
from diaban.work.directives.models import Completion, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.queries import counts
from diaban.work.directives.queries.counting import states_of
from diaban.work.directives.rules import FourWay, slot_of
from diaban.work.directives.services import NotPossible, Source
from diaban.work.directives.tests.worlds import DUE, NOW, TODAY, Directing, a_directing_world, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Directing:
    return a_directing_world()


def done(here: Directing, task: Task, days: int = 0) -> Completion:
    persona = "district_officer" if "d1" in task.name or "Bắc" in task.name else "other_officer"
    on = later(days)
    return services.report_done(
        task_id=task.pk, text="Đã bố trí 01 cán bộ", actor=here.actor(persona, on.date()), at=on
    )


def state(task: Task, on: date) -> str:
    task = Task.objects.select_related("directive", "obligation").get(pk=task.pk)
    return states_of([task], on)[task.pk]


def test_a_request_is_never_overdue(here: Directing) -> None:
    task = here.task(here.issued())

    assert task.obligation is not None
    assert task.obligation.is_asked
    assert state(task, later(30).date()) == "no_reply"
    assert counts(Task.objects.all(), later(30).date()) == FourWay(no_reply=1)


def test_an_order_of_the_line_can_be_overdue_and_its_day_off_does_not_roll(here: Directing) -> None:
    task = here.task(here.assigned())

    assert task.obligation is not None
    assert task.obligation.due_on == DUE
    assert state(task, DUE) != "overdue"
    assert state(task, date(2026, 3, 30)) == "overdue"


def test_a_department_cannot_order_a_committee(here: Directing) -> None:
    draft = here.drafted(mode="assign")

    with pytest.raises(NotPossible, match="huyện Bắc Sơn"):
        services.issue_directive(directive_id=draft.pk, actor=here.actor("director"), at=NOW)


def test_an_enterprise_is_required_by_an_article(here: Directing) -> None:
    with pytest.raises(NotPossible, match="điều, khoản"):
        here.drafted("vnpt", mode="require")

    task = here.task(here.issued("vnpt", mode="require", article="Điều 45 Luật Viễn thông"), "vnpt")

    assert task.obligation is not None
    assert not task.obligation.is_asked


def test_a_party_body_is_told_and_owes_nothing(here: Directing) -> None:
    task = here.task(here.issued("tinh_uy", due_on=None), "tinh_uy")

    assert task.obligation is None
    assert state(task, TODAY) == "party_told"
    assert not Obligation.objects.filter(owner=here.world.organisations["tinh_uy"]).exists()
    assert counts(Task.objects.all(), TODAY) == FourWay()


def test_only_one_leads(here: Directing) -> None:
    two = (here.receiver("ubnd_d1", "leads"), here.receiver("ubnd_d2", "leads"))

    with pytest.raises(NotPossible, match="một cơ quan chủ trì"):
        here.drafted(receivers=two)


def test_only_a_leader_issues_and_only_the_own(here: Directing) -> None:
    draft = here.drafted()

    for persona in ("specialist", "clerk", "province_leader", "district_leader"):
        with pytest.raises(NotPermitted):
            services.issue_directive(directive_id=draft.pk, actor=here.actor(persona), at=NOW)


def test_reporting_done_fulfils_on_that_day_and_waits_for_the_issuer(here: Directing) -> None:
    task = here.task(here.assigned())

    done(here, task, 3)

    task.refresh_from_db()
    assert task.obligation is not None
    assert task.obligation.fulfilled_at == later(3)
    assert state(task, later(3).date()) == "awaiting_confirmation"
    waiting = Obligation.objects.open().get(kind="directives.confirmation")
    assert waiting.owner_id == here.world.organisations["ubnd_tinh"].pk


def test_sending_back_opens_a_second_obligation_and_leaves_the_first(here: Directing) -> None:
    task = here.task(here.assigned())
    completion = done(here, task, 3)
    leader = here.actor("province_leader", later(4).date())

    services.send_back(
        completion_id=completion.pk, reason="Thiếu quyết định", due_on=date(2026, 4, 10), actor=leader, at=later(4)
    )

    first, second = Obligation.objects.filter(kind="directives.task", subject_id=task.pk).order_by("pk")
    assert (first.fulfilled_at, first.due_on) == (later(3), DUE)
    assert (second.fulfilled_at, second.due_on) == (None, date(2026, 4, 10))
    assert state(task, later(5).date()) == "not_due"
    done(here, task, 6)
    confirmed = task.completions.first()
    assert confirmed is not None
    services.confirm_done(completion_id=confirmed.pk, actor=leader, at=later(7))
    assert state(task, later(7).date()) == "done_on_time"
    assert task.completions.count() == 2
    assert not Obligation.objects.open().filter(kind="directives.confirmation").exists()


def test_an_extension_keeps_both_deadlines(here: Directing) -> None:
    task = here.task(here.assigned())
    assert task.obligation is not None
    asked = ask_extension(
        obligation_id=task.obligation.pk, reason="Chờ kinh phí", wanted_due_on=date(2026, 4, 15),
        actor=here.actor("district_leader"), at=NOW,
    )  # fmt: skip

    decide_request(
        request_id=asked.pk, granted=True, answer="", due_on=None, actor=here.actor("province_leader"), at=NOW
    )

    owed = Obligation.objects.get(pk=task.obligation.pk)
    assert (owed.original_due_on, owed.due_on) == (DUE, date(2026, 4, 15))
    assert state(task, date(2026, 4, 1)) == "not_due"


def test_withdrawn_and_merged_tasks_leave_the_counts_with_their_reason(here: Directing) -> None:
    kept, merged, gone = here.assigned(), here.assigned(text="Việc trùng"), here.assigned(text="Việc thôi")
    leader = here.actor("province_leader")
    done(here, here.task(gone), 1)

    services.merge_into(directive_id=merged.pk, other_id=kept.pk, actor=leader, at=later(2))
    services.withdraw(directive_id=gone.pk, reason="Không còn phù hợp", actor=leader, at=later(2))

    found = counts(Task.objects.all(), later(2).date())
    assert (found.open_in_time, found.done_on_time, found.out) == (2, 1, 3)
    assert set(Obligation.objects.exclude(closed_note="").values_list("closed_note", flat=True)) == {
        f"Gộp vào: {kept.title}", "Không còn phù hợp",
    }  # fmt: skip


def test_what_has_nobody_or_no_day_is_flagged_and_given_later(here: Directing) -> None:
    directive = here.issued(receivers=(), due_on=None)

    services.give_to(
        directive_id=directive.pk, receivers=[here.receiver("ubnd_d1")], actor=here.actor("director"), at=later(1)
    )

    assert counts(Task.objects.all(), TODAY) == FourWay(no_deadline=1)


def test_the_coordinators_work_ends_with_the_leads(here: Directing) -> None:
    both = (here.receiver("ubnd_d1", "leads"), here.receiver("ubnd_d2", "coordinates"))
    directive = here.issued(receivers=both)
    completion = done(here, here.task(directive), 1)

    services.confirm_done(completion_id=completion.pk, actor=here.actor("director"), at=later(2))

    owed = here.task(directive, "ubnd_d2").obligation
    assert owed is not None
    assert owed.closed_note == "Cơ quan chủ trì đã hoàn thành"
    assert counts(Task.objects.all(), TODAY).total == 1


def test_a_draft_for_the_province_is_issued_by_its_leader_as_an_order(here: Directing) -> None:
    draft = here.drafted("ubnd_d1", "ubnd_d2", mode="request")
    province = here.world.organisations["ubnd_tinh"].pk
    specialist = here.actor("specialist")
    beside = here.world.organisations["thanh_tra"].pk
    with pytest.raises(NotPossible, match="cấp trên trực tiếp"):
        services.hand_to_superior(directive_id=draft.pk, superior_id=beside, actor=specialist, at=NOW)
    services.hand_to_superior(directive_id=draft.pk, superior_id=province, mode="assign", actor=specialist, at=NOW)
    assert Obligation.objects.open().get(kind="directives.signing").owner_id == province

    services.issue_directive(directive_id=draft.pk, actor=here.actor("province_leader"), at=later(1))

    task = here.task(draft)
    assert task.obligation is not None
    assert (task.obligation.counterpart_id, task.obligation.is_asked) == (province, False)
    assert not Obligation.objects.open().filter(kind="directives.signing").exists()


def test_a_party_paper_is_recorded_and_never_kept(here: Directing) -> None:
    source = Source("party", "12-KL/TU", date(2025, 10, 24), "Tỉnh ủy Sơn Lâm")
    directive = here.issued(source=source, source_item="mục 3")

    assert directive.source is not None
    assert (directive.source.symbol, directive.source.document_id, directive.source.file_id) == ("12-KL/TU", None, None)
    with pytest.raises(NotPossible, match="không lưu nội dung"):
        here.drafted(source=Source("party", "13-KL/TU", TODAY, "Tỉnh ủy", document_id=1))


def test_who_sees_what(here: Directing) -> None:
    draft, issued = here.drafted(), here.issued("ubnd_d1", "ubnd_d2")

    seen = {
        persona: (
            set(visible_directives(here.actor(persona)).values_list("pk", flat=True)),
            visible_tasks(here.actor(persona)).filter(directive=issued).count(),
        )
        for persona in ("specialist", "province_leader", "district_officer", "commune_officer", "enterprise", "auditor")
    }

    assert seen == {
        "specialist": ({draft.pk, issued.pk}, 2), "province_leader": ({issued.pk}, 2),
        "district_officer": ({issued.pk}, 1), "commune_officer": (set(), 0), "enterprise": (set(), 0),
        "auditor": ({issued.pk}, 2),
    }  # fmt: skip


def test_the_database_counts_as_the_rule_does(here: Directing) -> None:
    for days in (0, 20):
        here.assigned(due_on=later(days).date())
    here.issued("ubnd_d1", due_on=TODAY)
    here.issued("ubnd_d1", due_on=None, recurring="hằng quý")
    tasks = list(Task.objects.filter(organisation=here.world.organisations["ubnd_d1"]).select_related("directive"))
    done(here, tasks[0], 1)
    done(here, tasks[1], 1)

    for day in (TODAY, later(5).date(), later(40).date()):
        standings = [one.obligation.standing for one in Task.objects.select_related("obligation") if one.obligation]
        assert counts(Task.objects.all(), day) == FourWay.of(slot_of(one, day) for one in standings)
