"""What an account sets for itself, and what it is told. Preferences and the reading of notices are no acts: nobody else is
concerned; a notice is part of the act it tells of."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from diaban.foundation.accounts.channels import Channel, ChannelDown, Message, NotReached, channels
from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.accounts.rules import TRIED_FOR, is_time, mailing_of
from diaban.foundation.acts.subjects import Subject

log = logging.getLogger(__name__)


@transaction.atomic
def keep_preferences(
    *, account_id: int, language: str | None = None, theme: str | None = None, mailing: str | None = None
) -> None:
    """Keep what is given; None leaves a preference as it is. `theme` is light, dark or empty; `mailing` as in `rules`."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if language is not None:
        account.language = language
    given = {"theme": theme, "mailing": mailing}
    account.preferences = {**account.preferences, **{name: one for name, one in given.items() if one is not None}}
    account.save(update_fields=["language", "preferences"])


def tell(*, account_ids: Iterable[int], subject: Subject, text: str, reason: str, at: datetime) -> None:
    """One notice to each account: what happened, about what, and why this person is told. One query."""
    Notice.objects.bulk_create(
        [
            Notice(
                account_id=account_id,
                subject_kind=subject.kind,
                subject_id=subject.id,
                text=text[:400],
                reason=reason[:200],
                created_at=at,
            )
            for account_id in sorted(set(account_ids))
        ],
        batch_size=1000,
    )


@transaction.atomic
def keep_choice(*, account_id: int, place: str, value: object) -> None:
    """Keep what was last chosen at a place of the program (`columns of a table`), any JSON value."""
    account = Account.objects.select_for_update().get(pk=account_id)
    account.preferences = {**account.preferences, "choices": {**choices_of(account), place: value}}
    account.save(update_fields=["preferences"])


def choices_of(account: Account) -> dict[str, Any]:
    """What the account chose, by place."""
    return dict(account.preferences.get("choices", {}))


def mark_read(*, account_id: int, at: datetime, notice_id: int | None = None) -> int:
    """Mark one notice of the account as read, or all; the number of those that were not yet."""
    unread = Notice.objects.filter(account_id=account_id, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=at)


@dataclass(frozen=True)
class Sent:
    """How many accounts were told outside the system, how many could not be; whether a channel was down, so that some wait."""

    told: int = 0
    refused: int = 0
    is_down: bool = False


def send_notices(*, at: datetime) -> Sent:
    """Send what waits to whoever wants it now, by every channel that reaches them. What was read meanwhile is not sent.

    An account's notices are marked as sent once one channel took them; while its channels are down they wait, three days
    at most. An address that is refused is told to its account.
    """
    waiting = Notice.objects.filter(sent_at=None, read_at=None, created_at__gt=at - TRIED_FOR, account__is_active=True)
    told = refused = 0
    down: set[str] = set()
    for account in Account.objects.filter(pk__in=waiting.values("account_id")).order_by("pk"):
        open_ways = {name: way for name, way in _ways(account).items() if name not in down}
        if open_ways and _is_time(account, at):
            took, fault = _tell_outside(account, open_ways, at, down)
            told, refused = told + took, refused + bool(fault)
    return Sent(told, refused, bool(down))


def _ways(account: Account) -> dict[str, Channel]:
    ways = {name: channels.find(name) for name in channels.names}
    return {name: way for name, way in ways.items() if way is not None and way.reaches(account)}


def _is_time(account: Account, at: datetime) -> bool:
    last = account.notices.aggregate(last=Max("sent_at"))["last"]
    return is_time(
        mailing_of(account.preferences),
        last_sent=timezone.localtime(last) if last else None,
        now=timezone.localtime(at),
    )


@transaction.atomic
def _tell_outside(account: Account, ways: dict[str, Channel], at: datetime, down: set[str]) -> tuple[bool, str]:
    """Whether one of the ways took the account's notices; why one refused it. Two workers never send the same notice."""
    rows = account.notices.filter(sent_at=None, read_at=None, created_at__gt=at - TRIED_FOR)
    notices = list(rows.select_for_update(skip_locked=True).order_by("pk"))
    took, fault = False, ""
    for name, way in ways.items() if notices else ():
        try:
            way.send(Message(account, notices, settings.ADDRESS + reverse("accounts:notices")))
            took = True
        except NotReached as error:
            fault = str(error)[:200]
        except ChannelDown as error:
            down.add(name)
            log.warning("%s is down, notices wait: %s", name, error)
    if took or fault:
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(sent_at=at)
    if account.mail_fault != fault and (took or fault):
        Account.objects.filter(pk=account.pk).update(mail_fault=fault)
    return took, fault
