"""A wide table as a download of any kind."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpResponse

from diaban.foundation.documents.wide import WideTable
from diaban.foundation.documents.wide_docx import wide_docx
from diaban.foundation.documents.wide_pdf import wide_pdf, wide_png
from diaban.foundation.documents.wide_xlsx import wide_xlsx
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.outputs import TYPES

MAKERS: Final[Mapping[str, tuple[str, Callable[[WideTable], bytes]]]] = {
    "xlsx": (TYPES["xlsx"], lambda table: wide_xlsx([("Biểu", table)])),
    "docx": (TYPES["docx"], wide_docx),
    "pdf": (TYPES["pdf"], wide_pdf),
    "png": ("image/png", wide_png),
}


def printed(one: Consolidated, table: WideTable, kind: str, name: str) -> HttpResponse:
    """The table of those figures as `name`-….kind."""
    if kind not in MAKERS:
        raise Http404
    content_type, make = MAKERS[kind]
    response = HttpResponse(make(table), content_type=content_type)
    called = f"{name}-{one.form.code}-{one.period.code}-{one.unit.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{called}"'
    response["Cache-Control"] = "private, no-store"
    return response
