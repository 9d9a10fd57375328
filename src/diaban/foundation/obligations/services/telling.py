"""Who is told of work: the people of the office that owes it, whoever it was passed on to, and the office that is owed."""

from collections.abc import Sequence
from datetime import date, datetime

from diaban.foundation.accounts.models import Notice
from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.catalogue import STAFF, Role
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.obligations.models import Assignment, Obligation
from diaban.foundation.organisations.queries import accounts_of

DOERS = STAFF | {Role.ENTERPRISE}
DECIDERS = frozenset({Role.HEAD, Role.DEPUTY, Role.SECTION_HEAD})


def notify_owners(*, obligations: Sequence[Obligation], reason: str, on: date, at: datetime) -> None:
    """A notice about each obligation to the people of the office that owns it, and to whoever it was passed on to.
    Six queries at most, whatever their number."""
    offices = accounts_of({one.owner_id for one in obligations}, on, DOERS)
    assigned = _assigned(obligations, on)
    notices = [
        Notice(
            account_id=account_id,
            subject_kind="obligations.obligation",
            subject_id=one.pk,
            text=one.title[:400],
            reason=reason,
            created_at=at,
        )
        for one in obligations
        for account_id in sorted(offices[one.owner_id] | assigned.get(one.pk, set()))
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)


def notify_counterpart(*, obligation: Obligation, reason: str, on: date, at: datetime) -> None:
    """A notice to the leaders of the office that is owed: something waits for them."""
    leaders = accounts_of({obligation.counterpart_id}, on, DECIDERS)[obligation.counterpart_id]
    tell(account_ids=leaders, subject=subject_of(obligation), text=obligation.title, reason=reason, at=at)


def notify_assignee(*, assignment: Assignment, reason: str, on: date, at: datetime) -> None:
    """A notice to whoever holds the position that the work was passed on to."""
    obligation = assignment.obligation
    holders = assignment.to_position.holdings.filter(valid__contains=on, person__account__isnull=False)
    accounts = [one for one in holders.values_list("person__account_id", flat=True) if one is not None]
    tell(account_ids=accounts, subject=subject_of(obligation), text=obligation.title, reason=reason, at=at)


def _assigned(obligations: Sequence[Obligation], on: date) -> dict[int, set[int]]:
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
