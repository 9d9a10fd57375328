"""What this room plugs into others' sockets."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.sockets import Asked
from diaban.foundation.links.sockets import Standing
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import Level, Unit
from diaban.lib.periods import Kind
from diaban.work.reporting.models import Report, Row, Schedule
from diaban.work.reporting.permissions import visible_schedules
from diaban.work.reporting.queries.reports import TO_RECEIVE, line_of, with_states

ONCE = gettext_lazy("một lần")
HOW_OFTEN: dict[Kind, Promise] = {
    Kind.MONTH: gettext_lazy("hằng tháng"),
    Kind.QUARTER: gettext_lazy("hằng quý"),
    Kind.HALF: gettext_lazy("6 tháng một lần"),
    Kind.NINE_MONTHS: gettext_lazy("9 tháng"),
    Kind.YEAR: gettext_lazy("hằng năm"),
    Kind.RANGE: ONCE,
}


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


def report_courses(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Which reports wait for whoever checks or signs. One query."""
    waiting = Report.objects.filter(
        schedule__duty__in={one.duty_id for one in obligations if one.duty_id},
        unit__in={one.unit_id for one in obligations},
        status__in=[Report.Status.TO_CHECK, Report.Status.TO_SIGN],
    ).values_list("schedule__duty", "unit", "period", "status")
    found = {(duty, unit, period): status for duty, unit, period, status in waiting}
    keys = {one.pk: (one.duty_id, one.unit_id, one.period) for one in obligations}
    return {pk: found[key] for pk, key in keys.items() if key in found}


def reception_url(period: str) -> str:
    """The reports of a period that wait to be received."""
    return f"{reverse('reporting:reports')}?{urlencode({'ky': period, 'trang_thai': TO_RECEIVE})}"


def about_report_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a returned report is completed, one that came in received. One query."""
    uids = dict(
        Report.objects.filter(pk__in={one.subject_id for one in obligations if one.subject_id}).values_list("pk", "uid")
    )
    return {
        one.pk: reverse("reporting:report", args=[uids[one.subject_id]])
        for one in obligations
        if one.subject_id in uids
    }


def asked_in(actor: Actor, code: str) -> list[Asked]:
    """The schedules in force today whose form asks for an indicator: of whom, how often, whose figure it is. Two queries.

    Several lines of one form (the total, and its parts by several dimensions) are told once.
    """
    rows = Row.objects.filter(indicator__code=code, version__valid__contains=actor.today).select_related(
        "section", "version"
    )
    first: dict[int, Row] = {}
    for row in rows.order_by("position"):
        first.setdefault(row.version.form_id, row)
    schedules = visible_schedules(actor).filter(is_on=True, valid__contains=actor.today, form__in=first)
    return [
        Asked(
            title=f"{one.form.called}, {first[one.form_id].section.title}",
            note=_asked_note(one, first[one.form_id]),
            url=reverse("reporting:schedule", args=[one.uid]),
        )
        for one in schedules.select_related("form").order_by("form__code", "pk")
    ]


def _asked_note(schedule: Schedule, row: Row) -> str:
    """ "Cấp huyện, mỗi quý, chỉ quý IV; địa phương"."""
    often = HOW_OFTEN[Kind(schedule.form.period_kind)] if schedule.kind == Schedule.Kind.PERIODIC else ONCE
    parts = [str(Level(schedule.form.level).label), str(often)]
    if row.frequency != Row.Frequency.EVERY:
        parts.append(str(row.get_frequency_display()).lower())
    return f"{', '.join(parts)}; {_('số liệu của')} {row.get_provider_display().lower()}"


def standing_of_reports(actor: Actor, things: Sequence[Report], on: date) -> Mapping[int, Standing]:
    """The state of each report and how it stands to its deadline. One query."""
    lines = [line_of(one, on) for one in with_states(Report.objects.filter(pk__in=[one.pk for one in things]))]
    return {line.report.pk: Standing(tuple(word for word in (line.state, line.punctual) if word)) for line in lines}
