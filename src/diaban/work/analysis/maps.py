"""The map of a table's column: areas where borders are known, symbols where a point is, tiles where there is neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from diaban.foundation.territory.boundaries import boundaries_of
from diaban.lib.charts import Classes, Ground, Look, classes_of, map_picture
from diaban.lib.vietnamese import BadNumber, parse_number
from diaban.work.analysis.pictures import Drawn, NotDrawable, chosen_column
from diaban.work.analysis.pivot import Pivot, Slot
from diaban.work.analysis.rules import Axis, Grain

Way = Literal["quantile", "equal", "manual"]
WAYS: dict[str, Way] = {"": "quantile", "deu": "equal", "tay": "manual"}
FIRST_CLASSES = 5


@dataclass(frozen=True)
class Asked:
    """How values are put into classes."""

    way: Way
    number: int
    bounds: tuple[Decimal, ...]


def asked_of(pivot: Pivot) -> Asked:
    """As the address says: `lop_mau` the way, `bac` how many, `moc` the bounds, separated by semicolons."""
    address = {name: values[0] for name, values in pivot.choice.address.items()}
    number = address.get("bac", "")
    bounds = []
    for text in address.get("moc", "").split(";")[:10]:
        try:
            bounds.append(parse_number(text))
        except BadNumber:
            continue
    way = WAYS.get(address.get("lop_mau", ""), "quantile")
    return Asked(
        "quantile" if way == "manual" and not bounds else way,
        int(number) if number in {"2", "3", "4", "5", "6", "7"} else FIRST_CLASSES,
        tuple(bounds),
    )


def map_of(pivot: Pivot, *, title: str, look: Look = "page", heading: bool = False) -> Drawn:
    """The map. Raises `NotDrawable`."""
    if pivot.choice.axes[0] is not Axis.UNITS or pivot.choice.grain is Grain.WHOLE:
        raise NotDrawable(_("Hãy đặt đơn vị ở hàng, và chọn các đơn vị bên trong địa bàn, rồi mới vẽ bản đồ."))
    column = chosen_column(pivot)
    rows = [(pivot.place(row), pivot.slot(row, column)) for row in pivot.rows if not row.is_total]
    borders = boundaries_of(place.unit_id for place, _slot in rows)
    grounds = [
        Ground(
            place.name,
            slot.value,
            borders.get(place.unit_id),
            _point(place.version.unit.lon, place.version.unit.lat) if place.version else None,
            slot.href if slot.href.startswith("/") else None,
            slot.total.estimated,
            place.version.name if place.version else "",
        )
        for place, slot in rows
    ]
    if not grounds:
        raise NotDrawable(_("Không có đơn vị nào để vẽ."))
    slots = [slot for _place, slot in rows]
    svg = map_picture(
        grounds,
        _classes(pivot, slots),
        title=f"{title}: {column.label}",
        unit=slots[0].unit_name,
        digits=slots[0].digits,
        look=look,
        heading=heading,
    )
    return Drawn(svg, _left_out(grounds))


def _classes(pivot: Pivot, slots: Sequence[Slot]) -> Classes | None:
    values = [slot.value for slot in slots if slot.value is not None]
    asked = asked_of(pivot)
    return classes_of(values, asked.way, asked.number, asked.bounds) if values else None


def _point(lon: Decimal | None, lat: Decimal | None) -> tuple[float, float] | None:
    return (float(lon), float(lat)) if lon is not None and lat is not None else None


def _left_out(grounds: Sequence[Ground]) -> str:
    """What the map does not show, or how it shows it."""
    bordered = sum(one.geometry is not None for one in grounds)
    placed = sum(one.geometry is not None or one.point is not None for one in grounds)
    if not placed:
        return _("Chưa nạp ranh giới, chưa có tọa độ của các đơn vị này: mỗi ô là một đơn vị, theo thứ tự tên.")
    parts = []
    if bordered < placed:
        parts.append(
            _("%(number)s đơn vị chưa nạp ranh giới, vẽ bằng chấm tròn tại tọa độ trung tâm.")
            % {"number": placed - bordered}
        )
    if placed < len(grounds):
        names = ", ".join(one.label for one in grounds if one.geometry is None and one.point is None)
        parts.append(_("Không có trên bản đồ: %(names)s.") % {"names": names})
    return " ".join(parts)
