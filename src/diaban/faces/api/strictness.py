"""What a program asks that there is not is refused, so that a misspelt filter never widens an answer; and what no database
could keep."""

import json
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser
from ninja.signature import ViewSignature

from diaban.foundation.acts.programs import FieldProblem, Problem


def only_known(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """An endpoint that answers 422 to parameters of the address that it does not have."""
    models = ViewSignature("", endpoint).models
    known = {name for model in models for name in getattr(model, "__ninja_flatten_map__", {})}

    @wraps(endpoint)
    def answer(request: HttpRequest, **given: Any) -> Any:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            said = _("Không có tham số này.")
            raise Problem(
                422,
                _("Yêu cầu thiếu hoặc sai."),
                [FieldProblem(place=f"query.{one}", detail=said, code="extra_forbidden") for one in unknown],
            )
        return endpoint(request, **given)

    return answer


class StorableJson(Parser):
    """Reads JSON bodies, and refuses (as unreadable, 400) what PostgreSQL keeps in no text and in no JSON: NUL, half a
    character, numbers that are none or too large."""

    def parse_body(self, request: HttpRequest) -> Any:
        read = json.loads(request.body)
        if not _is_storable(read):
            raise ValueError("not storable")
        return read


def _is_storable(read: object) -> bool:
    match read:
        case str():
            return "\x00" not in read and not any("\ud800" <= letter <= "\udfff" for letter in read)
        case float():
            return math.isfinite(read)
        case list():
            return all(map(_is_storable, read))
        case dict():
            return all(_is_storable(part) for pair in read.items() for part in pair)
    return True
