"""A directive is written down, issued or withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    FieldProblem,
    Problem,
    changed_once,
    expected_revision,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.mandates.models import Field as Subject
from diaban.foundation.organisations.models import Organisation
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.directives import services
from diaban.work.directives.api.finding import directive_of
from diaban.work.directives.api.router import router
from diaban.work.directives.api.shapes import (
    DirectiveOut,
    DraftIn,
    GiveIn,
    HandUpIn,
    MergeIn,
    ReceiverIn,
    WithdrawIn,
    told_directives,
)
from diaban.work.directives.models import Directive
from diaban.work.directives.permissions import DECIDE, DRAFT


@router.post("/directives", response=DirectiveOut, operation_id="draft_directive", url_name="directives")
def draft_directive(request: HttpRequest, response: HttpResponse, said: DraftIn) -> dict[str, Any]:
    """Write a directive down; it binds nobody until it is issued."""
    actor = actor_of(request)
    actor.require(DRAFT)
    matter = get_object_or_404(visible_difficulties(actor), uid=said.difficulty) if said.difficulty else None
    content = _content(said, matter.unit_id if matter else None)
    origin = subject_of(matter) if matter else None

    def act() -> UUID:
        return services.draft_directive(content=content, origin=origin, actor=actor, at=now()).uid

    return _told(request, response, actor, act)


@router.post(
    "/directives/{uuid:uid}/issue", response=DirectiveOut, operation_id="issue_directive", url_name="issue_directive"
)
def issue_directive(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Issue a draft of the own body: each receiver owes its part from now on."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        services.issue_directive(directive_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/{uuid:uid}/withdraw",
    response=DirectiveOut,
    operation_id="withdraw_directive",
    url_name="withdraw_directive",
)
def withdraw_directive(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawIn) -> dict[str, Any]:
    """Withdraw a directive; what was done stays."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        services.withdraw(directive_id=one.pk, reason=said.reason, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/{uuid:uid}/merge", response=DirectiveOut, operation_id="merge_directive", url_name="merge_directive"
)
def merge_directive(request: HttpRequest, response: HttpResponse, uid: UUID, said: MergeIn) -> dict[str, Any]:
    """Merge a directive into another of the own body that goes on for both."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        actor.require(DECIDE)
        other = directive_of(actor, said.into)
        services.merge_into(directive_id=one.pk, other_id=other.pk, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/{uuid:uid}/receivers", response=DirectiveOut, operation_id="give_directive", url_name="give_directive"
)
def give_directive(request: HttpRequest, response: HttpResponse, uid: UUID, said: GiveIn) -> dict[str, Any]:
    """Give an issued directive to more offices: above all one that was issued to nobody yet."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        services.give_to(directive_id=one.pk, receivers=_receivers(said.receivers), actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/{uuid:uid}/hand-up", response=DirectiveOut, operation_id="hand_up_directive", url_name="hand_up"
)
def hand_up(request: HttpRequest, response: HttpResponse, uid: UUID, said: HandUpIn) -> dict[str, Any]:
    """Submit the own draft to a superior, to issue in its own name."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        actor.require(DRAFT)
        superior = Organisation.objects.filter(uid=said.superior).first()
        if superior is None:
            fault = FieldProblem(place="body.said.superior", detail=_("Không có cơ quan này."), code="unknown")
            raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [fault])
        services.hand_to_superior(
            directive_id=one.pk,
            superior_id=superior.pk,
            mode=said.mode,
            expected_revision=revision,
            actor=actor,
            at=now(),
        )

    return _done(request, response, uid, act)


def _content(said: DraftIn, unit_id: int | None) -> services.Content:
    """What is said as the service takes it. Raises 422 for a field or receiver that there is not."""
    faults = []
    if not Subject.objects.filter(code=said.field).exists():
        faults.append(FieldProblem(place="body.said.field", detail=_("Không có lĩnh vực này."), code="unknown"))
    receivers = _receivers(said.receivers, faults)
    plain = said.dict(exclude={"field", "receivers", "source", "difficulty"})
    return services.Content(
        **plain,
        field_code=said.field,
        unit_id=unit_id,
        receivers=receivers,
        source=services.Source(**said.source.dict()) if said.source else None,
    )


def _receivers(said: list[ReceiverIn], others: Sequence[FieldProblem] = ()) -> list[services.Receiver]:
    """The offices by their rows. Raises 422 for what is none, and for what else was wrong."""
    known = dict(Organisation.objects.filter(uid__in=[one.organisation for one in said]).values_list("uid", "pk"))
    faults = [
        FieldProblem(
            place=f"body.said.receivers.{place}.organisation", detail=_("Không có cơ quan này."), code="unknown"
        )
        for place, one in enumerate(said)
        if one.organisation not in known
    ]
    if faults or others:
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), [*faults, *others])
    return [services.Receiver(known[one.organisation], one.part) for one in said]


def _done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Directive, int, Actor], None]
) -> dict[str, Any]:
    """Do an act on a directive from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    one = directive_of(actor, uid)

    def done() -> UUID:
        act(one, expected_revision(request, one.revision), actor)
        return uid

    return _told(request, response, actor, done)


def _told(request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], UUID]) -> dict[str, Any]:
    """Do it once; answer with the directive that it left."""

    def left() -> DirectiveOut:
        try:
            uid = act()
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from problem
        return told_directives([directive_of(actor, uid)], actor)[0]

    return changed_once(request, response, actor, left)
