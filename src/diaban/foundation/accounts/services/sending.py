"""Notices going out by the channels that are plugged. Part of no act: the notice is told already, this only carries it.

Three steps, each a transaction of its own, so that a worker may be killed between any two: what is to go is written down;
a message is taken in hand under a key; what became of it is recorded. Who dies with a message in hand may have sent it or not:
after `rules.LEASE` it is tried again under the same key, by which mail programs, the file channel and the webhook's receiver know it.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from diaban.foundation.accounts.channels import (
    CONTACTS,
    Channel,
    ChannelDown,
    Contact,
    Message,
    NotReached,
    Recipient,
    channels,
)
from diaban.foundation.accounts.models import Account, Delivery, Notice
from diaban.foundation.accounts.rules import LEASE, TRIED_FOR, Pace, is_time, pace_of, wait_after

log = logging.getLogger(__name__)
LONGEST_REASON = 200
TOO_LATE = "Quá ba ngày không gửi được"


@dataclass(frozen=True)
class Sent:
    """Messages that went out and that were refused; which channels were down, so that what is theirs waits."""

    told: int = 0
    refused: int = 0
    down: tuple[str, ...] = ()


def send_notices(*, at: datetime) -> Sent:
    """Send what waits to whoever wants it now, by every channel that he wants and that reaches him. What was read meanwhile
    is not sent. While a channel is down everything of it waits, three days at most; then it has failed, and says why."""
    _give_up(at)
    told = refused = 0
    down = []
    for name in channels.names:
        way = channels.find(name)
        if way is None:
            continue
        _write_down(name, way, at)
        try:
            took, not_taken = _send_all(name, way, at)
        except ChannelDown as error:
            log.warning("%s is down, notices wait: %s", name, error)
            down.append(name)
        else:
            told, refused = told + took, refused + not_taken
    return Sent(told, refused, tuple(down))


def send_again(*, delivery_ids: Iterable[int], at: datetime) -> int:
    """Try anew, as new messages, what failed or waits; the number of them. What was sent or read meanwhile is left alone."""
    rows = Delivery.objects.filter(pk__in=list(delivery_ids), sent_at=None, notice__read_at=None)
    return rows.update(key=None, since=at, tries=0, next_try_at=at, failed_at=None)


def address_changed(*, account_id: int, channel: str, at: datetime) -> None:
    """What an old address refused says nothing of the new one: newer notices are tried anew, older ones forgotten."""
    failed = Delivery.objects.filter(notice__account=account_id, channel=channel, failed_at__isnull=False)
    send_again(delivery_ids=failed.filter(since__gt=at - TRIED_FOR).values_list("pk", flat=True), at=at)
    failed.delete()


def _give_up(at: datetime) -> None:
    waiting = Delivery.objects.filter(sent_at=None, failed_at=None, since__lte=at - TRIED_FOR, notice__read_at=None)
    waiting.filter(reason="").update(failed_at=at, reason=TOO_LATE)
    waiting.update(failed_at=at)


def _write_down(name: str, way: Channel, at: datetime) -> None:
    """A waiting row for each notice that is to go by the channel now; two workers write it once. Six queries."""
    noted = Delivery.objects.filter(notice=OuterRef("pk"), channel=name)
    young = Notice.objects.filter(read_at=None, created_at__gt=at - TRIED_FOR, account__is_active=True)
    fresh = young.exclude(Exists(noted))
    accounts = list(Account.objects.filter(pk__in=fresh.values("account_id")))
    wanting = [one for one in accounts if pace_of(one.preferences, name) is not Pace.NEVER]
    contacts = _contacts(wanting)
    last = _last_sent(name, wanting)
    due = [
        one.pk
        for one in wanting
        if way.address(Recipient(one, contacts.get(one.pk, Contact())))
        and is_time(pace_of(one.preferences, name), last_sent=last.get(one.pk), now=timezone.localtime(at))
    ]
    rows = [
        Delivery(notice_id=pk, channel=name, since=at, next_try_at=at)
        for pk in fresh.filter(account__in=due).order_by("pk").values_list("pk", flat=True)
    ]
    Delivery.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def _contacts(accounts: Iterable[Account]) -> Mapping[int, Contact]:
    return CONTACTS()([one.pk for one in accounts])


def _last_sent(name: str, accounts: Iterable[Account]) -> dict[int, datetime]:
    """When each account was last sent something by the channel, in local time."""
    sent = Delivery.objects.filter(channel=name, sent_at__isnull=False, notice__account__in=accounts)
    rows = sent.order_by().values_list("notice__account_id").annotate(last=Max("sent_at"))
    return {pk: timezone.localtime(last) for pk, last in rows}


def _due(name: str, at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        channel=name,
        sent_at=None,
        failed_at=None,
        next_try_at__lte=at,
        notice__read_at=None,
        notice__account__is_active=True,
    )


def _send_all(name: str, way: Channel, at: datetime) -> tuple[int, int]:
    """Whoever waited longest first. Raises `ChannelDown` at the first that finds it so: the others are not tried in vain."""
    told = refused = 0
    waiting = _due(name, at).order_by().values_list("notice__account_id").annotate(first=Min("pk")).order_by("first")
    for account_id, _first in waiting:
        while (taken := _take(name, account_id, at)) is not None:
            if _carry(way, taken, at):
                told += 1
            else:
                refused += 1
    return told, refused


@dataclass(frozen=True)
class Taken:
    """A message in hand; `tries` counts this one."""

    key: UUID
    message: Message
    tries: int


@transaction.atomic
def _take(name: str, account_id: int, at: datetime) -> Taken | None:
    """The account's next message: one that was tried before as it was, else all that wait, under a new key. None where
    nothing is left, or another worker has it."""
    rows = list(
        _due(name, at)
        .filter(notice__account=account_id)
        .select_related("notice__account")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    key = next((one.key for one in rows if one.key is not None), None)
    rows = [one for one in rows if one.key == key]
    if not rows:
        return None
    key, tries = key or uuid4(), max(one.tries for one in rows) + 1
    Delivery.objects.filter(pk__in=[one.pk for one in rows]).update(
        key=key, tries=tries, tried_at=at, next_try_at=at + LEASE
    )
    account = rows[0].notice.account
    to = Recipient(account, _contacts([account]).get(account.pk, Contact()))
    address = settings.ADDRESS + reverse("accounts:notices")
    return Taken(key, Message(str(key), to, [one.notice for one in rows], address), tries)


def _carry(way: Channel, taken: Taken, at: datetime) -> bool:
    """Whether the message was taken. Raises `ChannelDown`, after the next try is set."""
    rows = Delivery.objects.filter(key=taken.key)
    try:
        way.send(taken.message)
    except NotReached as error:
        rows.update(failed_at=at, reason=_said(error))
        return False
    except ChannelDown as error:
        rows.update(next_try_at=at + wait_after(taken.tries), reason=_said(error))
        raise
    rows.filter(Q(failed_at=None)).update(sent_at=at, reason="")
    return True


def _said(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__)[:LONGEST_REASON]
