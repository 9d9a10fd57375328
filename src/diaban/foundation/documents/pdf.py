"""PDF of a paper, set by Typst in Tinos, which has the widths of Times New Roman."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from diaban.foundation.documents.columns import column_widths
from diaban.foundation.documents.composing import Composed, compose, compose_sheet
from diaban.foundation.documents.content import Block, Paper, Sheet, Table
from diaban.foundation.documents.layout import MOTTO, NATION, ND30, Family, table_size
from diaban.foundation.documents.stored import block_to_json

_LOOK: Final = Path(__file__).with_name("nd30.typ")
_PICTURE: Final = Path(__file__).with_name("picture.typ")
_FONT_PACKAGE: Final = Path("node_modules/@expo-google-fonts/tinos")


class FontsMissing(RuntimeError):
    """The fonts of official papers are not installed."""


def font_directories(start: Path | None = None) -> tuple[Path, ...]:
    """Where the Tinos files are: in `node_modules` of the nearest folder above `start`, this program or the working folder."""
    starts = [start] if start else [Path(__file__).resolve(), Path.cwd()]
    for place in starts:
        for folder in (place, *place.parents):
            if (folder / _FONT_PACKAGE).is_dir():
                return (folder / _FONT_PACKAGE,)
    raise FontsMissing("Chưa có phông chữ Tinos để tạo PDF: chạy “npm ci” trong thư mục của chương trình.")


def render_pdf(paper: Paper, *, family: Family = ND30, fonts: tuple[Path, ...] | None = None) -> bytes:
    """The paper as PDF; the same paper gives the same bytes with the same version of Typst.

    Raises `FontsMissing`.
    """
    return _set(compose(paper, family), paper.day or family.valid_from, family, fonts)


def sheet_pdf(sheet: Sheet, *, fonts: tuple[Path, ...] | None = None) -> bytes:
    """A working page as PDF, in the type and margins of papers. Raises `FontsMissing`."""
    return _set(compose_sheet(sheet), sheet.day, ND30, fonts)


def _set(composed: Composed, day: date, family: Family, fonts: tuple[Path, ...] | None) -> bytes:
    return typst.compile(
        _LOOK,
        root=_LOOK.parent,
        font_paths=faces(fonts or font_directories()),
        format="pdf",
        sys_inputs={"paper": json.dumps(_words(composed, family)), "form": json.dumps(_numbers(family))},
        timestamp=datetime.combine(day, time.min, tzinfo=UTC),
    )


def svg_to_png(svg: str, *, pixels_per_inch: int = 200, fonts: tuple[Path, ...] | None = None) -> bytes:
    """A picture as PNG, drawn by the same engine and in the same font as in the PDF."""
    return typst.compile(
        _PICTURE,
        root=_PICTURE.parent,
        font_paths=faces(fonts or font_directories()),
        format="png",
        ppi=pixels_per_inch,
        sys_inputs={"svg": svg},
    )


@cache
def faces(directories: tuple[Path, ...]) -> typst.Fonts:
    """The typefaces of papers, read once."""
    # Only these: the system's fonts would make the bytes differ from machine to machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(directories))


def _numbers(family: Family) -> dict[str, Any]:
    numbers = asdict(family)
    del numbers["valid_from"]
    return numbers


def _words(composed: Composed, family: Family) -> dict[str, Any]:
    words = asdict(composed)
    words["nation"], words["motto"] = NATION, MOTTO
    words["body"] = [_block(block, family.text_width(landscape=False)) for block in composed.body]
    for raw, annex in zip(words["annexes"], composed.annexes, strict=True):
        raw["body"] = [_block(block, family.text_width(landscape=annex.landscape)) for block in annex.body]
    return words


def _block(block: Block, room: float) -> dict[str, Any]:
    raw = block_to_json(block)
    if isinstance(block, Table):
        raw["size"], raw["together"] = table_size(len(block.columns)), block.stays_together
        widths = column_widths(block, room, raw["size"])
        for column, width, plain in zip(block.columns, widths, raw["columns"], strict=True):
            plain["align"], plain["width"] = column.alignment, width
    return raw
