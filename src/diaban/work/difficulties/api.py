"""Difficulties, for programs: raised, passed on, answered, joined, and what whoever raised them says to the answer."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    FieldProblem,
    Given,
    Paged,
    Paging,
    Problem,
    expected_revision,
    once_only,
    paged,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates.models import Field as Subject
from diaban.foundation.organisations.queries import body_of, names_of
from diaban.foundation.territory.models import Unit
from diaban.work.difficulties import services
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import HANDLE, RAISE, SPEAK, own_raisings, visible_difficulties
from diaban.work.difficulties.queries.lists import Line, lines_of, listed, with_course
from diaban.work.difficulties.queries.routing import candidates, kind_of, own_places

router = Router()
Told = dict[str, Any]


class DifficultyOut(Schema):
    """A matter. `state` is computed; `owner` has it in hand until `due_on`, both blank where nobody has; `received_on` is the day
    of the first receipt; `joined_to` the matter that it was made one with."""

    uid: UUID
    revision: int
    kind: str
    state: str
    field: str
    unit: UUID
    title: str
    content: str
    gravity: str
    addressee: str
    received_on: date
    because: str
    owner: str
    due_on: date | None
    raisings: int
    joined_to: UUID | None


class RaisingOut(Schema):
    """That an organisation raised it. `stance` is what it says to the answer: blank, accepted or contested."""

    uid: UUID
    organisation: str
    content: str
    received_on: date
    stance: str
    stance_text: str
    withdrawn: bool


class AnswerOut(Schema):
    """What an office answered. `promised_on` is the day by which what is promised is done; withdrawn ones stay."""

    organisation: str
    result: str
    text: str
    document: str
    promised_on: date | None
    at: datetime
    withdrawn: bool


class PassedOut(Schema):
    """That it was passed on, `up` to a superior or sideways."""

    sender: str
    receiver: str
    up: bool
    reason: str
    at: datetime


class CourseOut(DifficultyOut):
    """A matter with all that was said of it, oldest first."""

    raised: list[RaisingOut]
    answers: list[AnswerOut]
    passed: list[PassedOut]


class DifficultiesAsked(Paging):
    """What the list is narrowed to; `mine`: what the own office has in hand."""

    state: Literal["", "open", "answered", "contested"] = ""
    field: str = Field("", max_length=40)
    unit: UUID | None = None
    mine: bool = False
    text: str = Field("", max_length=150)


class RaiseIn(Given):
    """A matter of the own ground. Without `received_on` it is received today."""

    field: str = Field(max_length=40)
    unit: UUID
    content: str = Field(min_length=1, max_length=4000)
    title: str = Field("", max_length=250)
    gravity: Literal["minor", "normal", "serious", "urgent"] = "normal"
    addressee: str = Field("", max_length=250)
    received_on: date | None = None


class ForwardIn(Given):
    """To which office, and why."""

    to: UUID
    reason: str = Field(min_length=1, max_length=1000)


class SendUpIn(ForwardIn):
    """`document` is the number and day of the paper by which it goes up."""

    document: str = Field("", max_length=200)


class AnswerIn(Given):
    """The answer. What is promised (`resolving`, `will_resolve`) names its day, after today."""

    result: Literal["resolved", "resolving", "will_resolve", "explained"]
    text: str = Field(min_length=1, max_length=4000)
    document: str = Field("", max_length=200)
    promised_on: date | None = None


class StanceIn(Given):
    """`raising` says for which, where the own office raised the matter more than once."""

    text: str = Field("", max_length=2000)
    raising: UUID | None = None


class WithdrawIn(Given):
    """Why, and which where the own office raised the matter more than once."""

    reason: str = Field(min_length=1, max_length=300)
    raising: UUID | None = None


class JoinIn(Given):
    """Those that say the same."""

    difficulties: list[UUID] = Field(min_length=2, max_length=100)


@router.get("/difficulties", response=Paged[DifficultyOut], operation_id="list_difficulties", url_name="difficulties")
def difficulties(request: HttpRequest, asked: Query[DifficultiesAsked]) -> Paged[DifficultyOut]:
    """The matters in sight that stand for themselves, newest first."""
    actor = actor_of(request)
    units = None if asked.unit is None else list(Unit.objects.filter(uid=asked.unit).values_list("pk", flat=True))
    rows = listed(
        actor, text=asked.text, field=asked.field, state_word=asked.state, is_ours=asked.mine, unit_ids=units
    ).select_related("unit", "merged_into")
    return paged(request, rows, asked, lambda found: [_shaped(line) for line in lines_of(found, {}, actor.today)])


@router.get("/difficulties/{uuid:uid}", response=CourseOut, operation_id="get_difficulty", url_name="difficulty")
def difficulty(request: HttpRequest, response: HttpResponse, uid: UUID) -> CourseOut:
    """One matter with its course."""
    actor = actor_of(request)
    one = _difficulty(actor, uid)
    response["ETag"] = f'"{one.revision}"'
    return _course(one, actor)


@router.post("/difficulties", response=DifficultyOut, operation_id="raise_difficulty", url_name="difficulties")
def raise_difficulty(request: HttpRequest, response: HttpResponse, said: RaiseIn) -> Told:
    """Raise a matter of the own ground; it is routed at once."""
    actor = actor_of(request)
    actor.require(RAISE)
    if actor.organisation_id is None:
        raise NotPermitted(_("Nêu khó khăn, kiến nghị"))
    place = next((place for place in own_places(actor) if place.unit.uid == said.unit), None)
    faults = [] if place else [_fault("unit", _("Chỉ nêu kiến nghị của địa bàn mình."))]
    if not Subject.objects.filter(code=said.field).exists():
        faults.append(_fault("field", _("Không có lĩnh vực này.")))
    if place is None or faults:
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), faults)
    unit_id, body = place.unit_id, body_of(actor.organisation_id, actor.today)

    def act() -> UUID:
        return services.raise_difficulty(
            kind_code=kind_of(actor), unit_id=unit_id, field_code=said.field, content=said.content, title=said.title,
            gravity=said.gravity, addressee=said.addressee, organisation_id=body,
            received_on=said.received_on or actor.today, actor=actor, at=now(),
        ).uid  # fmt: skip

    return _told(request, response, actor, act)


@router.post(
    "/difficulties/{uuid:uid}/forward", response=DifficultyOut, operation_id="forward_difficulty", url_name="forward"
)
def forward(request: HttpRequest, response: HttpResponse, uid: UUID, said: ForwardIn) -> Told:
    """Pass it on to the office it is for; its deadline goes on."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        actor.require(HANDLE)
        services.forward(
            difficulty_id=one.pk, to_organisation_id=_office(one, said.to, actor), reason=said.reason,
            expected_revision=revision, actor=actor, at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/send-up", response=DifficultyOut, operation_id="send_difficulty_up", url_name="send_up"
)
def send_up(request: HttpRequest, response: HttpResponse, uid: UUID, said: SendUpIn) -> Told:
    """Send it up: beyond the own powers. The day of the first receipt stays."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        actor.require(HANDLE)
        services.send_up(
            difficulty_id=one.pk, to_organisation_id=_office(one, said.to, actor), reason=said.reason,
            document=said.document, expected_revision=revision, actor=actor, at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/answer", response=DifficultyOut, operation_id="answer_difficulty", url_name="answer"
)
def answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: AnswerIn) -> Told:
    """Answer everybody who raised it."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.answer(difficulty_id=one.pk, **said.dict(), expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/accept", response=DifficultyOut, operation_id="accept_answer", url_name="accept_answer"
)
def accept_answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: StanceIn) -> Told:
    """Agree with the answer that was read, for the own office."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.accept_answer(
            raising_id=_own_raising(one, said.raising, actor).pk, text=said.text, expected_revision=revision, actor=actor,
            at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/contest", response=DifficultyOut, operation_id="contest_answer", url_name="contest_answer"
)
def contest_answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: StanceIn) -> Told:
    """Not agree with the answer that was read, saying why: a second one is owed."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.contest_answer(
            raising_id=_own_raising(one, said.raising, actor).pk, text=said.text, expected_revision=revision, actor=actor,
            at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/withdraw",
    response=DifficultyOut,
    operation_id="withdraw_raising",
    url_name="withdraw_raising",
)
def withdraw(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawIn) -> Told:
    """Take back what the own office raised."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.withdraw(
            raising_id=_own_raising(one, said.raising, actor).pk, reason=said.reason, expected_revision=revision,
            actor=actor, at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post("/difficulties/join", response=DifficultyOut, operation_id="join_difficulties", url_name="join")
def join(request: HttpRequest, response: HttpResponse, said: JoinIn) -> Told:
    """Make one matter of several: that which was received first."""
    actor = actor_of(request)
    wanted = set(said.difficulties)
    found = list(visible_difficulties(actor).filter(uid__in=wanted).values_list("pk", flat=True))
    if len(found) < len(wanted):
        raise Http404
    return _told(request, response, actor, lambda: services.join(difficulty_ids=found, actor=actor, at=now()).uid)


@router.post("/difficulties/{uuid:uid}/part", response=DifficultyOut, operation_id="part_difficulty", url_name="part")
def part(request: HttpRequest, response: HttpResponse, uid: UUID) -> Told:
    """Take a joined matter out again."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.part(difficulty_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


