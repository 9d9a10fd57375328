"""Who may do what through the API: every operation by every persona; and by whoever has no key."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaban.faces.api.api import api
from diaban.faces.api.tests.callers import Program, program
from diaban.foundation.accounts.models import Notice
from diaban.foundation.mandates.tests.personas import PEOPLE
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import ask_extension
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import add_evidence, answer, join, raise_difficulty
from diaban.work.directives.models import Directive
from diaban.work.directives.services import Content as DirectiveContent
from diaban.work.directives.services import Receiver, draft_and_issue, draft_directive, report_done
from diaban.work.exchange.services import bring_file
from diaban.work.meetings import services as meetings
from diaban.work.meetings.models import Conclusion, Holder, Meeting, Visit
from diaban.work.meetings.services import ItemPlan, add_item, draft_programme
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import submit_for_check
from diaban.work.reporting.tests.worlds import NOW, Q4, Reporting, a_reporting_world
from diaban.work.reporting.workbook import report_workbook

pytestmark = pytest.mark.django_db
CEILING = 30
Given = dict[str, Any]
PERSONAS = [row[0] for row in PEOPLE]
Make = Callable[["Reporting"], "Asked"]


@dataclass
class Asked:
    """How an operation is asked: address, query, body, and the revision it is made from."""

    kwargs: Given = field(default_factory=dict)
    query: Given = field(default_factory=dict)
    body: object = None
    revision: int | None = None


def plainly(here: Reporting) -> Asked:
    return Asked()


def a_unit(here: Reporting) -> Asked:
    return Asked({"uid": here.world.units["D1"].uid})


def an_organisation(here: Reporting) -> Asked:
    return Asked({"uid": here.world.organisations["so"].uid})


def who_must(here: Reporting) -> Asked:
    return Asked(query={"function": "report", "field": "reporting", "unit": here.world.units["D1"].uid})


def an_obligation(here: Reporting) -> Asked:
    return Asked({"obligation_id": Obligation.objects.get(unit=here.world.units["D1"], period=str(Q4)).pk})


def an_overdue_wish(here: Reporting) -> Asked:
    asked = an_obligation(here)
    return Asked(asked.kwargs, body={"reason": "Thiếu số liệu", "wanted_due_on": "2010-03-31"})


def a_wish_to_decide(here: Reporting) -> Asked:
    asked, officer = an_obligation(here), here.actor("district_leader")
    day = date(2010, 3, 31)
    ask_extension(reason="Thiếu số liệu", wanted_due_on=day, actor=officer, at=NOW, **asked.kwargs)
    return Asked(asked.kwargs, body={"granted": True})


def a_notice_to_the_specialist(here: Reporting) -> Asked:
    notice = Notice.objects.create(
        account=here.world.accounts["specialist"], subject_kind="territory.unit",
        subject_id=here.world.units["D1"].pk, text="Sắp đến hạn", reason="nhắc việc", created_at=NOW,
    )  # fmt: skip
    return Asked({"notice_id": notice.pk})


def an_indicator(here: Reporting) -> Asked:
    return Asked({"code": "BC07"})


def a_schedule(here: Reporting) -> Asked:
    return Asked({"uid": here.schedule.uid})


def a_period(here: Reporting) -> Asked:
    here.sent()
    return Asked({"uid": here.schedule.uid, "period": str(Q4)})


def of(report: Report, body: object = None, **kwargs: object) -> Asked:
    report.refresh_from_db()
    return Asked({"uid": report.uid, **kwargs}, body=body, revision=report.revision)


def a_sent_report(here: Reporting) -> Asked:
    return of(here.sent())


def a_draft(here: Reporting) -> Asked:
    return of(here.filled())


def values(here: Reporting) -> Asked:
    return of(here.opened(), {"values": {"BC09__num": "18"}})


def a_filled_workbook(here: Reporting) -> Asked:
    report = here.filled()
    return of(report, report_workbook(report, report.versions.get(), plain_names=True))


def a_checked_report(here: Reporting) -> Asked:
    asked = a_draft(here)
    actor = here.actor("district_officer")
    submit_for_check(report_id=Report.objects.get(uid=asked.kwargs["uid"]).pk, actor=actor, at=NOW)
    return of(Report.objects.get(uid=asked.kwargs["uid"]), {"reason": "Kiểm tra lại số hộ."})


def a_report_to_sign(here: Reporting) -> Asked:
    return of(here.to_sign(), {"paper": None})


def a_mistaken_report(here: Reporting) -> Asked:
    return of(here.sent(), {"reason": "Sai số hộ."})


def its_section(here: Reporting) -> Asked:
    return of(here.sent(), section=2)


def a_section_to_return(here: Reporting) -> Asked:
    return of(here.sent(), {"reason": "Bổ sung số liệu."}, section=2)


def a_due_report(here: Reporting) -> Asked:
    body = {"schedule": str(here.schedule.uid), "unit": str(here.world.units["D1"].uid), "period": str(Q4)}
    return Asked(body=body)


def an_area(here: Reporting) -> Asked:
    here.sent()
    return Asked({"form": here.form.code, "period": str(Q4)}, {"unit": here.world.units["D1"].uid})


def a_file(here: Reporting) -> Asked:
    content = b"period,unit,indicator,value\n2009-Q3,921,BC07,23\n"
    return Asked(query={"collection": "khac", "name": "Khac", "dry": "false"}, body=content)


def a_collection(here: Reporting) -> Asked:
    here.sent()
    return Asked(query={"collection": here.form.collection.code})


def an_import(here: Reporting) -> Asked:
    brought = bring_file(
        content=b"period,unit,indicator,value\n2009-Q3,921,BC07,23\n", file_name="so.csv", collection="khac",
        collection_name="Khác", actor=here.actor("specialist"), at=NOW,
    )  # fmt: skip
    return Asked({"uid": brought.imported.uid})


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


def _difficulty(here: Reporting, content: str = "Trạm phát sóng hỏng từ tháng 9") -> Difficulty:
    return raise_difficulty(
        kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content=content,
        organisation_id=here.world.organisations["ubnd_d1"].pk, received_on=NOW.date(),
        actor=here.actor("district_officer"), at=NOW,
    )  # fmt: skip


def about(one: Difficulty, body: object = None) -> Asked:
    one.refresh_from_db()
    return Asked({"uid": one.uid}, body=body, revision=one.revision)


def a_difficulty(here: Reporting) -> Asked:
    return about(_difficulty(here))


def a_new_difficulty(here: Reporting) -> Asked:
    return Asked(body={"field": "telecom", "unit": str(here.world.units["D1"].uid), "content": "Trạm phát sóng hỏng"})


def a_way_for_it(here: Reporting) -> Asked:
    to = here.world.organisations["ubnd_tinh"].uid
    return about(_difficulty(here), {"to": str(to), "reason": "Thuộc thẩm quyền của tỉnh"})


def an_answer(here: Reporting) -> Asked:
    return about(_difficulty(here), {"result": "resolved", "text": "Đã sửa xong"})


def an_answered_one(here: Reporting) -> Asked:
    one = _difficulty(here)
    answer(difficulty_id=one.pk, result="resolved", text="Đã sửa", actor=here.actor("specialist"), at=NOW)
    return about(one, {"text": "Chưa sửa"})


def one_with_our_answer(here: Reporting) -> Asked:
    one = _difficulty(here)
    answer(difficulty_id=one.pk, result="resolved", text="Đã sửa", actor=here.actor("specialist"), at=NOW)
    return about(one, {"reason": "Ghi nhầm trạm"})


PROOF = b"%PDF-1.7 anh tram"


def a_proof(here: Reporting) -> Asked:
    return Asked({"uid": _difficulty(here).uid}, query={"title": "anh-tram.pdf"}, body=PROOF)


def a_proof_of_a_task(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).tasks.get().uid}, query={"title": "quyet-dinh.pdf"}, body=PROOF)


def a_kept_proof(here: Reporting) -> Asked:
    one = _difficulty(here)
    (kept,) = add_evidence(
        difficulty_id=one.pk, files=[(PROOF, "anh-tram.pdf")], actor=here.actor("district_officer"), at=NOW
    )
    return Asked({"key": kept.key})


def one_to_take_back(here: Reporting) -> Asked:
    return about(_difficulty(here), {"reason": "Đã tự khắc phục"})


def two_alike(here: Reporting) -> Asked:
    return Asked(body={"difficulties": [str(_difficulty(here).uid), str(_difficulty(here, "Trạm ấy vẫn hỏng").uid)]})


def a_joined_one(here: Reporting) -> Asked:
    first, other = _difficulty(here), _difficulty(here, "Trạm ấy vẫn hỏng")
    join(difficulty_ids=[first.pk, other.pk], actor=here.actor("specialist"), at=NOW)
    return about(other)


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


def a_day(here: Reporting) -> Asked:
    return Asked({"day": "2009-10-21"})


def a_programme(here: Reporting) -> Asked:
    actor = here.actor("specialist")
    programme = draft_programme(kind="work", year=2010, actor=actor, at=NOW)
    plan = ItemPlan("Tổng kết", "it", here.world.organisations["phong_bcvt"].pk, month=12)
    add_item(programme_id=programme.pk, plan=plan, actor=actor, at=NOW)
    return Asked({"uid": programme.uid})


def _briefings(here: Reporting) -> tuple[str, str]:
    """A duty of communes by its code, and the uid of a commune that it clusters by its old district."""
    regime = meetings.Regime("Giao ban quý", "it", "commune", "Quy chế", is_assumed=False, starts_on=date(2009, 10, 1))
    duty = meetings.declare_briefings(regime=regime, actor=here.actor("specialist"), at=NOW)
    return duty.code, str(here.world.units["C12"].uid)


def a_briefing_duty(here: Reporting) -> Asked:
    return Asked({"code": _briefings(here)[0]})


def a_new_cluster(here: Reporting) -> Asked:
    code, unit = _briefings(here)
    return Asked({"code": code}, body={"name": "Cụm 1", "units": [unit], "head": unit})


def a_cluster(here: Reporting) -> Asked:
    _code, unit = _briefings(here)
    one = Holder.objects.get(name="Cụm Bắc Sơn")
    return Asked({"uid": one.uid}, body={"name": "Cụm 1", "units": [unit], "head": unit}, revision=one.revision)


def a_declaration(here: Reporting) -> Asked:
    code, unit = _briefings(here)
    return Asked({"code": code}, body={"unit": unit, "combined_with": "Giao ban UBND xã"})


def a_declared_unit(here: Reporting) -> Asked:
    _briefings(here)
    duty = Holder.objects.earliest("pk").duty_id
    one = meetings.declare_combined(duty_id=duty, unit_id=here.world.units["C12"].pk, combined_with="Giao ban", actor=here.actor("specialist"), at=NOW)  # fmt: skip
    return Asked({"uid": one.uid}, body={"reason": "Nhầm"}, revision=one.revision)


def _visit(here: Reporting) -> Visit:
    plan = meetings.VisitPlan("Đoàn làm việc với huyện", "Kế hoạch 40/KH-STTTT", "it", NOW.date(), NOW.date())
    return meetings.plan_visit(plan=plan, actor=here.actor("specialist"), at=NOW)


def a_visit(here: Reporting) -> Asked:
    one = _visit(here)
    return Asked({"uid": one.uid}, {}, {"members": [{"name": "Nguyễn Văn Giang", "role": "leader"}]}, one.revision)


def a_plan(here: Reporting) -> dict[str, Any]:
    return {
        "title": "Làm việc về quản lý nhà nước", "field": "it", "held_on": "2009-12-22", "starts_at": "08:00",
        "ends_at": "11:00", "place": "Hội trường", "unit": str(here.world.units["D1"].uid),
    }  # fmt: skip


def a_new_visit(here: Reporting) -> Asked:
    days = {"starts_on": "2009-12-22", "ends_on": "2009-12-23"}
    return Asked(body={"title": "Đoàn công tác", "basis": "Kế hoạch 41/KH-STTTT", "field": "it", **days})


def a_new_stop(here: Reporting) -> Asked:
    hosts = [str(here.world.organisations["ubnd_d1"].uid)]
    return Asked({"uid": _visit(here).uid}, body={**a_plan(here), "hosts": hosts})


def a_new_meeting(here: Reporting) -> Asked:
    return Asked(body={**a_plan(here), "unit": None, "shape": "other"})


def _meeting(here: Reporting, stage: str = "planned") -> Meeting:
    """A meeting of the department with the room of a district, on its way as far as asked."""
    given: dict[str, Any] = {"actor": here.actor("specialist"), "at": NOW}
    day, unit = NOW.date(), here.world.units["D1"].pk
    plan = meetings.MeetingPlan("Họp cụm", "it", day, time(8), time(11), "Hội trường", unit_id=unit)
    given["meeting_id"] = meetings.plan_meeting(shape="other", plan=plan, **given).pk
    someone = meetings.Someone(organisation_id=here.world.organisations["phong_d1"].pk, role="reporting")
    (asked,) = meetings.ask_to_meeting(people=[someone], **given)
    said = meetings.Said("directive", "Bố trí cán bộ", "it", (here.world.organisations["ubnd_d1"].pk,))
    steps: list[tuple[str, Callable[[], object]]] = [
        ("convened", lambda: meetings.convene(**given)),
        ("running", lambda: meetings.open_meeting(**given)),
        ("said", lambda: meetings.write_statement(speaker="Ông A", text="Thiếu người", **given)),
        ("marked", lambda: meetings.mark_presence(attendee_id=asked.pk, presence="present", actor=given["actor"], at=NOW)),
        ("held", lambda: meetings.close_meeting(**given)),
        ("with_conclusion", lambda: meetings.conclude(said=said, **given)),
        ("concluded", lambda: meetings.issue_notice(**given | {"actor": here.actor("director")})),
    ]  # fmt: skip
    names = [name for name, _step in steps]
    for _name, step in steps[: names.index(stage) + 1] if stage in names else []:
        step()
    return Meeting.objects.get(pk=given["meeting_id"])


def met(stage: str, body: object = None, *, is_from_revision: bool = True) -> Make:
    """A meeting at a stage, and what is said of it."""

    def make(here: Reporting) -> Asked:
        one = _meeting(here, stage)
        return Asked({"uid": one.uid}, body=body, revision=one.revision if is_from_revision else None)

    return make


def a_statement(here: Reporting) -> Asked:
    one = _meeting(here, "said").statements.get()
    return Asked({"uid": one.uid}, body={"speaker": "Ông A", "text": "Thiếu hai người"}, revision=one.revision)


def _concluded(here: Reporting, stage: str) -> Conclusion:
    return _meeting(here, stage).conclusions.get()


def a_draft_conclusion(here: Reporting) -> Asked:
    one = _concluded(here, "with_conclusion")
    return Asked({"uid": one.uid}, body={"kind": "remark", "text": "Ghi nhận", "field": "it"}, revision=one.revision)


def an_issued_conclusion(here: Reporting) -> Asked:
    one = _concluded(here, "concluded")
    return Asked({"uid": one.uid}, body={"reason": "Trùng việc"}, revision=one.revision)


def by(default: int, **others: str) -> dict[str, int]:
    """`by(404, _200="director deputy")`: the status for each persona."""
    table = dict.fromkeys(PERSONAS, default)
    for status, personas in others.items():
        table |= dict.fromkeys(personas.split(), int(status.removeprefix("_")))
    return table


EVERYONE = by(200)
DISTRICT = "district_clerk district_admin district_leader district_officer"
SO = "director deputy section_head specialist"
FOREIGN = "other_leader other_officer commune_leader commune_clerk commune_officer enterprise other_enterprise"
OBSERVER = "party_observer"  # its body holds no mandate
ADMINS = "unit_admin district_admin"  # who keeps the people of an office reads what came to it, not the figures of the ground
IN_SIGHT = by(200, _404=f"{FOREIGN} {OBSERVER}")
FIGURES = by(200, _404=f"{FOREIGN} {OBSERVER} {ADMINS}")
BOARD = by(200, _404=f"{OBSERVER} enterprise other_enterprise commune_leader commune_clerk commune_officer")
WRITERS = by(404, _403=DISTRICT, _200="district_leader district_officer")
CHECKERS = by(404, _403=DISTRICT, _200="district_leader")
RECEIVERS = by(403, _404=f"{FOREIGN} {OBSERVER}", _200=SO)
OPERATIONS: dict[str, tuple[str, str, Make, dict[str, int]]] = {
    "list_units": ("units", "GET", plainly, EVERYONE),
    "get_unit": ("unit", "GET", a_unit, EVERYONE),
    "get_unit_successions": ("successions", "GET", a_unit, EVERYONE),
    "list_organisations": ("organisations", "GET", plainly, EVERYONE),
    "get_organisation": ("organisation", "GET", an_organisation, EVERYONE),
    "list_mandates": ("mandates", "GET", plainly, EVERYONE),
    "get_responsible": ("responsible", "GET", who_must, EVERYONE),
    "list_obligations": ("obligations", "GET", plainly, EVERYONE),
    "get_worklist": ("worklist", "GET", plainly, EVERYONE),
    "get_obligation": ("obligation", "GET", an_obligation, IN_SIGHT),
    "list_notices": ("notices", "GET", plainly, EVERYONE),
    "read_all_notices": ("notices_read", "POST", plainly, EVERYONE),
    "read_notice": ("notice_read", "POST", a_notice_to_the_specialist, by(404, _200="specialist")),
    "list_indicators": ("indicators", "GET", plainly, EVERYONE),
    "get_indicator": ("indicator", "GET", an_indicator, EVERYONE),
    "list_forms": ("forms", "GET", plainly, EVERYONE),
    "list_schedules": ("schedules", "GET", plainly, EVERYONE),
    "get_schedule": ("schedule", "GET", a_schedule, EVERYONE),
    "get_board": ("board", "GET", a_period, BOARD),
    "list_reports": ("reports", "GET", plainly, EVERYONE),
    "get_report": ("report", "GET", a_sent_report, IN_SIGHT),
    "get_workbook": ("workbook", "GET", a_sent_report, IN_SIGHT),
    "open_report": ("reports", "POST", a_due_report, by(403, _200="district_leader district_officer")),
    "put_values": ("values", "PUT", values, WRITERS),
    "submit_for_check": ("check", "POST", a_draft, WRITERS),
    "submit_for_signature": ("signature", "POST", a_checked_report, CHECKERS),
    "send_back": ("send_back", "POST", a_checked_report, CHECKERS),
    "correct_report": (
        "correct",
        "POST",
        a_mistaken_report,
        by(403, _404=f"{FOREIGN} {OBSERVER}", _200="district_leader district_officer"),
    ),
    "send_report": ("send", "POST", a_report_to_sign, by(404, _403=DISTRICT, _200="district_leader district_clerk")),
    "receive_report": ("receive", "POST", a_sent_report, RECEIVERS),
    "receive_section": ("receive_section", "POST", its_section, RECEIVERS),
    "return_section": ("return_section", "POST", a_section_to_return, RECEIVERS),
    "post_workbook": ("workbook", "POST", a_filled_workbook, WRITERS),
    "get_consolidation": ("consolidation", "GET", an_area, FIGURES),
    "list_unit_figures": ("unit_figures", "GET", an_area, FIGURES),
}
OPERATIONS |= {
    "list_collections": ("collections", "GET", plainly, EVERYONE),
    "list_facts": ("facts", "GET", a_collection, EVERYONE),
    "get_facts_file": ("facts_file", "GET", a_collection, EVERYONE),
    "import_facts": ("imports", "POST", a_file, by(403, _200=SO)),
    "get_import": ("import", "GET", an_import, by(404, _200=f"{SO} clerk unit_admin auditor")),
}
ASKED = by(404, _200=f"{SO} {DISTRICT} {ADMINS} clerk province_leader auditor")
DOERS = by(
    404, _403=f"{SO} {ADMINS} clerk province_leader auditor", _200="district_leader district_clerk district_officer"
)
UNBRIEFED = "district_admin enterprise other_enterprise party_observer"
BRIEFED = by(200, _404=UNBRIEFED)
GROUPERS = by(403, _200=SO, _404=UNBRIEFED)
# Where a commune has no committee, the district's speaks for it.
DECLARERS = by(403, _200=f"{SO} district_leader district_clerk district_officer", _404=UNBRIEFED)
OPERATIONS |= {
    "list_meetings": ("meetings", "GET", plainly, EVERYONE),
    "get_week": ("week", "GET", a_day, EVERYONE),
    "list_briefing_duties": ("briefings", "GET", plainly, EVERYONE),
    "get_briefings": ("briefing_board", "GET", a_briefing_duty, BRIEFED),
    "form_cluster": ("clusters", "POST", a_new_cluster, GROUPERS),
    "change_cluster": ("cluster", "PUT", a_cluster, GROUPERS | dict.fromkeys(("other_leader", "other_officer"), 404)),
    "declare_combined": ("combined", "POST", a_declaration, DECLARERS),
    "withdraw_combined": (
        "withdraw_combined",
        "POST",
        a_declared_unit,
        by(
            404,
            _200=f"{SO} district_leader district_clerk district_officer",
            _403="clerk unit_admin province_leader district_admin auditor",
        ),
    ),
    "list_programmes": ("programmes", "GET", plainly, EVERYONE),
    "get_programme": ("programme", "GET", a_programme, by(404, _200=f"{SO} clerk unit_admin")),
    "list_conclusions": ("conclusions", "GET", plainly, EVERYONE),
    "list_directives": ("directives", "GET", plainly, EVERYONE),
    "get_directives_board": ("directives_board", "GET", plainly, EVERYONE),
    "list_received_tasks": ("received_tasks", "GET", plainly, EVERYONE),
    "get_directive": ("directive", "GET", a_directive, ASKED),
    "list_directive_tasks": ("directive_tasks", "GET", a_directive, ASKED),
    "report_task_progress": ("task_progress", "POST", a_task, DOERS),
    "report_task_done": ("task_done", "POST", a_task, DOERS),
}
IN_SO, WATCHERS = "clerk unit_admin", f"{DISTRICT} province_leader auditor"
DRAFTERS = by(
    403,
    _200=f"{SO} province_leader district_leader district_officer other_leader other_officer commune_leader commune_officer",
)
ISSUERS = by(404, _403=f"section_head specialist {IN_SO}", _200="director deputy")
HANDLERS = by(404, _403=f"{IN_SO} {WATCHERS}", _200=SO)
SPEAKERS = by(
    404, _403=f"{SO} {ADMINS} clerk province_leader auditor", _200="district_leader district_clerk district_officer"
)
RAISERS = by(
    200,
    _403=f"{ADMINS} auditor {OBSERVER}",
    _422="other_leader other_officer commune_leader commune_clerk commune_officer",  # not their ground
)
OPERATIONS |= {
    "draft_directive": ("directives", "POST", a_new_directive, DRAFTERS),
    "issue_directive": ("issue_directive", "POST", a_directive_to_issue, ISSUERS),
    "withdraw_directive": ("withdraw_directive", "POST", a_directive_to_withdraw, HANDLERS),
    "confirm_task_done": ("task_confirmed", "POST", a_reported_task, HANDLERS),
    "send_task_back": ("task_sent_back", "POST", a_task_to_send_back, HANDLERS),
    "list_difficulties": ("difficulties", "GET", plainly, EVERYONE),
    "get_difficulty": ("difficulty", "GET", a_difficulty, ASKED),
    "raise_difficulty": ("difficulties", "POST", a_new_difficulty, RAISERS),
    "forward_difficulty": ("forward", "POST", a_way_for_it, HANDLERS),
    "send_difficulty_up": ("send_up", "POST", a_way_for_it, HANDLERS),
    "answer_difficulty": ("answer", "POST", an_answer, HANDLERS),
    "accept_answer": ("accept_answer", "POST", an_answered_one, SPEAKERS),
    "contest_answer": ("contest_answer", "POST", an_answered_one, SPEAKERS),
    "withdraw_answer": ("withdraw_answer", "POST", one_with_our_answer, HANDLERS),
    "add_difficulty_evidence": ("evidence", "POST", a_proof, SPEAKERS),
    "add_task_evidence": ("task_evidence", "POST", a_proof_of_a_task, DOERS),
    "get_file": ("file", "GET", a_kept_proof, ASKED),
    "withdraw_raising": ("withdraw_raising", "POST", one_to_take_back, SPEAKERS),
    "join_difficulties": ("join", "POST", two_alike, HANDLERS),
    "part_difficulty": ("part", "POST", a_joined_one, HANDLERS),
}
PLANNERS = by(404, _403=IN_SO, _200=SO)  # of what is planned, which only the own body sees
KEEPERS = by(404, _403=f"unit_admin {WATCHERS}", _200=f"{SO} clerk")
CONCLUDERS = by(404, _403=f"section_head specialist {IN_SO} {WATCHERS}", _200="director deputy")
OPERATIONS |= {
    "ask_about_deadline": ("deadline_request", "POST", an_overdue_wish, DOERS),
    "decide_about_deadline": (
        "deadline_decision",
        "POST",
        a_wish_to_decide,
        by(404, _403=f"specialist {IN_SO} {WATCHERS}", _200="director deputy section_head"),
    ),
    "merge_directive": ("merge_directive", "POST", two_directives, HANDLERS),
    "give_directive": ("give_directive", "POST", a_directive_to_give, HANDLERS),
    "hand_up_directive": ("hand_up", "POST", a_draft_for_the_superior, by(404, _403=IN_SO, _200=SO)),
}
OWN_DRAFT = by(404, _403="unit_admin", _200=f"{SO} clerk")
A_DAY = {"held_on": "2009-12-23", "starts_at": "14:00", "ends_at": "16:00", "place": "Phòng 2", "reason": "Trùng lịch"}
A_GUEST = {"attendees": [{"name": "Nguyễn Văn Khách", "office": "Báo Sơn Lâm"}]}
A_REMARK = {"kind": "remark", "text": "Ghi nhận kết quả", "field": "it"}
SAID = {"speaker": "Ông A", "text": "Thiếu người"}
OPERATIONS |= {
    "list_visits": ("visits", "GET", plainly, EVERYONE),
    "get_visit": ("visit", "GET", a_visit, by(404, _200=f"{SO} {IN_SO}")),
    "plan_visit": ("visits", "POST", a_new_visit, DRAFTERS),
    "set_visit_members": ("visit_members", "POST", a_visit, PLANNERS),
    "plan_stop": ("visit_stops", "POST", a_new_stop, PLANNERS),
    "get_meeting": ("meeting", "GET", met("held"), ASKED),
    "plan_meeting": ("meetings", "POST", a_new_meeting, DRAFTERS),
    "ask_to_meeting": ("attendees", "POST", met("planned", A_GUEST, is_from_revision=False), PLANNERS),
    "convene": ("convene", "POST", met("planned", {}), OWN_DRAFT),
    "move_meeting": ("move", "POST", met("convened", A_DAY), KEEPERS),
    "cancel_meeting": ("cancel", "POST", met("convened", {"reason": "Bão"}), KEEPERS),
    "answer_invitation": ("invitation", "POST", met("convened", {"answer": "present"}, is_from_revision=False), DOERS),
    "file_update": (
        "update",
        "POST",
        met("convened", {"answers": {"results": "Đã cấp phép"}}, is_from_revision=False),
        DOERS,
    ),
    "open_meeting": ("open", "POST", met("convened"), KEEPERS),
    "mark_attendance": (
        "attendance",
        "POST",
        met("running", {"attendees": [{"number": 1}]}, is_from_revision=False),
        KEEPERS,
    ),
    "write_statement": ("statements", "POST", met("running", SAID, is_from_revision=False), KEEPERS),
    "correct_statement": ("statement", "PUT", a_statement, KEEPERS),
    "close_meeting": ("close", "POST", met("marked", {}), KEEPERS),
    "write_conclusion": ("meeting_conclusions", "POST", met("held", A_REMARK, is_from_revision=False), KEEPERS),
    "correct_conclusion": ("conclusion", "PUT", a_draft_conclusion, OWN_DRAFT),
    "issue_notice": ("notice", "POST", met("with_conclusion"), CONCLUDERS),
    "withdraw_conclusion": ("withdraw_conclusion", "POST", an_issued_conclusion, CONCLUDERS),
}
OPEN = ("openapi-json", "api-root")
ACCESS = [(f"api:v1:{name}",) for name in {*(row[0] for row in OPERATIONS.values()), *OPEN}]


@cache
def described(place: str = "path") -> dict[str, set[str]]:
    """The parameters of each operation in its address, or among its headers."""
    return {
        one["operationId"]: {given["name"] for given in one.get("parameters", ()) if given["in"] == place}
        for methods in api.get_openapi_schema()["paths"].values()
        for one in methods.values()
    }


def test_every_operation_stands_in_the_table() -> None:
    assert set(described()) == set(OPERATIONS)


def answers(here: Reporting, name: str, method: str, asked: Asked) -> dict[str, int]:
    """The status for each persona; what one changes is taken back before the next."""
    url = reverse(f"api:v1:{name}", kwargs=asked.kwargs)
    headers = {} if asked.revision is None or method == "GET" else {"If-Match": f'"{asked.revision}"'}
    found = {}
    for persona in PERSONAS:
        with transaction.atomic():
            caller = program(here.world, persona)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = (
                    caller.get(url, asked.query)
                    if method == "GET"
                    else caller.call(method, f"{url}?{urlencode(asked.query)}", asked.body, **headers)
                )
            transaction.set_rollback(True)
        assert "Set-Cookie" not in answer.headers
        assert method != "GET" or len(queries) <= CEILING, [one["sql"][:120] for one in queries]
        found[persona] = answer.status_code
    return found


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_answers_each_persona(operation: str) -> None:
    name, method, make, table = OPERATIONS[operation]
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        asked = make(here)

        assert answers(here, name, method, asked) == table
        if method != "GET":
            assert ("If-Match" in described("header")[operation]) == (asked.revision is not None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_wants_a_key(operation: str) -> None:
    name, method, _make, _table = OPERATIONS[operation]
    kwargs = {
        "uid": "00000000-0000-4000-8000-000000000000", "obligation_id": 1, "notice_id": 1, "code": "X", "form": "X", "period": "2009-Q4",
        "section": 1, "day": "2009-10-21", "key": "khong-co",
    }  # fmt: skip
    parameters = [one for one in kwargs if one in described()[operation]]

    answer = Program().call(method, reverse(f"api:v1:{name}", kwargs={one: kwargs[one] for one in parameters}))

    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["status"] == 401
