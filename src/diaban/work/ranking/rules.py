"""Points, sums and ranks: values in, values out. What could not be measured is never zero by itself: the scheme says what then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from diaban.foundation.facts.rules.places import ranked

HUNDRED = Decimal(100)
STEP = Decimal("0.01")  # points are given to the hundredth


class How(StrEnum):
    """How points of a criterion come about."""

    TIMELINESS = "timeliness"
    COMPLETENESS = "completeness"
    QUALITY = "quality"
    OTHER_WORK = "other_work"
    INDICATOR = "indicator"
    HAND = "hand"
    BONUS = "bonus"
    MINUS = "minus"


AUTOMATIC = frozenset({How.TIMELINESS, How.COMPLETENESS, How.QUALITY, How.OTHER_WORK, How.INDICATOR})
OF_REPORTS = frozenset({How.TIMELINESS, How.COMPLETENESS, How.QUALITY})
EXTRA = frozenset({How.BONUS, How.MINUS})


class Scale(StrEnum):
    """How an indicator's figure becomes points."""

    PLAN = "plan"
    RANK = "rank"
    LINEAR = "linear"


class IfMissing(StrEnum):
    """What becomes of a criterion that cannot be computed."""

    LEFT_OUT = "left_out"
    ZERO = "zero"
    UNRANKED = "unranked"


def rounded(points: Decimal) -> Decimal:
    return points.quantize(STEP, rounding=ROUND_HALF_UP)


def by_share(share: Decimal, most: Decimal) -> Decimal:
    """Points of a share in percent."""
    return rounded(most * share / HUNDRED)


def by_plan(value: Decimal, plan: Decimal, *, is_falling: bool, most: Decimal) -> Decimal:
    """All points where the plan is met, else in proportion; of what should fall, the plan over the value."""
    if (value <= plan) if is_falling else (value >= plan):
        return rounded(most)
    attained = plan / value if is_falling else value / plan
    return rounded(most * max(attained, Decimal(0)))


def linear(value: Decimal, none_at: Decimal, full_at: Decimal, most: Decimal) -> Decimal:
    """No points at `none_at`, all at `full_at`, a straight line between; `full_at` below `none_at` where less is better."""
    share = (value - none_at) / (full_at - none_at)
    return rounded(most * min(max(share, Decimal(0)), Decimal(1)))


def by_rank(values: Mapping[int, Decimal], *, is_falling: bool, most: Decimal) -> dict[int, Decimal]:
    """The best has all points, each place below one part less of as many as there are; equals have the same."""
    places = ranked({who: -value if is_falling else value for who, value in values.items()})
    return {who: rounded(most * (len(places) - place + 1) / len(places)) for who, place in places.items()}


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion of one member: `points` of `most`, None where there are none."""

    how: How
    most: Decimal
    points: Decimal | None
    if_missing: IfMissing = IfMissing.LEFT_OUT


@dataclass(frozen=True, slots=True)
class Sum:
    """A member's points. `attainable` is what the criteria that count could give, of `full`; None points: not ranked."""

    points: Decimal | None
    attainable: Decimal
    full: Decimal

    @property
    def is_converted(self) -> bool:
        return self.points is not None and self.attainable < self.full


def summed(lines: Sequence[Scored]) -> Sum:
    """The points of all lines. Criteria left out take their points out of what is attainable, and the rest is converted to
    the full number; bonus and minus points come after, unconverted, and are none where none were given."""
    core = [line for line in lines if line.how not in EXTRA]
    full = sum((line.most for line in core), Decimal(0))
    missing = [line for line in core if line.points is None]
    attainable = full - sum((line.most for line in missing if line.if_missing is IfMissing.LEFT_OUT), Decimal(0))
    if any(line.if_missing is IfMissing.UNRANKED for line in missing) or attainable <= 0:
        return Sum(None, attainable, full)
    earned = sum((line.points for line in core if line.points is not None), Decimal(0))
    if attainable < full:
        earned = rounded(earned * full / attainable)
    extra = {
        how: sum((line.points for line in lines if line.how is how and line.points is not None), Decimal(0))
        for how in EXTRA
    }
    return Sum(rounded(earned + extra[How.BONUS] - extra[How.MINUS]), attainable, full)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands: in its cluster and among all; None where it is not ranked."""

    sum: Sum
    in_cluster: int | None
    overall: int | None


def places(sums: Mapping[int, Sum], clusters: Mapping[int, Collection[int]]) -> dict[int, Place]:
    """Ranks of members by cluster and among all; those without points have none."""
    known = {who: one.points for who, one in sums.items() if one.points is not None}
    overall = ranked(known)
    inside: dict[int, int] = {}
    for members in clusters.values():
        inside |= ranked({who: known[who] for who in members if who in known})
    return {who: Place(one, inside.get(who), overall.get(who)) for who, one in sums.items()}


class Status(StrEnum):
    """Where a board is on its way."""

    SCORING = "scoring"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    PUBLISHED = "published"


NEXT = {
    "announce": (Status.SCORING, Status.ANNOUNCED),
    "sign": (Status.ANNOUNCED, Status.SIGNED),
    "take_back": (Status.SIGNED, Status.ANNOUNCED),
    "publish": (Status.SIGNED, Status.PUBLISHED),
}
WORDS = {
    Status.SCORING: "đang chấm điểm",
    Status.ANNOUNCED: "đã thông báo dự kiến",
    Status.SIGNED: "đã ký duyệt",
    Status.PUBLISHED: "đã công bố",
}


def fault_of_step(step: str, status: Status) -> str:
    """Why a step cannot be taken now, in Vietnamese; empty if it can."""
    before, _after = NEXT[step]
    return "" if status is before else f"Bảng xếp hạng {WORDS[status]}, chưa làm được bước này."
