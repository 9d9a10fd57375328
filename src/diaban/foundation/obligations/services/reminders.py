"""Reminders: in the system, inside each organisation, once for each rule and deadline."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import Actor
from diaban.foundation.obligations.models import Assignment, Obligation, Reminder
from diaban.foundation.organisations.models import Holding
from diaban.foundation.organisations.queries import bodies_of

RULES = {"before_5": timedelta(days=-5), "before_1": timedelta(days=-1), "after_1": timedelta(days=1)}
REASONS = {
    "before_5": "Còn 5 ngày đến hạn, việc của cơ quan đồng chí",
    "before_1": "Còn 1 ngày đến hạn, việc của cơ quan đồng chí",
    "after_1": "Đã quá hạn 1 ngày, việc của cơ quan đồng chí",
}
NOTICE_ROLES = ("head", "deputy", "section_head", "officer", "enterprise")


@transaction.atomic
def send_reminders(*, on: date, actor: Actor, at: datetime) -> int:
    """Remind of everything a rule names for this day; returns how many obligations were reminded of."""
    actor.require("obligations.remind")
    sent = 0
    for rule, offset in RULES.items():
        due = (
            Obligation.objects.open()
            .filter(due_on=on - offset)
            .exclude(Exists(Reminder.objects.filter(obligation=OuterRef("pk"), rule=rule, due_on=on - offset)))
        )
        sent += _remind(list(due), rule, on, at)
    return sent


def _remind(obligations: list[Obligation], rule: str, on: date, at: datetime) -> int:
    bodies = bodies_of({obligation.owner_id for obligation in obligations}, on)
    holders = Holding.objects.filter(
        position__organisation_id__in=set(bodies) | set(bodies.values()),
        position__role__in=NOTICE_ROLES,
        valid__contains=on,
        person__account__isnull=False,
    ).values_list("position__organisation_id", "person__account_id")
    accounts: dict[int, set[int]] = {}
    for organisation_id, account_id in holders:
        accounts.setdefault(organisation_id, set()).add(account_id)
    assigned = _assigned(obligations, on)
    notices = [
        Notice(
            account_id=account_id,
            subject_kind="obligations.obligation",
            subject_id=obligation.pk,
            text=obligation.title[:400],
            reason=REASONS[rule],
            created_at=at,
        )
        for obligation in obligations
        for account_id in accounts.get(obligation.owner_id, set())
        | accounts.get(bodies.get(obligation.owner_id, 0), set())
        | assigned.get(obligation.pk, set())
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    Reminder.objects.bulk_create(
        [Reminder(obligation=row, rule=rule, due_on=row.due_on, at=at) for row in obligations if row.due_on],
        ignore_conflicts=True,
        batch_size=1000,
    )
    return len(obligations)


def _assigned(obligations: list[Obligation], on: date) -> dict[int, set[int]]:
    """By obligation, the accounts of whoever it was passed on to and has not reported it done."""
    rows = Assignment.objects.filter(
        obligation__in=obligations,
        withdrawn_at=None,
        done_at=None,
        to_position__holdings__valid__contains=on,
        to_position__holdings__person__account__isnull=False,
    ).values_list("obligation_id", "to_position__holdings__person__account_id")
    accounts: dict[int, set[int]] = {}
    for obligation_id, account_id in rows:
        if account_id is not None:
            accounts.setdefault(obligation_id, set()).add(account_id)
    return accounts
