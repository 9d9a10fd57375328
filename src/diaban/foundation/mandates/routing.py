"""Who must: the one organisation that leads a function in a field over a unit on a day, or why there is none."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Func
from django.utils.translation import gettext as _

from diaban.foundation.mandates.models import Field, Mandate
from diaban.foundation.mandates.rules import Claim, is_contested, nearest
from diaban.foundation.organisations.queries import successor_of, successors_of, versions_of
from diaban.foundation.territory.models import Containment

EVERY_FIELD = 9  # wider than any field


class Lower(Func):
    """The first day of a range."""

    function = "lower"
    arity = 1
    output_field = DateField()


class UnknownField(LookupError):
    """No field has that code."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A leading mandate as routing needs it; `field` is None for every field."""

    pk: int
    organisation_id: int
    function: str
    field: str | None
    unit_id: int
    reach: str
    function_name: str
    field_name: str | None
    legal_basis: str
    assumed: bool
    since: date | None

    @property
    def because(self) -> str:
        return _because(self.function_name, self.field_name or "", self.legal_basis, self.since, self.assumed)


@dataclass(frozen=True)
class Lead:
    """The organisation that must, and by which mandate."""

    organisation_id: int
    mandate_id: int
    ground: Leading

    @property
    def because(self) -> str:
        """The ground in words."""
        return self.ground.because


@dataclass(frozen=True)
class Gap:
    """Nobody is mandated: it is for the superior to rule."""

    function: str
    field_code: str | None
    unit_id: int
    on: date

    @property
    def because(self) -> str:
        return _("Chưa có cơ quan chủ trì vào ngày %(day)s.") % {"day": f"{self.on:%d/%m/%Y}"}


@dataclass(frozen=True)
class Conflict:
    """Several organisations claim the lead with equal right: it is for their superior to rule."""

    mandate_ids: tuple[int, ...]
    organisation_ids: tuple[int, ...]
    grounds: tuple[Leading, ...]

    @property
    def because(self) -> str:
        """The grounds in words."""
        return "; ".join(ground.because for ground in self.grounds)


Answer = Lead | Gap | Conflict


@dataclass(frozen=True)
class Supposed:
    """A change of the table that nobody has made yet: what would hold no longer, what would hold as well."""

    ended: frozenset[int] = frozenset()
    given: tuple[Leading, ...] = ()


NOTHING_SUPPOSED = Supposed()
Above = Mapping[int, Sequence[tuple[int, int]]]  # by unit, what it lay in, itself included, with the steps between
Question = tuple[str, str | None]  # a function's code and a field's, None for all fields


def responsible(function: str, field_code: str | None, unit_id: int, on: date) -> Answer:
    """Who leads `function` in the field over the unit on the day of the act; never two leads.

    Climbs the containment of that day: the nearest unit decides, and there the most specific field. `field_code` None
    asks who leads in all fields. Three queries. Raises `UnknownField`.
    """
    return responsible_many(function, field_code, [unit_id], on)[unit_id]


def responsible_many(function: str, field_code: str | None, unit_ids: Iterable[int], on: date) -> dict[int, Answer]:
    """As `responsible`, for many units in the same three queries."""
    question = (function, field_code)
    return responsible_for([question], unit_ids, on)[question]


def responsible_for(
    questions: Collection[Question],
    unit_ids: Iterable[int],
    on: date,
    *,
    fields: Iterable[Field] | None = None,
    above: Above | None = None,
    supposed: Supposed = NOTHING_SUPPOSED,
) -> dict[Question, dict[int, Answer]]:
    """As `responsible`, for many functions and fields and many units in the same three queries; one less where
    the caller has all the fields at hand, and one where it has what the units lay in (`above`). With `supposed`, as it would be."""
    wanted = set(unit_ids)
    lineages = _lineages(Field.objects.all() if fields is None else fields)
    above = _above(wanted, on) if above is None else above
    found = _leading({function for function, _field in questions}, above, on)
    leading = [*(one for one in found if one.pk not in supposed.ended), *supposed.given]
    by_function: dict[str, list[Leading]] = defaultdict(list)
    for one in leading:
        by_function[one.function].append(one)
    return {
        question: _answers(question, _widths(question[1], lineages), by_function[question[0]], above, wanted, on)
        for question in questions
    }


def lineage_of(field_code: str) -> list[str]:
    """The field and those it is part of, most specific first. Raises `UnknownField`."""
    try:
        return _lineages(Field.objects.all())[field_code]
    except KeyError:
        raise UnknownField(field_code) from None


def successor_in(organisation_id: int, field_code: str | None, on: date) -> int | None:
    """Who has the organisation's work in a field on that day, where it passed to others field by field; else None."""
    lineage = lineage_of(field_code) if field_code else [""]
    return successor_of(organisation_id, lineage[0], on, broader=lineage[1:])


def holder_today(organisation_id: int, field_code: str | None, on: date) -> int:
    """The organisation where it stands that day, else whoever took its field over; itself where nobody did."""
    return holders_today([organisation_id], field_code, on)[organisation_id]


