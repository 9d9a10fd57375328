"""Pure decisions about meetings: where one stands, what is sent by when, who would be in two places at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from diaban.lib.vietnamese import fold
from diaban.lib.workdays import WorkCalendar


class Stage(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CONVENED = "convened"
    RUNNING = "running"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


def stage_of(*, convened: bool, opened: bool, closed: bool, concluded: bool, cancelled: bool) -> Stage:
    """The stage from what has happened, the last thing counts; a cancelled meeting is cancelled whatever came before."""
    if cancelled:
        return Stage.CANCELLED
    reached = (
        (concluded, Stage.CONCLUDED),
        (closed, Stage.HELD),
        (opened, Stage.RUNNING),
        (convened, Stage.CONVENED),
    )
    return next((stage for is_so, stage in reached if is_so), Stage.PLANNED)


@dataclass(frozen=True)
class Slot:
    """When somebody is where."""

    on: date
    starts_at: time
    ends_at: time
    what: str

    def meets(self, other: "Slot") -> bool:
        """Whether both share time; one that begins when the other ends does not."""
        return self.on == other.on and self.starts_at < other.ends_at and other.starts_at < self.ends_at


def key_of(person_id: int | None, organisation_id: int | None, name: str) -> tuple[object, ...] | None:
    """By what somebody is known again: his row, else name and office. None for an office asked without a name."""
    if person_id is not None:
        return ("person", person_id)
    return ("name", organisation_id, fold(name)) if name.strip() else None


@dataclass(frozen=True)
class Clash:
    """That somebody would be in two places at once."""

    name: str
    one: Slot
    other: Slot


def clashes(places: Iterable[tuple[tuple[object, ...], str, Slot]]) -> list[Clash]:
    """Every pair of slots of one key that share time; `places` are (key, name, slot)."""
    known: dict[tuple[object, ...], list[tuple[str, Slot]]] = {}
    found = []
    for key, name, slot in places:
        found += [Clash(name, earlier, slot) for _name, earlier in known.get(key, []) if earlier.meets(slot)]
        known.setdefault(key, []).append((name, slot))
    return found


def latest_invitation(held_on: date, working_days: int | None, calendar: WorkCalendar) -> date | None:
    """The last day on which invitations go out in time: so many working days lie between it and the meeting's day, that day
    left out. None where no rule holds (before 25 December 2018)."""
    if working_days is None:
        return None
    day = held_on
    for _step in range(working_days):
        day = calendar.previous_working(day.fromordinal(day.toordinal() - 1))
    return day


def notice_due(held_on: date, working_days: int | None, calendar: WorkCalendar) -> date | None:
    """The last day on which the conclusion notice is sent in time; None where no rule holds."""
    return None if working_days is None else calendar.add_working_days(held_on, working_days)


NEXT: dict[str, tuple[Stage, ...]] = {
    "convene": (Stage.PLANNED,),
    "change": (Stage.PLANNED, Stage.CONVENED),
    "prepare": (Stage.PLANNED, Stage.CONVENED, Stage.RUNNING),
    "open": (Stage.CONVENED,),
    "record": (Stage.RUNNING, Stage.HELD),
    "close": (Stage.RUNNING,),
    "conclude": (Stage.HELD,),
    "cancel": (Stage.PLANNED, Stage.CONVENED),
}


def may_now(act: str, stage: Stage) -> bool:
    """Whether an act has its time at that stage."""
    return stage in NEXT[act]


def faults_of_close(*, shape: str, reports: int, no_report_reason: str, unmarked: int) -> list[str]:
    """What is still missing before a meeting ends, in Vietnamese. A stop has a report, or a reason for none."""
    faults = []
    if shape == "stop" and not reports and not no_report_reason.strip():
        faults.append("Buổi làm việc chưa có báo cáo của địa phương; tải lên báo cáo hoặc ghi lý do không có.")
    if unmarked:
        faults.append(f"Còn {unmarked} đại biểu chưa điểm danh.")
    return faults


def faults_of_conclusion(kind: str, receivers: Sequence[object], proposal: str) -> list[str]:
    """What a conclusion lacks, in Vietnamese. What is asked of nobody is only a remark."""
    if kind == "directive" and not receivers:
        return ["Kết luận giao việc phải có nơi nhận; nếu không giao cho ai, ghi là ghi nhận, đánh giá."]
    if kind == "answer" and not proposal.strip():
        return ["Ghi kiến nghị được trả lời."]
    return []


class Half(StrEnum):
    """The part of a day that a line of the weekly calendar stands in."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


YEARS = range(1990, 2101)  # of which calendars and programmes are kept
NOON, DUSK = time(12), time(18)
DAY, SUNDAY = timedelta(days=1), timedelta(days=6)  # to the next day; from a week's first day to its last
HOURS = {
    Half.WHOLE: (time.min, time.max),
    Half.MORNING: (time.min, NOON),
    Half.AFTERNOON: (NOON, DUSK),
    Half.EVENING: (DUSK, time.max),
}
ORDER = {half: place for place, half in enumerate(Half)}


def half_of(hour: time) -> Half:
    """The part of the day of an hour: before 12, before 18, later."""
    if hour < NOON:
        return Half.MORNING
    return Half.AFTERNOON if hour < DUSK else Half.EVENING


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return date.fromordinal(day.toordinal() - day.weekday())


class WeekStage(StrEnum):
    """Where the calendar of a week stands."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    PUBLISHED = "published"


def week_stage_of(*, approved: bool, published: bool) -> WeekStage:
    """The stage from what has happened."""
    if published:
        return WeekStage.PUBLISHED
    return WeekStage.APPROVED if approved else WeekStage.DRAFTED


def slot_within(on: date, half: str, starts_at: time | None, ends_at: time | None, what: str) -> Slot:
    """When somebody may be there, where only the half of the day or the beginning is said: until the half ends."""
    first, last = HOURS[Half(half)]
    return Slot(on, starts_at or first, ends_at or last, what)


class Mark(StrEnum):
    """What became of a line after the calendar was published."""

    NONE = ""
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"  # the line stands where the meeting was before
    STRUCK = "struck"


def due_day(year: int, month: int | None, quarter: int | None) -> date:
    """The last day of a month or a quarter of a year; of the year where neither is named."""
    last = month or (quarter * 3 if quarter else 12)
    first = date(year + last // 12, last % 12 + 1, 1)
    return first.fromordinal(first.toordinal() - 1)


def finished_on(finishes: Sequence[date | None]) -> date | None:
    """When the last of several things was finished; None while one is not, or there is none."""
    done = [day for day in finishes if day is not None]
    return max(done) if done and len(done) == len(finishes) else None
