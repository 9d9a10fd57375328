"""Pure decisions about notices that also go outside the system."""

from datetime import datetime, time, timedelta
from enum import StrEnum

DIGEST_FROM = time(7, 30)  # local: before the office opens
TRIED_FOR = timedelta(days=3)  # an older notice is no news


class Mailing(StrEnum):
    """How often an account wants its notices by mail."""

    SOON = "soon"
    DAILY = "daily"
    NEVER = "never"


def mailing_of(preferences: dict[str, object]) -> Mailing:
    """What the account chose; once a day where it chose nothing."""
    chosen = preferences.get("mailing")
    return Mailing(chosen) if isinstance(chosen, str) and chosen in set(Mailing) else Mailing.DAILY


def is_time(choice: Mailing, *, last_sent: datetime | None, now: datetime) -> bool:
    """Whether what waits for an account goes out now; both moments are local. A digest goes once a day from 7:30 on."""
    if choice is Mailing.NEVER:
        return False
    if choice is Mailing.SOON:
        return True
    return now.time() >= DIGEST_FROM and (last_sent is None or last_sent.date() < now.date())
