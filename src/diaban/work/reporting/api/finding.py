"""The report or schedule that an address names, if it is in sight."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.programs import Problem
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.reporting.models import Form, Report, Schedule
from diaban.work.reporting.permissions import visible_schedules
from diaban.work.reporting.queries.pages import NothingSent, OneReport, one_report, report_for


def report_of(actor: Actor, uid: UUID) -> Report:
    """404 out of sight."""
    report = report_for(actor, uid)
    if report is None:
        raise Http404
    return report


def one_of(actor: Actor, report: Report, number: int | None = None) -> OneReport:
    """404 where nothing of it may be seen, or not that version."""
    try:
        return one_report(actor, report, number)
    except NothingSent:
        raise Http404 from None


def schedule_of(actor: Actor, uid: UUID) -> Schedule:
    return get_object_or_404(visible_schedules(actor).select_related("form", "unit"), uid=uid)


def period_of(text: str, form: Form) -> Period:
    """A period in full ("nd09:2026-Q1"), or short in the form's own calendar. 422 where it cannot be read."""
    try:
        return Period.parse(text, None if ":" in text else Calendar(form.calendar))
    except BadPeriod as problem:
        raise Problem(422, str(problem)) from None
