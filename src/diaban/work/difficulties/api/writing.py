"""Writing: a difficulty raised, passed on, answered, taken a stand on, joined or parted. Each through the service of its button."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    FieldProblem,
    Problem,
    changed_once,
    expected_revision,
    once_only,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.api import FILE_BODY
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.mandates.models import Field as Subject
from diaban.foundation.organisations.queries import body_of
from diaban.work.difficulties import services
from diaban.work.difficulties.api.finding import difficulty_of
from diaban.work.difficulties.api.router import router
from diaban.work.difficulties.api.shapes import (
    AnswerIn,
    CourseOut,
    DifficultyOut,
    EvidenceAsked,
    ForwardIn,
    JoinIn,
    RaiseIn,
    SendUpIn,
    StanceIn,
    TakeBackIn,
    WithdrawIn,
    course,
    shaped,
)
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import HANDLE, RAISE, SPEAK, own_answers, own_raisings, visible_difficulties
from diaban.work.difficulties.queries.lists import lines_of
from diaban.work.difficulties.queries.routing import candidates, kind_of, own_places


@router.post("/difficulties", response=DifficultyOut, operation_id="raise_difficulty", url_name="difficulties")
def raise_difficulty(request: HttpRequest, response: HttpResponse, said: RaiseIn) -> dict[str, Any]:
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
def forward(request: HttpRequest, response: HttpResponse, uid: UUID, said: ForwardIn) -> dict[str, Any]:
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
def send_up(request: HttpRequest, response: HttpResponse, uid: UUID, said: SendUpIn) -> dict[str, Any]:
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
def answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: AnswerIn) -> dict[str, Any]:
    """Answer everybody who raised it."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.answer(difficulty_id=one.pk, **said.dict(), expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/accept", response=DifficultyOut, operation_id="accept_answer", url_name="accept_answer"
)
def accept_answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: StanceIn) -> dict[str, Any]:
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
def contest_answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: StanceIn) -> dict[str, Any]:
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
def withdraw(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawIn) -> dict[str, Any]:
    """Take back what the own office raised."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.withdraw(
            raising_id=_own_raising(one, said.raising, actor).pk, reason=said.reason, expected_revision=revision,
            actor=actor, at=now(),
        )  # fmt: skip

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/withdraw-answer",
    response=DifficultyOut,
    operation_id="withdraw_answer",
    url_name="withdraw_answer",
)
def withdraw_answer(request: HttpRequest, response: HttpResponse, uid: UUID, said: TakeBackIn) -> dict[str, Any]:
    """Take back the newest standing answer of the own office: it owes another, unless a later one stands."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        given = own_answers(actor, list(one.answers.all()), one.field_code)
        if not given:
            raise NotPermitted(_("Thu hồi trả lời"))
        services.withdraw_answer(
            answer_id=given[-1].pk, reason=said.reason, expected_revision=revision, actor=actor, at=now()
        )

    return _done(request, response, uid, act)


@router.post(
    "/difficulties/{uuid:uid}/evidence",
    response=CourseOut,
    operation_id="add_difficulty_evidence",
    url_name="evidence",
    openapi_extra=FILE_BODY,
)
def evidence(request: HttpRequest, uid: UUID, asked: Query[EvidenceAsked]) -> dict[str, Any]:
    """Add a file (the body of the request) to what the own office said of it last: its answer, else what it raised."""
    actor = actor_of(request)
    one = difficulty_of(actor, uid)

    def act() -> dict[str, Any]:
        try:
            services.add_evidence(difficulty_id=one.pk, files=[(request.body, asked.title)], actor=actor, at=now())
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from None
        except NotAccepted as problem:
            raise Problem(422, str(problem)) from None
        return course(difficulty_of(actor, uid), actor).model_dump(mode="json")

    return once_only(request, actor, act)


@router.post("/difficulties/join", response=DifficultyOut, operation_id="join_difficulties", url_name="join")
def join(request: HttpRequest, response: HttpResponse, said: JoinIn) -> dict[str, Any]:
    """Make one matter of several: that which was received first."""
    actor = actor_of(request)
    wanted = set(said.difficulties)
    found = list(visible_difficulties(actor).filter(uid__in=wanted).values_list("pk", flat=True))
    if len(found) < len(wanted):
        raise Http404
    return _told(request, response, actor, lambda: services.join(difficulty_ids=found, actor=actor, at=now()).uid)


@router.post("/difficulties/{uuid:uid}/part", response=DifficultyOut, operation_id="part_difficulty", url_name="part")
def part(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Take a joined matter out again."""

    def act(one: Difficulty, revision: int, actor: Actor) -> None:
        services.part(difficulty_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


def _done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Difficulty, int, Actor], None]
) -> dict[str, Any]:
    """Do an act on a matter from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    one = difficulty_of(actor, uid)

    def done() -> UUID:
        act(one, expected_revision(request, one.revision), actor)
        return uid

    return _told(request, response, actor, done)


def _told(request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], UUID]) -> dict[str, Any]:
    """Do it once; answer with the matter that it left."""

    def left() -> DifficultyOut:
        try:
            uid = act()
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from None
        (line,) = lines_of([difficulty_of(actor, uid)], {}, actor.today)
        return shaped(line)

    return changed_once(request, response, actor, left)


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