def _done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Difficulty, int, Actor], None]
) -> Told:
    """Do an act on a matter from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    one = _difficulty(actor, uid)

    def done() -> UUID:
        act(one, expected_revision(request, one.revision), actor)
        return uid

    return _told(request, response, actor, done)


def _told(request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], UUID]) -> Told:
    """Do it once; answer with the matter that it left."""

    def once() -> Told:
        try:
            uid = act()
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from None
        (line,) = lines_of([_difficulty(actor, uid)], {}, actor.today)
        return _shaped(line).model_dump(mode="json")

    told = once_only(request, actor, once)
    response["ETag"] = f'"{told["revision"]}"'
    return told


def _difficulty(actor: Actor, uid: UUID) -> Difficulty:
    return get_object_or_404(with_course(visible_difficulties(actor)).select_related("unit", "merged_into"), uid=uid)


def _office(one: Difficulty, uid: UUID, actor: Actor) -> int:
    """An office that the matter may be passed to."""
    for office in candidates(one, actor.today):
        if office.organisation.uid == uid:
            return office.organisation_id
    raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [_fault("to", _("Không chuyển được đến cơ quan này."))])


def _own_raising(one: Difficulty, uid: UUID | None, actor: Actor) -> Raising:
    actor.require(SPEAK)
    standing = [each for each in one.raisings.filter(withdrawn_at=None) if uid in {None, each.uid}]
    own = own_raisings(actor, standing, one.field_code)
    if not own:
        raise NotPermitted(_("Cho ý kiến về trả lời kiến nghị"))
    if len(own) > 1:
        fault = _fault("raising", _("Cơ quan đã nêu nhiều lần; ghi rõ lượt nào."))
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [fault])
    return own[0]


def _fault(place: str, detail: str) -> FieldProblem:
    return FieldProblem(place=f"body.said.{place}", detail=detail, code="not_possible")


def _shaped(line: Line) -> DifficultyOut:
    return DifficultyOut(**_values(line))


def _values(line: Line) -> Told:
    one = line.difficulty
    return {
        "uid": one.uid, "revision": one.revision, "kind": one.kind_code, "state": line.state.value,
        "field": one.field_code, "unit": one.unit.uid, "title": one.title, "content": one.content,
        "gravity": one.gravity, "addressee": one.addressee, "received_on": one.received_on, "because": one.because,
        "owner": line.owner, "due_on": line.work.due_on if line.work else None, "raisings": line.raisings,
        "joined_to": one.merged_into.uid if one.merged_into else None,
    }  # fmt: skip


def _course(one: Difficulty, actor: Actor) -> CourseOut:
    """Ten queries."""
    (line,) = lines_of([one], {}, actor.today)
    raisings, answers, passed = list(one.raisings.all()), list(one.answers.all()), list(one.forwardings.all())
    offices = {each.organisation_id for each in raisings} | {each.organisation_id for each in answers}
    offices |= {office for each in passed for office in (each.from_organisation_id, each.to_organisation_id)}
    names = names_of(offices, actor.today)
    return CourseOut(
        **_values(line),
        raised=[
            RaisingOut(
                uid=each.uid, organisation=names.get(each.organisation_id, ""), content=each.content,
                received_on=each.received_on, stance=each.stance, stance_text=each.stance_text,
                withdrawn=each.withdrawn_at is not None,
            )
            for each in raisings
        ],
        answers=[
            AnswerOut(
                organisation=names.get(each.organisation_id, ""), result=each.result, text=each.text,
                document=each.document, promised_on=each.promised_on, at=each.at, withdrawn=each.withdrawn_at is not None,
            )
            for each in answers
        ],
        passed=[
            PassedOut(
                sender=names.get(each.from_organisation_id, ""), receiver=names.get(each.to_organisation_id, ""),
                up=each.is_up, reason=each.reason, at=each.at,
            )
            for each in passed
        ],
    )  # fmt: skip
