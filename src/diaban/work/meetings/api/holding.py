"""A meeting is held and concluded; those asked answer and report before it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import FieldProblem, Problem, expected_revision
from diaban.foundation.acts.requests import actor_of
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.meetings import services
from diaban.work.meetings.api.finding import Named, conclusion_of, left_by, meeting_of
from diaban.work.meetings.api.planning import done
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import (
    AttendanceIn,
    CloseIn,
    ConcludeIn,
    ConclusionOut,
    InvitationIn,
    MeetingWithCourse,
    PresenceIn,
    ReasonIn,
    StatementIn,
    StatementOut,
    UpdateIn,
    told_conclusion,
    told_course,
    told_statement,
)
from diaban.work.meetings.models import Attendee, Meeting, Statement
from diaban.work.meetings.permissions import ATTEND, CONCLUDE, RECORD, can
from diaban.work.meetings.queries.things import own_attendance
from diaban.work.meetings.services import Said


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
    one = _kept(actor, uid)
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
    one = _kept(actor, uid)

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
    one = _kept(actor, found.meeting.uid)

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
    "/meetings/{uuid:uid}/conclusions",
    response=ConclusionOut,
    operation_id="write_conclusion",
    url_name="meeting_conclusions",
)
def write_conclusion(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConcludeIn) -> dict[str, Any]:
    """Write a conclusion down; it binds nobody before the notice."""
    actor = actor_of(request)
    one = _kept(actor, uid)
    told = _said(actor, one, said)

    def act() -> ConclusionOut:
        return told_conclusion(services.conclude(meeting_id=one.pk, said=told, actor=actor, at=now()))

    return left_by(request, response, actor, act)


@router.put("/conclusions/{uuid:uid}", response=ConclusionOut, operation_id="correct_conclusion", url_name="conclusion")
def correct_conclusion(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConcludeIn) -> dict[str, Any]:
    """Write a draft of a conclusion anew."""
    actor = actor_of(request)
    found = conclusion_of(actor, uid)
    one = _kept(actor, found.meeting.uid)
    told = _said(actor, one, said)

    def act() -> ConclusionOut:
        return told_conclusion(
            services.conclude(
                meeting_id=one.pk, said=told, conclusion_id=found.pk,
                expected_revision=expected_revision(request, found.revision), actor=actor, at=now(),
            )
        )  # fmt: skip

    return left_by(request, response, actor, act)


@router.post("/meetings/{uuid:uid}/notice", response=MeetingWithCourse, operation_id="issue_notice", url_name="notice")
def issue_notice(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Send the conclusions out: what they ask for becomes directives, difficulties are answered."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.issue_notice(meeting_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return done(request, response, uid, act)


@router.post(
    "/conclusions/{uuid:uid}/withdraw",
    response=MeetingWithCourse,
    operation_id="withdraw_conclusion",
    url_name="withdraw_conclusion",
)
def withdraw(request: HttpRequest, response: HttpResponse, uid: UUID, said: ReasonIn) -> dict[str, Any]:
    """Take a conclusion back: a draft goes; one that was issued stays, struck through, its directives and its answer withdrawn."""
    actor = actor_of(request)
    found = conclusion_of(actor, uid)
    meeting = found.meeting
    if not can(actor, CONCLUDE if meeting.concluded_at else RECORD, meeting):
        raise NotPermitted(_("Thu hồi kết luận"))

    def act() -> MeetingWithCourse:
        services.withdraw_conclusion(
            conclusion_id=found.pk, reason=said.reason, expected_revision=expected_revision(request, found.revision),
            actor=actor, at=now(),
        )  # fmt: skip
        return told_course(actor, meeting_of(actor, meeting.uid))

    return left_by(request, response, actor, act)


def _kept(actor: Actor, uid: UUID) -> Meeting:
    """The meeting in sight whose minutes the actor keeps. Raises `NotPermitted` for others."""
    one = meeting_of(actor, uid)
    if not can(actor, RECORD, one):
        raise NotPermitted(_("Điều hành, ghi biên bản cuộc họp"))
    return one


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


def _said(actor: Actor, one: Meeting, said: ConcludeIn) -> Said:
    named = Named(actor, one.held_on)
    field, receivers = named.field(said.field), named.offices(said.receivers, "receivers")
    named.check()
    matter = visible_difficulties(actor).filter(uid=said.difficulty).first() if said.difficulty else None
    if said.difficulty and matter is None:
        raise Http404
    return Said(
        **said.dict(exclude={"field", "receivers", "difficulty"}), field_code=field, receivers=receivers,
        difficulty_id=matter.pk if matter else None,
    )  # fmt: skip
