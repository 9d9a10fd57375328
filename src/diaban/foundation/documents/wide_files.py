"""A wide table as a download of any kind."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpResponse

from diaban.foundation.documents.wide import WideTable
from diaban.foundation.documents.wide_docx import wide_docx
from diaban.foundation.documents.wide_pdf import wide_pdf, wide_png
from diaban.foundation.documents.wide_xlsx import wide_xlsx
from diaban.foundation.files.sniffing import DOCX, PDF, PNG, XLSX
from diaban.foundation.ui.exporting import attachment

MAKERS: Final[Mapping[str, tuple[str, Callable[[WideTable], bytes]]]] = {
    "xlsx": (XLSX, lambda table: wide_xlsx([("Biểu", table)])),
    "docx": (DOCX, wide_docx),
    "pdf": (PDF, wide_pdf),
    "png": (PNG, wide_png),
}


def wide_file(table: WideTable, kind: str, name: str) -> HttpResponse:
    """The table as `name`.kind. Raises `Http404` for a kind that there is not."""
    if kind not in MAKERS:
        raise Http404
    content_type, make = MAKERS[kind]
    return attachment(make(table), content_type, f"{name}.{kind}")
