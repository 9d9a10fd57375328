"""Who must: the one organisation that leads a function in a field over a unit on a day, or why there is none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from diaban.foundation.mandates.models import Field, Mandate
from diaban.foundation.mandates.rules import Claim, is_contested, nearest
from diaban.foundation.organisations.queries import successor_of
from diaban.foundation.territory.models import Containment

WIDEST = 9


class UnknownField(LookupError):
    """No field has that code."""


@dataclass(frozen=True)
class Lead:
    """The organisation that must, by which mandate, and because of what, in words."""

    organisation_id: int
    mandate_id: int
    because: str


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
    because: str


Answer = Lead | Gap | Conflict


def responsible(function: str, field_code: str | None, unit_id: int, on: date) -> Answer:
    """Who leads `function` in the field over the unit on the day of the act; never two leads.

    Climbs the containment of that day: the nearest unit decides, and there the most specific field. `field_code` None
    asks who leads in all fields. Three queries. Raises `UnknownField`.
    """
    return responsible_many(function, field_code, [unit_id], on)[unit_id]


def responsible_many(function: str, field_code: str | None, unit_ids: Iterable[int], on: date) -> dict[int, Answer]:
    """As `responsible`, for many units in the same three queries."""
    wanted = set(unit_ids)
    widths = _widths(field_code)
    leading = {mandate.pk: mandate for mandate in _leading(function, widths, on)}
    claims = _claims(leading.values(), widths, wanted, on)
    return {
        unit_id: _answer(function, field_code, unit_id, on, nearest(claims[unit_id]), leading) for unit_id in wanted
    }


def lineage_of(field_code: str) -> list[str]:
    """The field and those it is part of, most specific first. Raises `UnknownField`."""
    row = Field.objects.filter(code=field_code).values_list("code", "parent__code", "parent__parent__code").first()
    if row is None:
        raise UnknownField(field_code)
    return [code for code in row if code is not None]


def successor_in(organisation_id: int, field_code: str | None, on: date) -> int | None:
    """Who has the organisation's work in a field on that day, where it passed to others field by field; else None."""
    lineage = lineage_of(field_code) if field_code else [""]
    return successor_of(organisation_id, lineage[0], on, broader=lineage[1:])


def _widths(field_code: str | None) -> dict[int | None, int]:
    """The fields that cover the one asked, by id, with how much wider each is; None (every field) covers all."""
    if field_code is None:
        return {None: WIDEST}
    row = Field.objects.filter(code=field_code).values_list("pk", "parent_id", "parent__parent_id").first()
    if row is None:
        raise UnknownField(field_code)
    return {pk: width for width, pk in enumerate(row) if pk is not None} | {None: WIDEST}


def _leading(function: str, widths: dict[int | None, int], on: date) -> Iterable[Mandate]:
    fields = Q(field=None) | Q(field__in=[pk for pk in widths if pk is not None])
    found = Mandate.objects.on(on).leading().filter(fields, function__code=function)
    return found.select_related("function", "field")


def _claims(
    mandates: Iterable[Mandate], widths: dict[int | None, int], unit_ids: set[int], on: date
) -> dict[int, list[Claim]]:
    by_unit: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        by_unit[mandate.unit_id].append(mandate)
    above = Containment.objects.filter(descendant__in=unit_ids, ancestor__in=by_unit.keys(), valid__contains=on)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for descendant, ancestor, steps in above.values_list("descendant_id", "ancestor_id", "distance"):
        claims[descendant] += [
            Claim(mandate.pk, mandate.organisation_id, steps, widths[mandate.field_id])
            for mandate in by_unit[ancestor]
            if steps == 0 or mandate.reach == Mandate.Reach.SUBTREE
        ]
    return claims


def _answer(
    function: str,
    field_code: str | None,
    unit_id: int,
    on: date,
    claims: Sequence[Claim],
    mandates: dict[int, Mandate],
) -> Answer:
    if not claims:
        return Gap(function, field_code, unit_id, on)
    because = [because_of(mandates[claim.mandate_id]) for claim in claims]
    if is_contested(claims):
        return Conflict(
            tuple(claim.mandate_id for claim in claims),
            tuple(sorted({claim.organisation_id for claim in claims})),
            "; ".join(because),
        )
    return Lead(claims[0].organisation_id, claims[0].mandate_id, because[0])


def because_of(mandate: Mandate) -> str:
    """The ground of a mandate in words: function, field, legal basis and since when; whether it is only assumed."""
    words = _("%(function)s – %(field)s: %(basis)s") % {
        "function": mandate.function.name,
        "field": mandate.field.name if mandate.field else _("mọi lĩnh vực"),
        "basis": mandate.legal_basis,
    }
    if mandate.first_day:
        words += _(", từ %(day)s") % {"day": f"{mandate.first_day:%d/%m/%Y}"}
    return words + (_(" (căn cứ giả định)") if mandate.assumed else "")
