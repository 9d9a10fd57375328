"""Imports read again from their files, and facts as they are given out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diaban.foundation.acts.actor import Actor, Reach
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.models import Collection, CollectionKind, Fact, Indicator, Reason
from diaban.foundation.facts.permissions import visible_collections
from diaban.foundation.facts.rules.cells import cell_of
from diaban.foundation.facts.standing import Difference
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import content_of, files_of
from diaban.foundation.mandates.permissions import units_within
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Calendar, Period
from diaban.lib.vietnamese import format_number
from diaban.work.exchange.examining import Dry, Outcome, examine
from diaban.work.exchange.models import FactImport
from diaban.work.exchange.permissions import visible_facts
from diaban.work.exchange.reading import Line, read_lines

MOST_FACTS = 300_000


class TooMany(ValueError):
    """More figures than one file holds. The message is in Vietnamese."""


@dataclass(frozen=True)
class FactRow:
    """A current fact in the words of outside: codes and names of the period's last day. `option` is "" for the total."""

    period: Period
    unit: UnitVersion
    indicator: str
    indicator_name: str
    measure: str
    option: str
    contributor: str
    value: Decimal | None
    reason: str
    is_estimated: bool


@dataclass(frozen=True)
class Shown:
    """A line that changes something, in names, with what stands there and what will."""

    line: Line
    unit: str
    indicator: str
    before: str
    after: str


def shown(outcomes: Iterable[Outcome]) -> list[Shown]:
    """A query for indicators and one for each day periods end on."""
    found = [(one.line, one.difference) for one in outcomes if one.difference is not None]
    names = Indicator.objects.in_bulk({difference.fact.indicator for _line, difference in found}, field_name="code")
    units = _units((one.fact.unit_id, one.fact.period.last_day) for _line, one in found)
    return [
        Shown(
            line,
            units[one.fact.unit_id, one.fact.period.last_day].full_name,
            names[one.fact.indicator].called,
            _before(one),
            _said(one.fact.value, one.fact.reason, one.fact.is_estimated),
        )
        for line, one in found
    ]


def _before(difference: Difference) -> str:
    if difference.before is not None:
        return _said(*difference.before)
    if not difference.others:
        return ""
    return ngettext("%(n)d số của cơ quan khác", "%(n)d số của cơ quan khác", difference.others) % {
        "n": difference.others
    }


def _said(value: Decimal | None, reason: str, is_estimated: bool) -> str:
    words = str(Reason(reason).label) if reason else format_number(value or Decimal())
    return f"{_('ước')} {words}" if is_estimated else words


def file_of(one: FactImport) -> File:
    return files_of(subject_of(one))[0]


def examined(one: FactImport, actor: Actor) -> Dry:
    """The file read and examined again, as of now. Raises `NotReadable`."""
    return examine(read_lines(content_of(file_of(one)), Calendar(one.calendar)), one.collection.code, actor)


def import_collections(actor: Actor) -> QuerySet[Collection]:
    """The collections that files may be taken into."""
    return visible_collections(actor).filter(kind=CollectionKind.IMPORT).order_by("name", "code")


def facts_of(
    actor: Actor,
    collection: Collection,
    *,
    periods: Iterable[Period] = (),
    under: int | None = None,
    indicators: Iterable[str] = (),
) -> QuerySet[Fact]:
    """The current facts in sight of a collection, in a fixed order; nothing given narrows nothing. `under` keeps a unit and
    all that it contains or descends from today."""
    rows = visible_facts(actor).filter(collection=collection)
    if codes := [str(period) for period in periods]:
        rows = rows.filter(period__code__in=codes)
    if named := list(indicators):
        rows = rows.filter(indicator__code__in=named)
    if under is not None:
        inside = units_within(Reach(unit_ids=frozenset({under})), actor.today)
        rows = rows.filter(Q(unit_id=under) | Q(unit_id__in=inside))
    return rows.order_by("period__starts_on", "period__code", "unit_id", "indicator__code", "category__key", "pk")


def rows_of(facts: QuerySet[Fact]) -> list[FactRow]:
    """Raises `TooMany`. A query for the facts, one for each day periods end on, one for contributors."""
    found = list(islice(_values(facts), MOST_FACTS + 1))
    if len(found) > MOST_FACTS:
        raise TooMany(
            _("Có hơn %(most)s số. Hãy chọn kỳ, địa bàn hoặc chỉ tiêu rồi lấy từng phần.") % {"most": MOST_FACTS}
        )
    return shaped(found)


def page_of_rows(facts: Iterable[Fact]) -> list[FactRow]:
    """The rows of a page of facts, in its order."""
    ids = [fact.pk for fact in facts]
    by_id = {values[0]: values for values in _values(Fact.objects.filter(pk__in=ids).order_by())}
    return shaped([by_id[pk] for pk in ids])


Values = tuple[int, str, int, str, str, str, str, int | None, Decimal | None, str, bool]


def _values(facts: QuerySet[Fact]) -> Iterator[Values]:
    names = (
        "pk", "period__code", "unit_id", "indicator__code", "indicator__name", "indicator__unit_name", "category__key",
        "contributor_id", "value", "reason", "is_estimated",
    )  # fmt: skip
    yield from facts.values_list(*names).iterator(chunk_size=5000)


def shaped(found: list[Values]) -> list[FactRow]:
    periods = {code: Period.parse(code) for code in {values[1] for values in found}}
    units = _units((values[2], periods[values[1]].last_day) for values in found)
    bodies = _bodies({values[7] for values in found if values[7] is not None})
    rows = []
    for _pk, code, unit_id, indicator, name, measure, key, contributor, value, reason, is_estimated in found:
        period = periods[code]
        rows.append(
            FactRow(
                period=period,
                unit=units[unit_id, period.last_day],
                indicator=indicator,
                indicator_name=name,
                measure=measure,
                option=cell_of(indicator, key).removeprefix(indicator).removeprefix("__"),
                contributor=bodies[contributor] if contributor is not None else "",
                value=value,
                reason=reason,
                is_estimated=is_estimated,
            )
        )
    return rows


def _units(places: Iterable[tuple[int, date]]) -> dict[tuple[int, date], UnitVersion]:
    by_day: dict[date, set[int]] = defaultdict(set)
    for unit_id, day in places:
        by_day[day].add(unit_id)
    return {
        (unit_id, day): version
        for day, ids in by_day.items()
        for unit_id, version in nearest_versions(ids, day).items()
    }


def _bodies(ids: set[int]) -> dict[int, str]:
    return {row.pk: row.code or str(row.uid) for row in Organisation.objects.filter(pk__in=ids)}
