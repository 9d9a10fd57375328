"""The acting Actor: one position that an account holds, with the mandates of today of the body it works in."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import Grant, NotPermitted, Reach
from diaban.foundation.acts.catalogue import ActKind, Role, act_kind
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.rules import AloneReach
from diaban.foundation.organisations.lines import DEEPEST_LINE, Step, within_body
from diaban.foundation.organisations.models import Holding, Position
from diaban.foundation.territory.models import Containment, Coverage

AUDITS = frozenset({"audit", "inspect"})  # by these an auditor may whatever the table of acts opens to auditors
# One row for each position an account may act in, and one for each position whose powers it has by delegation (one step
# only: a delegation passes no further). `line` is the administrative line upwards; `fields` are the position's, each with
# all that it contains.
_CAPACITIES = """
WITH RECURSIVE held AS (
    SELECT holding.position_id AS acting_id, person.name AS person
    FROM organisations_holding holding
    JOIN organisations_person person ON person.id = holding.person_id
    WHERE person.account_id = %(account)s AND holding.valid @> %(on)s::date
), capacity AS (
    SELECT acting_id, person, acting_id AS position_id, '' AS manner, '' AS basis FROM held
    UNION ALL
    SELECT held.acting_id, held.person, given.from_position_id, given.manner, given.basis
    FROM held
    JOIN organisations_delegation given ON given.to_position_id = held.acting_id AND given.valid @> %(on)s::date
), line AS (
    SELECT DISTINCT position.organisation_id AS start, version.organisation_id, version.parent_id, version.kind,
        version.name, version.unit_id, 0 AS depth
    FROM capacity
    JOIN organisations_position position ON position.id = capacity.position_id
    JOIN organisations_organisationversion version
        ON version.organisation_id = position.organisation_id AND version.valid @> %(on)s::date
    UNION ALL
    SELECT line.start, version.organisation_id, version.parent_id, version.kind, version.name, version.unit_id, line.depth + 1
    FROM line
    JOIN organisations_organisationversion version
        ON version.organisation_id = line.parent_id AND version.valid @> %(on)s::date
    WHERE line.depth < %(deepest)s
)
SELECT capacity.acting_id, capacity.person, capacity.position_id, capacity.manner, capacity.basis,
    position.title, position.role, jsonb_array_length(position.field_codes) > 0,
    ARRAY(
        SELECT own.code FROM mandates_field own
        LEFT JOIN mandates_field above ON above.id = own.parent_id
        LEFT JOIN mandates_field top ON top.id = above.parent_id
        WHERE position.field_codes ?| ARRAY[own.code, above.code, top.code]::text[]
    ),
    (
        SELECT jsonb_agg(jsonb_build_array(organisation_id, kind, name, unit_id) ORDER BY depth)
        FROM line WHERE line.start = position.organisation_id
    )
FROM capacity
JOIN organisations_position position ON position.id = capacity.position_id AND position.valid @> %(on)s::date
ORDER BY capacity.acting_id, capacity.manner, capacity.position_id
"""

# Built by hand like the one above: every request waits for both.
_MANDATES = """
SELECT mandate.id, mandate.organisation_id, function.code, mandate.field_id,
    ARRAY(
        SELECT own.code FROM mandates_field own LEFT JOIN mandates_field above ON above.id = own.parent_id
        WHERE mandate.field_id IN (own.id, own.parent_id, above.parent_id)
    ),
    mandate.unit_id, mandate.reach, mandate.legal_basis
