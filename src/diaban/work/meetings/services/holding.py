"""On the day: who is there, what is said, what is left for another time; then the end and the minutes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.models import Kind
from diaban.foundation.organisations.queries import rooms_of, version_of
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import NotPossible as DifficultyNotPossible
from diaban.work.difficulties.services import write_down
from diaban.work.meetings.models import AgendaItem, Attendee, Brought, Meeting, Presence, Shape, Statement, Timing
from diaban.work.meetings.permissions import NOTICE, RECORD, UPDATE
from diaban.work.meetings.rules import faults_of_close, notice_due
from diaban.work.meetings.services.convening import days_of_rule
from diaban.work.meetings.services.steps import NotPossible, lock_meeting, require_keeper


@transaction.atomic
def open_meeting(*, meeting_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Meeting:
    """Begin: from now on attendance is marked and statements are written. Raises `NotPermitted`, `StaleRevision` or
    `NotPossible`."""
    meeting = lock_meeting(meeting_id, "open", expected_revision=expected_revision)
    grant = require_keeper(actor, RECORD, meeting)
    if actor.today < meeting.held_on:
        raise NotPossible(_("Chưa đến ngày họp; nếu họp sớm hơn, dời ngày trước."))
    meeting.opened_at = at
    meeting.save_revision("opened_at")
    record(actor=actor, verb="meetings.opened", thing=meeting, at=at, grant=grant)
    return meeting


@transaction.atomic
def mark_presence(
    *, attendee_id: int, presence: str, actor: Actor, at: datetime, substitute: str = "", reason: str = ""
) -> Attendee:
    """Mark one as there, represented or absent; marking again corrects. Raises `NotPermitted` or `NotPossible`."""
    attendee = Attendee.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=attendee_id)
    meeting = lock_meeting(attendee.meeting_id, "record")
    grant = require_keeper(actor, RECORD, meeting)
    if presence not in Presence.values:
        raise NotPossible(_("Chọn có mặt, dự thay hoặc vắng."))
    if presence == Presence.SUBSTITUTE and not substitute.strip():
        raise NotPossible(_("Ghi tên, chức vụ người dự thay."))
    before, attendee.presence = attendee.presence, presence
    attendee.substitute = substitute.strip()[:250] if presence == Presence.SUBSTITUTE else ""
    attendee.reason = reason.strip()[:300] if presence != Presence.PRESENT else ""
    attendee.save(update_fields=["presence", "substitute", "reason"])
    if before != presence:
        record(actor=actor, verb="meetings.marked", thing=meeting, at=at, grant=grant, changes={str(attendee): (before, presence)})  # fmt: skip
    return attendee


@transaction.atomic
def mark_rest_present(*, meeting_id: int, actor: Actor, at: datetime) -> int:
    """Mark everybody not yet marked as there; who answered to stay away is left to be marked by hand. How many there were.

    Raises `NotPermitted` or `NotPossible`.
    """
    meeting = lock_meeting(meeting_id, "record")
    grant = require_keeper(actor, RECORD, meeting)
    unmarked = meeting.attendees.filter(presence="").exclude(answer__in=(Presence.ABSENT, Presence.SUBSTITUTE))
    marked = unmarked.update(presence=Presence.PRESENT)
    if marked:
        changes = {"present": (None, marked)}
        record(actor=actor, verb="meetings.marked", thing=meeting, at=at, grant=grant, changes=changes)
    return marked


def mark_by_code(*, meeting_id: int, code: str, actor: Actor, at: datetime) -> Attendee:
    """Mark who says this code at the door as there. Raises `NotPossible` for a code of nobody."""
    attendee = Attendee.objects.filter(meeting=meeting_id, code=code.strip().upper()).first()
    if attendee is None:
        raise NotPossible(_("Không có đại biểu mang mã này."))
    return mark_presence(attendee_id=attendee.pk, presence=Presence.PRESENT, actor=actor, at=at)


@transaction.atomic
def write_statement(
    *, meeting_id: int, speaker: str, text: str, actor: Actor, at: datetime, item_id: int | None = None,
    statement_id: int | None = None, expected_revision: int | None = None,
) -> Statement:  # fmt: skip
    """Write down what somebody said, or correct it. Each statement has its own revision: two secretaries who write at once
    disturb one another only where they write the same one. Not journaled word by word: a draft until the meeting ends.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible`.
    """
    meeting = lock_meeting(meeting_id, "record")
    require_keeper(actor, RECORD, meeting)
    if not text.strip() or not speaker.strip():
        raise NotPossible(_("Ghi người phát biểu và nội dung."))
    item = meeting.items.filter(pk=item_id).first() if item_id else None
    if statement_id is None:
        return Statement.objects.create(
            meeting=meeting, item=item, speaker=speaker.strip()[:250], text=text.strip(), at=at,
            written_by=actor.label[:300],
        )  # fmt: skip
    if not meeting.statements.filter(pk=statement_id).exists():
        raise NotPossible(_("Ý kiến này không thuộc cuộc họp."))
    statement = Statement.lock(statement_id, expected_revision=expected_revision)
    statement.item, statement.speaker, statement.text = item, speaker.strip()[:250], text.strip()
    statement.written_by = actor.label[:300]
    statement.save_revision("item", "speaker", "text", "written_by")
    return statement


@transaction.atomic
def write_difficulty(
    *, statement_id: int, organisation_id: int, field_code: str, content: str, gravity: str, actor: Actor, at: datetime
) -> Difficulty:
    """Write what an office said at the meeting down as a difficulty of its own, for it: routed and answered as any other.

    Raises `NotPermitted`, or `NotPossible` for an office that was not asked, or words written down already.
    """
    statement = Statement.objects.get(pk=statement_id)
    meeting = lock_meeting(statement.meeting_id, "record")
    grant = require_keeper(actor, RECORD, meeting)
    if organisation_id not in raisers_at(meeting):
        raise NotPossible(_("Chọn cơ quan được mời họp đã nêu kiến nghị."))
    office = version_of(organisation_id, meeting.held_on)
    try:
        made = write_down(
            kind_code="enterprise" if office.kind == Kind.ENTERPRISE else "locality",
            unit_id=meeting.unit_id if meeting.shape == Shape.STOP else office.unit_id,
            field_code=field_code, content=content, organisation_id=organisation_id, received_on=meeting.held_on,
            source=subject_of(meeting), source_cell=statement.cell, gravity=gravity, actor=actor, at=at,
        )  # fmt: skip
    except DifficultyNotPossible as problem:
        raise NotPossible(str(problem)) from problem
    changes = {"difficulty": ("", made.title)}
    record(actor=actor, verb="meetings.difficulty_written", thing=meeting, at=at, grant=grant, changes=changes)
    return made


def raisers_at(meeting: Meeting) -> set[int]:
    """The offices asked to the meeting that are not of the body that holds it: whose words may be written down as theirs."""
    asked = {one.organisation_id for one in meeting.attendees.all() if one.organisation_id is not None}
    ours = {room.organisation_id for room in rooms_of(meeting.organisation_id, meeting.held_on)}
    return asked - ours - {meeting.organisation_id}


@transaction.atomic
def park_item(*, item_id: int, note: str, actor: Actor, at: datetime) -> AgendaItem:
    """Leave a point for another time and say why; a blank note takes it up again."""
    item = AgendaItem.lock(item_id)
    meeting = lock_meeting(item.meeting_id, "record")
    grant = require_keeper(actor, RECORD, meeting)
    before, item.parked_note = item.parked_note, note.strip()[:300]
    item.save_revision("parked_note")
    changes = {item.title: (before, item.parked_note)}
    record(actor=actor, verb="meetings.parked", thing=meeting, at=at, grant=grant, changes=changes)
    return item


@transaction.atomic
def write_findings(
    *, meeting_id: int, text: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Meeting:
    """What the delegation saw at a stop; read by the own office and in its report. Raises as the others."""
    meeting = lock_meeting(meeting_id, "record", expected_revision=expected_revision)
    grant = require_keeper(actor, RECORD, meeting)
    meeting.findings = text.strip()
    meeting.save_revision("findings")
    record(actor=actor, verb="meetings.findings_written", thing=meeting, at=at, grant=grant)
    return meeting


@transaction.atomic
def close_meeting(
    *, meeting_id: int, actor: Actor, at: datetime, no_report_reason: str = "", expected_revision: int | None = None
) -> Meeting:
    """End it. Everybody is marked, a stop has a report or a reason; the organiser owes the conclusion notice from now on,
    and what was asked for before the meeting is waited for no more.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` with what is missing.
    """
    meeting = lock_meeting(meeting_id, "close", expected_revision=expected_revision)
    grant = require_keeper(actor, RECORD, meeting)
    meeting.no_report_reason = no_report_reason.strip()[:500] or meeting.no_report_reason
    faults = faults_of_close(
        shape=meeting.shape,
        reports=meeting.brought.filter(kind=Brought.Kind.REPORT).count() + meeting.updates.count(),
        no_report_reason=meeting.no_report_reason,
        unmarked=meeting.attendees.filter(presence="").count(),
    )
    if faults:
        raise NotPossible(" ".join(faults))
    meeting.closed_at = at
    meeting.save_revision("closed_at", "no_report_reason")
    changes = {"statements": (0, meeting.statements.count())}
    record(actor=actor, verb="meetings.closed", thing=meeting, at=at, grant=grant, changes=changes)
    for owed in Obligation.objects.open().about(*subject_of(meeting)).filter(kind=UPDATE):
        close(obligation=owed, reason=ClosedReason.WITHDRAWN, note="Cuộc họp đã kết thúc", actor=actor, at=at)
    open_obligation(
        kind=NOTICE,
        title=f"Ban hành thông báo kết luận: {meeting.title}",
        unit_id=meeting.unit_id,
        field_code=meeting.field_code,
        owner_id=meeting.organisation_id,
        counterpart_id=meeting.organisation_id,
        on=actor.today,
        due_on=notice_due(meeting.held_on, days_of_rule(Timing.What.NOTICE, meeting.held_on), work_calendar()),
        subject=subject_of(meeting),
        actor=actor,
        at=at,
    )
    return meeting
