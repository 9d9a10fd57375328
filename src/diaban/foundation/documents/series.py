"""The next number of an office's own series: one series a body, type and year, without gaps or doubles."""

from diaban.foundation.documents.models import Document, Series
from diaban.foundation.documents.numbering import DocumentNumber, parse_number


def series_of(document: Document, year: int) -> Series | None:
    """The open series a document would be numbered in; None where the office numbers elsewhere."""
    return Series.objects.filter(
        organisation_id=document.organisation_id, type_code=document.type_code, year=year
    ).first()


def next_number(series: Series, symbol: str) -> DocumentNumber:
    """The number that comes next; its symbol is that of the paper."""
    return DocumentNumber(series.last + 1, symbol)


def highest_given(organisation_id: int, type_code: str, year: int) -> int:
    """The highest number the body's papers of a type bear in a year: a series that is opened goes on from there."""
    numbers = Document.objects.filter(
        organisation_id=organisation_id, type_code=type_code, issued_on__year=year, issuer=""
    ).exclude(number="")
    return max((parse_number(text).ordinal for text in numbers.values_list("number", flat=True)), default=0)
