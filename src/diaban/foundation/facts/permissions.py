"""Who may see and change what is common to all figures. The figures of a report are seen where the report is."""

from collections.abc import Iterable

from django.db.models import QuerySet, Value

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.facts.models import Collection, Indicator
from diaban.foundation.mandates.permissions import visible_filter
from diaban.foundation.territory.models import Unit

ENTER_BASE = "facts.enter_base"
SET_PLAN = "facts.set_plan"


def visible_indicators(actor: Actor) -> QuerySet[Indicator]:
    """Every indicator: whoever is signed in may see what is asked and how it is computed."""
    return Indicator.objects.select_related("numerator", "denominator")


def visible_collections(actor: Actor) -> QuerySet[Collection]:
    """Every collection, as above: its name, not its figures."""
    return Collection.objects.all()


def require_over(actor: Actor, act: str, unit_ids: Iterable[int], field: str | None = None) -> Grant:
    """The ground for an act over every one of the units, in a field (None: in any). Raises `NotPermitted`. One query."""
    wanted = set(unit_ids)
    if wanted - allowed_over(actor, act, wanted, field):
        raise NotPermitted(str(act_kind(act).label))
    return actor.require(act, field, next(iter(wanted), None))


def allowed_over(actor: Actor, act: str, unit_ids: Iterable[int], field: str | None = None) -> set[int]:
    """Those of the units over which the actor may do the act, in a field (None: in any). One query."""
    column = None if field is None else "asked_field"
    units = Unit.objects.annotate(asked_field=Value(field or "")).filter(pk__in=set(unit_ids))
    return set(units.filter(visible_filter(actor, act, unit="pk", field=column)).values_list("pk", flat=True))
