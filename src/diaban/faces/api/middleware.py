"""Keeps cookies away from the API, and lets it refuse in its own words where no operation was found."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diaban.foundation.acts.programs import problem_response

PREFIX = "/api/"
GetResponse = Callable[[HttpRequest], HttpResponse]


def without_cookies(get_response: GetResponse) -> GetResponse:
    """Takes the cookies off requests to the API: a browser's session is no key, so no page elsewhere can make a browser act
    here. Stands before the session."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PREFIX):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return answer


def told_as_problems(get_response: GetResponse) -> GetResponse:
    """The site's own 400, 404 and 500 and the library's 405 under the API's address, as problems. Stands inside `own_language`."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(PREFIX) or response.status_code not in {400, 404, 405, 500}:
            return response
        if response.headers["Content-Type"].startswith("application/problem+json"):
            return response
        told = problem_response(response.status_code, _said(response.status_code))
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told

    return answer


def _said(status: int) -> str:
    match status:
        case 404:
            return _("Không có địa chỉ này.")
        case 405:
            return _("Địa chỉ này không nhận cách gọi đó.")
        case 500:
            return _("Hệ thống gặp lỗi, lỗi đã được ghi lại. Việc vừa gửi chưa được thực hiện.")
    return _("Yêu cầu có ký tự không lưu được.")
