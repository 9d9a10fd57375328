"""How a unit goes towards the year's plan: what it has reached beside the share of the year, and whether that will do.

Figures that add up over the year (flows) are held against the share of the plan that is due by now; figures of a moment
(stocks) against the way from the year's opening to the plan; rates over a period against the plan itself. What is not known
is never taken for zero: then there is no verdict, with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from diaban.foundation.facts.rules.totals import quotient
from diaban.lib.periods import Kind, Period

HUNDRED = Decimal(100)
MARGIN = Decimal(90)  # in percent of the plan: a forecast nearer than this is behind, no likely miss
QUARTERS = 4
MONTHS_OF = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6}
STRAIGHT = (Decimal(25), Decimal(50), Decimal(75))


class Course(StrEnum):
    """How a figure over the year comes about."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Verdict(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    LIKELY_MISSED = "likely_missed"
    MISSED = "missed"
    NOT_JUDGED = "not_judged"


WARNED = frozenset({Verdict.BEHIND, Verdict.LIKELY_MISSED, Verdict.MISSED})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a unit and an indicator. `value` is the year so far; `opening` that of the last period before the
    year; `complete` says that no period or part of it is missing."""

    value: Decimal | None
    plan: Decimal | None
    opening: Decimal | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Pace:
    """The verdict. `done` and `need` are percents of the plan (of a stock: of the way to it); `forecast` is the year's end if
    it goes on as now; `why` a code for a missing verdict."""

    verdict: Verdict
    done: Decimal | None = None
    need: Decimal | None = None
    forecast: Decimal | None = None
    why: str = ""
    of_the_way: bool = False

    @property
    def is_warned(self) -> bool:
        return self.verdict in WARNED


def due_share(period: Period, profile: Sequence[Decimal] = STRAIGHT) -> Decimal:
    """The percent of the year's plan that is due by the period's end; `profile` says it for the ends of quarters I to III.

    Months inside a quarter lie on the straight line between its ends. A one-off span counts by its end's month.
    """
    months = period.number * MONTHS_OF[period.kind] if period.kind in MONTHS_OF else _months_of(period)
    ends = (Decimal(0), *profile, HUNDRED)
    quarter, rest = divmod(months, 3)
    if not rest:
        return ends[quarter]
    return ends[quarter] + (ends[quarter + 1] - ends[quarter]) * rest / 3


def _months_of(period: Period) -> int:
    if period.kind is Kind.YEAR:
        return 12
    return 9 if period.kind is Kind.NINE_MONTHS else period.last_day.month


def pace(known: Known, course: Course, direction: str, due: Decimal) -> Pace:
    """The verdict on one unit and indicator, `due` percent of the year's plan being due. `direction` is up or down: for
    what should fall the plan is the most that may be reached. What is likely missed when the year is over is missed."""
    found = _judged(known, course, direction, due)
    is_missed = found.verdict is Verdict.LIKELY_MISSED and due >= HUNDRED
    return replace(found, verdict=Verdict.MISSED) if is_missed else found


def _judged(known: Known, course: Course, direction: str, due: Decimal) -> Pace:
    if known.plan is None:
        return Pace(Verdict.NOT_JUDGED, why="no_plan")
    if direction not in {"up", "down"}:
        return Pace(Verdict.NOT_JUDGED, why="no_direction")
    if known.value is None:
        return Pace(Verdict.NOT_JUDGED, need=due, why="no_figure")
    sign = 1 if direction == "up" else -1
    match course:
        case Course.FLOW:
            return _of_flow(known.value, known.plan, due, is_ceiling=sign < 0, complete=known.complete)
        case Course.STOCK:
            return _of_stock(known.value, known.plan, known.opening, due, sign)
    return _of_rate(known.value, known.plan, due, sign)


def _of_flow(value: Decimal, plan: Decimal, due: Decimal, *, is_ceiling: bool, complete: bool) -> Pace:
    done = quotient(value, plan, 100, 1) if plan > 0 else None
    if is_ceiling and value > plan:
        return Pace(Verdict.LIKELY_MISSED, done, due, value)
    if not is_ceiling and plan > 0 and value >= plan:
        return Pace(Verdict.REACHED, done, due, value)
    if not complete:
        return Pace(Verdict.NOT_JUDGED, done, due, why="incomplete")
    if done is None and not is_ceiling:
        return Pace(Verdict.NOT_JUDGED, why="plan_is_zero")
    if is_ceiling and (done is None or due >= HUNDRED):  # nothing was to happen and nothing has, or the year is over
        return Pace(Verdict.REACHED if due >= HUNDRED else Verdict.ON_COURSE, done, due, value)
    assert done is not None  # noqa: S101 (said by the two lines above; mypy cannot see it)
    if is_ceiling:
        return _ahead_of(2 * HUNDRED - done, 2 * HUNDRED - due, done, due, _to_the_end(value, due), plan, sign=-1)
    return _ahead_of(done, due, done, due, _to_the_end(value, due), plan, sign=1)


def _to_the_end(value: Decimal, due: Decimal) -> Decimal | None:
    return quotient(value, due, 100, 1) if due > 0 else None


def _ahead_of(
    held: Decimal, against: Decimal, done: Decimal, due: Decimal, forecast: Decimal | None, plan: Decimal, *, sign: int
) -> Pace:
    """On course where `held` is not below `against`; else by how near the forecast comes to the plan."""
    if held >= against or forecast is None:
        return Pace(Verdict.ON_COURSE, done, due, forecast)
    near = forecast * HUNDRED >= plan * MARGIN if sign > 0 else forecast * MARGIN <= plan * HUNDRED
    verdict = Verdict.BEHIND if near and due < HUNDRED else Verdict.LIKELY_MISSED
    return Pace(verdict, done, due, forecast)


def _of_stock(value: Decimal, plan: Decimal, opening: Decimal | None, due: Decimal, sign: int) -> Pace:
    of_plan = quotient(value, plan, 100, 1) if plan > 0 else None
    if (value - plan) * sign >= 0:
        return Pace(Verdict.REACHED, of_plan, due, value)
    if due >= HUNDRED:
        return Pace(Verdict.LIKELY_MISSED, of_plan, due, value)
    if opening is None:
        return Pace(Verdict.NOT_JUDGED, of_plan, due, why="no_opening")
    way = (plan - opening) * sign
    if way <= 0:  # it stood at the plan already, and has fallen behind it
        return Pace(Verdict.LIKELY_MISSED, of_plan, due, value)
    done = quotient((value - opening) * sign, way, 100, 1)
    if done >= due or due <= 0:
        return Pace(Verdict.ON_COURSE, done, due, of_the_way=True)
    forecast = opening + quotient(value - opening, due, 100, 1)
    near = done * HUNDRED >= due * MARGIN
    return Pace(Verdict.BEHIND if near else Verdict.LIKELY_MISSED, done, due, forecast, of_the_way=True)


def _of_rate(value: Decimal, plan: Decimal, due: Decimal, sign: int) -> Pace:
    """A rate over the period so far is asked to be at the plan at every moment."""
    done = quotient(value, plan, 100, 1) if plan > 0 else None
    if (value - plan) * sign >= 0:
        return Pace(Verdict.REACHED if due >= HUNDRED else Verdict.ON_COURSE, done, HUNDRED, value)
    near = value * HUNDRED >= plan * MARGIN if sign > 0 else value * MARGIN <= plan * HUNDRED
    return Pace(Verdict.BEHIND if near and due < HUNDRED else Verdict.LIKELY_MISSED, done, HUNDRED, value)
