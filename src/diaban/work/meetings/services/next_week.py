"""That the calendar of the coming week is owed: who publishes week by week is reminded of the next by its obligation."""

import uuid
from datetime import date, datetime, timedelta

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.mandates.permissions import offices_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, fulfil, open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Week
from diaban.work.meetings.permissions import NEXT_WEEK
from diaban.work.meetings.rules import DAY, SUNDAY, monday_of

WEEK = timedelta(days=7)


def due_before(starts_on: date) -> date:
    """The last working day before a Monday: the Friday, where it is none."""
    return work_calendar().previous_working(starts_on - DAY)


def go_on_to_next(week: Week, *, actor: Actor, at: datetime, act: uuid.UUID) -> None:
    """The publication of a week fulfils what was owed for it; where the week before was published too, so that the office
    keeps a calendar, the next is owed by the office that published, until the Friday before. Older ones are owed no more."""
    for owed in Obligation.objects.open().filter(kind=NEXT_WEEK, owner_id__in=offices_of(actor)):
        asked = _week_asked(owed)
        if asked == week.starts_on:
            fulfil(obligation=owed, actor=actor, at=at, act=act)
        elif asked is None or asked < week.starts_on:
            close(obligation=owed, reason=ClosedReason.WITHDRAWN, note="Tuần đã qua", actor=actor, at=at, act=act)
    following = week.starts_on + WEEK
    own = Week.objects.filter(organisation_id=week.organisation_id, published_at__isnull=False)
    is_kept = own.filter(starts_on=week.starts_on - WEEK).exists()
    if not is_kept or following <= monday_of(actor.today) or own.filter(starts_on=following).exists():
        return
    open_obligation(
        kind=NEXT_WEEK,
        title=f"Lập, duyệt, công bố lịch công tác tuần {format_date(following)} - {format_date(following + SUNDAY)}",
        unit_id=week.unit_id,
        field_code="",
        owner_id=actor.organisation_id or week.organisation_id,
        counterpart_id=week.organisation_id,
        on=actor.today,
        due_on=due_before(following),
        subject=subject_of(week),
        actor=actor,
        at=at,
        act=act,
    )


def _week_asked(owed: Obligation) -> date | None:
    """The Monday of the week that is owed: the one after its subject."""
    before = Week.objects.filter(pk=owed.subject_id or 0).values_list("starts_on", flat=True).first()
    return None if before is None else before + WEEK
