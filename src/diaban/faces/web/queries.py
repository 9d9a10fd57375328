"""What pages that span rooms read."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce

from diaban.foundation.accounts.models import Notice
from diaban.foundation.ui.models import Instance


@dataclass(frozen=True)
class Frame:
    """What stands around every page of one reader."""

    name: str = ""
    notice: str = ""
    notice_en: str = ""
    unread: int = 0


def frame(account_id: int | None) -> Frame:
    """The instance's name and notice, and how many notices the account has not read. One query."""
    unread = Notice.objects.filter(account_id=account_id or 0, read_at=None)
    counted = unread.order_by().values("account").annotate(total=Count("pk")).values("total")
    row = (
        Instance.objects.annotate(unread=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        .values_list("name", "notice", "notice_en", "unread")
        .first()
    )
    return Frame(*row) if row else Frame()
