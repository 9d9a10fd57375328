"""Fills a report's workbook as a program of the locality would: through the defined names, with openpyxl."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from diaban.faces.demo.figures import Place, invent
from diaban.faces.demo.tuyen_quang import base_of
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Kind, cells_of
from diaban.work.reporting.layout import Layout


def filled(content: bytes, layout: Layout, period: Period, commune: UnitVersion) -> bytes:
    """The workbook with invented figures of the commune, and a line under each heading that asks for words."""
    book = load_workbook(BytesIO(content))
    places = {name: next(iter(defined.destinations)) for name, defined in book.defined_names.items()}
    for name, value in typed(layout, period, commune).items():
        if name in places:
            sheet, place = places[name]
            book[sheet][place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def typed(layout: Layout, period: Period, commune: UnitVersion) -> Mapping[str, Decimal | int | str]:
    """What the commune types, by the names of its cells."""
    spread = int(commune.code) % 17
    place = Place(commune.code, (1 + spread) / 17, (16 - spread) / 16, base_of(commune))
    ticks = {cell.name for cell in cells_of(layout, period.last_day) if cell.kind is Kind.TICK}
    invented = invent(layout, period.last_day, place, quarters=0).values
    found: dict[str, Decimal | int | str] = {
        name: ("x" if value else "") if name in ticks else value for name, value in invented.items()
    }
    for heading in layout.headings:
        if heading.required and heading.kind == "text":
            found[heading.code] = "Đã thực hiện theo kế hoạch."
    return found


def fill_file(file: Path, layout: Layout, period: Period, commune: UnitVersion) -> None:
    file.write_bytes(filled(file.read_bytes(), layout, period, commune))
