"""Reading documents and printing them."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from django.db.models import QuerySet

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.layout import FAMILIES
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.documents.stored import from_json
from diaban.foundation.files.sniffing import DOCX, PDF

Format = Literal["pdf", "docx"]
_PRINTERS: Final = {"pdf": (render_pdf, PDF), "docx": (render_docx, DOCX)}


@dataclass(frozen=True)
class Rendering:
    """A document printed: its bytes, their media type and a name to save them under."""

    content: bytes
    media_type: str
    file_name: str


def documents_of(subject: Subject) -> QuerySet[Document]:
    """The documents on a subject that the caller has already found visible, newest first."""
    return Document.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("-id")


def paper_of(document: Document) -> Paper:
    """What the document says; an issued one with its number and day."""
    paper = from_json(document.content)
    return replace(paper, number=document.number or None, issued_on=document.issued_on)


def rendering_of(document: Document, form: Format) -> Rendering:
    """The document as PDF or DOCX, made anew from its content. Raises `FontsMissing`.

    An issued document's own file is `issued_file`: that one was signed, this one was not.
    """
    render, media_type = _PRINTERS[form]
    content = render(paper_of(document), family=FAMILIES[document.form])
    name = document.number.replace("/", "-") or f"du-thao-{document.symbol}"
    return Rendering(content, media_type, f"{name}.{form}")
