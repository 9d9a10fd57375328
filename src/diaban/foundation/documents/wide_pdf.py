"""PDF and picture of a wide table, set by Typst in Tinos."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst

from diaban.foundation.documents.pdf import faces, font_directories
from diaban.foundation.documents.stored import clean
from diaban.foundation.documents.wide import MARGIN, PAGES, Portion, WideTable

_LOOK: Final = Path(__file__).with_name("wide.typ")
_TEXT_SIZE: Final = 10.0
_PICTURE_PPI: Final = 144
_MANY_COLUMNS: Final = 24  # from here on a picture has fewer pixels to the inch, or telephones refuse it
_PICTURE_PPI_OF_MANY: Final = 96


def wide_pdf(table: WideTable, *, fonts: tuple[Path, ...] | None = None) -> bytes:
    """The table lying on its paper, heads on every page, its columns over as many pages as they need. Raises `FontsMissing`."""
    portions = [_portion(portion, portion.widths(table.room)) for portion in table.portions]
    return _compiled(table, portions, fonts, "pdf")


def wide_png(table: WideTable, *, fonts: tuple[Path, ...] | None = None) -> bytes:
    """The whole table as one picture, to be sent by message. Raises `FontsMissing`."""
    whole = table.only(range(len(table.columns)))
    ppi = _PICTURE_PPI if len(table.columns) < _MANY_COLUMNS else _PICTURE_PPI_OF_MANY
    return _compiled(table, [_portion(whole, [one.width for one in whole.columns])], fonts, "png", ppi)


def _compiled(
    table: WideTable,
    portions: list[dict[str, Any]],
    fonts: tuple[Path, ...] | None,
    kind: Any,
    ppi: float | None = None,
) -> bytes:
    words = {name: value for name, value in asdict(table).items() if name not in {"columns", "rows"}}
    words |= {"portions": portions, "page": PAGES[table.size], "margin": MARGIN}
    words |= {"is_picture": kind == "png", "text_size": _TEXT_SIZE}
    found = typst.compile(
        _LOOK,
        root=_LOOK.parent,
        font_paths=faces(fonts or font_directories()),
        format=kind,
        sys_inputs={"table": json.dumps(_cleaned(words))},
        ppi=ppi,
    )
    if not isinstance(found, bytes):
        raise TypeError("a picture of more than one page")
    return found


def _cleaned(value: Any) -> Any:
    """The same with every text printable."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value


def _portion(portion: Portion, widths: Any) -> dict[str, Any]:
    return {
        "heads": [asdict(head) for head in portion.heads],
        "numbers": portion.numbers,
        "levels": portion.levels,
        "widths": list(widths),
        "aligns": [column.align for column in portion.columns],
        "rows": [{"look": row.look, "cells": [cell.text for cell in row.cells]} for row in portion.rows],
    }
