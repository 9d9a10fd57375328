"""Whether a directive worked: its indicator's figures from the reports, from the baseline to the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.facts.sockets import MEASURE
from diaban.foundation.facts.sockets import Measured as Figure
from diaban.lib.charts import Line, Point, line_chart
from diaban.lib.periods import BadPeriod, Calendar, Kind, Period
from diaban.work.directives.models import Directive
from diaban.work.directives.rules import Effect, effect_of

BACK, AHEAD = 8, 8  # quarters offered before and after today
MOST_POINTS = 12


@dataclass(frozen=True)
class Measured:
    """A directive's figure: where it started, where it is, where it was to go; `effect` says how far it came by now.

    `is_final` once the period of the target is known; a done directive without effect shows as such all the same.
    """

    effect: Effect
    figures: Sequence[Figure]
    baseline: Decimal | None
    target: Decimal
    target_label: str
    is_final: bool

    @property
    def newest(self) -> Figure | None:
        return next((one for one in reversed(self.figures) if one.value is not None), None)


def effect(directive: Directive, as_of: date | None = None) -> Measured | None:
    """The measured effect of a directive by what is known at the end of a day (now); None for one without an indicator.

    A baseline that was not typed is read from the figures of its period.
    """
    if directive.indicator is None or directive.target is None:
        return None
    end = _period(directive.target_period)
    start = _period(directive.baseline_period)
    if end is None:
        return None
    first = start.start if start else end.start.replace(year=end.start.year - 1)
    figures = MEASURE()(directive.indicator.code, directive.category, directive.unit_id, (first, end.last_day), as_of)
    kept = [one for one in figures if one.period.calendar is end.calendar] or list(figures)
    baseline = directive.baseline
    if baseline is None and start is not None:
        baseline = next((one.value for one in kept if one.period == start), None)
    after = [one for one in kept if start is None or one.period.start > start.start]
    now = next((one for one in reversed(after) if one.value is not None), None)
    return Measured(
        effect=effect_of(baseline, directive.target, now.value if now else None),
        figures=kept[-MOST_POINTS:],
        baseline=baseline,
        target=directive.target,
        target_label=end.label(),
        is_final=now is not None and now.period.last_day >= end.last_day,
    )


def chart_of(directive: Directive, found: Measured) -> str:
    """The course of the figure with the target across, as SVG; empty where there is nothing to draw."""
    if directive.indicator is None or not any(one.value is not None for one in found.figures):
        return ""
    name = directive.indicator.name
    labels = [one.period.label() for one in found.figures]
    if found.target_label not in labels:
        labels.append(found.target_label)
    return line_chart(
        [
            Line(
                _("Số liệu"),
                tuple(Point(one.period.label(), one.value, estimated=one.is_estimated) for one in found.figures),
            ),
            Line(_("Mức cần đạt"), tuple(Point(label, found.target) for label in labels)),
        ],
        title=name,
        unit=directive.indicator.unit_name,
        digits=directive.indicator.digits,
        from_zero=False,
    )


def periods_to_choose(on: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Periods, code and label, that a baseline and a target may name: quarters and years around a day, in both calendars."""
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    for calendar, note in ((Calendar.ND09, _("kỳ báo cáo hành chính")), (Calendar.STATISTICAL, _("kỳ thống kê"))):
        quarter = Period.containing(on, Kind.QUARTER, calendar)
        year = Period.containing(on, Kind.YEAR, calendar)
        back, ahead = [year.previous(), year], [year, year.next()]
        one = quarter
        for _step in range(BACK):
            back.append(one)
            one = one.previous()
        one = quarter
        for _step in range(AHEAD):
            ahead.append(one)
            one = one.next()
        before += [(str(each), f"{each.label()} ({note})") for each in back]
        after += [(str(each), f"{each.label()} ({note})") for each in ahead]
    return before, after


def _period(code: str) -> Period | None:
    try:
        return Period.parse(code) if code else None
    except BadPeriod:
        return None
