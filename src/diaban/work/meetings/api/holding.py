"""A meeting is held; those asked answer and report before it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import FieldProblem, Problem, expected_revision
from diaban.foundation.acts.requests import actor_of
from diaban.work.meetings import services
from diaban.work.meetings.api.asked import (
    AttendanceIn,
    CloseIn,
    InvitationIn,
    NoteIn,
    PresenceIn,
    RaisedIn,
    StatementIn,
    TextIn,
    UpdateIn,
)
from diaban.work.meetings.api.finding import Named, answered_by, kept_by, left_by, meeting_of
from diaban.work.meetings.api.planning import done
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import DifficultyMade, MeetingWithCourse, StatementOut, told_course, told_statement
from diaban.work.meetings.models import Attendee, Meeting, Statement
from diaban.work.meetings.permissions import ATTEND
from diaban.work.meetings.queries.things import own_attendance


@router.post(
    "/meetings/{uuid:uid}/answer", response=MeetingWithCourse, operation_id="answer_invitation", url_name="invitation"
)
def answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: InvitationIn) -> dict[str, Any]:
    """Say for the own office whether it comes."""
    actor = actor_of(request)
    one = meeting_of(actor, uid)
    actor.require(ATTEND)
    attendee = _own_place(actor, one, said.number)

    def act() -> MeetingWithCourse:
        services.answer_invitation(attendee_id=attendee.pk, answer=said.answer, note=said.note, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post("/meetings/{uuid:uid}/update", response=MeetingWithCourse, operation_id="file_update", url_name="update")
def update(request: HttpRequest, response: HttpResponse, uid: UUID, said: UpdateIn) -> dict[str, Any]:
    """File the own body's short report, as the meeting's `update_form` asks; filing again before the meeting ends writes it anew."""
    actor = actor_of(request)
    one = meeting_of(actor, uid)

    def act() -> MeetingWithCourse:
        services.file_update(meeting_id=one.pk, answers=said.answers, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post("/meetings/{uuid:uid}/open", response=MeetingWithCourse, operation_id="open_meeting", url_name="open")
def open_meeting(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Begin."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.open_meeting(meeting_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return done(request, response, uid, act)


@router.post(
    "/meetings/{uuid:uid}/attendance",
    response=MeetingWithCourse,
    operation_id="mark_attendance",
    url_name="attendance",
)
def attendance(request: HttpRequest, response: HttpResponse, uid: UUID, said: AttendanceIn) -> dict[str, Any]:
    """Mark who is there; all or none."""
    actor = actor_of(request)
    one = kept_by(actor, uid)
    places = {each.position: each for each in one.attendees.all()}
    faults = [
        FieldProblem(place=f"body.said.attendees.{row}", detail=_("Không có đại biểu này."), code="unknown")
        for row, each in enumerate(said.attendees)
        if not each.code and each.number not in places
    ]
    if faults:
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), faults)

    def act() -> MeetingWithCourse:
        for each in said.attendees:
            _mark(one, places.get(each.number or 0), each, actor)
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post(
    "/meetings/{uuid:uid}/statements", response=StatementOut, operation_id="write_statement", url_name="statements"
)
def write_statement(request: HttpRequest, response: HttpResponse, uid: UUID, said: StatementIn) -> dict[str, Any]:
    """Write down what somebody said."""
    actor = actor_of(request)
    one = kept_by(actor, uid)

    def act() -> StatementOut:
        return told_statement(
            services.write_statement(
                meeting_id=one.pk, speaker=said.speaker, text=said.text, item_id=_point(one, said), actor=actor, at=now()
            )
        )  # fmt: skip

    return left_by(request, response, actor, act)


@router.put(
    "/meetings/statements/{uuid:uid}", response=StatementOut, operation_id="correct_statement", url_name="statement"
)
def correct_statement(request: HttpRequest, response: HttpResponse, uid: UUID, said: StatementIn) -> dict[str, Any]:
    """Write a statement anew, from the revision that `If-Match` names: nobody overwrites what another secretary typed."""
    actor = actor_of(request)
    found = get_object_or_404(Statement.objects.select_related("meeting"), uid=uid)
    one = kept_by(actor, found.meeting.uid)

    def act() -> StatementOut:
        return told_statement(
            services.write_statement(
                meeting_id=one.pk, speaker=said.speaker, text=said.text, item_id=_point(one, said), statement_id=found.pk,
                expected_revision=expected_revision(request, found.revision), actor=actor, at=now(),
            )
        )  # fmt: skip

    return left_by(request, response, actor, act)


@router.post("/meetings/{uuid:uid}/close", response=MeetingWithCourse, operation_id="close_meeting", url_name="close")
def close(request: HttpRequest, response: HttpResponse, uid: UUID, said: CloseIn) -> dict[str, Any]:
    """End it; the notice of its conclusions is owed from now on."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.close_meeting(
            meeting_id=one.pk, no_report_reason=said.no_report_reason, expected_revision=revision, actor=actor, at=now()
        )

    return done(request, response, uid, act)


