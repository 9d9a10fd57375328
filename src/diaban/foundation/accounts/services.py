"""What an account sets for itself. Preferences and the reading of notices are no acts: nobody else is concerned."""

from datetime import datetime

from django.db import transaction

from diaban.foundation.accounts.models import Account, Notice


@transaction.atomic
def keep_preferences(*, account_id: int, language: str | None = None, theme: str | None = None) -> None:
    """Keep what is given; None leaves a preference as it is. `theme` is light, dark or empty."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if language is not None:
        account.language = language
    if theme is not None:
        account.preferences = {**account.preferences, "theme": theme}
    account.save(update_fields=["language", "preferences"])


def mark_read(*, account_id: int, at: datetime, notice_id: int | None = None) -> int:
    """Mark one notice of the account as read, or all; the number of those that were not yet."""
    unread = Notice.objects.filter(account_id=account_id, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=at)
