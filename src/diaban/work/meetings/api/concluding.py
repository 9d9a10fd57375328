"""What a meeting concludes: written, sent out by its notice, taken back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import expected_revision
from diaban.foundation.acts.requests import actor_of
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.meetings import services
from diaban.work.meetings.api.asked import ConcludeIn, ReasonIn
from diaban.work.meetings.api.finding import Named, conclusion_of, kept_by, left_by, meeting_of
from diaban.work.meetings.api.planning import done
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import ConclusionOut, MeetingWithCourse, told_conclusion, told_course
from diaban.work.meetings.models import Meeting
from diaban.work.meetings.permissions import CONCLUDE, RECORD, can
from diaban.work.meetings.services import Said


@router.post(
    "/meetings/{uuid:uid}/conclusions",
    response=ConclusionOut,
    operation_id="write_conclusion",
    url_name="meeting_conclusions",
)
def write_conclusion(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConcludeIn) -> dict[str, Any]:
    """Write a conclusion down; it binds nobody before the notice."""
    actor = actor_of(request)
    one = kept_by(actor, uid)
    told = _said(actor, one, said)

    def act() -> ConclusionOut:
        return told_conclusion(services.conclude(meeting_id=one.pk, said=told, actor=actor, at=now()))

    return left_by(request, response, actor, act)


@router.put("/conclusions/{uuid:uid}", response=ConclusionOut, operation_id="correct_conclusion", url_name="conclusion")
def correct_conclusion(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConcludeIn) -> dict[str, Any]:
    """Write a draft of a conclusion anew."""
    actor = actor_of(request)
    found = conclusion_of(actor, uid)
    one = kept_by(actor, found.meeting.uid)
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
