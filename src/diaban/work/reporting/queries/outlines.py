"""What the outline of a report says besides the form: for which period, by when, to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.mandates.routing import Lead, responsible_for
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import names_of
from diaban.lib.periods import BadPeriod, Calendar, Kind, Period
from diaban.work.reporting.layout import Block, Layout
from diaban.work.reporting.models import Form, Schedule
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.queries.owing import due_rule_of, periods_ahead
from diaban.work.reporting.sight import BASE_FIELD


@dataclass(frozen=True)
class Outline:
    """A form as it is sent out to be filled. Without a schedule there is no ground, no deadline and nobody to send it to.

    `receivers` are names with the titles of the sections that each receives; sections nobody leads have none.
    """

    form: Form
    period: Period
    layout: Layout
    schedule: Schedule | None
    closes_on: date | None
    due_on: date | None
    receivers: Sequence[tuple[str, Sequence[str]]]


def outline_of(form: Form, period: Period, schedule: Schedule | None = None) -> Outline:
    """The outline of a form for a period; `schedule` where none is named is the one in force at its end. Raises `NoVersion`."""
    layout = layout_of(version_on(form.pk, period.last_day).pk)
    found = schedule or _in_force(form, period)
    rule = due_rule_of(found) if found else None
    return Outline(
        form,
        period,
        layout,
        found,
        rule.cut_off(period.last_day) if rule else None,
        rule.due_on(period.last_day, work_calendar()) if rule else None,
        _receivers(found, layout.blocks, period.last_day) if found else (),
    )


def period_asked(text: str, form: Form, schedule: Schedule | None, today: date) -> Period:
    """The period that an address or a command names; without one, that which is under way. Raises `BadPeriod`."""
    if text:
        period = Period.parse(text, None if ":" in text else Calendar(form.calendar))
        if period.calendar != form.calendar:
            raise BadPeriod(f"Kỳ {period.label()} không thuộc lịch báo cáo của biểu mẫu này.")
        return period
    ahead = periods_ahead(schedule, today) if schedule else []
    return ahead[0] if ahead else Period.containing(today, Kind(form.period_kind), Calendar(form.calendar))


def _in_force(form: Form, period: Period) -> Schedule | None:
    rows = Schedule.objects.filter(form=form, is_on=True, valid__contains=period.last_day)
    return rows.select_related("form", "unit").first()


def _receivers(schedule: Schedule, blocks: Sequence[Block], on: date) -> list[tuple[str, list[str]]]:
    """Who the mandates name on the day; the schedule's own receiver for sections that they name nobody for."""
    asked = [block for block in blocks if block.field_code != BASE_FIELD]
    answers = responsible_for({("manage", block.field_code) for block in asked}, [schedule.unit_id], on)
    leads: dict[int, list[str]] = {}
    for block in asked:
        answer = answers["manage", block.field_code][schedule.unit_id]
        lead = answer.organisation_id if isinstance(answer, Lead) else schedule.counterpart_id
        leads.setdefault(lead, []).append(block.title)
    names = names_of(leads, on)
    return [(names[lead], titles) for lead, titles in leads.items()]
