"""DOCX of a paper: styles an office can edit in Word, boxes as a table without borders, annexes as sections."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from diaban.foundation.documents import docx_marks as marks
from diaban.foundation.documents.composing import Composed, ComposedAnnex, compose, compose_sheet
from diaban.foundation.documents.content import (
    Block,
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Sheet,
    Signer,
    Spacer,
    Table,
)
from diaban.foundation.documents.docx_styles import NAMES, define_styles
from diaban.foundation.documents.docx_tables import add_table, box_table
from diaban.foundation.documents.layout import MOTTO, NATION, ND30, Family
from diaban.foundation.documents.pdf import svg_to_png

_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
_PICTURE_PPI: Final = 200


def render_docx(paper: Paper, *, family: Family = ND30) -> bytes:
    """The paper as a Word document; the same paper gives the same bytes.

    A paper with pictures raises `FontsMissing` where PDF would.
    """
    return _set(compose(paper, family), paper.day or family.valid_from, family)


def sheet_docx(sheet: Sheet) -> bytes:
    """A working page as a Word document, in the type and margins of papers. As `render_docx`."""
    return _set(compose_sheet(sheet), sheet.day, ND30)


def _set(composed: Composed, day: date, family: Family) -> bytes:
    word = Document()
    define_styles(word, family)
    _describe(word, composed, day)
    _page(word.sections[0], family, landscape=False)
    _margin_lines(word.sections[0], composed)
    page = _Page(word, composed, family)
    page.boxes()
    page.title()
    page.addressees()
    page.bases()
    page.blocks(composed.body, landscape=False)
    if composed.signer != Signer("") or composed.recipients:
        page.signatures()
    for annex in composed.annexes:
        page.annex(annex)
    return same_bytes(word)


class _Page:
    """Writes one paper from top to bottom into a Word document."""

    def __init__(self, word: Word, composed: Composed, family: Family) -> None:
        self.word, self.composed, self.family = word, composed, family
        # A new document carries no paragraph; where one must hold a table's end, Word wants it.
        self.last: Line | None = None

    def line(self, text: str, style: str) -> Line:
        self.last = marks.write(self.word.add_paragraph(style=NAMES[style]), text)
        return self.last

    def boxes(self) -> None:
        words, family = self.composed, self.family
        table = box_table(self.word, (family.left_box, family.right_box), rows=2)
        agency, nation = table.rows[0].cells
        name = []
        if words.superior:
            name.append(_in_cell(agency, words.superior, "superior"))
        name.append(_in_cell(agency, words.agency, "agency"))
        marks.rule_below(
            agency,
            marks.rule_width(words.agency, family.sizes.agency, family.left_box) * family.rule_share,
            family.left_box,
        )
        _in_cell(nation, NATION, "nation")
        _in_cell(nation, MOTTO, "motto")
        marks.rule_below(nation, family.motto_width, family.right_box)
        number, day = table.rows[1].cells
        _in_cell(number, words.number_line, "number")
        if words.short_subject:
            _in_cell(number, words.short_subject, "short_subject")
        _in_cell(day, words.place_date, "place_date")

    def title(self) -> None:
        words, family = self.composed, self.family
        if words.type_name:
            self.line(words.type_name, "type")
            self.line(words.subject, "subject")
            self._rule(words.subject, family.sizes.title, landscape=False)
        for notice in words.notices:
            self.line(f"({notice})", "notice")

    def _rule(self, text: str, size: float, *, landscape: bool) -> None:
        room = self.family.text_width(landscape=landscape)
        width = marks.rule_width(text, size, room) * self.family.rule_share
        marks.make_rule(self.word.add_paragraph(), width, room).paragraph_format.space_after = Pt(8)

    def addressees(self) -> None:
        names = self.composed.addressees
        if len(names) == 1:
            self.line(f"Kính gửi: {names[0]}", "addressee")
        elif names:
            self.line("Kính gửi:", "addressee_lead")
            for name in names:
                self.line(f"-\t{name}", "addressee_item")
            self.word.paragraphs[-1].paragraph_format.space_after = Pt(12)

    def bases(self) -> None:
        words = self.composed
        if words.enacting:
            self.line(words.enacting, "enacting")
        for basis in words.bases:
            self.line(basis, "basis")
        if words.deciding:
            self.line(words.deciding, "enacting")

    def blocks(self, blocks: tuple[Block, ...], *, landscape: bool) -> None:
        for block in blocks:
            self._block(block, landscape=landscape)

    def _block(self, block: Block, *, landscape: bool) -> None:
        match block:
            case Heading() | Paragraph() | Bullets():
                self._words(block)
            case Table():
                add_table(self.word, block, self.family, landscape=landscape)
                self.last = None
            case Picture():
                self._picture(block, landscape=landscape)
            case Spacer():
                marks.space(self.word.add_paragraph(), block.height)
            case PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _words(self, block: Heading | Paragraph | Bullets) -> None:
        if isinstance(block, Heading):
            self.line(block.text, f"heading_{block.level}")
        elif isinstance(block, Bullets):
            for item in block.items:
                self.line(f"- {item}", "body")
        else:
            line = self.line(f"{block.bold_lead} " if block.bold_lead else "", "body")
            line.runs[0].bold = True
            marks.write(line, block.text)
            line.paragraph_format.keep_with_next = not block.text or None  # a lead alone stays with what it leads

    def _picture(self, picture: Picture, *, landscape: bool) -> None:
        line = self.word.add_paragraph(style=NAMES["picture"])
        png = svg_to_png(picture.svg, pixels_per_inch=_PICTURE_PPI)
        drawn = line.add_run().add_picture(io.BytesIO(png))
        # The PNG does not say its density and Word would take 72 pixels an inch.
        natural = drawn.width * 72 / _PICTURE_PPI
        share = min(natural, Mm(self.family.text_width(landscape=landscape))) / drawn.width
        drawn.height, drawn.width = Length(round(drawn.height * share)), Length(round(drawn.width * share))
        marks.describe_picture(drawn, picture.caption or "Hình")
        if picture.caption:
            line.paragraph_format.keep_with_next = True
            self.line(picture.caption, "picture_caption")

    def signatures(self) -> None:
        words, family = self.composed, self.family
        if self.last is not None:
            self.last.paragraph_format.keep_with_next = True
            self.last.paragraph_format.keep_together = True
        marks.make_rule(
            self.word.add_paragraph(), 0, family.text_width(landscape=False)
        ).paragraph_format.keep_with_next = True
        if words.secretary is None:
            left, right = box_table(self.word, (family.left_box, family.right_box), rows=1).rows[0].cells
            self._recipients(left)
        else:
            half = family.text_width(landscape=False) / 2
            table = box_table(self.word, (half, half), rows=2)
            left, right = table.rows[0].cells
            self._signer(left, words.secretary)
            self._recipients(table.rows[1].cells[0])
            for line in (*left.paragraphs, *right.paragraphs):
                line.paragraph_format.keep_with_next = True
            table.rows[1].cells[0].paragraphs[0].paragraph_format.space_before = Pt(6)
        self._signer(right, words.signer)

    def _recipients(self, cell: _Cell) -> None:
        if self.composed.recipients:
            _in_cell(cell, "Nơi nhận:", "recipients_head")
        for name in self.composed.recipients:
            _in_cell(cell, f"- {name}", "recipients")

    def _signer(self, cell: _Cell, who: Signer) -> None:
        for text in (*who.on_behalf_of, who.title):
            _in_cell(cell, text, "signer")
        name = _in_cell(cell, who.name, "signer")
        name.paragraph_format.space_before = Mm(self.family.signature_gap)

    def annex(self, annex: ComposedAnnex) -> None:
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        _page(section, self.family, landscape=annex.landscape)
        marks.restart_numbering(section)
        self.line(annex.label, "annex")
        self.line(annex.title, "annex")
        self.line(annex.reference, "reference")
        self._rule(annex.reference, self.family.sizes.place_date, landscape=annex.landscape)
        for notice in self.composed.notices:
            self.line(f"({notice})", "notice")
        self.blocks(annex.body, landscape=annex.landscape)


def _in_cell(cell: _Cell, text: str, style: str) -> Line:
    """One more line in a cell; the empty paragraph that every new cell holds is used first."""
    first = cell.paragraphs[0]
    fresh = len(cell.paragraphs) == 1 and not first.text and first.style is not None and first.style.name == "Normal"
    line = first if fresh else cell.add_paragraph()
    line.style = NAMES[style]
    return marks.write(line, text)


def _page(section: Section, family: Family, *, landscape: bool) -> None:
    width, height = family.page_width, family.page_height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(height), Mm(width)) if landscape else (Mm(width), Mm(height))
    section.top_margin, section.bottom_margin = Mm(family.margins.top), Mm(family.margins.bottom)
    section.left_margin, section.right_margin = Mm(family.margins.left), Mm(family.margins.right)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _margin_lines(section: Section, composed: Composed) -> None:
    """The page number above every page but the first; the notices below every page."""
    number = section.header.paragraphs[0]
    number.style = NAMES["page_number"]
    marks.page_number(number)
    section.first_page_header.paragraphs[0].style = NAMES["page_number"]
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = NAMES["page_notice"]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        marks.write(line, " · ".join(composed.notices))


def _describe(word: Word, composed: Composed, day: date) -> None:
    moment = datetime.combine(day, time.min, tzinfo=UTC).replace(tzinfo=None)
    about = word.core_properties
    about.title, about.author, about.last_modified_by = (
        composed.file_title[:255],
        composed.agency[:255],
        composed.agency[:255],
    )
    about.comments, about.language, about.revision = "", "vi-VN", 1
    about.created = about.modified = moment


def same_bytes(word: Word) -> bytes:
    """The saved file with the clock taken out of its archive."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    word.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, _ZIP_DAY), source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