FROM mandates_mandate mandate
JOIN mandates_function function ON function.id = mandate.function_id
WHERE mandate.organisation_id = ANY(%(organisations)s) AND mandate.valid @> %(on)s::date
ORDER BY mandate.id
"""


class NotHeld(LookupError):
    """The account does not hold that position on that day, or its organisation is no more."""


@dataclass(frozen=True)
class Choice:
    """A position that an account may act in."""

    position_id: int
    title: str
    organisation_id: int
    organisation: str


@dataclass(frozen=True)
class Capacity:
    """The powers of one position: the actor's own, or one that it signs for (`manner` KT, TL or TUQ).

    `body` is the organisation and those above it within the legal body; `field_codes` is None where nothing narrows them.
    """

    position_id: int
    manner: str
    basis: str
    title: str
    role: Role
    field_codes: frozenset[str] | None
    body: tuple[Step, ...]

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(step.organisation_id for step in self.body)


@dataclass(frozen=True)
class Held:
    """One mandate of today. `field_codes` are the field with all it contains, None for every field."""

    mandate_id: int
    organisation_id: int
    function: str
    field_codes: frozenset[str] | None
    unit_id: int
    is_alone: bool
    legal_basis: str


@dataclass(frozen=True)
class Cover:
    """Which of the actor's units cover a unit, and which of them do so on its own level."""

    any_level: frozenset[int] = frozenset()
    own_level: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class PositionActor:
    """An account acting in one position on `today`. Build it with `acting_as`; it lives as long as one request."""

    account_id: int
    position_id: int
    organisation_id: int
    person: str
    today: date
    capacities: tuple[Capacity, ...]
    mandates: tuple[Held, ...]
    _covers: dict[int, Cover] = field(default_factory=dict, repr=False)

    @property
    def label(self) -> str:
        own = self.capacities[0]
        return f"{self.person}, {own.title}, {own.body[0].name}"

    @property
    def role(self) -> Role:
        return self.capacities[0].role

    @property
    def seat_id(self) -> int:
        """The unit in which the organisation has its seat."""
        return self.capacities[0].body[0].unit_id

    @property
    def body_ids(self) -> frozenset[int]:
        """The organisation and those above it within its legal body: in whose name the position works."""
        return self.capacities[0].organisation_ids

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        """The ground on which `act` is allowed, or None.

        `field` None asks for all fields; `unit_id` None asks whether there is any unit at all where it is allowed. An act
        without a function belongs to the role alone, and its room asks whether the thing is the own office's. At most
        one query for each unit that is not itself named by a mandate (`foresee` for many).
        """
        kind = act_kind(act)
        for capacity in self.capacities:
            if capacity.role not in kind.roles:
                continue
            grant = self._grant(capacity, kind, field, unit_id)
            if grant is not None:
                return grant
        return None

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        grant = self.may(act, field, unit_id)
        if grant is None:
            raise NotPermitted(str(act_kind(act).label))
        return grant

    def reaches(self, act: str) -> tuple[Reach, ...]:
        """Where `act` is allowed; empty for an act without a function, which has no ground of its own."""
        kind = act_kind(act)
        units: dict[tuple[frozenset[str] | None, bool], set[int]] = defaultdict(set)
        for capacity in self.capacities:
            for codes, is_alone, unit_id in self._grounds(capacity, kind):
                units[codes, is_alone].add(unit_id)
        return _reaches(units)

    def _grounds(self, capacity: Capacity, kind: ActKind) -> Iterator[tuple[frozenset[str] | None, bool, int]]:
        """Each ground of one capacity: its fields (None for all), whether it is the unit alone, and the unit."""
        if capacity.role not in kind.roles or kind.function is None:
            return
        for mandate in self._mandates_for(capacity, kind):
            codes = _both(capacity.field_codes, mandate.field_codes)
            if codes is None or codes:
                yield codes, mandate.is_alone, mandate.unit_id

    def know(self, above: Sequence[tuple[int, int]]) -> None:
        """What a unit of today lies in, itself first, with the steps between, so that `may` has nothing to look up about any of
        them: no unit of today is covered by others than those."""
        for unit_id, steps in above:
            holders = frozenset(holder for holder, further in above if further >= steps)
            self._covers.setdefault(unit_id, Cover(holders, frozenset({unit_id})))

    def foresee(self, unit_ids: Iterable[int]) -> None:
        """Look up at once what `may` will ask about these units. One query."""
        new = set(unit_ids) - self._covers.keys()
        found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for covered, holder, level, holder_level in self._coverings(new):
            found[covered].append((holder, level == holder_level))
        for unit_id in new:
            rows = found[unit_id]
            self._covers[unit_id] = Cover(
                frozenset(holder for holder, _own in rows), frozenset(holder for holder, own in rows if own)
            )

    def _grant(self, capacity: Capacity, kind: ActKind, field: str | None, unit_id: int | None) -> Grant | None:
        if kind.function is None:
            return Grant(None, _basis(capacity, capacity.body[0].name))
        fitting = [
            mandate
            for mandate in self._mandates_for(capacity, kind)
            if _covers_field(_both(capacity.field_codes, mandate.field_codes), field)
        ]
        mandate = self._first_over(unit_id, fitting)
        return Grant(mandate.mandate_id, _basis(capacity, mandate.legal_basis)) if mandate else None

    def _mandates_for(self, capacity: Capacity, kind: ActKind) -> Iterator[Held]:
        names = capacity.organisation_ids
        functions = AUDITS if capacity.role is Role.AUDITOR else {kind.function}
        return (one for one in self.mandates if one.function in functions and one.organisation_id in names)

    def _first_over(self, unit_id: int | None, mandates: list[Held]) -> Held | None:
        if unit_id is None:
            return next(iter(mandates), None)
        direct = next((mandate for mandate in mandates if mandate.unit_id == unit_id), None)
        if direct is not None or not mandates:
            return direct
        cover = self._cover(unit_id)
        return next(
            (one for one in mandates if one.unit_id in (cover.own_level if one.is_alone else cover.any_level)), None
        )

    def _cover(self, unit_id: int | None) -> Cover:
        if unit_id is None:
            return Cover()
        self.foresee([unit_id])
        return self._covers[unit_id]

    def _coverings(self, unit_ids: set[int]) -> Iterable[tuple[int, int, str, str]]:
        """(unit, one of mine that covers it, their levels): by the containment of today, or by descent from it."""
        mine = {mandate.unit_id for mandate in self.mandates}
        if not unit_ids:
            return ()
        now = Containment.objects.filter(descendant__in=unit_ids, ancestor__in=mine, valid__contains=self.today)
        descent = Coverage.objects.filter(covered__in=unit_ids, unit__in=mine)
        return now.values_list("descendant_id", "ancestor_id", "descendant__level", "ancestor__level").union(
            descent.values_list("covered_id", "unit_id", "covered__level", "unit__level")
        )


