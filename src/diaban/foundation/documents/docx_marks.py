"""The few marks of Word that python-docx has no call for: rules, page fields, restarted numbers, clean texts."""

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shape import InlineShape
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

_MM_PER_POINT = 25.4 / 72


def write(line: Line, text: str) -> Line:
    """Add text to a paragraph; a line break in the text is one on paper."""
    for at, part in enumerate(text.split("\n")):
        run = line.add_run()
        if at:
            run.add_break()
        run.text += part
    return line


def rule_width(text: str, size: float, room: float) -> float:
    """About how wide a bold line of text prints, in millimetres, at most `room`: a rule is a third to a half of it."""
    em = sum(0.72 if char.isupper() else 0.25 if char.isspace() else 0.47 for char in text)
    return min(em * size * _MM_PER_POINT, room)


def make_rule(line: Line, width: float, room: float) -> Line:
    """Turn an empty paragraph into a horizontal rule of `width` in the middle of `room`; of width 0 it only keeps apart."""
    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    shape.space_before, shape.space_after, shape.first_line_indent = Pt(2), Pt(0), Mm(0)
    if not width:
        return line
    shape.left_indent = shape.right_indent = Mm(max(room - width, 0) / 2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return line


def rule_below(cell: _Cell, width: float, room: float) -> None:
    make_rule(cell.add_paragraph(), width, room)


def space(line: Line, height: float) -> None:
    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(max(height, 1))
    shape.space_before = shape.space_after = Pt(0)


def page_number(line: Line) -> None:
    """A field that Word fills with the number of the page."""
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def restart_numbering(section: Section) -> None:
    """Pages of this section count from 1."""
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(start, "w:cols", "w:vAlign", "w:titlePg", "w:docGrid")


def describe_picture(picture: InlineShape, words: str) -> None:
    """What a screen reader says for it."""
    picture._inline.docPr.set("descr", words)


def condense(style: ParagraphStyle, points: float) -> None:
    """Set the letters of a style closer by so many points."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(-20 * points)))
    style.element.get_or_add_rPr().insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang"
    )
