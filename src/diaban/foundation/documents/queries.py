"""Reading documents and printing them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from django.db.models import F, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.layout import FAMILIES
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.numbering import DocumentNumber
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.documents.series import next_number, series_of
from diaban.foundation.documents.stored import from_json
from diaban.foundation.files.sniffing import DOCX, PDF
from diaban.foundation.links.sockets import Standing
from diaban.foundation.organisations.queries import names_of
from diaban.lib.vietnamese import fold

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


def found_documents(
    visible: QuerySet[Document], *, text: str = "", type_code: str = "", status: str = "", year: int = 0
) -> QuerySet[Document]:
    """Those whose number, excerpt, issuer or signer hold every word, whatever its diacritics; drafts first, then newest."""
    found = visible.select_related("issued_file")
    for word in fold(text).split():
        found = found.filter(searched__contains=word)
    if type_code:
        found = found.filter(type_code=type_code)
    if status:
        found = found.filter(status=status)
    if year:
        found = found.filter(issued_on__year=year)
    return found.order_by(F("issued_on").desc(nulls_first=True), "-pk")


def years_of(visible: QuerySet[Document]) -> list[int]:
    """The years in which any was issued, newest first. One query."""
    return [day.year for day in visible.exclude(issued_on=None).dates("issued_on", "year", order="DESC")]


def lines_of(found: Iterable[Document], today: date) -> list[tuple[Document, str]]:
    """Each with the name of who issued it. One query."""
    listed = list(found)
    names = names_of({one.organisation_id for one in listed}, today)
    return [(one, one.issuer or names[one.organisation_id]) for one in listed]


def every_line(found: QuerySet[Document], today: date) -> Iterator[tuple[Document, str]]:
    """As `lines_of`, for a list of any length: row by row from the database."""
    names = names_of(found.order_by().values_list("organisation_id", flat=True).distinct(), today)
    for one in found.select_related(None).defer("content").iterator(chunk_size=500):
        yield one, one.issuer or names[one.organisation_id]


def following_number(document: Document, year: int) -> DocumentNumber | None:
    """The number a draft would get today; None where no series is open for it."""
    series = None if document.is_brought else series_of(document, year)
    return None if series is None else next_number(series, document.symbol)


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


def standing_of_documents(actor: Actor, things: Sequence[Document], on: date) -> Mapping[int, Standing]:
    """How each stands, for a chain of things."""
    return {one.pk: Standing((one.status,)) for one in things}