def _reaches(units: Mapping[tuple[frozenset[str] | None, bool], set[int]]) -> tuple[Reach, ...]:
    """Grounds as few reaches: fields over the same units are one."""
    fields: dict[tuple[frozenset[int], bool], frozenset[str] | None] = {}
    for (codes, is_alone), ids in units.items():
        key = frozenset(ids), is_alone
        known = fields.get(key, frozenset())
        fields[key] = None if codes is None or known is None else known | codes
    return tuple(
        (AloneReach if is_alone else Reach)(unit_ids=ids, field_codes=codes or frozenset(), every_field=codes is None)
        for (ids, is_alone), codes in fields.items()
    )


def _both(narrow: frozenset[str] | None, wide: frozenset[str] | None) -> frozenset[str] | None:
    """Fields that are in both; None stands for every field."""
    if narrow is None or wide is None:
        return wide if narrow is None else narrow
    return narrow & wide


def _covers_field(codes: frozenset[str] | None, asked: str | None) -> bool:
    return codes is None or asked in codes


def _basis(capacity: Capacity, ground: str) -> str:
    """The ground in words; whoever signs for another says so."""
    if not capacity.manner:
        return ground
    return f"{capacity.manner}. {capacity.title}: {ground}"


def choices_of(account_id: int, today: date) -> tuple[Choice, ...]:
    """The positions the account may act in today, in the order in which they were opened. One query."""
    return Acting.of(account_id, today).choices


@dataclass(frozen=True)
class Acting:
    """Every position of an account with its powers; one query. `as_position` makes an actor of one, with one more."""

    account_id: int
    today: date
    people: dict[int, str]
    capacities: dict[int, tuple[Capacity, ...]]

    @classmethod
    def of(cls, account_id: int, today: date) -> "Acting":
        people: dict[int, str] = {}
        capacities: dict[int, list[Capacity]] = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(_CAPACITIES, {"account": account_id, "on": today, "deepest": DEEPEST_LINE})
            for acting_id, person, *rest in cursor.fetchall():
                capacity = _capacity(*rest)
                if capacity is not None:
                    people[acting_id] = person
                    capacities[acting_id].append(capacity)
        whole = {key: tuple(ones) for key, ones in capacities.items() if ones[0].position_id == key}
        return cls(account_id, today, people, whole)

    @property
    def choices(self) -> tuple[Choice, ...]:
        own = ((key, ones[0]) for key, ones in self.capacities.items())
        return tuple(Choice(key, one.title, one.body[0].organisation_id, one.body[0].name) for key, one in own)

    def as_position(self, position_id: int) -> PositionActor:
        """The actor. Raises `NotHeld`."""
        if position_id not in self.capacities:
            raise NotHeld(position_id)
        capacities = self.capacities[position_id]
        return PositionActor(
            account_id=self.account_id,
            position_id=position_id,
            organisation_id=capacities[0].body[0].organisation_id,
            person=self.people[position_id],
            today=self.today,
            capacities=capacities,
            mandates=mandates_of((key for one in capacities for key in one.organisation_ids), self.today),
        )


def acting_as(position: Position | Holding | int, account: Account | int, today: date) -> PositionActor:
    """The actor of an account in a position (given by itself, its id, or a holding of it) on a day. Two queries.

    Raises `NotHeld`.
    """
    account_id = account.pk if isinstance(account, Account) else account
    if isinstance(position, int):
        return Acting.of(account_id, today).as_position(position)
    return Acting.of(account_id, today).as_position(
        position.position_id if isinstance(position, Holding) else position.pk
    )


def mandates_of(organisation_ids: Iterable[int], on: date) -> tuple[Held, ...]:
    """The mandates of some organisations on a day, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MANDATES, {"organisations": list(set(organisation_ids)), "on": on})
        return tuple(
            Held(
                mandate_id=key,
                organisation_id=organisation_id,
                function=function,
                field_codes=None if field_id is None else frozenset(codes),
                unit_id=unit_id,
                is_alone=reach == Mandate.Reach.UNIT,
                legal_basis=basis,
            )
            for key, organisation_id, function, field_id, codes, unit_id, reach, basis in cursor.fetchall()
        )


def _capacity(
    position_id: int,
    manner: str,
    basis: str,
    title: str,
    role: str,
    is_narrowed: bool,
    field_codes: list[str],
    line: str | None,
) -> Capacity | None:
    """None where the position's organisation does not exist on the day."""
    if not line:
        return None
    return Capacity(
        position_id=position_id,
        manner=manner,
        basis=basis,
        title=title,
        role=Role(role),
        field_codes=frozenset(field_codes) if is_narrowed else None,
        body=tuple(within_body([Step(*step) for step in json.loads(line)])),
    )
