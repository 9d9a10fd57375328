"""What went wrong, said as `application/problem+json`."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from diaban.faces.api.faults import said_of
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.programs import FieldProblem, NotModified, Problem, problem_response, stale_said
from diaban.foundation.acts.requests import NoPosition
from diaban.foundation.acts.revisions import StaleRevision


def answer_for(request: HttpRequest, problem: Exception | type[Exception]) -> HttpResponse:
    """The answer to an exception that an endpoint, or the check before it, raised."""
    match problem:
        case NotModified():
            return HttpResponse(status=304, headers={"ETag": problem.tag})
        case Problem():
            return problem_response(problem.status, problem.detail, problem.errors)
        case ValidationError():
            return problem_response(422, _("Yêu cầu thiếu hoặc sai."), [_field(one) for one in problem.errors])
        case StaleRevision():
            return problem_response(412 if "If-Match" in request.headers else 409, stale_said())
        case RequestDataTooBig():
            return problem_response(413, _("Nội dung gửi lên quá lớn."))
    return _refused(problem)


def _refused(problem: Exception | type[Exception]) -> HttpResponse:
    match problem:
        case AuthenticationError():
            response = problem_response(401, _("Gửi khóa truy cập còn hạn trong Authorization: Bearer."))
            response["WWW-Authenticate"] = "Bearer"
            return response
        case Throttled():
            response = problem_response(429, _("Khóa này gửi quá nhiều yêu cầu; chờ rồi gửi tiếp."))
            response["Retry-After"] = str(problem.wait or 60)
            return response
        case NotPermitted() | NoPosition():
            said = _("Việc này không thuộc vị trí bạn đang làm: %(act)s.") % {"act": str(problem)}
            return problem_response(403, said)
        case Http404() | ObjectDoesNotExist():
            return problem_response(404, _("Không có, hoặc ngoài phạm vi vị trí này được xem."))
    return problem_response(400, _("Không đọc được nội dung yêu cầu: cần JSON theo mô tả."))


def _field(error: dict[str, Any]) -> FieldProblem:
    place = ".".join(str(part) for part in error.get("loc", ()))
    code = str(error.get("type", ""))
    return FieldProblem(place=place, detail=said_of(code, error.get("ctx", {})), code=code)


TOLD: tuple[type[Exception], ...] = (
    NotModified, Problem, ValidationError, StaleRevision, RequestDataTooBig, AuthenticationError, Throttled, HttpError,
    NotPermitted, NoPosition, Http404, ObjectDoesNotExist,
)  # fmt: skip


def tell_problems(api: NinjaAPI) -> None:
    """Let the API answer these exceptions; others are errors of ours and stay so (500)."""
    for kind in TOLD:
        api.add_exception_handler(kind, answer_for)
