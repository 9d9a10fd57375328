"""What a delegation takes along: signed papers of a visit, what is asked at a stop."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Given, Problem, expected_revision
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.api import FILE_BODY, FileOut, told_files
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.territory.dossier import place_of
from diaban.work.meetings import services
from diaban.work.meetings.api.finding import answered_by, kept_by, left_by, visit_of
from diaban.work.meetings.api.router import router
from diaban.work.meetings.models import Carried, Meeting, Shape, Visit
from diaban.work.meetings.questions import questions_at


class SignedOut(FileOut):
    """A signed paper that is bound into what the delegation takes along."""

    kind: str


class PapersOut(Schema):
    """The signed papers of a visit."""

    visit: UUID
    signed: list[SignedOut]


class SignedAsked(Schema):
    """What kind of paper it is, and what the file is called."""

    kind: Literal[*Carried.Kind.values]  # type: ignore[valid-type] # mypy reads no unpacked literal
    title: str = Field("van-ban.pdf", max_length=180)


class QuestionOut(Schema):
    """A suggested question: `why` is what it rests on; `kept` whether it is asked."""

    key: str
    field: str
    text: str
    why: str
    kept: bool


class QuestionsOut(Schema):
    """What is asked at a stop: suggested questions, and the delegation's own."""

    revision: int
    suggested: list[QuestionOut]
    own: list[str]


class QuestionsIn(Given):
    """The keys of suggested questions that are not asked, and the delegation's own; both written anew."""

    struck: list[str] = Field([], max_length=300)
    own: list[str] = Field([], max_length=100)


@router.post(
    "/visits/{uuid:uid}/signed",
    response=PapersOut,
    operation_id="bring_signed_paper",
    url_name="signed",
    openapi_extra=FILE_BODY,
)
def bring_signed(request: HttpRequest, uid: UUID, asked: Query[SignedAsked]) -> dict[str, Any]:
    """Keep a signed paper (the body of the request, a PDF) with a visit, to be bound into its pack."""

    def act(one: Visit, actor: Actor) -> None:
        services.bring_signed(
            visit_id=one.pk, kind=asked.kind, content=request.body, title=asked.title, actor=actor, at=now()
        )

    return _left_papers(request, uid, act)


@router.post(
    "/visits/{uuid:uid}/signed/{key}/take-out",
    response=PapersOut,
    operation_id="take_out_signed_paper",
    url_name="take_out_signed",
)
def take_out_signed(request: HttpRequest, uid: UUID, key: str) -> dict[str, Any]:
    """Bind a signed paper no longer; the file itself stays kept."""

    def act(one: Visit, actor: Actor) -> None:
        carried = get_object_or_404(one.carried, file__key=key)
        services.take_out_signed(carried_id=carried.pk, actor=actor, at=now())

    return _left_papers(request, uid, act)


@router.get("/meetings/{uuid:uid}/questions", response=QuestionsOut, operation_id="get_questions", url_name="questions")
def questions(request: HttpRequest, response: HttpResponse, uid: UUID) -> QuestionsOut:
    """What may be asked at a stop, and what is."""
    actor = actor_of(request)
    one = _stop_of(actor, uid)
    response["ETag"] = f'"{one.revision}"'  # of the meeting; what is suggested changes with what stands open
    return _told_questions(actor, one)


@router.put(
    "/meetings/{uuid:uid}/questions", response=QuestionsOut, operation_id="write_questions", url_name="questions"
)
def write_questions(request: HttpRequest, response: HttpResponse, uid: UUID, said: QuestionsIn) -> dict[str, Any]:
    """Write what is asked at a stop anew."""
    actor = actor_of(request)
    one = _stop_of(actor, uid)

    def act() -> QuestionsOut:
        services.write_questions(
            meeting_id=one.pk, struck=said.struck, own=said.own,
            expected_revision=expected_revision(request, one.revision), actor=actor, at=now(),
        )  # fmt: skip
        return _told_questions(actor, _stop_of(actor, uid))

    return left_by(request, response, actor, act)


def _left_papers(request: HttpRequest, uid: UUID, act: Callable[[Visit, Actor], None]) -> dict[str, Any]:
    actor = actor_of(request)
    one = visit_of(actor, uid)

    def left() -> PapersOut:
        try:
            act(one, actor)
        except NotAccepted as problem:
            raise Problem(422, str(problem)) from None
        carried = list(one.carried.select_related("file"))
        files = told_files(each.file for each in carried)
        signed = [SignedOut(**told.dict(), kind=each.kind) for each, told in zip(carried, files, strict=True)]
        return PapersOut(visit=one.uid, signed=signed)

    return answered_by(request, actor, left)


def _stop_of(actor: Actor, uid: UUID) -> Meeting:
    """A stop whose minutes the actor keeps."""
    one = kept_by(actor, uid)
    if one.shape != Shape.STOP:
        raise Http404
    return one


def _told_questions(actor: Actor, one: Meeting) -> QuestionsOut:
    decided = list(one.askings.all())
    struck = {each.key for each in decided if each.key}
    suggested = [
        QuestionOut(key=each.key, field=each.field, text=each.text, why=each.why, kept=each.key not in struck)
        for each in questions_at(place_of(actor, one.unit.uid, actor.today), one.held_on)
    ]
    return QuestionsOut(revision=one.revision, suggested=suggested, own=[each.text for each in decided if each.text])
