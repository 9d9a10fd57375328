"""Operations on visits, meetings, briefings and the calendar."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from diaban.faces.api.tests.operations.asking import (
    ASKED,
    DOERS,
    DRAFTERS,
    EVERYONE,
    IN_SO,
    SO,
    WATCHERS,
    Asked,
    Make,
    Operations,
    by,
    plainly,
)
from diaban.foundation.obligations.models import Obligation
from diaban.work.meetings import services as meetings
from diaban.work.meetings.models import Conclusion, Holder, Meeting, Membership, Visit
from diaban.work.meetings.permissions import BRIEFING
from diaban.work.meetings.services import ItemPlan, add_item, draft_programme
from diaban.work.meetings.tests.test_carrying import a_pdf
from diaban.work.reporting.tests.worlds import NOW, Reporting


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


def _stop(here: Reporting) -> Meeting:
    given: dict[str, Any] = {"actor": here.actor("specialist"), "at": NOW}
    plan = meetings.MeetingPlan(
        "Làm việc với huyện", "it", NOW.date(), time(8), time(11), "Hội trường", unit_id=here.world.units["D1"].pk
    )
    visit = _visit(here)
    leader = meetings.Someone(name="Nguyễn Văn Giang", role="leader")
    meetings.set_members(visit_id=visit.pk, members=[leader], **given)
    hosts = [here.world.organisations["ubnd_d1"].pk]
    return meetings.plan_stop(visit_id=visit.pk, plan=plan, host_ids=hosts, **given)


def of_visit(body: object) -> Make:
    """A visit with a stop that is prepared, and what is said of it."""

    def make(here: Reporting) -> Asked:
        visit = Visit.objects.get(stops=_stop(here))
        return Asked({"uid": visit.uid}, body=body, revision=visit.revision)

    return make


def a_signed_plan(here: Reporting) -> Asked:
    return Asked({"uid": _visit(here).uid}, {"kind": "plan", "title": "ke-hoach.pdf"}, SIGNED)


def a_plan_brought(here: Reporting) -> Asked:
    visit = _visit(here)
    carried = meetings.bring_signed(
        visit_id=visit.pk, kind="plan", content=SIGNED, title="ke-hoach.pdf", actor=here.actor("specialist"), at=NOW
    )
    return Asked({"uid": visit.uid, "key": carried.file.key})


def a_stop_to_ask_at(here: Reporting) -> Asked:
    one = _stop(here)
    return Asked({"uid": one.uid}, body={"own": ["Trạm Nà Lũng bao giờ sửa xong?"]}, revision=one.revision)


def what_was_said(here: Reporting) -> Asked:
    office = str(here.world.organisations["phong_d1"].uid)
    return Asked(
        {"uid": _meeting(here, "said").statements.get().uid}, body={"organisation": office, "field": "telecom"}
    )


def the_first_attendee(here: Reporting) -> Asked:
    return Asked({"uid": _meeting(here).uid, "number": 1})


def the_first_point(here: Reporting) -> Asked:
    one = _meeting(here, "convened")
    meetings.set_agenda(meeting_id=one.pk, lines=["Kết quả quý"], actor=here.actor("specialist"), at=NOW)
    meetings.open_meeting(meeting_id=one.pk, actor=here.actor("specialist"), at=NOW)
    return Asked({"uid": one.uid, "point": 1}, body={"note": "Chờ số liệu"})


def some_lines(here: Reporting) -> Asked:
    return Asked(body={"lines": [{"label": "Kết quả nổi bật", "required": True}, {"label": "Kiến nghị"}]})


def a_regime(here: Reporting) -> Asked:
    words = {"title": "Giao ban quý", "level": "commune", "legal_basis": "Quy chế giao ban"}
    return Asked(body={**words, "field": "it", "starts_on": "2009-10-01"})


def ungrouped_units(here: Reporting) -> Asked:
    code, _unit = _briefings(here)
    Membership.objects.all().delete()
    return Asked({"code": code})


def a_briefing_held_elsewhere(here: Reporting) -> Asked:
    _briefings(here)
    owed = Obligation.objects.open().filter(kind=BRIEFING).earliest("pk")
    said = {"held_on": "2009-12-21", "combined_with": "Giao ban UBND huyện", "summary": "Chưa có kiến nghị"}
    return Asked({"obligation_id": owed.pk}, said, SIGNED)


REGISTRARS = by(403, _200="director deputy specialist")
UNBRIEFED = "district_admin enterprise other_enterprise party_observer"
BRIEFED = by(200, _404=UNBRIEFED)
GROUPERS = by(403, _200=SO, _404=UNBRIEFED)
# Where a commune has no committee, the district's speaks for it.
DECLARERS = by(403, _200=f"{SO} district_leader district_clerk district_officer", _404=UNBRIEFED)
PLANNERS = by(404, _403=IN_SO, _200=SO)  # of what is planned, which only the own body sees
KEEPERS = by(404, _403=f"unit_admin {WATCHERS}", _200=f"{SO} clerk")
CONCLUDERS = by(404, _403=f"section_head specialist {IN_SO} {WATCHERS}", _200="director deputy")
OWN_DRAFT = by(404, _403="unit_admin", _200=f"{SO} clerk")
A_DAY = {"held_on": "2009-12-23", "starts_at": "14:00", "ends_at": "16:00", "place": "Phòng 2", "reason": "Trùng lịch"}
A_GUEST = {"attendees": [{"name": "Nguyễn Văn Khách", "office": "Báo Sơn Lâm"}]}
A_REMARK = {"kind": "remark", "text": "Ghi nhận kết quả", "field": "it"}
A_VISIT = {
    "title": "Đoàn công tác", "basis": "Kế hoạch 41", "field": "it", "starts_on": "2009-12-21", "ends_on": "2009-12-22",
}  # fmt: skip
WORDS = {"title": "Họp cụm quý IV", "agenda": ["Kết quả quý", "Kiến nghị"]}
SIGNED = a_pdf()
SAID = {"speaker": "Ông A", "text": "Thiếu người"}
OPERATIONS: Operations = {
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
    "change_visit": ("visit", "PUT", of_visit(A_VISIT), PLANNERS),
    "convene_stops": ("convene_stops", "POST", of_visit({"urgent_reason": "Mưa lũ"}), OWN_DRAFT),
    "cancel_visit": ("cancel_visit", "POST", of_visit({"reason": "Bão"}), PLANNERS),
    "change_meeting": ("meeting", "PUT", met("planned", WORDS), PLANNERS),
    "strike_attendee": ("strike_attendee", "POST", the_first_attendee, PLANNERS),
    "mark_rest_present": ("attendance_rest", "POST", met("running", is_from_revision=False), KEEPERS),
    "write_statement_as_difficulty": ("statement_difficulty", "POST", what_was_said, KEEPERS),
    "park_point": ("park", "POST", the_first_point, KEEPERS),
    "write_findings": ("findings", "PUT", met("running", {"text": "Trạm hỏng"}), KEEPERS),
    "bring_signed_paper": ("signed", "POST", a_signed_plan, OWN_DRAFT),
    "take_out_signed_paper": ("take_out_signed", "POST", a_plan_brought, OWN_DRAFT),
    "get_questions": ("questions", "GET", a_stop_to_ask_at, OWN_DRAFT),
    "write_questions": ("questions", "PUT", a_stop_to_ask_at, OWN_DRAFT),
    "declare_briefings": ("briefings", "POST", a_regime, REGISTRARS),
    "group_by_old_district": ("group_units", "POST", ungrouped_units, GROUPERS),
    "get_update_form": ("update_form", "GET", plainly, EVERYONE),
    "set_update_form": ("update_form", "PUT", some_lines, REGISTRARS),
    "record_combined": (
        "held_within",
        "POST",
        a_briefing_held_elsewhere,
        by(403, _200="commune_leader commune_clerk commune_officer"),
    ),
    "withdraw_conclusion": ("withdraw_conclusion", "POST", an_issued_conclusion, CONCLUDERS),
}
