"""Acts on figures: loading the catalogue, accepting facts, base figures, plans, rebuilding what is derived."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.facts import loading, rollups
from diaban.foundation.facts.accepting import Accepted, Brought, Lineage, NewFact, take_in
from diaban.foundation.facts.categories import ids_of
from diaban.foundation.facts.models import Collection, CollectionKind, Delivery, Indicator, Plan, PlanProfile
from diaban.foundation.facts.periods import base_period
from diaban.foundation.facts.permissions import ENTER_BASE, SET_PLAN, require_over
from diaban.foundation.facts.withdrawing import Withdrawn, withdraw
from diaban.foundation.journal.services import record


def load_catalogue(*, actor: Actor, at: datetime, folder: Path = loading.DATA) -> loading.Loaded:
    """Add the catalogue's indicators, dimensions and members that are not there yet; what is there stays as it is.

    Raises `Cycle` or `BadExpression` for formulas that cannot be computed.
    """
    grant = actor.require("facts.load_catalogue")
    with transaction.atomic():
        loaded = loading.load(folder)
        if any(vars(loaded).values()):
            changes = {name: (None, number) for name, number in vars(loaded).items()}
            base = base_collection()
            record(actor=actor, verb="facts.catalogue_loaded", thing=base, at=at, changes=changes, grant=grant)
    return loaded


def base_collection() -> Collection:
    """The collection of base figures. Raises DoesNotExist before the catalogue is loaded."""
    return Collection.objects.get(kind=CollectionKind.BASE)


def open_collection(*, code: str, name: str, kind: str, note: str = "", actor: Actor, at: datetime) -> Collection:
    """Begin a lineage of facts; the one that has the code, if there is one."""
    grant = actor.require("facts.open_collection")
    with transaction.atomic():
        collection, is_new = Collection.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "note": note}
        )
        if is_new:
            record(actor=actor, verb="facts.collection_opened", thing=collection, at=at, grant=grant)
    return collection


def accept_facts(
    *, collection_id: int, rows: Iterable[NewFact], source: Subject, actor: Actor, at: datetime
) -> Accepted:
    """Take facts in; each supersedes what was current in its cell. Rollups are brought up in the same transaction.

    The caller's act has checked the permission and writes the journal. All facts of one transaction go in one call, last
    in the act: the provinces' sums stay locked until it ends.
    Raises `NotAFact`, `NotCanonical` or `UnknownMember`: then that transaction is to be undone.
    """
    return accept_deliveries(collection_id=collection_id, deliveries=[(source, rows)], actor=actor, at=at)


def accept_deliveries(
    *, collection_id: int, deliveries: Iterable[tuple[Subject, Iterable[NewFact]]], actor: Actor, at: datetime
) -> Accepted:
    """As `accept_facts`, for what several subjects bring in one act: no two of them the figures of one cell."""
    with transaction.atomic(savepoint=False):
        bringing = list(deliveries)
        ids = _deliver(collection_id, [source for source, _rows in bringing], actor, at)
        brought = (Brought(pk, fact) for pk, (_source, rows) in zip(ids, bringing, strict=True) for fact in rows)
        return take_in(Lineage(collection_id, at), brought)


def _deliver(collection_id: int, sources: Iterable[Subject], actor: Actor, at: datetime) -> list[int]:
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            collection_id=collection_id,
            source_kind=source.kind,
            source_id=source.id,
            accepted_at=at,
            organisation_id=actor.organisation_id,
            position_id=actor.position_id,
        )
        for source in sources
    )
    return [delivery.pk for delivery in deliveries]


def withdraw_facts(
    *, collection_id: int, source: Subject, void_until: Mapping[int, datetime], actor: Actor, at: datetime
) -> Withdrawn:
    """Take back every fact that `source` brought and that still stands; what each had taken the place of stands again, but
    for what other subjects of the kind brought until they were taken back themselves (`void_until`).

    As with `accept_facts`, the caller's act has checked the permission, writes the journal and calls this last.
    """
    with transaction.atomic(savepoint=False):
        return withdraw(
            Lineage(collection_id, at),
            source,
            void_until,
            deliver=lambda one: _deliver(collection_id, [one], actor, at)[0],
        )


def enter_base(
    *,
    year: int,
    figures: Iterable[tuple[int, str, Decimal | None]],
    actor: Actor,
    at: datetime,
    is_estimated: bool = False,
) -> Accepted:
    """Enter base figures of a year, each (unit id, indicator code, value); None takes the figure away: a newer fact says
    that it is not collected. Raises `NotPermitted` for units elsewhere."""
    figures = list(figures)
    grant = require_over(actor, ENTER_BASE, (unit_id for unit_id, _code, _value in figures))
    base, period = base_collection(), base_period(year)
    rows = [
        NewFact(
            code,
            unit_id,
            period,
            value,
            reason="" if value is not None else "not_collected",
            is_estimated=is_estimated and value is not None,
        )
        for unit_id, code, value in figures
    ]
    with transaction.atomic():
        changes = {"year": (None, year), "figures": (None, len(rows))}
        record(actor=actor, verb="facts.base_entered", thing=base, at=at, changes=changes, grant=grant)
        return accept_facts(collection_id=base.pk, rows=rows, source=subject_of(base), actor=actor, at=at)


@transaction.atomic
def set_plans(
    *, year: int, figures: Iterable[tuple[int, str, Decimal | None]], basis: str, actor: Actor, at: datetime
) -> int:
    """Say what units are to reach in a year, each (unit id, indicator code, value); one act. Returns how many were set.

    What was given before is adjusted (điều chỉnh), or with None taken away, by the paper that `basis` names; every version
    stays.
    Raises `NotPermitted` where the actor may not for one of them, KeyError for a code that there is not, `NoDecision`.
    """
    by_code: dict[str, list[tuple[int, Decimal | None]]] = {}
    for unit_id, code, value in figures:
        by_code.setdefault(code, []).append((unit_id, value))
    known = Indicator.objects.in_bulk(list(by_code), field_name="code")
    act, category_id = uuid.uuid4(), ids_of([""])[""]
    for code, given in sorted(by_code.items()):
        indicator = known[code]
        grant = require_over(actor, SET_PLAN, (unit_id for unit_id, _value in given), indicator.field_code)
        key = {"indicator": indicator, "year": year, "category_id": category_id}
        earlier = {plan.unit_id: plan for plan in Plan.given.select_for_update().filter(**key)}
        changes: dict[str, tuple[Decimal | int | None, Decimal | int | None]] = {"year": (year, year)}
        for unit_id, value in given:
            plan = earlier.get(unit_id) or Plan(**key, unit_id=unit_id, revision=0)
            if plan.pk and not basis.strip():
                raise NoDecision
            changes[f"unit {unit_id}"] = (plan.value if plan.pk else None, value)
            plan.value, plan.basis, plan.revision = value, basis, plan.revision + 1
            plan.save()
            _keep_version(plan, at)
        record(actor=actor, verb="facts.plan_set", thing=indicator, at=at, changes=changes, grant=grant, act=act)
    return sum(map(len, by_code.values()))


def set_plan(
    *,
    indicator: Indicator,
    unit_id: int,
    year: int,
    value: Decimal,
    category: str = "",
    basis: str = "",
    actor: Actor,
    at: datetime,
) -> Plan:
    """Say what a unit is to reach in a year, or adjust it by the paper that `basis` names. Raises `NoDecision` without one."""
    grant = actor.require(SET_PLAN, indicator.field_code, unit_id)
    key = {"indicator": indicator, "unit_id": unit_id, "year": year, "category_id": ids_of([category])[category]}
    with transaction.atomic():
        plan, is_new = Plan.given.select_for_update().get_or_create(**key, defaults={"value": value, "basis": basis})
        old = None if is_new else plan.value
        if not is_new:
            if not basis.strip():
                raise NoDecision
            plan.value, plan.basis = value, basis
            plan.save_revision("value", "basis")
        _keep_version(plan, at)
        changes = {"value": (old, value), "year": (year, year), "unit": (unit_id, unit_id)}
        record(actor=actor, verb="facts.plan_set", thing=indicator, at=at, changes=changes, grant=grant)
    return plan


def _keep_version(plan: Plan, at: datetime) -> None:
    """Its revision counts how often it was given."""
    plan.versions.create(number=plan.revision, value=plan.value, basis=plan.basis, at=at)


class NoDecision(ValueError):
    """A plan is adjusted only by a paper with its number."""

    def __init__(self) -> None:
        super().__init__("Điều chỉnh kế hoạch phải ghi số, ký hiệu văn bản quyết định.")


@transaction.atomic
def set_profile(
    *,
    indicator: Indicator,
    unit_id: int,
    year: int,
    ends: tuple[Decimal, Decimal, Decimal],
    basis: str,
    actor: Actor,
    at: datetime,
) -> PlanProfile:
    """Say how much of a year's plan (percent) is due by the ends of quarters I to III in an area. Raises `NotPermitted`."""
    grant = actor.require(SET_PLAN, indicator.field_code, unit_id)
    key = {"indicator": indicator, "unit_id": unit_id, "year": year}
    profile = PlanProfile.objects.select_for_update().filter(**key).first() or PlanProfile(**key, revision=0)
    before = profile.ends if profile.pk else (None, None, None)
    profile.quarter_1, profile.quarter_2, profile.quarter_3 = ends
    profile.basis, profile.revision = basis[:300], profile.revision + 1
    profile.save()
    changes = {f"quarter {place}": pair for place, pair in enumerate(zip(before, ends, strict=True), start=1)}
    record(actor=actor, verb="facts.profile_set", thing=indicator, at=at, changes=changes, grant=grant)
    return profile


def rebuild_rollups(*, actor: Actor) -> int:
    """Make the provinces' sums what the facts say; returns how many there are."""
    actor.require("facts.rebuild")
    with transaction.atomic():
        return rollups.rebuild()


def check_rollups() -> rollups.Comparison:
    """Compare the provinces' sums with the facts, to the digit. Changes nothing."""
    with transaction.atomic():
        return rollups.compare()