def holders_today(organisation_ids: Collection[int], field_code: str | None, on: date) -> dict[int, int]:
    """As `holder_today`, for many. One query, some more where one of them stands no longer."""
    ended = set(organisation_ids) - versions_of(organisation_ids, on).keys()
    if not ended:
        return {one: one for one in organisation_ids}
    lineage = lineage_of(field_code) if field_code else [""]
    after = successors_of(ended, lineage[0], on, broader=lineage[1:])
    return {one: after.get(one, one) for one in organisation_ids}


def because_of(mandate: Mandate) -> str:
    """The ground of a mandate in words: function, field, legal basis and since when; whether it is only assumed."""
    field = mandate.field.name if mandate.field else ""
    return _because(mandate.function.name, field, mandate.legal_basis, mandate.first_day, mandate.assumed)


def _because(function: str, field: str, basis: str, since: date | None, is_assumed: bool) -> str:
    words = _("%(function)s – %(field)s: %(basis)s") % {
        "function": function,
        "field": field or _("mọi lĩnh vực"),
        "basis": basis,
    }
    if since:
        words += _(", từ %(day)s") % {"day": f"{since:%d/%m/%Y}"}
    return words + (_(" (căn cứ giả định)") if is_assumed else "")


def _lineages(fields: Iterable[Field]) -> dict[str, list[str]]:
    """By code, each field with those it is part of."""
    by_id = {field.pk: field for field in fields}
    lineages: dict[str, list[str]] = {}
    for field in by_id.values():
        line, step = [field.code], field.parent_id
        while step is not None:
            line.append(by_id[step].code)
            step = by_id[step].parent_id
        lineages[field.code] = line
    return lineages


def _widths(field_code: str | None, lineages: Mapping[str, list[str]]) -> dict[str | None, int]:
    """The fields that cover the one asked, by code, with how much wider each is; None (every field) covers all."""
    if field_code is None:
        return {None: EVERY_FIELD}
    if field_code not in lineages:
        raise UnknownField(field_code)
    return {code: width for width, code in enumerate(lineages[field_code])} | {None: EVERY_FIELD}


def _above(unit_ids: set[int], on: date) -> Above:
    """One query."""
    above: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Containment.objects.filter(descendant__in=unit_ids, valid__contains=on)
    for descendant, ancestor, steps in rows.values_list("descendant_id", "ancestor_id", "distance"):
        above[descendant].append((ancestor, steps))
    return above


def _leading(functions: set[str], above: Above, on: date) -> list[Leading]:
    """The leading mandates over any of the units above. One query."""
    units = {ancestor for lines in above.values() for ancestor, _steps in lines}
    rows = Mandate.objects.on(on).leading().filter(function__code__in=functions, unit__in=units)
    columns = (
        "pk", "organisation_id", "function__code", "field__code", "unit_id", "reach",
        "function__name", "field__name", "legal_basis", "assumed", Lower("valid"),
    )  # fmt: skip
    return [Leading(*row) for row in rows.values_list(*columns)]


def _answers(
    question: Question,
    widths: Mapping[str | None, int],
    leading: Iterable[Leading],
    above: Above,
    unit_ids: Iterable[int],
    on: date,
) -> dict[int, Answer]:
    """One question's answer for each unit. Units below the same claims get the same answer, which is found once."""
    claiming: dict[int, list[Leading]] = defaultdict(list)
    for one in leading:
        if one.field in widths:
            claiming[one.unit_id].append(one)
    known: dict[tuple[tuple[int, int], ...], Lead | Conflict | None] = {}
    answers: dict[int, Answer] = {}
    for unit_id in unit_ids:
        over = tuple(line for line in above[unit_id] if line[0] in claiming)
        if over not in known:
            known[over] = _answer(_claims(claiming, widths, over))
        answers[unit_id] = known[over] or Gap(*question, unit_id, on)
    return answers


def _claims(
    claiming: Mapping[int, list[Leading]], widths: Mapping[str | None, int], above: Iterable[tuple[int, int]]
) -> list[tuple[Claim, Leading]]:
    return [
        (Claim(one.pk, one.organisation_id, steps, widths[one.field]), one)
        for ancestor, steps in above
        for one in claiming.get(ancestor, ())
        if steps == 0 or one.reach == Mandate.Reach.SUBTREE
    ]


def _answer(found: Sequence[tuple[Claim, Leading]]) -> Lead | Conflict | None:
    """Who leads by the claims that cover a unit; None where there is none."""
    claims = nearest([claim for claim, _leading in found])
    if not claims:
        return None
    grounds = {one.pk: one for _claim, one in found}
    if not is_contested(claims):
        return Lead(claims[0].organisation_id, claims[0].mandate_id, grounds[claims[0].mandate_id])
    return Conflict(
        tuple(claim.mandate_id for claim in claims),
        tuple(sorted({claim.organisation_id for claim in claims})),
        tuple(grounds[claim.mandate_id] for claim in claims),
    )
