"""What the pages of reports share: the report in sight, its sheet, and the kind answers to what cannot be done."""

from collections.abc import Callable, Sequence
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.files.sniffing import NotAccepted
from diaban.lib.periods import BadPeriod, Period
from diaban.work.reporting.models import Report
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.queries.pages import NothingSent, OneReport, one_report, report_for
from diaban.work.reporting.services import NotAsked, NotReady, WrongStep
from diaban.work.reporting.sheet import Beside, Sheet, sheet_of
from diaban.work.reporting.validation import Entry, Finding

View = Callable[..., HttpResponse]


def report_or_404(actor: Actor, uid: UUID) -> Report:
    report = report_for(actor, uid)
    if report is None:
        raise Http404
    return report


def one_or_404(actor: Actor, uid: UUID, number: int | None = None) -> OneReport:
    try:
        return one_report(actor, report_or_404(actor, uid), number)
    except NothingSent:
        raise Http404 from None


def sheet_for(
    one: OneReport, findings: Sequence[Finding] = (), entry: Entry | None = None, *, tells_missing: bool = False
) -> Sheet:
    """The sheet of a report's shown version, or of another entry into it."""
    version = one.version
    beside = Beside(
        previous=one.earlier.previous,
        last_year=one.earlier.last_year,
        plan=one.planned,
        findings=findings,
        remarks=one.remarks,
        supplied=version.supplied,
        confirmed=version.confirmed,
        objections=version.objections,
        edits=version.edits,
        tells_missing=tells_missing,
    )
    return sheet_of(one.layout, one.report.period_last_day, entry or entry_of(version), beside)


def told(view: View) -> View:
    """Acts that cannot be done now say why on the report's page, instead of failing."""

    @wraps(view)
    def kind(request: HttpRequest, uid: UUID, **kwargs: int) -> HttpResponse:
        try:
            return view(request, uid, **kwargs)
        except NotReady as problem:
            messages.error(request, str(problem))
            return redirect(f"{reverse('reporting:entry', args=[uid])}?kiem-tra=1")
        except (WrongStep, NotAsked, NotAccepted, NoVersion) as problem:
            messages.error(request, str(problem))
            return redirect("reporting:report", uid)

    return kind


def period_or_404(text: str) -> Period:
    try:
        return Period.parse(text)
    except BadPeriod:
        raise Http404 from None
