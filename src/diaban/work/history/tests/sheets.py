"""Sheets as offices keep them, and the ground they speak of."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from diaban.foundation.acts.tests.remembered import remembered
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.tests.makers import a_succession, a_unit

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
REFORM = date(2025, 7, 1)
Cell = str | int | float | None


def workbook(*sheets: Sequence[Sequence[Cell]], names: Sequence[str] = ()) -> bytes:
    """A workbook of the given rows, texts as texts, numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[number] if names else None)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row, column, cell)
    return stream.getvalue()


def text_table(rows: Sequence[Sequence[Cell]], delimiter: str = ";") -> bytes:
    return "\r\n".join(delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows).encode()


@remembered
def a_ground() -> World:
    """The personas' world with two communes of one name, and a reform: C11 and C12 became `N1`, C21 in halves `N2` and `N3`;
    the districts ended."""
    world = a_world()
    a_catalogue()
    units = world.units
    units["T1"] = a_unit(Level.COMMUNE, "92103", "Tân Tiến", "xã", units["D1"], until=REFORM)
    units["T2"] = a_unit(Level.COMMUNE, "92203", "Tân Tiến", "xã", units["D2"], until=REFORM)
    units["N1"] = a_unit(Level.COMMUNE, "92111", "Đông Tây", "xã", units["P"], since=REFORM)
    units["N2"] = a_unit(Level.COMMUNE, "92222", "Thượng Hạ", "xã", units["P"], since=REFORM)
    a_succession(units["T1"], units["N1"])
    a_succession(units["T2"], units["N1"], assumed=True)
    a_succession(units["T2"], units["N2"], weight=3, assumed=True)
    rebuild_derived(TODAY)
    return world
