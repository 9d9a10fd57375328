"""A series as people and programs read it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import IndicatorKind, Reason
from diaban.foundation.facts.rules.totals import NOT_ADDITIVE_REASON, NOT_RECASTABLE, NOT_REPORTED
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.language import period_name
from diaban.lib.charts import Line
from diaban.lib.charts import Point as Mark
from diaban.work.history.series import Point, Series, Way

WHY: dict[str, Promise | str] = {
    **dict(Reason.choices),
    NOT_REPORTED: _("chưa có số liệu"),
    NOT_RECASTABLE: _("không quy đổi được về bản đồ này"),
    NOT_ADDITIVE_REASON: _("không cộng được"),
    "not_applicable": _("đơn vị hoặc chỉ tiêu chưa có, không còn"),
}
STANDS: dict[str, Promise] = {
    IndicatorKind.STOCK: _("số có đến cuối kỳ; không cộng các kỳ"),
    IndicatorKind.FLOW: _("số phát sinh trong kỳ"),
    IndicatorKind.RATIO: _("tỷ lệ tính lại từ tử số và mẫu số đã cộng"),
    IndicatorKind.DERIVED: _("tính lại theo công thức từ số đã cộng"),
}


@dataclass(frozen=True)
class Shown:
    """A point as a line of the table."""

    point: Point
    label: str
    why: Promise | str
    source: str
    marks: tuple[Promise | str, ...]
    breaks: tuple[str, ...]


def shown(found: Series) -> list[Shown]:
    return [
        Shown(
            point,
            period_name(point.period),
            WHY.get(point.reason, point.reason) if point.value is None else "",
            point.collection.name if point.collection else "",
            tuple(_marks(point)),
            tuple(one.words for one in found.breaks if one.period == point.period),
        )
        for point in found.points
    ]


def _marks(point: Point) -> list[Promise | str]:
    marks: list[Promise | str] = []
    if point.estimated:
        marks.append(_("ước"))
    if point.is_past:
        marks.append(_("chưa đối chiếu"))
    if point.collection and not point.is_complete:
        marks.append(f"{point.reported}/{point.expected} {Level(point.level).label.lower().removeprefix('cấp ')}")
    return marks


def line_of(found: Series, name: str = "") -> Line:
    """Short labels; a period without a figure is a gap."""
    return Line(
        name or found.area.name,
        tuple(Mark(point.period.code, point.value, estimated=point.estimated) for point in found.points),
    )


def members_said(found: Series) -> tuple[list[str], list[str]]:
    """The names of the units that hold the group's land at the first and at the last point. One query each."""
    if found.way is not Way.GROUP or not found.points:
        return [], []
    days = (found.points[0].period.last_day, found.points[-1].period.last_day)
    before, after = (
        sorted(one.full_name for one in nearest_versions(units, day).values())
        for units, day in zip(found.members, days, strict=True)
    )
    return before, after


def rows_of(found: Series) -> list[dict[str, object]]:
    """A row a period: exact numbers with a decimal point, blank where there is none."""
    return [
        {
            "period": str(point.period),
            "from": point.period.start.isoformat(),
            "to": point.period.last_day.isoformat(),
            "value": "" if point.value is None else format(point.value, "f"),
            "reason": point.reason if point.value is None else "",
            "estimated": point.estimated,
            "unverified": point.is_past,
            "reported": point.reported,
            "expected": point.expected,
            "level": point.level,
            "collection": point.collection.code if point.collection else "",
            "breaks": " ".join(one.words for one in found.breaks if one.period == point.period),
        }
        for point in found.points
    ]


def json_of(found: Series) -> dict[str, object]:
    """The series with what it is of."""
    unit = found.area.unit
    rows = [{**row, "value": row["value"] or None} for row in rows_of(found)]
    return {
        "indicator": found.indicator.code,
        "name": found.indicator.name,
        "unit_name": found.indicator.unit_name,
        "kind": found.indicator.kind,
        "unit": unit.code if unit else "",
        "area": found.area.name,
        "way": str(found.way),
        "map": found.on_map.isoformat() if found.on_map else None,
        "points": rows,
    }