@router.post(
    "/meetings/{uuid:uid}/attendance/rest",
    response=MeetingWithCourse,
    operation_id="mark_rest_present",
    url_name="attendance_rest",
)
def rest_present(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Mark everybody as there who is not marked yet and has not answered to stay away."""
    actor = actor_of(request)
    one = kept_by(actor, uid)

    def act() -> MeetingWithCourse:
        services.mark_rest_present(meeting_id=one.pk, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post(
    "/meetings/statements/{uuid:uid}/difficulty",
    response=DifficultyMade,
    operation_id="write_statement_as_difficulty",
    url_name="statement_difficulty",
)
def write_difficulty(request: HttpRequest, uid: UUID, said: RaisedIn) -> dict[str, Any]:
    """Write what an office said down as a difficulty of its own, which goes the way of any other."""
    actor = actor_of(request)
    found = get_object_or_404(Statement.objects.select_related("meeting"), uid=uid)
    one = kept_by(actor, found.meeting.uid)
    named = Named(actor, one.held_on)
    field, office = named.field(said.field), named.asked(one, said.organisation)
    named.check()

    def act() -> DifficultyMade:
        made = services.write_difficulty(
            statement_id=found.pk, organisation_id=office, field_code=field, content=said.content or found.text,
            gravity=said.gravity, actor=actor, at=now(),
        )  # fmt: skip
        return DifficultyMade(uid=made.uid, title=made.title)

    return answered_by(request, actor, act)


@router.post(
    "/meetings/{uuid:uid}/agenda/{int:point}/park",
    response=MeetingWithCourse,
    operation_id="park_point",
    url_name="park",
)
def park(request: HttpRequest, response: HttpResponse, uid: UUID, point: int, said: NoteIn) -> dict[str, Any]:
    """Leave a point of the agenda (from 1) for another time and say why; a blank note takes it up again."""
    actor = actor_of(request)
    one = kept_by(actor, uid)
    items = list(one.items.all())
    if not 1 <= point <= len(items):
        raise Http404

    def act() -> MeetingWithCourse:
        services.park_item(item_id=items[point - 1].pk, note=said.note, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.put(
    "/meetings/{uuid:uid}/findings", response=MeetingWithCourse, operation_id="write_findings", url_name="findings"
)
def write_findings(request: HttpRequest, response: HttpResponse, uid: UUID, said: TextIn) -> dict[str, Any]:
    """What the delegation saw at a stop, written anew."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.write_findings(meeting_id=one.pk, text=said.text, expected_revision=revision, actor=actor, at=now())

    return done(request, response, uid, act)


def _own_place(actor: Actor, one: Meeting, number: int | None) -> Attendee:
    own = [each for each in own_attendance(actor, one) if number in {None, each.position}]
    if not own:
        raise NotPermitted(_("Chỉ cơ quan được mời mới trả lời."))
    if len(own) > 1:
        fault = FieldProblem(
            place="body.said.number", detail=_("Cơ quan được mời nhiều chỗ; ghi rõ chỗ nào."), code="not_possible"
        )
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [fault])
    return own[0]


def _mark(one: Meeting, attendee: Attendee | None, said: PresenceIn, actor: Actor) -> None:
    if said.code or attendee is None:
        services.mark_by_code(meeting_id=one.pk, code=said.code, actor=actor, at=now())
        return
    services.mark_presence(
        attendee_id=attendee.pk, presence=said.presence, substitute=said.substitute, reason=said.reason, actor=actor,
        at=now(),
    )  # fmt: skip


def _point(one: Meeting, said: StatementIn) -> int | None:
    """The point of the agenda that a statement is about."""
    if said.point is None:
        return None
    items = list(one.items.all())
    if said.point > len(items):
        fault = FieldProblem(place="body.said.point", detail=_("Chương trình không có nội dung này."), code="unknown")
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [fault])
    return items[said.point - 1].pk
