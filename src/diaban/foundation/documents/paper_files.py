"""An official paper, or a working page, as a download in Word or PDF."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpResponse

from diaban.foundation.documents.content import Paper, Sheet
from diaban.foundation.documents.docx import render_docx, sheet_docx
from diaban.foundation.documents.pdf import render_pdf, sheet_pdf
from diaban.foundation.files.sniffing import DOCX, PDF
from diaban.foundation.ui.exporting import attachment

KINDS: Final[Mapping[str, tuple[str, Callable[[Paper], bytes]]]] = {
    "docx": (DOCX, render_docx),
    "pdf": (PDF, render_pdf),
}


SHEETS: Final[Mapping[str, tuple[str, Callable[[Sheet], bytes]]]] = {
    "docx": (DOCX, sheet_docx),
    "pdf": (PDF, sheet_pdf),
}


def paper_file(paper: Paper, kind: str, name: str) -> HttpResponse:
    """The paper as `name`.kind. Raises `Http404` for a kind that there is not."""
    if kind not in KINDS:
        raise Http404
    media_type, render = KINDS[kind]
    return attachment(render(paper), media_type, f"{name}.{kind}")


def sheet_file(sheet: Sheet, kind: str, name: str) -> HttpResponse:
    """A working page as `name`.kind. As `paper_file`."""
    if kind not in SHEETS:
        raise Http404
    media_type, render = SHEETS[kind]
    return attachment(render(sheet), media_type, f"{name}.{kind}")
