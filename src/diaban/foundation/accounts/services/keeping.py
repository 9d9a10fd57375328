"""What an account sets for itself, and what it is told. Preferences and the reading of notices are no acts: nobody else is
concerned; a notice is part of the act it tells of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.acts.subjects import Subject


@transaction.atomic
def keep_preferences(
    *, account_id: int, language: str | None = None, theme: str | None = None, channels: Mapping[str, str] | None = None
) -> None:
    """Keep what is given; None leaves a preference as it is. `theme` is light, dark or empty; `channels` says for some of
    them how often (`rules.Pace`)."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if language is not None:
        account.language = language
    kept = account.preferences.get("channels", {})
    given = {"theme": theme, "channels": {**kept, **channels} if channels is not None else None}
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
