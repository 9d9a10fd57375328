"""The table units × indicators as it is printed: "Biểu số …", heads by section, places beside figures, places to sign."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.composing import date_in_words, roman
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.display import LEGEND, coverage_said
from diaban.work.reporting.form_paper import box_of
from diaban.work.reporting.paper_tables import HAND
from diaban.work.reporting.papers import issuer_of
from diaban.work.reporting.queries.units import Across, Cell, UnitTable

FIGURE_WIDTH, PLACE_WIDTH, NAME_WIDTH, NUMBER_WIDTH = 23, 11, 50, 11
PLACES_SAID = (
    "Thứ hạng tính theo số đã làm tròn như in ở biểu, đơn vị có kết quả tốt hơn xếp trước (có chỉ tiêu giảm là tốt); "
    "bằng nhau thì cùng hạng; đơn vị chưa có số không xếp hạng."
)


@override("vi")
def unit_paper(one: Consolidated, table: UnitTable, *, number: str, has_places: bool, actor: Actor) -> WideTable:
    """The table with its heads. Groups are numbered I, II, …, units 1, 2, … through all groups."""
    issuer = issuer_of(one, actor)
    ranked = [has_places and column.is_ranked for column in table.columns]
    columns = tuple(_columns(table.columns, ranked))
    on_map = ("Tính theo địa giới ngày khác thì không có số cộng theo huyện cũ.",) if one.map_on else ()
    without = (f"Không có số chung của: {'; '.join(table.without)}.",) if table.without else ()
    return WideTable(
        title="Biểu tổng hợp theo đơn vị",
        subtitles=(f"{one.form.name}: {one.period.label(inside=True)}, {one.unit.full_name}",),
        columns=columns,
        rows=tuple(_rows(table, ranked)),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        number=number,
        box=box_of(one),
        notices=notices_of_instance(),
        unit="ghi tại từng chỉ tiêu",
        numbers=("A", "B", *(str(place) for place in range(1, len(columns) - 1))),
        notes=(f"{coverage_said(one)}.", LEGEND, *((PLACES_SAID,) if any(ranked) else ()), *on_map, *without),
        place_date=f"{issuer.agency.place}, {date_in_words(None, actor.today)}",
        sign_off=HAND,
    )


def _columns(columns: Sequence[Across], ranked: Sequence[bool]) -> Iterable[WideColumn]:
    yield WideColumn(("STT",), NUMBER_WIDTH, "center")
    yield WideColumn(("Đơn vị",), NAME_WIDTH, "left")
    has_sections = len({column.section for column in columns}) > 1
    for column, is_ranked in zip(columns, ranked, strict=True):
        above = (column.section,) if has_sections else ()
        if is_ranked:
            block = f"{column.section}/{column.code}"
            yield WideColumn((*above, column.name, f"Số liệu\n({column.unit_name})"), FIGURE_WIDTH, "right", block)
            yield WideColumn((*above, column.name, "Thứ hạng"), PLACE_WIDTH, "center", block)
        else:
            yield WideColumn((*above, f"{column.name}\n({column.unit_name})"), FIGURE_WIDTH)


def _rows(table: UnitTable, ranked: Sequence[bool]) -> Iterable[WideRow]:
    columns = table.columns
    yield WideRow((Figure(""), Figure("TỔNG SỐ"), *_figures(columns, table.whole, ranked)), "total")
    groups = units = 0
    for group in table.groups:
        if group.name:
            groups += 1
            cells = group.cells or tuple(Cell("") for _column in columns)
            yield WideRow((Figure(roman(groups)), Figure(group.name), *_figures(columns, cells, ranked)), "subtotal")
        for row in group.rows:
            units += 1
            yield WideRow(
                (Figure(str(units), units), Figure(row.unit.full_name), *_figures(columns, row.cells, ranked))
            )


def _figures(columns: Sequence[Across], cells: Sequence[Cell], ranked: Sequence[bool]) -> Iterable[Figure]:
    for column, cell, is_ranked in zip(columns, cells, ranked, strict=True):
        is_number = cell.value is not None
        text = f"ước {cell.shown}" if cell.is_estimated and is_number and cell.value else cell.shown
        yield Figure(text, cell.value, column.digits, cell.is_estimated and is_number)
        if is_ranked:
            yield Figure("" if cell.rank is None else str(cell.rank), cell.rank)
