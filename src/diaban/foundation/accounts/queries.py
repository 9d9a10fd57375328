"""An account's notices, and how they go outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.functional import Promise

from diaban.foundation.accounts.channels import CONTACTS, Channel, Contact, Recipient, channels
from diaban.foundation.accounts.models import Account, Delivery, Notice


@dataclass(frozen=True)
class Way:
    """A channel as one account sees it; `fault` is why the last message to it did not arrive."""

    name: str
    label: Promise | str
    address: str
    is_connected: bool
    fault: str


def notices_of(account_id: int | None, *, unread: bool | None = None) -> QuerySet[Notice]:
    """What the account was told, newest first; only what it has not yet read, or has, where that is said."""
    rows = Notice.objects.filter(account=account_id).order_by("-id")
    return rows if unread is None else rows.filter(read_at__isnull=unread)


def plugged() -> list[tuple[str, Channel]]:
    """Each channel with its name."""
    found = ((name, channels.find(name)) for name in channels.names)
    return [(name, way) for name, way in found if way is not None]


def ways_of(account: Account) -> list[Way]:
    """Every channel, as the account sees it. A query for each, one for the contact."""
    to = Recipient(account, CONTACTS()([account.pk]).get(account.pk, Contact()))
    return [Way(name, way.label, way.address(to), way.is_connected, _fault(account, name)) for name, way in plugged()]


def _fault(account: Account, channel: str) -> str:
    last = (
        Delivery.objects.filter(notice__account=account, channel=channel, tries__gt=0)
        .order_by("-tried_at", "-pk")
        .first()
    )
    return last.reason if last is not None and last.failed_at is not None else ""


@dataclass(frozen=True)
class Standing:
    """How a channel does: what went lately, what waits, since when, and why."""

    name: str
    label: Promise | str
    is_connected: bool
    last_sent_at: datetime | None
    waiting: int
    failed: int
    since: datetime | None
    reason: str


def unsent(account_ids: QuerySet[Any, Any]) -> QuerySet[Delivery]:
    """What was tried in vain or given up for some accounts (a subquery of their ids), and was not read meanwhile."""
    rows = Delivery.objects.filter(sent_at=None, notice__read_at=None, notice__account__in=account_ids)
    return rows.filter(Q(failed_at__isnull=False) | Q(tries__gt=0) | ~Q(reason=""))


def standings(account_ids: QuerySet[Any, Any]) -> list[Standing]:
    """Every channel for some accounts. Two queries for each."""
    return [
        _standing(name, way, Delivery.objects.filter(channel=name, notice__account__in=account_ids))
        for name, way in plugged()
    ]


def _standing(name: str, way: Channel, rows: QuerySet[Delivery]) -> Standing:
    open_rows = Q(sent_at=None, failed_at=None, notice__read_at=None)
    counted = rows.aggregate(
        last=Max("sent_at"),
        waiting=Count("pk", filter=open_rows),
        since=Min("since", filter=open_rows),
        failed=Count("pk", filter=Q(failed_at__isnull=False, notice__read_at=None)),
    )
    newest = rows.filter(open_rows).exclude(reason="").order_by("-tried_at").values_list("reason", flat=True).first()
    return Standing(
        name,
        way.label,
        way.is_connected,
        counted["last"],
        counted["waiting"],
        counted["failed"],
        counted["since"],
        newest or "",
    )
