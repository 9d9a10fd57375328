"""The one clock. Services are passed their time; pages, jobs and commands ask it here.

A demo world stands on a day of its own: there the clock runs as fast as any other, but from that day. Only the journal's
`recorded_at`, which is the database's, never follows.
"""

import os
from datetime import date, datetime, timedelta

from django.utils import timezone

VARIABLE = "DIABAN_TODAY"
_offset = timedelta()


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now() + _offset


def today() -> date:
    """This day in Việt Nam."""
    return timezone.localdate(now())


def start_on(day: date | None) -> None:
    """Let the clock stand on `day` from now on, here and in processes started from here; None: on the real day."""
    global _offset  # one process has one clock
    _offset = timedelta(days=(day - timezone.localdate()).days) if day else timedelta()
    if day:
        os.environ[VARIABLE] = day.isoformat()
    else:
        os.environ.pop(VARIABLE, None)


def start_from_environment() -> None:
    """Take the day that the process was started with."""
    if os.environ.get(VARIABLE):
        start_on(date.fromisoformat(os.environ[VARIABLE]))
