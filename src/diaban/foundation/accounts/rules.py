"""Pure decisions about notices that also go outside the system."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

DIGEST_FROM = time(7, 30)  # local: before the office opens
TRIED_FOR = timedelta(days=3)  # an older notice is no news
LEASE = timedelta(minutes=15)  # a worker that took notices and says nothing for so long has died
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=1)


class Pace(StrEnum):
    """How often an account wants its notices by a channel."""

    SOON = "soon"
    DAILY = "daily"
    NEVER = "never"


UNASKED = {"mail": Pace.DAILY}  # what a channel does for whoever chose nothing; the others stay silent


def pace_of(preferences: Mapping[str, object], channel: str) -> Pace:
    """What the account chose for a channel."""
    chosen = preferences.get("channels")
    pace = chosen.get(channel) if isinstance(chosen, dict) else None
    return Pace(pace) if isinstance(pace, str) and pace in set(Pace) else UNASKED.get(channel, Pace.NEVER)


def is_time(choice: Pace, *, last_sent: datetime | None, now: datetime) -> bool:
    """Whether what waits for an account goes out now; both moments are local. A digest goes once a day from 7:30 on."""
    if choice is Pace.NEVER:
        return False
    if choice is Pace.SOON:
        return True
    return now.time() >= DIGEST_FROM and (last_sent is None or last_sent.date() < now.date())


def wait_after(tries: int) -> timedelta:
    """How long to wait after the try of that number failed because nobody could be reached."""
    return min(FIRST_WAIT * tries, LONGEST_WAIT)
