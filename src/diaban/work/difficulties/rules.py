"""Pure decisions about difficulties: their state, their clock, whether two say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from diaban.lib.vietnamese import trigrams
from diaban.lib.workdays import WorkCalendar

ALIKE = 0.45  # of the trigrams of both texts together; found by trying pairs of one matter against pairs of two


class Result(StrEnum):
    """How an office answers, in the offices' own words."""

    RESOLVED = "resolved"
    RESOLVING = "resolving"
    WILL_RESOLVE = "will_resolve"
    EXPLAINED = "explained"
    SENT_UP = "sent_up"


PROMISES = frozenset({Result.RESOLVING, Result.WILL_RESOLVE})  # answered, but something is still to come by a day


class State(StrEnum):
    """Where a difficulty stands. Computed, stored nowhere; the words are in `ui.status`."""

    RECEIVED = "petition_received"
    FORWARDED = "petition_forwarded"
    RESOLVED = "petition_resolved"
    RESOLVING = "petition_resolving"
    WILL_RESOLVE = "petition_will_resolve"
    EXPLAINED = "petition_explained"
    SENT_UP = "petition_sent_up"
    CONTESTED = "petition_contested"
    JOINED = "petition_joined"
    WITHDRAWN = "petition_withdrawn"


ANSWERED = {
    Result.RESOLVED: State.RESOLVED,
    Result.RESOLVING: State.RESOLVING,
    Result.WILL_RESOLVE: State.WILL_RESOLVE,
    Result.EXPLAINED: State.EXPLAINED,
    Result.SENT_UP: State.SENT_UP,
}


@dataclass(frozen=True)
class Course:
    """What happened to a difficulty, as far as its state follows from it."""

    last_result: Result | None = None
    is_contested: bool = False
    is_forwarded: bool = False
    is_joined: bool = False
    is_withdrawn: bool = False


def state_of(course: Course) -> State:
    """The state. An answer that someone contests is not the last word; what all withdrew is over."""
    if course.is_joined:
        return State.JOINED
    if course.is_withdrawn:
        return State.WITHDRAWN
    if course.is_contested:
        return State.CONTESTED
    if course.last_result is not None:
        return ANSWERED[course.last_result]
    return State.FORWARDED if course.is_forwarded else State.RECEIVED


def due_on(received_on: date, days: int, calendar: WorkCalendar, *, is_working: bool) -> date:
    """When an answer is due: so many working or calendar days after the day of receipt, which is not counted."""
    if is_working:
        return calendar.add_working_days(received_on, days)
    return received_on + timedelta(days=days)


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: the trigrams in both of those in either, whatever their diacritics and case."""
    first, second = set(trigrams(one)), set(trigrams(other))
    if not first or not second:
        return 0.0
    return len(first & second) / len(first | second)


def alike(text: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Which of the others, by id, say what the text says; the most alike first."""
    found = [(likeness(text, other), pk) for pk, other in others]
    return [pk for share, pk in sorted(found, key=lambda one: (-one[0], one[1])) if share >= ALIKE]


def told_together(names: list[str], word: str) -> str:
    """Whoever raised one matter: by name while they are few, else how many ("07 xã")."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{len(names):02d} {word}"
