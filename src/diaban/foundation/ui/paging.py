"""Pages of long lists."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_SIZE) -> Page[Any]:
    """The page that `?page=` asks for; the nearest one where there is no such page. `rows` must be ordered."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
