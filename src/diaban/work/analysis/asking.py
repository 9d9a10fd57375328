"""What a table is asked for by its address: everything chosen stands in it, so that it can be sent to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Dimension
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.analysis.rules import (
    FIRST_CELLS,
    FIRST_PERIODS,
    MOST_CELLS,
    MOST_PERIODS,
    Axis,
    Grain,
    Picture,
    axes_of,
    periods_between,
    years_of,
)
from diaban.work.reporting.asking import Choices, NothingInSight, choices
from diaban.work.reporting.layout import Layout, Line, Measure
from diaban.work.reporting.models import Form
from diaban.work.reporting.queries.layouts import NoVersion, layout_of, version_on
from diaban.work.reporting.sight import BASE_FIELD, blocks_in_sight

ADDRESS = (
    "bieu", "dia_ban", "tu", "toi", "ct", "chia", "theo", "nhom", "hang", "cot", "lop", "gop", "hinh", "so", "lop_mau",
    "bac", "moc", "den", "ban_do", "chot",
)  # fmt: skip
MANY = frozenset({"ct"})


@dataclass(frozen=True)
class CellHead:
    """A cell that may be shown: an indicator's total, or a part of it. `key` is its category; parts of a split add up."""

    cell: Cell
    label: str
    measure: Measure
    key: str = ""
    is_split: bool = False

    @property
    def is_part(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True)
class Choice:
    """What is asked for. `base` holds form, area, day of knowledge and map; `layout` the sections in sight.

    `periods` are oldest first; with `is_by_year`, the years they make stand in their place.
    """

    base: Choices
    layout: Layout
    periods: tuple[Period, ...]
    cells: tuple[CellHead, ...]
    grain: Grain
    grains: tuple[Grain, ...]
    group: str
    axes: tuple[Axis, Axis, Axis]
    layer: str
    is_by_year: bool
    picture: Picture
    column: str
    address: Mapping[str, Sequence[str]]
    problems: tuple[str, ...] = ()

    @property
    def form(self) -> Form:
        return self.base.schedule.form

    @property
    def unit(self) -> UnitVersion:
        return self.base.unit

    @property
    def as_of(self) -> date | None:
        return self.base.as_of

    @property
    def map_on(self) -> date | None:
        return self.base.map_on

    @property
    def day(self) -> date:
        """The day that units are called by."""
        return self.map_on or self.periods[-1].last_day

    @cached_property
    def years(self) -> dict[Period, list[Period]]:
        """The years that stand for their periods; none where periods stand for themselves."""
        return years_of(self.periods) if self.is_by_year else {}

    @property
    def shown_periods(self) -> list[Period]:
        return list(self.years) or list(self.periods)

    @property
    def starts(self) -> list[Period]:
        """The periods that a table may begin with, newest first."""
        newest = max(self.base.period, *self.base.periods[:1])
        found = [newest]
        while len(found) < MOST_PERIODS:
            found.append(found[-1].previous())
        return found

    @property
    def codes(self) -> list[str]:
        return list(dict.fromkeys(head.measure.code for head in self.cells))

    def query(self, **changes: str | Sequence[str] | None) -> str:
        """The address's query with some parts changed; None leaves one out."""
        parts: dict[str, Sequence[str]] = dict(self.address)
        for name, value in changes.items():
            parts[name] = [] if value is None else [value] if isinstance(value, str) else value
        return address_of(parts)


def kept_of(given: QueryDict) -> dict[str, list[str]]:
    """What of a query belongs to an address of this room."""
    return {name: given.getlist(name) if name in MANY else [given.get(name, "")] for name in ADDRESS if given.get(name)}


def address_of(parts: Mapping[str, Sequence[str]]) -> str:
    """The query that says it, always in one order."""
    return urlencode([(name, one) for name in ADDRESS for one in parts.get(name, ()) if one])


