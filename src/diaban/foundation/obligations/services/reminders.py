"""Reminders: in the system, inside each organisation, once for each rule and deadline."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from diaban.foundation.acts.actor import Actor
from diaban.foundation.obligations.models import Obligation, Reminder, ReminderRun
from diaban.foundation.obligations.services.telling import notify_owners

RULES = {"before_5": timedelta(days=-5), "before_1": timedelta(days=-1), "after_1": timedelta(days=1)}


@transaction.atomic
def send_reminders(*, on: date, actor: Actor, at: datetime) -> int:
    """Remind of everything a rule names for this day, or for a day since reminders were last sent; returns how many
    obligations were reminded of. Where several rules name one obligation it is told once, with the days as they are now.
    """
    actor.require("obligations.remind")
    since = ReminderRun.objects.filter(on__lte=on).aggregate(last=Max("on"))["last"] or on
    sent: set[int] = set()
    for rule, offset in reversed(RULES.items()):
        due = (
            Obligation.objects.open()
            .filter(due_on__gte=since - offset, due_on__lte=on - offset)
            .exclude(Exists(Reminder.objects.filter(obligation=OuterRef("pk"), rule=rule, due_on=OuterRef("due_on"))))
        )
        found = list(due)
        _tell([one for one in found if one.pk not in sent], on, at)
        _keep(found, rule, at)
        sent |= {one.pk for one in found}
    ReminderRun.objects.get_or_create(on=on, defaults={"at": at})
    return len(sent)


def _tell(obligations: Sequence[Obligation], on: date, at: datetime) -> None:
    alike: dict[tuple[date, bool], list[Obligation]] = {}
    for obligation in obligations:
        alike.setdefault((obligation.due_on or on, obligation.is_asked), []).append(obligation)
    for (due_on, is_asked), ones in alike.items():
        days = (due_on - on).days
        notify_owners(obligations=ones, reason=_asked(days) if is_asked else _reason(days), on=on, at=at)


def _asked(days: int) -> str:
    """Of what no order stands behind: it is never overdue."""
    if days > 0:
        return f"Còn {days} ngày đến ngày được đề nghị trả lời"
    if days == 0:
        return "Hôm nay là ngày được đề nghị trả lời"
    return f"Đã qua ngày được đề nghị trả lời {-days} ngày"


def _reason(days: int) -> str:
    if days > 0:
        return f"Còn {days} ngày đến hạn, việc của cơ quan đồng chí"
    if days == 0:
        return "Hôm nay là hạn cuối, việc của cơ quan đồng chí"
    return f"Đã quá hạn {-days} ngày, việc của cơ quan đồng chí"


def _keep(obligations: Sequence[Obligation], rule: str, at: datetime) -> None:
    Reminder.objects.bulk_create(
        [Reminder(obligation=row, rule=rule, due_on=row.due_on, at=at) for row in obligations if row.due_on],
        ignore_conflicts=True,
        batch_size=1000,
    )
