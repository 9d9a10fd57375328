"""The table of comparisons as it is printed: indicators down; plan, earlier periods and what they compare to across."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import override

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.composing import date_in_words
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.consolidated import Consolidated, Entry
from diaban.work.reporting.display import LEGEND, NUMBERS_ROW, UNLIKE, UNLIKE_SAID, certain, coverage_said, written
from diaban.work.reporting.paper_tables import HAND
from diaban.work.reporting.papers import issuer_of
from diaban.work.reporting.wording import DIGITS

COLUMNS: Final = (
    WideColumn(("STT",), 9, "center"),
    WideColumn(("Chỉ tiêu",), 62, "left"),
    WideColumn(("Đơn vị tính",), 17, "center"),
    WideColumn(("Kế hoạch năm",), 18),
    WideColumn(("Thực hiện", "Kỳ trước"), 18),
    WideColumn(("Thực hiện", "Ước thực hiện/ thực hiện kỳ báo cáo"), 20),
    WideColumn(("Thực hiện", "Lũy kế từ đầu năm"), 19),
    WideColumn(("Thực hiện", "Cùng kỳ năm trước"), 18),
    WideColumn(("So sánh (%)", "Kế hoạch"), 17),
    WideColumn(("So sánh (%)", "Cùng kỳ"), 17),
    WideColumn(("So sánh (%)", "Kỳ trước"), 17),
    WideColumn(("Ghi chú",), 35, "left"),
)
POINTS: Final = '+#,##0.0" điểm %"{0};-#,##0.0" điểm %"{0};0" điểm %"{0}'
SHARES: Final = "#,##0.0{0}"


def box_of(one: Consolidated) -> tuple[str, ...]:
    """What stands under the number of a table: on what ground, of which period, of what knowledge."""
    schedule, period = one.schedules[0], one.period
    basis = (f"Ban hành kèm theo {schedule.basis}",) if schedule.basis and not schedule.is_assumed else ()
    days = f"({format_date(period.start)} - {format_date(period.last_day)})"
    known = (one.known_said.capitalize(),) if one.known_said else ()
    ground = (f"Theo địa giới ngày {format_date(one.map_on)}",) if one.map_on else ()
    return (*basis, f"Kỳ báo cáo: {period.label(inside=True)} {days}", *known, *ground)


@override("vi")
def form_paper(one: Consolidated, *, actor: Actor) -> WideTable:
    """Every section of the form in sight, with its places to sign."""
    issuer = issuer_of(one, actor)
    return WideTable(
        title="Biểu tổng hợp, so sánh",
        subtitles=(f"{one.form.name}: {one.period.label(inside=True)}, {one.unit.full_name}",),
        columns=COLUMNS,
        rows=tuple(_rows(one)),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        number=one.form.number,
        box=box_of(one),
        notices=notices_of_instance(),
        numbers=NUMBERS_ROW,
        notes=(f"{coverage_said(one)}.", LEGEND, UNLIKE_SAID),
        place_date=f"{issuer.agency.place}, {date_in_words(None, actor.today)}",
        sign_off=HAND,
        size="A4",
    )


def _rows(one: Consolidated) -> Iterable[WideRow]:
    for table in one.tables:
        yield WideRow((Figure(""), Figure(table.block.title.upper()), *[Figure("")] * (len(COLUMNS) - 2)), "subtotal")
        yield from (_row(entry) for entry in table.entries)


def _row(entry: Entry) -> WideRow:
    row, text, digits = entry.row, written(entry), entry.measure.digits
    values = (row.plan, row.previous, certain(row), row.cumulative, row.same_period_last_year)
    estimated = (False, False, row.estimated, row.cumulative_estimated, False)
    compared = (
        (row.percent_of_plan, row.points_from_plan, text.of_plan),
        (row.percent_of_same_period, row.points_from_same_period, text.of_last_year),
        (row.percent_of_previous, row.points_from_previous, text.of_previous),
    )
    return WideRow(
        (
            Figure(entry.number),
            Figure(f"  - {entry.label}" if entry.is_part else entry.label),
            Figure("" if entry.is_part else entry.measure.unit_name),
            *(
                _figure(shown, value, digits, is_estimated=is_estimated)
                for value, shown, is_estimated in zip(values, text.columns[:5], estimated, strict=True)
            ),
            *(_compared(*one) for one in compared),
            Figure(text.note),
        )
    )


def _figure(shown: str, value: Decimal | None, digits: int, *, is_estimated: bool) -> Figure:
    says_so = is_estimated and bool(value)
    return Figure(f"ước {shown}" if says_so else shown, value, digits, says_so)


def _compared(share: Decimal | None, difference: Decimal | None, shown: str) -> Figure:
    mark = f'"{UNLIKE}"' if shown.endswith(UNLIKE) else ""
    if share is not None:
        return Figure(shown, share, DIGITS, pattern=SHARES.format(mark))
    return Figure(shown, difference, DIGITS, pattern=POINTS.format(mark))
