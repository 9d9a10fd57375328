"""What the API endpoints of every room share: problems, pages, revisions in headers, and acts that are sent twice."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.idempotency import KeyReused, once

T = TypeVar("T")
MOST_ROWS = 200
LONGEST_KEY = 200
_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')  # a compressed answer has its tag made weak on the way


class FieldProblem(Schema):
    """One thing that is wrong with a request: where it stands, and the sentence."""

    place: str
    detail: str
    code: str = ""


class ProblemOut(Schema):
    """An answer that is no success (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Problem(Exception):
    """Answered as `application/problem+json` with this status; `detail` is in Vietnamese."""

    def __init__(self, status: int, detail: str, errors: Sequence[FieldProblem] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)


class NotModified(Exception):
    """The program has the row as it is (304)."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class Given(Schema):
    """What a program sends as a body: fields that there are not are refused, never left out in silence."""

    model_config = ConfigDict(extra="forbid")


class Paging(Schema):
    """Which part of a list: pages count from 1."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=MOST_ROWS)


class Paged(Schema, Generic[T]):
    """A page of a list. `next` is the address of the following page, null on the last one."""

    items: list[T]
    total: int
    page: int
    size: int
    next: str | None


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], paging: Paging, shaped: Callable[[list[Any]], list[T]]
) -> Paged[T]:
    """The page that is asked for; past the end it is empty. `rows` must be ordered; `shaped` makes a page's answers at once."""
    pages = Paginator(rows, paging.size)
    items = shaped(list(pages.page(paging.page).object_list)) if paging.page <= pages.num_pages else []
    following = None
    if paging.page < pages.num_pages:
        query = urlencode({**request.GET.dict(), "page": paging.page + 1})
        following = request.build_absolute_uri(f"{request.path}?{query}")
    return Paged[T](items=items, total=pages.count, page=paging.page, size=paging.size, next=following)


def tell_revision(request: HttpRequest, response: HttpResponse, revision: int) -> None:
    """Set the entity tag. Raises `NotModified` where a reading program has this revision already."""
    tell_tag(request, response, str(revision))


def tell_content(request: HttpRequest, response: HttpResponse, content: Schema) -> None:
    """As `tell_revision`, for what is drawn from many rows and has no revision: its tag follows from what it says."""
    tell_tag(request, response, hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:32])


def tell_tag(request: HttpRequest, response: HttpResponse, words: str) -> None:
    """Set an entity tag. Raises `NotModified` where a reading program has it already."""
    tag = f'"{words}"'
    response["ETag"] = tag
    known = request.headers.get("If-None-Match", "")
    if request.method in {"GET", "HEAD"} and tag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        raise NotModified(tag)


def expected_revision(request: HttpRequest, current: int) -> int:
    """The revision that a change is made from, as `If-Match` says. 428 without one, 412 where it is not `current`.

    The service asks again under its lock.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Problem(428, _("Gửi kèm If-Match với ETag đã đọc, để không ghi đè thay đổi của người khác."))
    found = _TAG.fullmatch(given)
    if found is None or int(found[1]) != current:
        raise Problem(412, stale_said())
    return current


def stale_said() -> str:
    return _("Dữ liệu đã được người khác thay đổi. Đọc lại rồi thực hiện lại.")


def once_only(request: HttpRequest, actor: Actor, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run an act; with `Idempotency-Key` once for that key: a repeat gets the first answer, even after other changes.

    422 where the key came with another request.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or actor.account_id is None:
        return act()
    if len(key) > LONGEST_KEY:
        raise Problem(400, _("Idempotency-Key dài quá 200 ký tự."))
    asked = f"{request.method} {request.get_full_path()} {actor.position_id}\n".encode() + request.body
    try:
        answer, _is_repeat = once(account_id=actor.account_id, key=key, request=asked, at=now(), act=act)
    except KeyReused:
        raise Problem(422, _("Idempotency-Key này đã dùng cho một yêu cầu khác.")) from None
    return answer


def changed_once(
    request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], Schema]
) -> dict[str, Any]:
    """As `once_only`, for an act that answers with the thing it changed: its `revision` becomes the entity tag."""
    told = once_only(request, actor, lambda: act().model_dump(mode="json"))
    response["ETag"] = f'"{told["revision"]}"'
    return told


def problem_response(status: int, detail: str, errors: Sequence[FieldProblem] = ()) -> HttpResponse:
    """The answer itself."""
    titles = {
        400: _("Yêu cầu không hợp lệ"), 401: _("Chưa xác thực"), 403: _("Không thuộc vị trí này"),
        404: _("Không có, hoặc ngoài phạm vi được xem"), 409: _("Chưa làm được ở bước này"),
        405: _("Không nhận cách gọi này"), 412: _("Dữ liệu đã thay đổi"), 413: _("Yêu cầu quá lớn"), 422: _("Nội dung không nhận được"),
        428: _("Thiếu If-Match"), 429: _("Quá nhiều yêu cầu"), 500: _("Hệ thống gặp lỗi"),
    }  # fmt: skip
    told = ProblemOut(title=titles.get(status, ""), status=status, detail=detail, errors=list(errors))
    content = json.dumps(told.model_dump(), ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/problem+json; charset=utf-8")
