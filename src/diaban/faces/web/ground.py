"""What a leader sees first: how the work that is owed to the office stands on its ground."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import LEADERS
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.models import Obligation, done_in_time
from diaban.foundation.obligations.queries import LATELY, SOON
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions

MOST_PLACES = 15


@dataclass(frozen=True)
class Place:
    """What is overdue in one unit, and since when."""

    unit: UnitVersion
    overdue: int
    since: date


@dataclass(frozen=True)
class Ground:
    """Numbers of what is owed to the office. Shares are in percent, of what fell due in the last 90 days and in the 90
    before; None where nothing did."""

    overdue: int
    due_soon: int
    on_time: Decimal | None
    on_time_before: Decimal | None
    places: tuple[Place, ...]
    more_places: bool

    @property
    def change(self) -> Decimal | None:
        """By how many points the share in time has changed."""
        if self.on_time is None or self.on_time_before is None:
            return None
        return self.on_time - self.on_time_before


def ground_of(actor: Actor, on: date) -> Ground | None:
    """The board of a leader's office; None for others and for offices to which nothing is owed. Three queries, one where nothing is overdue."""
    if getattr(actor, "role", None) not in LEADERS:
        return None
    owed = Obligation.objects.filter(
        counterpart_id__in=party(actor), closed_at=None, due_on__isnull=False, is_asked=False
    )
    numbers = _numbers(owed, on)
    if not numbers["all"]:
        return None
    places = _places(owed, on) if numbers["overdue"] else ()
    return Ground(
        overdue=numbers["overdue"],
        due_soon=numbers["due_soon"],
        on_time=_share(numbers["good_now"], numbers["all_now"]),
        on_time_before=_share(numbers["good_before"], numbers["all_before"]),
        places=places[:MOST_PLACES],
        more_places=len(places) > MOST_PLACES,
    )


def _numbers(owed: QuerySet[Obligation], on: date) -> dict[str, int]:
    is_open, in_time = Q(fulfilled_at=None), done_in_time()
    lately = Q(due_on__lt=on, due_on__gte=on - LATELY)
    before = Q(due_on__lt=on - LATELY, due_on__gte=on - 2 * LATELY)
    counted: dict[str, int] = owed.aggregate(
        all=Count("pk"),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
        due_soon=Count("pk", filter=is_open & Q(due_on__gte=on, due_on__lte=on + SOON)),
        all_now=Count("pk", filter=lately),
        good_now=Count("pk", filter=lately & in_time),
        all_before=Count("pk", filter=before),
        good_before=Count("pk", filter=before & in_time),
    )
    return counted


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None


def _places(owed: QuerySet[Obligation], on: date) -> tuple[Place, ...]:
    """The units where most is overdue, the longest overdue first among equals."""
    rows = list(
        owed.filter(fulfilled_at=None, due_on__lt=on)
        .values("unit_id")
        .annotate(overdue=Count("pk"), since=Min("due_on"))
        .order_by("-overdue", "since", "unit_id")
        .values_list("unit_id", "overdue", "since")[: MOST_PLACES + 1]
    )
    names = nearest_versions([unit_id for unit_id, _overdue, _since in rows], on)
    return tuple(Place(names[unit_id], overdue, since) for unit_id, overdue, since in rows if unit_id in names)
