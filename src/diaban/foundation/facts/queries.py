"""Reads shaped for the pages of the catalogue."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Indicator, IndicatorDimension, Member
from diaban.foundation.facts.permissions import visible_indicators
from diaban.foundation.facts.rules.cells import indicator_of
from diaban.foundation.facts.sockets import ASKED_IN, Asked
from diaban.foundation.mandates.models import Field
from diaban.lib.expressions import parse
from diaban.lib.vietnamese import fold

FREQUENCIES: dict[str, Promise] = {"M": _("tháng"), "Q": _("quý"), "H": _("6 tháng"), "Y": _("năm")}


@dataclass(frozen=True)
class Line:
    """A line of the list."""

    indicator: Indicator
    field: str
    frequencies: str


@dataclass(frozen=True)
class Division:
    """How an indicator is divided: the members of the day and those of other days."""

    division: IndicatorDimension
    current: list[Member]
    others: list[Member]


@dataclass(frozen=True)
class Shown:
    """Everything on an indicator's page. `parts` are what it is computed from, `uses` what is computed from it."""

    indicator: Indicator
    field: str
    frequencies: str
    parts: list[Indicator]
    uses: list[Indicator]
    divisions: list[Division]
    asked: list[Asked]


def field_names() -> dict[str, str]:
    """What fields are called in the reader's language, by code, in their order. One query."""
    name = "name_en" if get_language() == "en" else "name"
    return dict(Field.objects.values_list("code", name))


def found_indicators(
    actor: Actor, *, text: str = "", field: str = "", kind: str = "", on: date | None = None
) -> QuerySet[Indicator]:
    """The visible indicators whose name holds the text, whatever its diacritics, or whose code begins with it."""
    found = visible_indicators(actor)
    for word in fold(text).split():
        found = found.filter(
            Q(name_folded__contains=word)
            | Q(code__istartswith=word)
            | Q(name_en__icontains=word)
            | Q(official_code=word)
        )
    if field:
        found = found.filter(field_code=field)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(valid__contains=on) if on else found


def lines_of(indicators: list[Indicator]) -> list[Line]:
    """One query."""
    names = field_names()
    return [Line(row, names.get(row.field_code, row.field_code), frequencies_of(row)) for row in indicators]


def frequencies_of(indicator: Indicator) -> str:
    """ "quý, năm"."""
    return ", ".join(str(FREQUENCIES[letter]) for letter in indicator.frequencies.split(";"))


def shown_indicator(actor: Actor, indicator: Indicator, on: date) -> Shown:
    """The indicator with all that belongs to it. Six queries at most, beside what other rooms answer."""
    every = {row.code: row for row in visible_indicators(actor)}
    needed = {code: _needs(row) for code, row in every.items()}
    return Shown(
        indicator=indicator,
        field=field_names().get(indicator.field_code, indicator.field_code),
        frequencies=frequencies_of(indicator),
        parts=[every[code] for code in needed[indicator.code]],
        uses=[every[code] for code, parts in needed.items() if indicator.code in parts],
        divisions=_divisions(indicator, on),
        asked=[place for ask in ASKED_IN() for place in ask(actor, indicator.code)],
    )


def _needs(indicator: Indicator) -> list[str]:
    """The codes of what an indicator is computed from."""
    if indicator.formula:
        return sorted({indicator_of(cell) for cell in parse(indicator.formula).names})
    return [part.code for part in (indicator.numerator, indicator.denominator) if part]


def _divisions(indicator: Indicator, on: date) -> list[Division]:
    members = Prefetch("dimension__members", Member.objects.order_by("position"))
    rows = indicator.divisions.select_related("dimension").prefetch_related(members)
    return [
        Division(
            row,
            [member for member in row.dimension.members.all() if member.is_valid_on(on)],
            [member for member in row.dimension.members.all() if not member.is_valid_on(on)],
        )
        for row in rows
    ]
