"""Pure decisions: which modes an office may use towards another, how a task stands, what is counted, whether it worked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from diaban.foundation.obligations.rules import Standing, Status, status


class Mode(StrEnum):
    """In what way one body turns to another; the verb, the words for the state and the colour follow it."""

    ASSIGN = "assign"
    GUIDE = "guide"
    REQUEST = "request"
    REQUIRE = "require"
    COORDINATE = "coordinate"
    PROPOSE = "propose"

    @property
    def is_order(self) -> bool:
        """Whether the receiver is bound, so that it can be overdue; in every other mode it has only not replied yet."""
        return self in {Mode.ASSIGN, Mode.REQUIRE}


class Line(StrEnum):
    """Where the receiver stands in the issuer's administrative line."""

    BELOW = "below"
    ABOVE = "above"
    NONE = "none"


PARTY = "party_body"
COMMITTEE, COUNCIL, ENTERPRISE = "people_committee", "peoples_council", "enterprise"
BODIES_ABOVE = frozenset({"ministry", COUNCIL, "steering_committee"})
NEVER_ORDERED = frozenset({PARTY, COUNCIL, ENTERPRISE, "ministry", "central_agency", "steering_committee"})
BOUND_BY_LAW = frozenset({ENTERPRISE})


def modes_allowed(
    *, issuer_kind: str, receiver_kind: str, line: Line, guidance: bool = False, has_mandate: bool = False
) -> tuple[Mode, ...]:
    """The modes open to an issuer towards a receiver, the usual one first; none where it may not turn to it at all.

    `guidance`: the issuer gives the receiver professional guidance. `has_mandate`: it manages the field over the
    receiver's ground. Only the own line is given tasks; a department never gives one to a people's committee, nobody to a
    Party body, a council or an enterprise. An enterprise is bound by the law alone, where the issuer enforces it.
    """
    if issuer_kind in {PARTY, ENTERPRISE}:
        return ()
    if receiver_kind == PARTY:
        return (Mode.PROPOSE, Mode.REQUEST)
    if receiver_kind in BOUND_BY_LAW:
        return (Mode.REQUIRE, Mode.REQUEST, Mode.COORDINATE) if has_mandate else (Mode.REQUEST, Mode.COORDINATE)
    if line is Line.ABOVE or receiver_kind in BODIES_ABOVE:
        return (Mode.PROPOSE,)
    if line is Line.BELOW and _may_order(issuer_kind, receiver_kind):
        return (Mode.ASSIGN,)
    if guidance and has_mandate:
        return (Mode.GUIDE, Mode.REQUEST, Mode.COORDINATE)
    if receiver_kind == COMMITTEE:
        return (Mode.REQUEST, Mode.COORDINATE)
    return (Mode.COORDINATE, Mode.REQUEST)


def _may_order(issuer_kind: str, receiver_kind: str) -> bool:
    if receiver_kind in NEVER_ORDERED:
        return False
    return receiver_kind != COMMITTEE or issuer_kind == COMMITTEE


class Slot(StrEnum):
    """Where a task is counted; every task in exactly one."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    NO_REPLY = "no_reply"
    NO_DEADLINE = "no_deadline"
    OUT = "out"


def slot_of(standing: Standing, on: date) -> Slot:
    """Where a task is counted on a day. Withdrawn, merged, waived and returned ones are out of the counts."""
    if standing.closed_reason:
        return Slot.OUT
    if standing.due_on is None:
        return Slot.NO_DEADLINE
    match status(standing, on):
        case Status.DONE_ON_TIME:
            return Slot.DONE_ON_TIME
        case Status.DONE_LATE:
            return Slot.DONE_LATE
        case Status.OVERDUE:
            return Slot.OPEN_OVERDUE
        case Status.NO_REPLY:
            return Slot.NO_REPLY
    return Slot.OPEN_IN_TIME


@dataclass(frozen=True)
class FourWay:
    """The four-way count of tasks with a deadline, what was only asked for and not answered beside them, and apart from
    all of them the tasks without a deadline and those out of the counts."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    no_reply: int = 0
    no_deadline: int = 0
    out: int = 0

    @classmethod
    def of(cls, slots: Iterable[Slot]) -> "FourWay":
        return cls(**{slot.value: number for slot, number in Counter(slots).items()})

    def __add__(self, other: "FourWay") -> "FourWay":
        return FourWay(*(getattr(self, slot.value) + getattr(other, slot.value) for slot in SLOTS))

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_overdue + self.no_reply

    @property
    def total(self) -> int:
        """The denominator: every task with a deadline that was not taken out."""
        return self.done + self.open

    @property
    def overdue_share(self) -> Decimal | None:
        """Percent of `total` that is open and overdue; None of nothing. Never shown without `total`."""
        return Decimal(self.open_overdue * 100) / self.total if self.total else None

    @property
    def on_time_share(self) -> Decimal | None:
        """Percent of `done` that was done on time; None of nothing. Never shown without `done`."""
        return Decimal(self.done_on_time * 100) / self.done if self.done else None


SLOTS = (
    Slot.DONE_ON_TIME, Slot.DONE_LATE, Slot.OPEN_IN_TIME, Slot.OPEN_OVERDUE, Slot.NO_REPLY, Slot.NO_DEADLINE, Slot.OUT,
)  # fmt: skip


class Result(StrEnum):
    """What became of a reported completion."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"


def state_of(standing: Standing | None, on: date, *, result: Result | None = None, is_issued: bool = True) -> str:
    """How a task stands, as the vocabulary of statuses calls it. `standing` is None for a Party body, which owes nothing."""
    if not is_issued:
        return "draft"
    if standing is None:
        return "party_told"
    if standing.closed_reason:
        return "withdrawn" if standing.closed_reason == "withdrawn" else status(standing, on).value
    if result is Result.WAITING and standing.done_on is not None and not standing.is_asked:
        return "awaiting_confirmation"
    if standing.due_on is None and standing.done_on is None:
        return "no_date"
    now = status(standing, on).value
    return "answered" if standing.is_asked and now.startswith("done") else now


class Effect(StrEnum):
    """Whether a directive's figure moved as it was to."""

    REACHED = "effect_reached"
    MOVED = "effect_moved"
    NONE = "effect_none"
    WORSE = "effect_worse"
    UNKNOWN = "effect_unknown"


def effect_of(baseline: Decimal | None, target: Decimal, now: Decimal | None) -> Effect:
    """How far a figure has come from its baseline towards its target. The target says which way is better: equal to the
    baseline it means to hold it, and either side of it counts as reached only by the figure itself."""
    if now is None:
        return Effect.UNKNOWN
    if baseline is None:
        return Effect.REACHED if now >= target else Effect.NONE
    if now == target or (target > baseline and now > target) or (target < baseline and now < target):
        return Effect.REACHED
    if now == baseline:
        return Effect.NONE
    return Effect.MOVED if (now > baseline) == (target > baseline) and target != baseline else Effect.WORSE


def faults_of_text(mode: Mode, text: str, article: str) -> list[str]:
    """What a directive of that mode lacks in itself, in Vietnamese."""
    faults = []
    if not text.strip():
        faults.append("Chưa ghi nội dung.")
    if mode is Mode.REQUIRE and not article.strip():
        faults.append("Yêu cầu theo quy định phải nêu điều, khoản của văn bản làm căn cứ.")
    return faults
