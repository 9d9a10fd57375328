"""The charts of a table: what is drawn is what stands in it, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diaban.lib.charts import Bar, Line, Look, Point, Stack, bar_chart, line_chart, small_multiples, stacked_bar
from diaban.work.analysis.pivot import Head, Pivot, Slot
from diaban.work.analysis.rules import Axis, Picture

MOST_LINES, MOST_PANELS, MOST_BARS = 8, 24, 60


class NotDrawable(ValueError):
    """The table cannot be drawn that way. The message says, in Vietnamese, what to choose instead."""


@dataclass(frozen=True)
class Drawn:
    """A picture and what was left out of it, in words."""

    svg: str
    left_out: str = ""


def picture_of(pivot: Pivot, *, title: str, look: Look = "page", heading: bool = False) -> Drawn:
    """The picture the address asks for. Raises `NotDrawable`."""
    match pivot.choice.picture:
        case Picture.LINES:
            return _lines(pivot, title, look, heading=heading)
        case Picture.PANELS:
            return _panels(pivot, title, look, heading=heading)
        case Picture.BARS:
            return _bars(pivot, title, look, heading=heading)
        case Picture.STACKS | Picture.SHARES:
            return _stacks(pivot, title, look, heading=heading)
        case _:
            raise NotDrawable(_("Hãy chọn một hình vẽ."))


def _over_time(pivot: Pivot) -> list[tuple[Head, list[tuple[Head, Slot]]]]:
    """Each unit or indicator with its figures by period, oldest first."""
    rows, columns, _third = pivot.choice.axes
    if columns is Axis.PERIODS:
        return [(row, [(one, pivot.slot(row, one)) for one in pivot.columns]) for row in pivot.rows]
    if rows is Axis.PERIODS:
        return [(one, [(row, pivot.slot(row, one)) for row in pivot.rows]) for one in pivot.columns]
    raise NotDrawable(_("Hãy đặt kỳ báo cáo ở hàng hoặc ở cột rồi mới vẽ theo thời gian."))


def _series(found: Sequence[tuple[Head, list[tuple[Head, Slot]]]], *, with_unit: bool) -> list[Line]:
    return [
        Line(
            f"{head.label} ({slots[0][1].unit_name})" if with_unit else head.label,
            tuple(Point(period.label, slot.value, estimated=slot.total.estimated) for period, slot in slots),
        )
        for head, slots in found
        if any(slot.value is not None for _period, slot in slots)
    ]


def _measure(found: Sequence[Slot]) -> tuple[str, int | None]:
    """The unit of measure and digits that all share; none where they differ."""
    units = {slot.unit_name for slot in found}
    return (units.pop(), max(slot.digits for slot in found)) if len(units) == 1 else ("", None)


def _without_whole(found: list[tuple[Head, list[tuple[Head, Slot]]]]) -> list[tuple[Head, list[tuple[Head, Slot]]]]:
    """Units without their sum, which would press them flat; the sum alone where there is nothing else."""
    parts = [one for one in found if not one[0].is_total]
    return parts or found


def _lines(pivot: Pivot, title: str, look: Look, *, heading: bool) -> Drawn:
    found = _without_whole(_over_time(pivot))
    unit, digits = _measure([slot for _head, slots in found for _period, slot in slots])
    if not unit and len(found) > 1 and len({slots[0][1].unit_name for _head, slots in found}) > 1:
        raise NotDrawable(_("Các chỉ tiêu có đơn vị tính khác nhau không vẽ chung một trục; hãy chọn nhiều hình nhỏ."))
    lines = _series(found, with_unit=False)
    svg = line_chart(
        lines[:MOST_LINES],
        title=title,
        unit=unit,
        digits=digits,
        look=look,
        width=900,
        heading=heading,
        breaks=_breaks(pivot),
    )
    return Drawn(svg, _left_out(len(lines), MOST_LINES))


def _panels(pivot: Pivot, title: str, look: Look, *, heading: bool) -> Drawn:
    found = _without_whole(_over_time(pivot))
    unit, digits = _measure([slot for _head, slots in found for _period, slot in slots])
    lines = _series(found, with_unit=not unit)
    svg = small_multiples(
        lines[:MOST_PANELS], title=title, unit=unit, digits=digits, look=look, width=900, heading=heading
    )
    return Drawn(svg, _left_out(len(lines), MOST_PANELS))


def _breaks(pivot: Pivot) -> list[tuple[str, str]]:
    if pivot.choice.is_by_year:
        return []
    return [(one.period.label(), one.words) for one in pivot.breaks]


def _left_out(number: int, most: int) -> str:
    if number <= most:
        return ""
    return _("Hình chỉ vẽ %(most)s trong %(number)s; bảng dưới đây có đủ.") % {"most": most, "number": number}


def chosen_column(pivot: Pivot) -> Head:
    """The column that bars and maps show: as the address says, else the newest period, the first of others."""
    columns = pivot.columns
    chosen = next((head for head in columns if head.key == pivot.choice.column), None)
    return chosen or columns[-1 if pivot.choice.axes[1] is Axis.PERIODS else 0]


def _bars(pivot: Pivot, title: str, look: Look, *, heading: bool) -> Drawn:
    column = chosen_column(pivot)
    rows = [(row, pivot.slot(row, column)) for row in pivot.rows]
    rows = [one for one in rows if not one[0].is_total] or rows
    unit, digits = _measure([slot for _row, slot in rows])
    bars = [
        Bar(row.label, slot.value, slot.href if slot.href.startswith("/") else None, slot.total.estimated)
        for row, slot in rows
    ]
    svg = bar_chart(
        bars[:MOST_BARS],
        title=f"{title}: {column.label}",
        unit=unit,
        digits=digits,
        look=look,
        width=900,
        heading=heading,
    )
    return Drawn(svg, _left_out(len(bars), MOST_BARS))


def _stacks(pivot: Pivot, title: str, look: Look, *, heading: bool) -> Drawn:
    """Each row a bar of its columns: parts of one indicator, of one unit of measure, none of them a total."""
    columns = [one for one in pivot.columns if not one.is_total]
    if pivot.choice.axes[1] is Axis.CELLS:
        parts = [head for head in pivot.choice.cells if head.is_split]
        kept = {head.cell for head in parts if head.measure == parts[0].measure}
        columns = [one for one in columns if one.key in kept]
    slots = {row.key: [pivot.slot(row, one) for one in columns] for row in pivot.rows}
    unit, digits = _measure([slot for found in slots.values() for slot in found])
    negative = any(slot.value is not None and slot.value < 0 for found in slots.values() for slot in found)
    is_sum = pivot.choice.axes[1] is not Axis.PERIODS and (columns and unit and unit != "%")
    if not is_sum or negative:
        raise NotDrawable(
            _("Cơ cấu vẽ từ các phần cộng được của một chỉ tiêu: hãy chọn “Chia theo” và đặt chỉ tiêu ở cột.")
        )
    stacks = [
        Stack(
            row.label,
            tuple(
                Bar(one.label, slot.value, estimated=slot.total.estimated)
                for one, slot in zip(columns, slots[row.key], strict=True)
            ),
        )
        for row in pivot.rows
        if any(slot.value is not None for slot in slots[row.key])
    ]
    svg = stacked_bar(
        stacks[:MOST_BARS],
        title=title,
        unit=unit,
        digits=digits,
        share=pivot.choice.picture is Picture.SHARES,
        look=look,
        width=900,
        heading=heading,
    )
    return Drawn(svg, _left_out(len(stacks), MOST_BARS))
