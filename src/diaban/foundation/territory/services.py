"""Acts on the territory: correcting how a unit was divided, redrawing the map on a day, taking borders in."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.territory.boundaries import Matching, match
from diaban.foundation.territory.checking import Problem, check_territory
from diaban.foundation.territory.chronicle import unit_key
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.geojson import read_features, simplified
from diaban.foundation.territory.loading import uid_of
from diaban.foundation.territory.models import Boundary, Containment, Succession, Unit, UnitVersion
from diaban.foundation.territory.queries import ONE_DAY, UnknownUnit, nearest_versions, versions_of
from diaban.foundation.territory.rules import filled
from diaban.lib.vietnamese import sort_key


class WeightNotPositive(ValueError):
    """A part of a unit must weigh something."""


class NotDivided(ValueError):
    """The predecessor went to one successor whole: there is nothing to weigh."""


class OutsideGround(ValueError):
    """A unit that was to be changed does not lie in the ground that is redrawn."""


class BrokenMap(ValueError):
    """The map would not hold together; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class NewUnit:
    """A unit that begins. `parts` holds its predecessors by unit id: the weight that came over, or None if not counted."""

    level: str
    code: str
    name: str
    kind: str
    parent_code: str
    parts: Mapping[int, Decimal | None]
    area: Decimal | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None


@dataclass(frozen=True)
class Renewed:
    """A unit that keeps its extent and gets a new name, kind, code or parent; None keeps what it had."""

    unit_id: int
    code: str | None = None
    name: str | None = None
    kind: str | None = None
    parent_code: str | None = None


@dataclass(frozen=True)
class Redrawing:
    """What changes on one day. `ended` are units that end without successors of their own, such as districts."""

    on: date
    basis: str
    begun: Sequence[NewUnit] = field(default=())
    renewed: Sequence[Renewed] = field(default=())
    ended: Collection[int] = field(default=())

    @property
    def closing(self) -> frozenset[int]:
        """The units that end: predecessors and those without successors."""
        return frozenset(unit_id for unit in self.begun for unit_id in unit.parts) | frozenset(self.ended)


def correct_weight(
    *,
    succession_id: int,
    weight: Decimal,
    basis: str,
    actor: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> Succession:
    """Put a count, usually a population, in place of the weight of one part of a divided unit.

    The parts still assumed follow: each gets the mean of the counted ones, so that equal division goes on where nobody
    counted. Raises `NotPermitted`, `StaleRevision`, `WeightNotPositive` or `NotDivided`.
    """
    if weight <= 0:
        raise WeightNotPositive(weight)
    with transaction.atomic():
        predecessor_id = Succession.objects.values_list("predecessor_id", flat=True).get(pk=succession_id)
        parts = list(Succession.objects.select_for_update().filter(predecessor=predecessor_id).order_by("pk"))
        row = Succession.lock(succession_id, expected_revision=expected_revision)
        grant = actor.require("territory.correct_weight", None, predecessor_id)
        if len(parts) == 1:
            raise NotDivided(succession_id)
        parts = [row if part.pk == row.pk else part for part in parts]
        changes = _weigh(row, weight, basis, parts)
        unit = Unit.objects.get(pk=predecessor_id)
        record(actor=actor, verb="territory.weight_corrected", thing=unit, at=at, changes=changes, grant=grant)
    return row


def _weigh(
    row: Succession, weight: Decimal, basis: str, parts: Sequence[Succession]
) -> dict[str, tuple[object, object]]:
    """Save the count and what follows from it; returns old and new weights by the successor's code."""
    changes: dict[str, tuple[object, object]] = {"basis": (row.basis, basis)}
    row.assumed, row.basis = False, basis
    weights = filled(
        {part.pk: weight if part.pk == row.pk else None if part.assumed else part.weight for part in parts}
    )
    names = nearest_versions((part.successor_id for part in parts), row.on)
    for part in parts:
        if part.pk == row.pk or part.weight != weights[part.pk]:
            changes[f"weight {names[part.successor_id].code}"] = (part.weight, weights[part.pk])
            part.weight = weights[part.pk]
            part.save_revision("weight", "assumed", "basis")
    return changes


def redraw(*, ground_id: int, redrawing: Redrawing, actor: Actor, at: datetime) -> list[Unit]:
    """Change the map inside one unit on a day; returns the units that begin, in the order given.

    Predecessors end, successions are written (parts of a divided unit that nobody counted are equal and assumed), units
    that only change their name or parent get a new version, and everything derived is rebuilt. Raises `NotPermitted`,
    `UnknownUnit` for a parent's code, `OutsideGround`, or `BrokenMap` where a unit would lose its parent or its heir.
    """
    with transaction.atomic():
        grant = actor.require("territory.redraw", None, ground_id)
        touched = redrawing.closing | {change.unit_id for change in redrawing.renewed}
        _refuse_outside(ground_id, touched, redrawing.on)
        closed = _close_versions(touched, redrawing.on)
        units = [_begin(new, redrawing.on) for new in redrawing.begun]
        _write_versions(redrawing, units, closed)
        _write_successions(redrawing, units)
        rebuild_derived(actor.today)
        problems = check_territory(actor.today)
        if problems:
            raise BrokenMap(problems)
        changes = {
            "begun": (None, [new.code for new in redrawing.begun]),
            "ended": (None, sorted(closed[unit_id].code for unit_id in redrawing.closing)),
            "renewed": (None, sorted(closed[change.unit_id].code for change in redrawing.renewed)),
            "on": (None, redrawing.on),
            "basis": (None, redrawing.basis),
        }
        ground = Unit.objects.get(pk=ground_id)
        record(actor=actor, verb="territory.redrawn", thing=ground, at=at, changes=changes, grant=grant)
    return units


def _refuse_outside(ground_id: int, unit_ids: Collection[int], on: date) -> None:
    inside = Containment.objects.filter(ancestor=ground_id, descendant__in=unit_ids, valid__contains=on - ONE_DAY)
    outside = set(unit_ids) - set(inside.values_list("descendant_id", flat=True))
    if outside:
        raise OutsideGround(sorted(outside))


def _close_versions(unit_ids: Collection[int], on: date) -> dict[int, UnitVersion]:
    """End the versions that hold on the day before; returns them by unit id."""
    closed = versions_of(unit_ids, on - ONE_DAY)
    for version in closed.values():
        version.valid = DateRange(version.first_day, on)
        version.save_revision("valid")
    return closed


def _begin(new: NewUnit, on: date) -> Unit:
    uid: uuid.UUID = uid_of(unit_key(new.level, new.code, on))
    return Unit.objects.create(uid=uid, level=new.level, area=new.area, lat=new.lat, lon=new.lon)


def _write_versions(redrawing: Redrawing, units: Sequence[Unit], closed: Mapping[int, UnitVersion]) -> None:
    """The first versions of the units that begin and the next ones of those that go on."""
    codes = [new.parent_code for new in redrawing.begun] + [change.parent_code or "" for change in redrawing.renewed]
    begun = {new.code: unit.pk for new, unit in zip(redrawing.begun, units, strict=True)}
    known = UnitVersion.objects.on(redrawing.on).filter(code__in=codes).values_list("code", "unit_id")
    parents = {**dict(known), **begun}
    for code in codes:
        if code and code not in parents:
            raise UnknownUnit(f"{code} ({redrawing.on})")
    valid = DateRange(redrawing.on, None)
    versions = [
        UnitVersion(
            unit=unit, valid=valid, code=new.code, name=new.name, kind=new.kind, parent_id=parents[new.parent_code]
        )
        for new, unit in zip(redrawing.begun, units, strict=True)
    ]
    for change in redrawing.renewed:
        old = closed[change.unit_id]
        versions.append(
            UnitVersion(
                unit_id=change.unit_id,
                valid=valid,
                code=change.code or old.code,
                name=change.name or old.name,
                kind=change.kind or old.kind,
                parent_id=parents[change.parent_code] if change.parent_code else old.parent_id,
            )
        )
    for version in versions:
        version.sort_key = sort_key(version.name)
    UnitVersion.objects.bulk_create(versions)


def _write_successions(redrawing: Redrawing, units: Sequence[Unit]) -> None:
    """Each part with its weight, counted or filled in; assumed where a unit was divided and the part not counted."""
    successors: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for new, unit in zip(redrawing.begun, units, strict=True):
        for predecessor_id, weight in new.parts.items():
            successors[predecessor_id][unit.pk] = weight
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=predecessor_id,
            successor_id=unit_id,
            on=redrawing.on,
            basis=redrawing.basis,
            weight=weight,
            assumed=parts[unit_id] is None and len(parts) > 1,
        )
        for predecessor_id, parts in successors.items()
        for unit_id, weight in filled(parts).items()
    )


