"""A wide table as a Word document lying on A3 or A4.

Its grid is written as XML at once: cell by cell a table of thousands of cells takes python-docx half a minute.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from diaban.foundation.documents import docx_marks as marks
from diaban.foundation.documents.content import SignOff
from diaban.foundation.documents.docx import same_bytes
from diaban.foundation.documents.docx_tables import box_table
from diaban.foundation.documents.stored import clean
from diaban.foundation.documents.wide import MARGIN, PAGES, Head, Look, Portion, WideTable

_FONT: Final = "Times New Roman"
_HALF_POINTS: Final = 20  # of a cell's text
_FILLS: Final[dict[Look, str]] = {"plain": "", "subtotal": "EEF2F7", "total": "DFE7F1"}
_HEAD_FILL: Final = "E7EEF7"
_GAP: Final = 16.0  # millimetres to sign in
_TWIPS: Final = 56.6929  # a millimetre


def wide_docx(table: WideTable) -> bytes:
    """The table with heads on every page, its columns over as many pages as they need; the same table gives the same bytes."""
    word = Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    _page(word, table)
    _top(word, table)
    for at, portion in enumerate(table.portions):
        if at:
            _line(word, "").paragraph_format.page_break_before = True
        word.element.body.insert(-1, parse_xml(_grid(portion, portion.widths(table.room))))
    for note in table.notes:
        _line(word, note, look="i").paragraph_format.keep_with_next = bool(table.sign_off)
    if table.sign_off:
        _line(word, "", size=5).paragraph_format.keep_with_next = True
        _signatures(word, table.sign_off, table.place_date, table.room)
    return same_bytes(word)


def _page(word: Word, table: WideTable) -> None:
    section = word.sections[0]
    width, height = PAGES[table.size]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, side, Mm(MARGIN))
    section.footer_distance = Mm(7)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marks.page_number(number)


def _top(word: Word, table: WideTable) -> None:
    left, right = box_table(word, (table.room - 90, 90), rows=1).rows[0].cells
    if table.superior:
        _write(left.paragraphs[0], table.superior.upper())
    _write(left.add_paragraph() if table.superior else left.paragraphs[0], table.agency.upper(), look="b")
    beside = right.paragraphs[0]
    if table.number:
        _write(beside, f"Biểu số: {table.number}", look="b")
    for at, line in enumerate(table.box):
        _write(right.add_paragraph() if at or table.number else beside, line)
    _line(word, "")
    _line(word, table.title.upper(), look="b", size=14, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in table.subtitles:
        _line(word, line, size=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in table.notices:
        _line(word, f"({line})", look="i", align=WD_ALIGN_PARAGRAPH.CENTER)
    if table.unit:
        _line(word, f"Đơn vị tính: {table.unit}", look="i", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(word, "", size=4)


def _line(
    word: Word, text: str, *, look: str = "", size: float = 11, align: WD_ALIGN_PARAGRAPH | None = None
) -> Paragraph:
    return _write(word.add_paragraph(), text, look=look, size=size, align=align)


def _write(
    line: Paragraph, text: str, *, look: str = "", size: float = 11, align: WD_ALIGN_PARAGRAPH | None = None
) -> Paragraph:
    for run in marks.write(line, clean(text)).runs:
        run.bold, run.italic, run.font.size = look == "b", look == "i", Pt(size)
    if align is not None:
        line.alignment = align
    return line


def _signatures(word: Word, places: Sequence[SignOff], place_date: str, room: float) -> None:
    cells = box_table(word, [room / len(places)] * len(places), rows=1).rows[0].cells
    for at, (place, cell) in enumerate(zip(places, cells, strict=True), start=1):
        centre = WD_ALIGN_PARAGRAPH.CENTER
        _write(cell.paragraphs[0], place_date if at == len(places) else "", look="i", size=12, align=centre)
        _write(cell.add_paragraph(), place.title, look="b", size=12, align=centre)
        if any(one.hint for one in places):
            _write(cell.add_paragraph(), place.hint, look="i", align=centre)
        name = _write(cell.add_paragraph(), place.name, look="b", size=12, align=centre)
        name.paragraph_format.space_before = Mm(_GAP)


def _grid(portion: Portion, widths: Sequence[float]) -> str:
    twips = [round(width * _TWIPS) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    lines = [_head_line(portion, level, twips) for level in range(portion.levels)]
    if portion.numbers:
        cells = (_cell(words, width, "center", look="i") for words, width in zip(portion.numbers, twips, strict=True))
        lines.append(_row(cells, is_head=True))
    for row in portion.rows:
        look = "" if row.look == "plain" else "b"
        cells = (
            _cell(cell.text, width, column.align, look=look, fill=_FILLS[row.look])
            for cell, width, column in zip(row.cells, twips, portion.columns, strict=True)
        )
        lines.append(_row(cells))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _head_line(portion: Portion, level: int, twips: Sequence[int]) -> str:
    """One line of heads; a head that reaches over lines begins in its own and goes on in those below."""
    cells, place = [], 0
    while place < len(twips):
        head = next(one for one in portion.heads if _covers(one, place, level))
        width = sum(twips[head.column : head.column + head.columns])
        is_first = head.level == level
        merge = "" if head.levels == 1 else f'<w:vMerge w:val="{"restart" if is_first else "continue"}"/>'
        span = f'<w:gridSpan w:val="{head.columns}"/>' if head.columns > 1 else ""
        text = head.text if is_first else ""
        cells.append(_cell(text, width, "center", look="b", fill=_HEAD_FILL, extra=span + merge))
        place = head.column + head.columns
    return _row(cells, is_head=True)


def _covers(head: Head, place: int, level: int) -> bool:
    across = head.column <= place < head.column + head.columns
    return across and head.level <= level < head.level + head.levels


def _row(cells: Iterable[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, align: str, *, look: str = "", fill: str = "", extra: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    style = f"<w:{look}/>" if look else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in clean(text).split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}"/>'
        f'{style}<w:sz w:val="{_HALF_POINTS}"/></w:rPr>{runs}</w:r></w:p></w:tc>'
    )
