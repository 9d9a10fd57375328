"""Convening: invitations out in time, a meeting moved or called off and everybody told, answers and short updates back."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import DOCX, JPEG, PDF, PNG, XLSX
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import offices_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, extend, open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import rooms_of, versions_of
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Attendee, Brought, Capacity, Meeting, Move, Presence, Timing, Visit
from diaban.work.meetings.permissions import ATTEND, CONVENE, PLAN, RECORD, UPDATE
from diaban.work.meetings.rules import Stage, latest_invitation
from diaban.work.meetings.services.steps import (
    NotPossible,
    is_published,
    lock_meeting,
    refuse_clashes,
    require_keeper,
    tell_asked,
)

DAY = timedelta(days=1)
ACCEPTED = {
    Brought.Kind.REPORT: frozenset({PDF, DOCX, XLSX}),
    Brought.Kind.PHOTO: frozenset({JPEG, PNG}),
    Brought.Kind.PAPER: frozenset({PDF, DOCX, XLSX, JPEG, PNG}),
}


def days_of_rule(what: str, on: date) -> int | None:
    """The working days that the rule of a day asks for; None where there was none."""
    return Timing.objects.filter(what=what, valid__contains=on).values_list("working_days", flat=True).first()


def invite_by(meeting: Meeting) -> date | None:
    """The last day on which the invitations of a meeting go out in time."""
    return latest_invitation(meeting.held_on, days_of_rule(Timing.What.INVITATION, meeting.held_on), work_calendar())


@transaction.atomic
def convene(
    *, meeting_id: int, actor: Actor, at: datetime, urgent_reason: str = "", expected_revision: int | None = None
) -> Meeting:
    """Send the invitations: everybody asked is told, those who report owe a short update.

    Raises `NotPermitted`, or `NotPossible` where nobody is asked, or it is too late and no urgency is named.
    """
    meeting = lock_meeting(meeting_id, "convene", expected_revision=expected_revision)
    grant = require_keeper(actor, CONVENE, meeting)
    attendees = list(meeting.attendees.all())
    if not attendees:
        raise NotPossible(_("Chưa ghi thành phần mời."))
    _check_in_time(meeting, actor.today, urgent_reason)
    meeting.convened_at, meeting.urgent_reason = at, urgent_reason.strip()[:300]
    meeting.save_revision("convened_at", "urgent_reason")
    meeting.attendees.update(told_at=at)
    changes = {"attendees": (0, len(attendees)), "urgent_reason": ("", meeting.urgent_reason)}
    record(actor=actor, verb="meetings.convened", thing=meeting, at=at, grant=grant, changes=changes)
    said = f"{meeting.title}: {meeting.starts_at:%H:%M} ngày {format_date(meeting.held_on)}, {meeting.place}"
    tell_asked(meeting, attendees, text=said, reason="Được mời họp", on=actor.today, at=at)
    _ask_updates(meeting, attendees, actor, at)
    return meeting


@transaction.atomic
def convene_stops(*, visit_id: int, actor: Actor, at: datetime, urgent_reason: str = "") -> list[Meeting]:
    """Send the invitations of every stop of a visit that is still prepared; all of them, or none. Raises as `convene`."""
    visit = Visit.lock(visit_id)
    require_keeper(actor, CONVENE, visit)
    planned = visit.stops.filter(convened_at=None, cancelled_at=None).order_by("held_on", "starts_at", "pk")
    found = list(planned.values_list("pk", flat=True))
    if not found:
        raise NotPossible(_("Không còn buổi làm việc nào chưa gửi giấy mời."))
    return [convene(meeting_id=one, actor=actor, at=at, urgent_reason=urgent_reason) for one in found]


@transaction.atomic
def move_meeting(
    *, meeting_id: int, held_on: date, starts_at: time, ends_at: time, place: str, reason: str, actor: Actor,
    at: datetime, expected_revision: int | None = None,
) -> Meeting:  # fmt: skip
    """Hold it on another day, hour or place. After the invitations went out everybody asked is told anew, answers count no
    more, and the old day stays known; so it does where the calendar of its week is published. Raises `NotPermitted`, or `NotPossible` where somebody could not be there.
    """
    meeting = lock_meeting(meeting_id, "change", expected_revision=expected_revision)
    grant = require_keeper(actor, CONVENE, meeting)
    is_known = meeting.convened_at is not None or is_published(meeting)
    _check_move(meeting, held_on, starts_at, ends_at, place, reason, is_known=is_known)
    before = (meeting.held_on, meeting.starts_at, meeting.ends_at, meeting.place)
    if is_known:
        Move.objects.create(
            meeting=meeting, held_on=before[0], starts_at=before[1], ends_at=before[2], place=before[3],
            reason=reason.strip()[:300], at=at, by=actor.label[:300],
        )  # fmt: skip
    meeting.held_on, meeting.starts_at, meeting.ends_at, meeting.place = held_on, starts_at, ends_at, place.strip()
    attendees = list(meeting.attendees.all())
    refuse_clashes(meeting, attendees)
    meeting.save_revision("held_on", "starts_at", "ends_at", "place")
    changes = {"held_on": (before[0], held_on), "starts_at": (before[1], starts_at), "place": (before[3], place),
               "reason": ("", reason)}  # fmt: skip
    record(actor=actor, verb="meetings.moved", thing=meeting, at=at, grant=grant, changes=changes)
    if is_known:
        said = (
            f"{meeting.title}: dời từ {before[1]:%H:%M} ngày {format_date(before[0])} sang {starts_at:%H:%M} ngày "
            f"{format_date(held_on)}, {meeting.place}. Lý do: {reason.strip()}"
        )
        _tell_change(meeting, attendees, said, reason="Cuộc họp được mời đã dời", on=actor.today, at=at)
    if meeting.convened_at is not None:
        meeting.attendees.update(answer="", answer_note="", told_at=at)
        for owed in Obligation.objects.open().about(*subject_of(meeting)).filter(kind=UPDATE):
            extend(obligation=owed, due_on=_day_before(held_on), actor=actor, at=at)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, meeting_id: int, reason: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Meeting:
    """Call it off before it began: everybody asked is told, what was asked for before it is owed no more."""
    meeting = lock_meeting(meeting_id, "cancel", expected_revision=expected_revision)
    grant = require_keeper(actor, CONVENE, meeting)
    if not reason.strip():
        raise NotPossible(_("Ghi lý do hủy."))
    meeting.cancelled_at, meeting.cancelled_reason = at, reason.strip()[:300]
    meeting.save_revision("cancelled_at", "cancelled_reason")
    changes = {"reason": ("", meeting.cancelled_reason)}
    record(actor=actor, verb="meetings.cancelled", thing=meeting, at=at, grant=grant, changes=changes)
    if meeting.convened_at is not None or is_published(meeting):
        said = f"{meeting.title} ngày {format_date(meeting.held_on)} hủy. Lý do: {meeting.cancelled_reason}"
        asked = list(meeting.attendees.all())
        _tell_change(meeting, asked, said, reason="Cuộc họp được mời đã hủy", on=actor.today, at=at)
    for owed in Obligation.objects.open().about(*subject_of(meeting)):
        close(obligation=owed, reason=ClosedReason.WITHDRAWN, note="Cuộc họp đã hủy", actor=actor, at=at)
    return meeting


@transaction.atomic
def cancel_visit(*, visit_id: int, reason: str, actor: Actor, at: datetime) -> Visit:
    """Call the whole visit off with the stops that have not begun. Raises `NotPermitted` or `NotPossible`."""
    visit = Visit.lock(visit_id)
    grant = require_keeper(actor, PLAN, visit)
    if not reason.strip():
        raise NotPossible(_("Ghi lý do hủy."))
    if visit.stops.filter(opened_at__isnull=False).exists():
        raise NotPossible(_("Đoàn đã làm việc ở một nơi; chỉ hủy từng buổi chưa bắt đầu."))
    visit.cancelled_at, visit.cancelled_reason = at, reason.strip()[:300]
    visit.save_revision("cancelled_at", "cancelled_reason")
    changes = {"reason": ("", visit.cancelled_reason)}
    record(actor=actor, verb="meetings.visit_cancelled", thing=visit, at=at, grant=grant, changes=changes)
    for stop in visit.stops.filter(cancelled_at=None):
        cancel_meeting(meeting_id=stop.pk, reason=reason, actor=actor, at=at)
    return visit


@transaction.atomic
def answer_invitation(*, attendee_id: int, answer: str, note: str, actor: Actor, at: datetime) -> Attendee:
    """Say for the own office or person whether he comes, who comes instead, or why not. Raises `NotPermitted`, `NotPossible`."""
    grant = actor.require(ATTEND)
    attendee = Attendee.objects.select_related("meeting").select_for_update(of=("self",)).get(pk=attendee_id)
    if attendee.organisation_id not in offices_of(actor):
        raise NotPermitted(_("Chỉ cơ quan được mời mới trả lời."))
    if attendee.meeting.stage != Stage.CONVENED:
        raise NotPossible(_("Chỉ trả lời trước khi họp."))
    if answer not in Presence.values or (answer != Presence.PRESENT and not note.strip()):
        raise NotPossible(_("Vắng thì ghi lý do; cử người dự thay thì ghi tên, chức vụ."))
    before, attendee.answer, attendee.answer_note = attendee.answer, answer, note.strip()[:300]
    attendee.save(update_fields=["answer", "answer_note"])
    changes = {str(attendee): (before, answer)}
    record(actor=actor, verb="meetings.answered", thing=attendee.meeting, at=at, grant=grant, changes=changes)
    return attendee


@transaction.atomic
def bring_file(*, meeting_id: int, kind: str, content: bytes, title: str, actor: Actor, at: datetime) -> Brought:
    """Keep a report, photograph or paper with a meeting; the organiser may at any time, those asked before it ends.

    Raises `NotPermitted`, or `NotAccepted` for a file too large or of a kind not taken.
    """
    meeting = Meeting.lock(meeting_id)
    if actor.organisation_id is not None and meeting.attendees.filter(organisation__in=offices_of(actor)).exists():
        grant = actor.may(ATTEND) if meeting.closed_at is None else None
    else:
        grant = None
    grant = grant or require_keeper(actor, RECORD, meeting)
    said = Brought.Kind(kind)
    file = keep_file(
        content=content, title=title, subject=subject_of(meeting), accepted=ACCEPTED[said], actor=actor, at=at
    )
    record(
        actor=actor, verb="meetings.file_brought", thing=meeting, at=at, grant=grant, changes={kind: ("", file.title)}
    )
    return Brought.objects.create(meeting=meeting, kind=said, file=file)


def _check_in_time(meeting: Meeting, today: date, urgent_reason: str) -> None:
    last = invite_by(meeting)
    if last is not None and today > last and not urgent_reason.strip():
        said = _("Giấy mời phải gửi chậm nhất ngày %(day)s; họp đột xuất thì ghi lý do khẩn.")
        raise NotPossible(said % {"day": format_date(last)})


def _tell_change(meeting: Meeting, asked: list[Attendee], said: str, *, reason: str, on: date, at: datetime) -> None:
    """Tell those asked; before the invitations went out only those of the own body, who know it from the calendar."""
    if meeting.convened_at is None:
        ours = {room.organisation_id for room in rooms_of(meeting.organisation_id, on)} | {meeting.organisation_id}
        asked = [one for one in asked if one.organisation_id in ours]
        reason = "Cuộc họp trong lịch công tác đã công bố có thay đổi"
    tell_asked(meeting, asked, text=said, reason=reason, on=on, at=at)


def _check_move(
    meeting: Meeting, held_on: date, starts_at: time, ends_at: time, place: str, reason: str, *, is_known: bool
) -> None:
    if not place.strip() or ends_at <= starts_at:
        raise NotPossible(_("Ghi địa điểm; giờ kết thúc phải sau giờ bắt đầu."))
    if is_known and not reason.strip():
        raise NotPossible(_("Đã gửi giấy mời hoặc đã công bố lịch tuần: ghi lý do dời để báo mọi người."))
    visit = meeting.visit
    if visit is not None and not visit.starts_on <= held_on <= visit.ends_on:
        raise NotPossible(_("Buổi làm việc phải trong những ngày của đoàn."))


def _ask_updates(meeting: Meeting, attendees: list[Attendee], actor: Actor, at: datetime) -> None:
    reporting = {
        one.organisation_id
        for one in attendees
        if one.organisation_id is not None and one.capacity in {Capacity.REPORTING, Capacity.HOST}
    }
    offices = versions_of(reporting, actor.today)
    for pk, office in sorted(offices.items()):
        if may_own_obligations(office.kind):
            open_obligation(
                kind=UPDATE,
                title=f"Báo cáo trước cuộc họp: {meeting.title}",
                unit_id=office.unit_id,
                field_code=meeting.field_code,
                owner_id=pk,
                counterpart_id=meeting.organisation_id,
                on=actor.today,
                due_on=max(_day_before(meeting.held_on), actor.today),
                subject=subject_of(meeting),
                is_asked=True,
                actor=actor,
                at=at,
            )


def _day_before(held_on: date) -> date:
    """The last working day before a meeting."""
    return work_calendar().previous_working(held_on - DAY)
