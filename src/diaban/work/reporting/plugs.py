"""What this room plugs into others' sockets."""

from collections.abc import Sequence

from django.urls import reverse

from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import Unit
from diaban.work.reporting.models import Report, Schedule


def report_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where the report of a period is begun or taken up again. Two queries."""
    schedules = dict(
        Schedule.objects.filter(duty_id__in={one.duty_id for one in obligations if one.duty_id}).values_list(
            "duty_id", "uid"
        )
    )
    units = dict(Unit.objects.filter(pk__in={one.unit_id for one in obligations}).values_list("pk", "uid"))
    return {
        one.pk: reverse("reporting:start", args=[schedules[one.duty_id], units[one.unit_id], one.period])
        for one in obligations
        if one.duty_id in schedules
    }


def supplement_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a returned report is completed. One query."""
    uids = dict(
        Report.objects.filter(pk__in={one.subject_id for one in obligations if one.subject_id}).values_list("pk", "uid")
    )
    return {
        one.pk: reverse("reporting:report", args=[uids[one.subject_id]])
        for one in obligations
        if one.subject_id in uids
    }
