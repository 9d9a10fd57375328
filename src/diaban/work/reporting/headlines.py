"""The few figures of the newest period that a leader's first page shows, each with its trend and what it is made of."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.territory.queries import versions_of
from diaban.foundation.ui.language import period_name
from diaban.lib.charts import Line, Point, small_multiples
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.consolidated import (
    Consolidated,
    Entry,
    NothingToConsolidate,
    OutOfSight,
    consolidated_of,
)
from diaban.work.reporting.display import certain, figure, in_points, like, note
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.reports import newest_told_of, periods_of, schedules_in_sight

MOST = 4


@dataclass(frozen=True)
class Headline:
    """One figure as it is written: its change against the period before, what must be known beside it, where it opens."""

    label: str
    unit: str
    value: str
    change: str
    note: str
    url: str


@dataclass(frozen=True)
class Headlines:
    """The newest period's figures, how many units sent theirs, and where the picture of their course is."""

    title: str
    period: str
    figures: tuple[Headline, ...]
    chart_url: str
    url: str
    sent: int
    expected: int
    board_url: str


def headlines(actor: Actor) -> Headlines | None:
    """The first figure of each section of the widest regime in the actor's sight; None where there is nothing yet."""
    schedule = next((one for one in schedules_in_sight(actor) if not one.is_once), None)
    periods = [Period.parse(code) for code in periods_of([schedule])] if schedule else []
    if schedule is None or not periods:
        return None
    period = newest_told_of(schedule, periods, actor.today)
    unit = versions_of([schedule.unit_id], period.last_day).get(schedule.unit_id)
    if unit is None:
        return None
    try:
        one = consolidated_of(
            form_code=schedule.form.code, period=period, unit=unit, as_of=None, map_on=None, actor=actor
        )
    except (NothingToConsolidate, OutOfSight):
        return None
    return _told(one, schedule)


def _told(one: Consolidated, schedule: Schedule) -> Headlines:
    one, entries = firsts_of(one)
    has_course = any(_told_twice(entry) for entry in entries)
    return Headlines(
        title=schedule.title,
        period=period_name(one.period),
        figures=tuple(_headline(one, entry) for entry in entries),
        chart_url=_address("reporting:course_chart", one, one.period) if has_course else "",
        url=_address("reporting:consolidation", one, one.period),
        sent=len(one.coverage.sent),
        expected=len(one.coverage.expected),
        board_url=f"{reverse('reporting:board', args=[schedule.uid])}?{urlencode({'ky': str(one.period)})}",
    )


def _headline(one: Consolidated, entry: Entry) -> Headline:
    row, digits = entry.row, entry.measure.digits
    return Headline(
        label=entry.label,
        unit=entry.measure.unit_name,
        value=figure(certain(row), digits, row.reason),
        change=like(_change(entry, certain(row), row.previous), is_like=row.is_like_previous),
        note=note(row, digits),
        url=_address("reporting:made_of", one, one.period, entry.row.indicator),
    )


def _change(entry: Entry, value: Decimal | None, before: Decimal | None) -> str:
    if value is None or before is None:
        return ""
    difference = value - before
    if not difference:
        return _("không đổi")
    if entry.in_points:
        return in_points(difference)
    return f"{'+' if difference > 0 else ''}{format_number(difference, entry.measure.digits)}"


def _address(name: str, one: Consolidated, period: Period, *args: str) -> str:
    asked = {"bieu": one.form.code, "ky": str(period), "dia_ban": one.unit.code}
    return f"{reverse(name, args=args)}?{urlencode(asked)}"


def firsts_of(one: Consolidated) -> tuple[Consolidated, list[Entry]]:
    """The first amount that must be reported in each of the first sections; those alone are worked out."""
    lines = [
        line
        for line in one.layout.lines
        if line.mode in {"value", "split"} and line.required in {"yes", "prefill"} and line.provider != "department"
    ]
    firsts = {line.section: line.indicator for line in reversed(lines)}
    less = one.of_indicators([firsts[number] for number in sorted(firsts)][:MOST])
    return less, [entry for table in less.tables for entry in table.totals]


def _told_twice(entry: Entry) -> bool:
    row = entry.row
    return sum(value is not None for value in (row.same_period_last_year, row.previous, certain(row))) > 1


def course_of(one: Consolidated) -> str:
    """The first figures a year ago, the period before and now, as a picture; empty where there is only now."""
    less, entries = firsts_of(one)
    lines = [_line(less, entry) for entry in entries if _told_twice(entry)]
    return (
        small_multiples(lines, title=_("Diễn biến các chỉ tiêu chính"), columns=2, width=960, heading=True)
        if lines
        else ""
    )


def _line(one: Consolidated, entry: Entry) -> Line:
    row, period = entry.row, one.period
    points = (
        Point(period_name(period.same_last_year()), row.same_period_last_year),
        Point(period_name(period.previous()), row.previous),
        Point(period_name(period), certain(row), estimated=row.estimated),
    )
    return Line(f"{entry.label} ({entry.measure.unit_name})", points)