def choice_of(actor: Actor, given: QueryDict) -> Choice:
    """Read an address. What it leaves open is the newest figures of the widest area in sight.

    Raises `NothingInSight`. Twelve queries at most.
    """
    asked = {name: given.get(name, "") for name in ADDRESS}
    base = choices(
        actor,
        {name: asked[name] for name in ("bieu", "dia_ban", "den", "ban_do", "chot")} | {"ky": asked["toi"]},
    )
    problems = list(base.problems)
    layout = _layout_in_sight(actor, base)
    periods = _periods(asked["tu"], base, problems)
    dimension = asked["chia"]
    cells = _cells(given.getlist("ct"), dimension, layout, base.period, problems)
    grains = _grains(base)
    grain = Grain(asked["theo"]) if asked["theo"] in grains else grains[-1]
    rows, columns, third = axes_of(asked["hang"], asked["cot"])
    return Choice(
        base=base,
        layout=layout,
        periods=tuple(periods),
        cells=tuple(cells),
        grain=grain,
        grains=grains,
        group=asked["nhom"],
        axes=(rows, columns, third),
        layer=asked["lop"],
        is_by_year=asked["gop"] == "nam" and bool(years_of(periods)),
        picture=Picture(asked["hinh"]) if asked["hinh"] in list(Picture) else Picture.NONE,
        column=asked["so"],
        address=kept_of(given),
        problems=tuple(problems),
    )


def _layout_in_sight(actor: Actor, base: Choices) -> Layout:
    """The sections of the form whose figures over the area the actor may see. Raises `NothingInSight`."""
    try:
        layout = layout_of(version_on(base.schedule.form_id, base.period.last_day).pk)
    except NoVersion:
        raise NothingInSight from None
    blocks = blocks_in_sight(actor, base.unit.unit_id, layout.blocks)
    if not blocks:
        raise NothingInSight
    return layout.only(blocks)


def _periods(first: str, base: Choices, problems: list[str]) -> list[Period]:
    if not first.strip():
        over = [period for period in base.periods if period <= base.period and period.kind == base.period.kind]
        return periods_between(over[:FIRST_PERIODS][-1], base.period) if over else [base.period]
    try:
        begin = Period.parse(first, None if ":" in first else Calendar(base.schedule.form.calendar))
    except BadPeriod as problem:
        problems.append(str(problem))
        return [base.period]
    return periods_between(begin, base.period)


def _cells(codes: Sequence[str], dimension: str, layout: Layout, period: Period, problems: list[str]) -> list[CellHead]:
    known = layout.indicators
    chosen = [code for code in dict.fromkeys(codes) if code in known]
    if gone := [code for code in codes if code not in known]:
        problems.append(
            _("Biểu này không có, hoặc vị trí đang làm việc không được xem: %(codes)s.") % {"codes": ", ".join(gone)}
        )
    heads: list[CellHead] = []
    for code in chosen or _first_cells(layout):
        measure = layout.measures[code]
        heads.append(CellHead(code, measure.name, measure))
        if dimension:
            heads += _parts(measure, dimension, layout.lines, period)
    if len(heads) > MOST_CELLS:
        problems.append(_("Chỉ hiện %(most)s cột chỉ tiêu đầu; hãy chọn ít chỉ tiêu hơn.") % {"most": MOST_CELLS})
    return heads[:MOST_CELLS]


def _first_cells(layout: Layout) -> list[str]:
    """The first indicators that are no background figures; those, where there are no others."""
    base = {block.number for block in layout.blocks if block.field_code == BASE_FIELD}
    found = list(dict.fromkeys(line.indicator for line in layout.lines if line.section not in base))
    return (found or list(layout.indicators))[:FIRST_CELLS]


def _parts(measure: Measure, dimension: str, lines: Sequence[Line], period: Period) -> list[CellHead]:
    return [
        CellHead(f"{measure.code}__{part.code}", part.label, measure, f"{dimension}={part.code}", line.mode == "split")
        for line in lines
        if (line.indicator, line.dimension) == (measure.code, dimension)
        for part in line.parts
        if period.last_day in part.valid
    ]


def _grains(base: Choices) -> tuple[Grain, ...]:
    """What the area may be divided into, from above."""
    level, inside = base.schedule.form.level, base.unit.unit.level
    order = list(Level)
    if inside == level:
        return (Grain.WHOLE,)
    found = [Grain.WHOLE]
    if inside == Level.COUNTRY and level != Level.PROVINCE:
        found.append(Grain.PROVINCES)
    if level == Level.COMMUNE and order.index(Level(inside)) == order.index(Level.PROVINCE):
        found.append(Grain.DISTRICTS)
    return (*found, Grain.REPORTERS)


def dimensions_of(layout: Layout) -> dict[str, str]:
    """The dimensions that indicators in sight are divided by, with their names. One query."""
    codes = {line.dimension for line in layout.lines if line.dimension}
    return {one.code: one.called for one in Dimension.objects.filter(code__in=codes).order_by("pk")}
