"""The table of mandates shaped for its pages: who leads what for a locality, what is missing or doubled, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import ActKind, Role, all_acts
from diaban.foundation.mandates.allocation import allotments_on
from diaban.foundation.mandates.foresight import who
from diaban.foundation.mandates.models import AccessToken, Field, Function, Mandate
from diaban.foundation.mandates.permissions import TOKEN_OFFICE, offices_of, visible_filter
from diaban.foundation.mandates.routing import Answer, Conflict, Gap, Lead, responsible_for
from diaban.foundation.organisations.queries import holdings_on, names_of
from diaban.foundation.territory.models import Containment, Coverage, Level, UnitVersion
from diaban.foundation.territory.queries import nearest_versions


@dataclass(frozen=True)
class Terms:
    """All fields and functions, in their order."""

    fields: tuple[Field, ...]
    functions: tuple[Function, ...]

    @property
    def groups(self) -> tuple[Field, ...]:
        """The fields that are part of no other."""
        return tuple(field for field in self.fields if field.parent_id is None)


def terms() -> Terms:
    """Two queries."""
    return Terms(tuple(Field.objects.all()), tuple(Function.objects.all()))


@dataclass(frozen=True)
class Cell:
    """Who leads a function in a field, by name. `state` is lead, conflict, gap (though the law allots it) or none.

    `before` are the names on the day compared with, None where they are the same or no day is compared.
    """

    field: Field | None
    state: str
    organisations: tuple[str, ...]
    because: str
    before: tuple[str, ...] | None


@dataclass(frozen=True)
class Row:
    function: Function
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Functions down, fields across (the first for all fields), for one unit on one day."""

    fields: tuple[Field | None, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Problem:
    """A function and field over a unit that nobody leads, or more than one."""

    function: str
    field: str
    unit: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A mandate with the names of the day it is shown for."""

    mandate: Mandate
    organisation: str
    unit: str


@dataclass(frozen=True)
class Difference:
    """What two days differ in: mandates that the later has and the earlier has not, and the other way round."""

    given: tuple[Line, ...]
    ended: tuple[Line, ...]


@dataclass(frozen=True)
class ActRow:
    """An act, the function it needs (blank for the own office's) and whether each role may do it."""

    act: ActKind
    function: str
    allowed: tuple[bool, ...]


def matrix(known: Terms, unit_id: int, on: date, compared_with: date | None = None) -> Matrix:
    """Who leads what over one unit. Three queries, two more where a day is compared."""
    fields: tuple[Field | None, ...] = (None, *known.groups)
    functions = known.functions
    questions = [(function.code, field.code if field else None) for function in functions for field in fields]
    now = responsible_for(questions, [unit_id], on, fields=known.fields)
    then = responsible_for(questions, [unit_id], compared_with, fields=known.fields) if compared_with else {}
    names = names_of({one for answers in (*now.values(), *then.values()) for one in who(answers[unit_id])}, on)
    allotted = {(function, field) for function, field, _level in _allotted(on)}
    rows = []
    for function in functions:
        cells = []
        for field in fields:
            question = (function.code, field.code if field else None)
            before = then[question][unit_id] if compared_with else None
            cells.append(_cell(field, now[question][unit_id], before, question in allotted, names))
        rows.append(Row(function, tuple(cells)))
    return Matrix(fields, tuple(rows))


def _cell(field: Field | None, answer: Answer, before: Answer | None, is_allotted: bool, names: dict[int, str]) -> Cell:
    leads = _named(answer, names)
    earlier = None if before is None or who(before) == who(answer) else _named(before, names)
    match answer:
        case Lead():
            state = "lead"
        case Conflict():
            state = "conflict"
        case Gap():
            state = "gap" if is_allotted else "none"
    return Cell(field, state, leads, "" if state == "none" else answer.because, earlier)


def _named(answer: Answer, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(organisation_id, "?") for organisation_id in who(answer))


def conflicts(unit_id: int, on: date) -> list[Problem]:
    """Every double lead over a unit and what it contains on that day. Four queries.

    Two leads of one function and field over one unit are one wherever anybody asks for exactly these; there is no other
    way to be contested.
    """
    leading = Mandate.objects.on(on).leading().filter(unit__in=_inside(unit_id, on).values("descendant"))
    doubled = (
        leading.values("function", "field", "unit")
        .annotate(number=Count("organisation", distinct=True))
        .filter(number__gt=1)
    )
    where = Q(pk__in=())
    for row in doubled:
        where |= Q(function=row["function"], field=row["field"], unit=row["unit"])
    grouped: dict[tuple[str, str, int], list[int]] = {}
    for mandate in (
        leading.filter(where).select_related("function", "field").order_by("function__position", "unit", "pk")
    ):
        key = (mandate.function.name, mandate.field.name if mandate.field else "", mandate.unit_id)
        grouped.setdefault(key, []).append(mandate.organisation_id)
    return _problems(grouped, on)


def gaps(known: Terms, unit_id: int, on: date) -> list[Problem]:
    """Everything that the law of the day gives someone to lead and nobody leads, over a unit and what it contains.

    Four queries.
    """
    units: dict[str, list[int]] = {level: [] for level in Level.values}
    for inside, level in _inside(unit_id, on).values_list("descendant_id", "descendant__level"):
        units[level].append(inside)
    allotted = _allotted(on)
    everywhere = [one for ids in units.values() for one in ids]
    questions = {(function, field) for function, field, _level in allotted}
    answers = responsible_for(questions, everywhere, on, fields=known.fields)
    function_names = {function.code: function.called for function in known.functions}
    field_names = {field.code: field.called for field in known.fields}
    grouped: dict[tuple[str, str, int], list[int]] = {}
    for function, field, level in sorted(allotted, key=str):
        for one in units[level]:
            if isinstance(answers[function, field][one], Gap):
                grouped[function_names[function], field_names.get(field or "", ""), one] = []
    return _problems(grouped, on)


def _allotted(on: date) -> set[tuple[str, str | None, str]]:
    """What the law of a day gives someone to lead: function, field, and the level it is led on."""
    return {(one.function, one.field or None, one.level) for one in allotments_on(on) if one.part == Mandate.Part.LEADS}


def _problems(grouped: dict[tuple[str, str, int], list[int]], on: date) -> list[Problem]:
    units = nearest_versions({unit for _function, _field, unit in grouped}, on)
    names = names_of({one for ids in grouped.values() for one in ids}, on)
    return [
        Problem(function, field, units[unit].full_name, tuple(sorted({names[one] for one in ids})))
        for (function, field, unit), ids in grouped.items()
    ]


def mandates_within(
    visible: QuerySet[Mandate], unit_id: int, on: date, *, function: str = "", field: str = ""
) -> QuerySet[Mandate]:
    """The mandates of a day over a unit, what it contains and what it lies in, by function, field and age."""
    above = Containment.objects.filter(descendant=unit_id, valid__contains=on).values("ancestor")
    rows = visible.filter(valid__contains=on).filter(
        Q(unit__in=_inside(unit_id, on).values("descendant")) | Q(unit__in=above)
    )
    if function:
        rows = rows.filter(function__code=function)
    if field:
        rows = rows.filter(Q(field__code=field) | Q(field__parent__code=field) | Q(field__parent__parent__code=field))
    return rows.select_related("function", "field").order_by("function__position", "field__position", "pk")


def mandates_held(organisation_ids: Iterable[int], on: date) -> list[Line]:
    """The mandates of some organisations on a day. Three queries."""
    rows = Mandate.objects.on(on).filter(organisation__in=set(organisation_ids)).select_related("function", "field")
    return lines(rows.order_by("function__position", "field__position", "pk"), on)


def lines(mandates: Iterable[Mandate], on: date) -> list[Line]:
    """Mandates with names. Two queries beside their own."""
    listed = list(mandates)
    names = names_of({one.organisation_id for one in listed}, on)
    units = nearest_versions({one.unit_id for one in listed}, on)
    return [Line(one, names.get(one.organisation_id, "?"), units[one.unit_id].full_name) for one in listed]


def difference(visible: QuerySet[Mandate], unit_id: int, earlier: date, later: date) -> Difference:
    """What changed in the mandates over a unit, on the map of each day, between two days."""
    before, after = mandates_within(visible, unit_id, earlier), mandates_within(visible, unit_id, later)
    old = {one.pk for one in before}
    new = {one.pk for one in after}
    return Difference(
        given=tuple(lines([one for one in after if one.pk not in old], later)),
        ended=tuple(lines([one for one in before if one.pk not in new], earlier)),
    )


def roles_and_acts() -> tuple[tuple[Role, ...], list[ActRow]]:
    """The one table of who may do what by role. One query."""
    roles = tuple(Role)
    names = dict(Function.objects.values_list("code", "name"))
    rows = [
        ActRow(
            act,
            names.get(act.function, act.function) if act.function else "",
            tuple(role in act.roles for role in roles),
        )
        for act in all_acts()
        if act.roles
    ]
    return roles, rows


def _inside(unit_id: int, on: date) -> QuerySet[Containment]:
    return Containment.objects.filter(ancestor=unit_id, valid__contains=on)


def grounds(actor: Actor, act: str, seat_id: int, on: date) -> list[UnitVersion]:
    """Those of `places` over which the actor may do the act, in some field. Three queries."""
    listed = places(seat_id, on)
    allowed = UnitVersion.objects.filter(
        visible_filter(actor, act, field=None), unit__in=[one.unit_id for one in listed]
    )
    ids = set(allowed.values_list("unit_id", flat=True))
    return [one for one in listed if one.unit_id in ids]


def fields_for(actor: Actor, act: str, unit_id: int) -> list[tuple[str, str]]:
    """The fields, code and name, in which the actor may do an act on a ground. One query."""
    return [(one.code, one.name) for one in Field.objects.all() if actor.may(act, one.code, unit_id)]


def places(seat_id: int, on: date) -> list[UnitVersion]:
    """The units one may choose from on a day, the own ground first: the seat, or on a day before it existed the units of
    its level that it descends from; then what these lay in and what was directly below them. Two queries.
    """
    existing = UnitVersion.objects.on(on).select_related("unit").in_order()
    covered = Coverage.objects.filter(unit=seat_id, covered__level=F("unit__level")).values("covered")
    own = list(existing.filter(Q(unit=seat_id) | Q(unit__in=covered)))
    ids = [version.unit_id for version in own]
    above = Containment.objects.filter(descendant__in=ids, valid__contains=on, distance__gt=0).values("ancestor")
    return [*own, *existing.filter(Q(unit__in=above) | Q(parent__in=ids)).exclude(unit__in=ids)]


@dataclass(frozen=True)
class TokenLine:
    """An access token, the organisation of its position, and whether it may still be used."""

    token: AccessToken
    organisation: str
    is_usable: bool


def token_lines(tokens: QuerySet[AccessToken], on: date, at: datetime) -> list[TokenLine]:
    """Tokens as their page lists them, newest first. Two queries."""
    listed = list(tokens)
    names = names_of({one.position.organisation_id for one in listed}, on)
    return [TokenLine(one, names.get(one.position.organisation_id, "?"), one.is_usable(at)) for one in listed]


def token_positions(actor: Actor) -> list[tuple[int, str]]:
    """The positions for which the actor may make a token, the own one first: (id, who in which post)."""
    is_admin = actor.may(TOKEN_OFFICE) is not None
    where = Q(position__organisation_id__in=offices_of(actor)) if is_admin else Q(position_id=actor.position_id)
    held = holdings_on(actor.today).filter(where, person__account_id__isnull=False).order_by("person__sort_key", "pk")
    by_position = {one.position_id: f"{one.person.name}, {one.position.title}" for one in held}
    return sorted(by_position.items(), key=lambda row: row[0] != actor.position_id)
