"""How units kept one regime over a span of time: the counts that scoring and boards are made of, with each report behind them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.lib.periods import Period
from diaban.work.reporting.models import Report, ReportVersion, Schedule, SectionState
from diaban.work.reporting.quality.course import fullness_of
from diaban.work.reporting.quality.keeping import Kept
from diaban.work.reporting.queries.reports import said_of

NOT_OWED = (ClosedReason.REFORMED, ClosedReason.WITHDRAWN)


@dataclass(frozen=True)
class KeptOnce:
    """One unit and period of a regime."""

    obligation: Obligation
    kept: Kept


@dataclass(frozen=True)
class SentOnce:
    """A report that was sent, and whether any of it was ever returned to be completed."""

    report: Report
    was_returned: bool


def kept_within(schedule: Schedule, unit_ids: Collection[int], span: Period, on: date) -> dict[int, list[KeptOnce]]:
    """What each unit owed for the periods that ended in the span, as it stood on a day, oldest first. Two queries."""
    owed = (
        Obligation.objects.filter(
            duty=schedule.duty_id,
            unit__in=unit_ids,
            period_last_day__gte=span.start,
            period_last_day__lte=span.last_day,
        )
        .exclude(closed_reason__in=NOT_OWED)
        .order_by("period_last_day", "pk")
    )
    rows = list(owed)
    full = fullness_of([schedule], sorted({one.period for one in rows}), unit_ids)
    found: dict[int, list[KeptOnce]] = defaultdict(list)
    for one in rows:
        filled, asked = full.get((one.unit_id, one.period), (0, 0))
        found[one.unit_id].append(KeptOnce(one, Kept(said_of(one.status_on(on)), filled, asked)))
    return found


def sent_within(schedule: Schedule, unit_ids: Collection[int], span: Period) -> dict[int, list[SentOnce]]:
    """The units' sent reports of the periods that ended in the span, oldest first. One query."""
    returned = SectionState.objects.filter(version__report=OuterRef("pk"), status=SectionState.Status.RETURNED)
    sent = ReportVersion.objects.filter(report=OuterRef("pk"), data_sent_at__isnull=False)
    rows = (
        Report.objects.filter(
            Exists(sent),
            schedule=schedule,
            unit__in=unit_ids,
            period_last_day__gte=span.start,
            period_last_day__lte=span.last_day,
        )
        .annotate(was_returned=Exists(returned))
        .order_by("period_last_day", "pk")
    )
    found: dict[int, list[SentOnce]] = defaultdict(list)
    for one in rows:
        found[one.unit_id].append(SentOnce(one, bool(vars(one)["was_returned"])))
    return found