@dataclass(frozen=True)
class LoadedBoundaries:
    """What became of a file of borders: what was matched, how many borders are new or better known than before."""

    matching: Matching
    changed: int


@transaction.atomic
def load_boundaries(
    *,
    content: bytes,
    source: str,
    ground_id: int,
    level: str,
    on: date,
    tolerance: float = 0.0005,
    code_key: str = "",
    name_key: str = "",
    is_dry: bool = False,
    actor: Actor,
    at: datetime,
) -> LoadedBoundaries:
    """Take the borders of a GeoJSON file in, for the units of a level that lay in the ground on a day. What did not match
    is told, what matched is kept; a border that is the same as before is left. `is_dry` only tells.

    Raises `BadGeoJSON` or `NotPermitted`.
    """
    grant = actor.require("territory.load_boundaries", None, ground_id)
    matching = match(read_features(content), on=on, level=level, under=ground_id, code_key=code_key, name_key=name_key)
    shapes = {
        one.version.unit_id: simplified(one.feature.land, tolerance) for one in matching.found if one.feature.land
    }
    known = {
        one.unit_id: one for one in Boundary.objects.select_for_update().filter(unit__in=shapes, superseded_at=None)
    }
    fresh = {unit: shape for unit, shape in shapes.items() if unit not in known or known[unit].geometry != shape}
    if is_dry or not fresh:
        return LoadedBoundaries(matching, len(fresh))
    Boundary.objects.filter(pk__in=[known[unit].pk for unit in fresh if unit in known]).update(superseded_at=at)
    numbers = {unit: known[unit].number + 1 if unit in known else 1 for unit in fresh}
    digest = hashlib.sha256(content).hexdigest()
    Boundary.objects.bulk_create(
        Boundary(unit_id=unit, number=numbers[unit], geometry=shape, source=source[:300], digest=digest, loaded_at=at)
        for unit, shape in fresh.items()
    )
    changes = {"boundaries": (None, str(len(fresh))), "file": (None, digest)}
    ground = Unit.objects.get(pk=ground_id)
    record(actor=actor, verb="territory.boundaries_loaded", thing=ground, at=at, changes=changes, grant=grant)
    return LoadedBoundaries(matching, len(fresh))
