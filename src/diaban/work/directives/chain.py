"""How directives, tasks and what was reported done stand in a chain of things, and the figures that directives aim at."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Q

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

MOST_MEASURED: Final = 3  # measuring one takes a dozen queries
MOST_AIMS: Final = 8
RESULTS = {
    Result.WAITING: "awaiting_confirmation",
    Result.CONFIRMED: "done",
    Result.SENT_BACK: "sent_back",
}


def standing_of_directives(actor: Actor, ids: Sequence[int], on: date) -> Mapping[int, Standing]:
    """How the tasks in sight of each stand, and whether the figure moved. Three queries, and the figures of the first few."""
    found = list(Directive.objects.filter(pk__in=ids).select_related("indicator"))
    states = _states(actor, found, on)
    aiming = [one for one in found if one.indicator is not None and one.issued_at is not None]
    figures = {one.pk: _figure(one, effect(one)) for one in aiming[:MOST_MEASURED]}
    return {
        one.pk: Standing(
            (*states[one.pk], *figures[one.pk][0]) if one.pk in figures else states[one.pk],
            figures[one.pk][1] if one.pk in figures else (),
        )
        for one in found
    }


def _states(actor: Actor, directives: Iterable[Directive], on: date) -> dict[int, tuple[str, ...]]:
    """The states of the tasks in sight, each once; of one that is not issued, or has none, its own. Two queries."""
    by_id = {one.pk: one for one in directives}
    tasks = list(visible_tasks(actor).filter(directive__in=by_id).exclude(part=Part.COORDINATES))
    states = states_of(tasks, on)
    found: dict[int, dict[str, None]] = {pk: {} for pk in by_id}
    for task in tasks:
        found[task.directive_id][states[task.pk]] = None
    return {pk: tuple(found[pk]) if found[pk] and one.state == "issued" else (one.state,) for pk, one in by_id.items()}


def _figure(one: Directive, measured: Measured | None) -> tuple[tuple[str, ...], tuple[Figure, ...]]:
    if one.indicator is None or measured is None:
        return (), ()
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


def standing_of_tasks(actor: Actor, ids: Sequence[int], on: date) -> Mapping[int, Standing]:
    """Two queries."""
    tasks = Task.objects.filter(pk__in=ids).select_related("directive", "obligation")
    return {pk: Standing((state,)) for pk, state in states_of(tasks, on).items()}


def standing_of_completions(actor: Actor, ids: Sequence[int], on: date) -> Mapping[int, Standing]:
    """One query."""
    return {one.pk: Standing((RESULTS[one.result],)) for one in Completion.objects.filter(pk__in=ids)}


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
