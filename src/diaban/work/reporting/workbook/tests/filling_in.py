"""What a clerk, or a program, does to a workbook: openpyxl stands for Excel."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from diaban.work.reporting.workbook import Comparison, defined_name, make_workbook
from diaban.work.reporting.workbook.tests.paper_forms import LAST_DAYS, head_of, layout_of

COMMUNE = "commune_quarter_2026"


@cache
def a_workbook(*, plain_names: bool = False) -> bytes:
    """The commune's empty form of the first quarter of 2026, with last period's number of CN18."""
    beside = Comparison(previous={"CN18": Decimal(12)})
    return make_workbook(head_of(), layout_of(COMMUNE), LAST_DAYS[COMMUNE], None, beside, plain_names=plain_names)


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled_in(content: bytes, values: Mapping[str, object]) -> bytes:
    """Put values at cells found by their defined names."""

    def fill(book: Workbook) -> None:
        for name, value in values.items():
            cell_named(book, name).value = value  # type: ignore[assignment]  # whatever a clerk types

    return changed(content, fill)


def cell_named(book: Workbook, name: str) -> Cell:
    shown = name if name in book.defined_names else defined_name(name)
    ((sheet, place),) = book.defined_names[shown].destinations
    cell = book[sheet][place]
    assert isinstance(cell, Cell)
    return cell
