"""Past quarters of the world of 2026, every figure invented: six of the old communes from an office's own sheet, two of the
new communes. Each old commune has its part of what the communes it went to would have said, so that lines go on."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import xlsxwriter

from diaban.faces.demo.figures import Place, invent
from diaban.faces.demo.world import World
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Indicator, OverUnits, ValueType
from diaban.foundation.facts.services import accept_facts
from diaban.foundation.territory.models import Coverage, Level, Succession, UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.history.services import bring_sheet, take_in
from diaban.work.reporting.cells import compute
from diaban.work.reporting.flowing import facts_of_sections
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Form
from diaban.work.reporting.queries.layouts import layout_of, version_on

REFORM = date(2025, 7, 1)
OLD = [("2024", 1), ("2024", 2), ("2024", 3), ("2024", 4), ("2025", 1), ("2025", 2)]
NEW = [("2025", 3), ("2025", 4)]
INVENTED = "Số liệu minh họa, do hệ thống đặt ra để trình diễn"
IN_SHEET = 8
Base = Mapping[int, Mapping[str, Decimal]]


def tell_past(
    world: World, communes: Sequence[UnitVersion], base: Base, *, keeper: str, on: date, at: datetime
) -> None:
    """Bring the sheet of the six quarters before the reform, and accept the two after it."""
    form = Form.objects.get(code="commune_quarter_2026")
    layout = layout_of(version_on(form.pk, on).pk)
    places = {one.unit_id: place_of(one, base[one.unit_id]) for one in communes}
    indicators = _in_sheet(layout)
    content = _workbook(indicators, _of_old_communes(world, layout, places, indicators))
    actor = world.actor(keeper, on)
    brought = bring_sheet(
        content=content,
        file_name="so-theo-doi-2024-2025.xlsx",
        unit_id=world.province.unit_id,
        title="Sổ theo dõi theo xã cũ, quý I/2024 đến quý II/2025 (số minh họa)",
        note=INVENTED,
        calendar=Calendar.ND09,
        actor=actor,
        at=at,
    )
    take_in(sheet_id=brought.sheet.pk, actor=actor, at=at)
    rows = list(_of_new_communes(layout, places, base))
    accept_facts(collection_id=form.collection_id, rows=rows, source=subject_of(form), actor=world.setter, at=at)


def place_of(commune: UnitVersion, base: Mapping[str, Decimal]) -> Place:
    spread = int(commune.code) % 17
    return Place(commune.code, (spread + 4) / 20, 1 - spread / 17, base)


def _in_sheet(layout: Layout) -> list[Indicator]:
    """The first indicators of the form that are typed as one whole number and add up."""
    plain = [line.indicator for line in layout.lines if line.mode == "value" and line.required != "auto"]
    found = Indicator.objects.filter(
        code__in=plain, over_units=OverUnits.SUM, value_type=ValueType.INTEGER, valid__contains=date(2024, 1, 1)
    ).exclude(field_code="base")
    return list(found[:IN_SHEET])


def _periods(quarters: Iterable[tuple[str, int]]) -> list[Period]:
    return [Period.of(int(year), Kind.QUARTER, number, calendar=Calendar.ND09) for year, number in quarters]


def _of_old_communes(
    world: World, layout: Layout, places: Mapping[int, Place], indicators: Sequence[Indicator]
) -> dict[int, list[Decimal | None]]:
    """By old commune, a figure for each indicator and quarter; None where nothing was invented."""
    covered = Coverage.objects.filter(unit=world.province.unit_id, covered__level=Level.COMMUNE).values("covered")
    before = (
        UnitVersion.objects.on(REFORM - timedelta(days=1)).filter(unit__in=covered).values_list("unit_id", flat=True)
    )
    heirs: dict[int, list[int]] = {unit: [unit] for unit in before}
    links = Succession.objects.filter(on=REFORM, predecessor__in=heirs).values_list("predecessor_id", "successor_id")
    for old in {old for old, _new in links}:
        heirs[old] = [new for one, new in links if one == old]
    parts: dict[int, int] = defaultdict(int)
    for news in heirs.values():
        for new in news:
            parts[new] += 1
    periods = _periods(OLD)
    said = {
        unit: [invent(layout, period.last_day, place, quarters=at - 8).values for at, period in enumerate(periods)]
        for unit, place in places.items()
    }
    found: dict[int, list[Decimal | None]] = {}
    for old, news in heirs.items():
        row: list[Decimal | None] = []
        for indicator in indicators:
            for at in range(len(periods)):
                values = [said[new][at].get(indicator.code) for new in news if new in said]
                shares = [value / parts[new] for value, new in zip(values, news, strict=True) if value is not None]
                row.append(Decimal(int(sum(shares))) if shares else None)
        found[old] = row
    return found


def _workbook(indicators: Sequence[Indicator], figures: Mapping[int, Sequence[Decimal | None]]) -> bytes:
    """As an office keeps it: titles, heads over heads, old communes with their districts, a total."""
    names = nearest_versions(figures, REFORM - timedelta(days=1))
    parents = nearest_versions((one.parent_id for one in names.values() if one.parent_id), REFORM - timedelta(days=1))
    stream = io.BytesIO()
    periods = _periods(OLD)
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Theo xã")
        sheet.write_string(0, 0, "SỔ THEO DÕI SỐ LIỆU THEO XÃ")
        sheet.write_string(1, 0, f"({INVENTED})")
        sheet.write_row(3, 0, ["TT", "Đơn vị"])
        for number, indicator in enumerate(indicators):
            first = 2 + number * len(periods)
            sheet.merge_range(3, first, 3, first + len(periods) - 1, f"{indicator.code} {indicator.name}")
            sheet.write_row(4, first, [period.label() for period in periods])
        ordered = sorted(names.values(), key=lambda one: (parents[one.parent_id or 0].sort_key, one.sort_key))
        for number, one in enumerate(ordered, 1):
            place = f"{one.full_name} ({parents[one.parent_id or 0].full_name})"
            cells = ["…" if value is None else int(value) for value in figures[one.unit_id]]
            sheet.write_row(4 + number, 0, [number, place, *cells])
        columns = zip(*(figures[one.unit_id] for one in ordered), strict=True)
        sums = [int(sum(value for value in column if value is not None)) for column in columns]
        sheet.write_row(5 + len(ordered), 1, ["Tổng cộng", *sums])
    return stream.getvalue()


def _of_new_communes(layout: Layout, places: Mapping[int, Place], base: Base) -> Iterable[NewFact]:
    """What the form's reports of the two quarters would have said, as an office brings it from before the system."""
    sections = {block.number for block in layout.blocks}
    for at, period in enumerate(_periods(NEW)):
        for unit_id, place in places.items():
            typed = invent(layout, period.last_day, place, quarters=at - 2).values
            figures = compute(layout, period.last_day, typed | dict(base[unit_id]), {})
            for row in facts_of_sections(layout, period.last_day, figures, sections, ()):
                yield NewFact(row.indicator, unit_id, period, row.value, row.category, row.reason)
