"""Pure decisions about obligations: status, deadlines, what a request may ask."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from diaban.lib.workdays import WorkCalendar

SOON_DAYS = 3


class Status(StrEnum):
    """How an obligation stands on a day. Computed from its row, stored nowhere; the words are in `ui.status`."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    NO_REPLY = "no_reply"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    WAIVED = "waived"
    CLOSED = "closed"
    NO_DEADLINE = "no_deadline"


class ClosedReason(StrEnum):
    """Why an obligation ended without being fulfilled."""

    WAIVED = "waived"
    WITHDRAWN = "withdrawn"
    REFORMED = "reformed"


@dataclass(frozen=True)
class Standing:
    """The dates of an obligation that its status follows from; `done_on` is the local day of fulfilment.

    Nobody is overdue with what he was only asked for (`is_asked`): it waits for a reply.
    """

    due_on: date | None
    original_due_on: date | None
    done_on: date | None
    closed_reason: str = ""
    is_asked: bool = False


def status(standing: Standing, on: date) -> Status:
    """The status on a day. A deadline day is in time until 24:00; closing without doing is never "done"."""
    if standing.closed_reason:
        return Status.WAIVED if standing.closed_reason == ClosedReason.WAIVED else Status.CLOSED
    if standing.due_on is None:
        return Status.DONE_ON_TIME if standing.done_on else Status.NO_DEADLINE
    if standing.done_on is not None:
        return Status.DONE_ON_TIME if standing.done_on <= standing.due_on else Status.DONE_LATE
    if on > standing.due_on:
        return Status.NO_REPLY if standing.is_asked else Status.OVERDUE
    if on == standing.due_on:
        return Status.DUE_TODAY
    return Status.DUE_SOON if standing.due_on - on <= timedelta(days=SOON_DAYS) else Status.NOT_DUE


def days_late(standing: Standing, on: date, *, by_original: bool = False) -> int:
    """Calendar days past the deadline (or past the deadline first set), 0 where in time or without deadline."""
    due = standing.original_due_on if by_original else standing.due_on
    if due is None or standing.closed_reason:
        return 0
    return max(0, ((standing.done_on or on) - due).days)


@dataclass(frozen=True)
class DueRule:
    """When a duty falls due: `cut_off_days` after the period's last day data are closed, and the paper follows
    `working_days` after that (Decree 09/2019, Article 8.5: at least one working day between the two).

    A negative number of cut-off days closes the data before the period ends. A one-off names its day: `fixed_on`.
    """

    cut_off_days: int = 0
    working_days: int = 1
    fixed_on: date | None = None

    def cut_off(self, period_last_day: date) -> date:
        return period_last_day + timedelta(days=self.cut_off_days)

    def due_on(self, period_last_day: date, calendar: WorkCalendar) -> date:
        if self.fixed_on is not None:
            return self.fixed_on
        return calendar.add_working_days(self.cut_off(period_last_day), self.working_days)


def may_ask_until(due_on: date, on: date) -> bool:
    """An extension is asked for before the deadline has passed."""
    return on <= due_on


def is_over(fulfilled_at: datetime | None, closed_at: datetime | None) -> bool:
    return fulfilled_at is not None or closed_at is not None
