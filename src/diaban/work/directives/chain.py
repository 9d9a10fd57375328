"""How directives, tasks and what was reported done stand in a chain of things, and the figures that directives aim at."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Q, prefetch_related_objects

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.sockets import Aim
from diaban.foundation.links.sockets import Figure, Standing
from diaban.foundation.territory.models import Containment
from diaban.foundation.ui.language import period_name
from diaban.lib.vietnamese import format_number
from diaban.work.directives.labels import directive_url
from diaban.work.directives.measuring import Measured, effect
from diaban.work.directives.models import Completion, Directive, Part, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.queries.counting import states_of
from diaban.work.directives.rules import Result

MOST_AIMS: Final = 8
RESULTS = {
    Result.WAITING: "awaiting_confirmation",
    Result.CONFIRMED: "done",
    Result.SENT_BACK: "sent_back",
}


Told = tuple[tuple[str, ...], tuple[Figure, ...]]
NOTHING: Told = ((), ())


def standing_of_directives(actor: Actor, things: Sequence[Directive], on: date) -> Mapping[int, Standing]:
    """How the tasks in sight of each stand, and whether the figure moved. Three queries, and the figure of the first that has one."""
    states = _states(actor, things, on)
    aiming = [one for one in things if one.indicator_id is not None and one.issued_at is not None]
    prefetch_related_objects(aiming, "indicator")
    told = {one.pk: _figure(one, effect(one)) for one in aiming[:1]}
    told |= {one.pk: ((), _aim(one)) for one in aiming[1:]}
    found: dict[int, Standing] = {}
    for one in things:
        effects, figures = told.get(one.pk, NOTHING)
        found[one.pk] = Standing((*states[one.pk], *effects), figures)
    return found


def _states(actor: Actor, directives: Iterable[Directive], on: date) -> dict[int, tuple[str, ...]]:
    """The states of the tasks in sight, each once; of one that is not issued, or has none, its own. Two queries."""
    by_id = {one.pk: one for one in directives}
    tasks = list(visible_tasks(actor).filter(directive__in=by_id).exclude(part=Part.COORDINATES))
    states = states_of(tasks, on)
    found: dict[int, dict[str, None]] = {pk: {} for pk in by_id}
    for task in tasks:
        found[task.directive_id][states[task.pk]] = None
    return {pk: tuple(found[pk]) if found[pk] and one.state == "issued" else (one.state,) for pk, one in by_id.items()}


def _figure(one: Directive, measured: Measured | None) -> Told:
    """How far the figure came, by the vocabulary of statuses, and the figure itself."""
    if one.indicator is None or measured is None:
        return NOTHING
    digits, newest = one.indicator.digits, measured.newest
    told = Figure(
        label=f"{one.indicator.called} ({one.indicator.unit_name})",
        baseline="" if measured.baseline is None else format_number(measured.baseline, digits),
        target=format_number(measured.target, digits),
        target_label=measured.target_label,
        now="" if newest is None or newest.value is None else format_number(newest.value, digits),
        now_label=period_name(str(newest.period)) if newest else "",
        url=newest.url if newest else "",
    )
    return (str(measured.effect),), (told,)


def _aim(one: Directive) -> tuple[Figure, ...]:
    """The target alone: measuring takes nine queries, and the directive's own page measures it."""
    if one.indicator is None or one.target is None:
        return ()
    digits, until = one.indicator.digits, period_name(one.target_period)
    baseline = "" if one.baseline is None else format_number(one.baseline, digits)
    label = f"{one.indicator.called} ({one.indicator.unit_name})"
    return (
        Figure(label, baseline, format_number(one.target, digits), until, "", "", directive_url(one), is_read=False),
    )


def standing_of_tasks(actor: Actor, things: Sequence[Task], on: date) -> Mapping[int, Standing]:
    """One query."""
    return {pk: Standing((state,)) for pk, state in states_of(things, on).items()}


def standing_of_completions(actor: Actor, things: Sequence[Completion], on: date) -> Mapping[int, Standing]:
    """Whether each was confirmed or sent back."""
    return {one.pk: Standing((RESULTS[one.result],)) for one in things}


def aims_at(actor: Actor, indicator: str, unit_id: int) -> Sequence[Aim]:
    """The newest directives in sight that set a target on an indicator over a unit or one in it. Three queries."""
    inside = Containment.objects.filter(ancestor=unit_id, valid__contains=actor.today).values("descendant")
    found = visible_directives(actor).filter(
        Q(unit=unit_id) | Q(unit__in=inside),
        indicator__code=indicator,
        issued_at__isnull=False,
        withdrawn_at=None,
        merged_into=None,
    )
    rows = list(found.order_by("-issued_on", "-pk")[:MOST_AIMS])
    states = _states(actor, rows, actor.today) if rows else {}
    return [Aim(subject_of(one), str(one), directive_url(one), states[one.pk]) for one in rows]
