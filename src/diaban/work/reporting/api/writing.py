"""Writing: a report begun, filled, brought to sending, received or returned. Each through the service of its button."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Problem, expected_revision, once_only
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.sniffing import XLSX, NotAccepted
from diaban.foundation.territory.models import Unit
from diaban.work.reporting import services
from diaban.work.reporting.api.finding import period_of, report_of, schedule_of
from diaban.work.reporting.api.router import router
from diaban.work.reporting.api.shapes import (
    ActOut,
    OpenIn,
    PaperIn,
    ReasonIn,
    ReturnIn,
    SendIn,
    ValuesIn,
    not_taken,
    told,
)
from diaban.work.reporting.models import Report
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.services import NotAsked, NotReady, Paper, WorkbookNotTaken, WrongStep


def _done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Report, int, Actor], dict[str, Any]]
) -> ActOut:
    """Do an act on a report from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    report = report_of(actor, uid)

    def once() -> dict[str, Any]:
        revision = expected_revision(request, report.revision)
        more = act(report, revision, actor)
        report.refresh_from_db(fields=["revision", "status"])
        return {"uid": str(report.uid), "revision": report.revision, "status": report.status, **more}

    answer = ActOut(**once_only(request, actor, lambda: _kindly(once)))
    response["ETag"] = f'"{answer.revision}"'
    return answer


def _kindly(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a service refuses, as problems."""
    try:
        return act()
    except NotReady as problem:
        raise not_taken(str(problem), problem.findings) from None
    except WorkbookNotTaken as problem:
        raise not_taken(str(problem), problem.findings) from None
    except (WrongStep, NotAsked, NoVersion) as problem:
        raise Problem(409, str(problem)) from None
    except NotAccepted as problem:
        raise Problem(422, str(problem)) from None


@router.post("/reports", response=ActOut, operation_id="open_report", url_name="reports")
def open_report(request: HttpRequest, response: HttpResponse, wanted: OpenIn) -> ActOut:
    """Begin the report that a unit owes for a period."""
    actor = actor_of(request)
    schedule = schedule_of(actor, wanted.schedule)
    unit = get_object_or_404(Unit, uid=wanted.unit)
    period = period_of(wanted.period, schedule.form)

    def act() -> dict[str, Any]:
        report = services.open_report(schedule_id=schedule.pk, unit_id=unit.pk, period=period, actor=actor, at=now())
        return {"uid": str(report.uid), "revision": report.revision, "status": report.status}

    answer = ActOut(**once_only(request, actor, lambda: _kindly(act)))
    response["ETag"] = f'"{answer.revision}"'
    return answer


@router.put("/reports/{uuid:uid}/values", response=ActOut, operation_id="put_values", url_name="values")
def put_values(request: HttpRequest, response: HttpResponse, uid: UUID, wanted: ValuesIn) -> ActOut:
    """Put figures and words into the draft. Cells that are computed, supplied or unknown are named in `ignored`."""

    def act(report: Report, revision: int, actor: Actor) -> dict[str, Any]:
        saved = services.save_draft(
            report_id=report.pk, filling=wanted.filling(), expected_revision=revision, actor=actor, at=now()
        )
        return {"ignored": list(saved.ignored)}

    return _done(request, response, uid, act)


@router.post("/reports/{uuid:uid}/submit-for-check", response=ActOut, operation_id="submit_for_check", url_name="check")
def submit_for_check(request: HttpRequest, response: HttpResponse, uid: UUID) -> ActOut:
    """Trình kiểm tra."""
    return _done(request, response, uid, _step(services.submit_for_check))


@router.post(
    "/reports/{uuid:uid}/submit-for-signature",
    response=ActOut,
    operation_id="submit_for_signature",
    url_name="signature",
)
def submit_for_signature(request: HttpRequest, response: HttpResponse, uid: UUID) -> ActOut:
    """Trình ký."""
    return _done(request, response, uid, _step(services.submit_for_signature))


@router.post("/reports/{uuid:uid}/send-back", response=ActOut, operation_id="send_back", url_name="send_back")
def send_back(request: HttpRequest, response: HttpResponse, uid: UUID, wanted: ReasonIn) -> ActOut:
    """Chuyển lại để hoàn chỉnh, trong cơ quan."""
    return _done(request, response, uid, _step(services.send_back_inside, reason=wanted.reason))


@router.post("/reports/{uuid:uid}/correct", response=ActOut, operation_id="correct_report", url_name="correct")
def correct(request: HttpRequest, response: HttpResponse, uid: UUID, wanted: ReasonIn) -> ActOut:
    """Mở bản điều chỉnh của báo cáo đã gửi."""
    return _done(request, response, uid, _step(services.correct_report, reason=wanted.reason))


@router.post("/reports/{uuid:uid}/send", response=ActOut, operation_id="send_report", url_name="send")
def send(request: HttpRequest, response: HttpResponse, uid: UUID, wanted: SendIn) -> ActOut:
    """Gửi báo cáo."""
    return _done(request, response, uid, _step(services.send_report, paper=_paper(wanted.paper)))


@router.post("/reports/{uuid:uid}/receive", response=ActOut, operation_id="receive_report", url_name="receive")
def receive(request: HttpRequest, response: HttpResponse, uid: UUID) -> ActOut:
    """Tiếp nhận, chốt số liệu mọi phần đang chờ vị trí này."""
    return _done(request, response, uid, _step(services.receive_report))


@router.post(
    "/reports/{uuid:uid}/sections/{int:section}/receive",
    response=ActOut,
    operation_id="receive_section",
    url_name="receive_section",
)
def receive_section(request: HttpRequest, response: HttpResponse, uid: UUID, section: int) -> ActOut:
    """Tiếp nhận, chốt số liệu một phần."""
    return _done(request, response, uid, _step(services.receive_section, section=section))


@router.post(
    "/reports/{uuid:uid}/sections/{int:section}/return",
    response=ActOut,
    operation_id="return_section",
    url_name="return_section",
)
def return_section(request: HttpRequest, response: HttpResponse, uid: UUID, section: int, wanted: ReturnIn) -> ActOut:
    """Đề nghị bổ sung, hoàn chỉnh một phần."""
    return _done(request, response, uid, _step(services.return_section, section=section, **wanted.model_dump()))


@router.post(
    "/reports/{uuid:uid}/workbook",
    response=ActOut,
    operation_id="post_workbook",
    url_name="workbook",
    openapi_extra={
        "requestBody": {"required": True, "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
def post_workbook(request: HttpRequest, response: HttpResponse, uid: UUID) -> ActOut:
    """Take a filled workbook (the body of the request) in whole, or say at which cells it is wrong."""

    def act(report: Report, revision: int, actor: Actor) -> dict[str, Any]:
        with transaction.atomic():
            Report.lock(report.pk, expected_revision=revision)
            taken = services.take_workbook(content=request.body, expected=report, actor=actor, at=now())
        return {"findings": [one.model_dump() for one in told(taken.warnings)]}

    return _done(request, response, uid, act)


def _step(service: Callable[..., object], **more: Any) -> Callable[[Report, int, Actor], dict[str, Any]]:
    def act(report: Report, revision: int, actor: Actor) -> dict[str, Any]:
        service(report_id=report.pk, expected_revision=revision, actor=actor, at=now(), **more)
        return {}

    return act


def _paper(given: PaperIn | None) -> Paper | None:
    if given is None:
        return None
    try:
        content = b64decode(given.file, validate=True)
    except ValueError:
        raise Problem(422, "Tệp văn bản không đúng mã base64.") from None
    return Paper(given.number, given.signed_on, content, given.title)
