"""Name plates (biển tên): strips of an upright folding, three on a lying A4 page; each stands on a table and is read from both
sides. Word cannot turn a line upside down but can turn it to either side, so the strips stand along the page.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typst
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from diaban.foundation.documents import docx_marks as marks
from diaban.foundation.documents.columns import words_width
from diaban.foundation.documents.content import BadPaper
from diaban.foundation.documents.docx import same_bytes
from diaban.foundation.documents.docx_tables import box_table
from diaban.foundation.documents.pdf import faces, font_directories
from diaban.foundation.documents.stored import clean

_LOOK: Final = Path(__file__).with_name("plates.typ")
_FONT: Final = "Times New Roman"
ON_A_PAGE: Final = 3
PAGE: Final = (297.0, 210.0)  # millimetres
FACE: Final = PAGE[0] / ON_A_PAGE / 2  # how high a face stands
_WORDS: Final = 184.0  # millimetres of a face that words may take
_LARGEST, _SMALLEST = 44.0, 16.0  # points of a name
_TITLE, _CAPACITY = 18.0, 13.0


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands on both faces: in what capacity one is there, the name, and title or office below it."""

    name: str
    title: str = ""
    capacity: str = ""

    @property
    def size(self) -> float:
        """Points at which the name fills its line and no more."""
        return max(min(_LARGEST, _WORDS / words_width(self.name.upper(), 1, bold=True)), _SMALLEST)

    @property
    def title_size(self) -> float:
        return max(min(_TITLE, _WORDS / words_width(self.title, 1, bold=False)), 9.0) if self.title else _TITLE


def plates_pdf(plates: tuple[Plate, ...], *, title: str, fonts: tuple[Path, ...] | None = None) -> bytes:
    """The plates on pages to print, cut and fold. Raises `BadPaper` without one, `FontsMissing`."""
    words = [
        {"name": clean(one.name).upper(), "title": clean(one.title), "capacity": clean(one.capacity).upper()}
        | {"size": one.size, "title_size": one.title_size, "capacity_size": _CAPACITY}
        for one in _some(plates)
    ]
    return typst.compile(
        _LOOK,
        root=_LOOK.parent,
        font_paths=faces(fonts or font_directories()),
        format="pdf",
        sys_inputs={"plates": json.dumps(words), "title": clean(title)},
    )


def plates_docx(plates: tuple[Plate, ...], *, title: str) -> bytes:
    """The same in Word: a table for each page, two cells for each plate, turned towards their fold. Raises `BadPaper`."""
    word = Document()
    word.core_properties.title = clean(title)[:255]
    word.styles["Normal"].paragraph_format.space_after = Pt(0)
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.left_margin = section.right_margin = Mm(0)
    section.top_margin = section.bottom_margin = Mm(4)
    section.header_distance = section.footer_distance = Mm(0)
    several = _some(plates)
    for at in range(0, len(several), ON_A_PAGE):
        _page(word, several[at : at + ON_A_PAGE], is_last=at + ON_A_PAGE >= len(several))
    return same_bytes(word)


def _some(plates: tuple[Plate, ...]) -> tuple[Plate, ...]:
    if not plates:
        raise BadPaper("name plates: nobody to name")
    return plates


def _page(word: Word, plates: tuple[Plate, ...], *, is_last: bool) -> None:
    table = box_table(word, [FACE] * (2 * ON_A_PAGE), rows=1)
    row = table.rows[0]
    row.height, row.height_rule = Mm(PAGE[1] - 10), WD_ROW_HEIGHT_RULE.EXACTLY
    for at, plate in enumerate(plates):
        for side, cell in enumerate(row.cells[2 * at : 2 * at + 2]):
            _face(cell, plate, is_left=side == 0)
    end = word.add_paragraph()
    end.paragraph_format.line_spacing_rule, end.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    if not is_last:
        end.add_run().add_break(WD_BREAK.PAGE)


def _face(cell: _Cell, plate: Plate, *, is_left: bool) -> None:
    shape = cell._tc.get_or_add_tcPr()
    edges = OxmlElement("w:tcBorders")
    for name, value in (("left", "single" if is_left else "dashed"), ("right", "dashed" if is_left else "single")):
        edge = OxmlElement(f"w:{name}")
        for key, words in (("val", value), ("sz", "4"), ("space", "0"), ("color", "999999")):
            edge.set(qn(f"w:{key}"), words)
        edges.append(edge)
    turned = OxmlElement("w:textDirection")
    turned.set(qn("w:val"), "tbRl" if is_left else "btLr")
    shape.append(edges)
    shape.append(turned)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = [(plate.capacity.upper(), _CAPACITY, ""), (plate.name.upper(), plate.size, "b")]
    lines += [(plate.title, plate.title_size, "i")] if plate.title else []
    for number, (text, size, look) in enumerate(line for line in lines if line[0]):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in marks.write(line, clean(text)).runs:
            run.font.name, run.font.size, run.bold, run.italic = _FONT, Pt(round(size)), look == "b", look == "i"
