"""Reading: forms, schedules and who sent what, reports, workbooks to fill."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from diaban.foundation.acts.programs import Paged, Paging, paged, tell_revision
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.sniffing import XLSX
from diaban.foundation.territory.models import Unit
from diaban.foundation.ui.models import Instance
from diaban.work.reporting.api.finding import one_of, period_of, report_of, schedule_of
from diaban.work.reporting.api.router import router
from diaban.work.reporting.api.shapes import (
    ExpectedOut,
    FormOut,
    OneScheduleOut,
    PlaceOut,
    ReportLineOut,
    ReportOut,
    ScheduleOut,
    form_out,
    line_out,
    report_out,
    schedule_out,
)
from diaban.work.reporting.models import OfficialPlace
from diaban.work.reporting.permissions import visible_forms, visible_schedules
from diaban.work.reporting.queries import reports as listed
from diaban.work.reporting.workbook import report_workbook


class ReportsAsked(Paging):
    """What the list is narrowed to; `period` is written in full."""

    text: str = ""
    schedule: UUID | None = None
    period: str = ""
    status: str = ""
    unit: UUID | None = None


class VersionAsked(Schema):
    """Which version of a report; the newest in sight where it is not given."""

    version: int | None = None


@router.get("/forms", response=Paged[FormOut], operation_id="list_forms", url_name="forms")
def forms(request: HttpRequest, asked: Query[Paging]) -> Paged[FormOut]:
    """The forms."""
    return paged(request, visible_forms(actor_of(request)), asked, lambda rows: [form_out(row) for row in rows])


@router.get("/schedules", response=Paged[ScheduleOut], operation_id="list_schedules", url_name="schedules")
def schedules(request: HttpRequest, asked: Query[Paging]) -> Paged[ScheduleOut]:
    """Every schedule, those in force first."""
    rows = visible_schedules(actor_of(request)).select_related("form", "unit").order_by("-is_on", "title", "id")
    return paged(request, rows, asked, lambda found: [schedule_out(row) for row in found])


@router.get("/schedules/{uuid:uid}", response=OneScheduleOut, operation_id="get_schedule", url_name="schedule")
def schedule(request: HttpRequest, uid: UUID) -> OneScheduleOut:
    """One schedule with its periods."""
    found = schedule_of(actor_of(request), uid)
    places = [
        PlaceOut(since=one.since, system=one.system, address=one.address, basis=one.basis)
        for one in OfficialPlace.objects.of(found)
    ]
    return OneScheduleOut(**schedule_out(found).model_dump(), periods=listed.periods_of([found]), places=places)


@router.get(
    "/schedules/{uuid:uid}/periods/{period}", response=Paged[ExpectedOut], operation_id="get_board", url_name="board"
)
def board(request: HttpRequest, uid: UUID, period: str, asked: Query[Paging]) -> Paged[ExpectedOut]:
    """How far every unit under the position's eyes is with the report of a period. 404 where there is none, as on the page."""
    actor = actor_of(request)
    found = get_object_or_404(listed.schedules_in_sight(actor), uid=uid)
    rows = listed.board(actor, found, str(period_of(period, found.form)), actor.today).rows
    return paged(request, rows, asked, lambda page: [_expected(row) for row in page])


def _expected(row: listed.Expected) -> ExpectedOut:
    return ExpectedOut(
        unit=row.unit_uid,
        unit_name=row.unit_name,
        state=row.state,
        punctual=row.punctual,
        due_on=row.due_on,
        report=row.report.uid if row.report else None,
    )


@router.get("/reports", response=Paged[ReportLineOut], operation_id="list_reports", url_name="reports")
def reports(request: HttpRequest, asked: Query[ReportsAsked]) -> Paged[ReportLineOut]:
    """The reports in sight, newest period first."""
    actor = actor_of(request)
    wanted = listed.Filter(
        text=asked.text,
        schedule_id=schedule_of(actor, asked.schedule).pk if asked.schedule else None,
        period=asked.period,
        status=asked.status,
        unit_id=Unit.objects.filter(uid=asked.unit).values_list("pk", flat=True).first() or -1 if asked.unit else None,
    )
    rows = listed.reports(actor, wanted).select_related("schedule__form", "unit")
    return paged(
        request, rows, asked, lambda found: [line_out(listed.line_of(report, actor.today)) for report in found]
    )


@router.get("/reports/{uuid:uid}", response=ReportOut, operation_id="get_report", url_name="report")
def report(request: HttpRequest, response: HttpResponse, uid: UUID, asked: Query[VersionAsked]) -> ReportOut:
    """One report with the figures of a version."""
    actor = actor_of(request)
    found = report_of(actor, uid)
    one = one_of(actor, found, asked.version)
    tell_revision(request, response, found.revision)
    return report_out(one)


@router.get(
    "/reports/{uuid:uid}/workbook",
    operation_id="get_workbook",
    url_name="workbook",
    openapi_extra={
        "responses": {
            200: {"description": "XLSX", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
        }
    },
)
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report's form as a workbook to fill, with what is filled already."""
    actor = actor_of(request)
    one = one_of(actor, report_of(actor, uid))
    notice = Instance.objects.values_list("notice", flat=True).first()
    content = report_workbook(
        one.report, one.version, layout=one.layout, earlier=one.earlier, is_illustrative=bool(notice)
    )
    headers = {"ETag": f'"{one.report.revision}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
