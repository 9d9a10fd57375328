"""Word styles of a paper, named in Vietnamese so that an office finds and changes them."""

from typing import cast

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from diaban.foundation.documents import docx_marks as marks
from diaban.foundation.documents.layout import Family

FONT = "Times New Roman"
NAMES = {
    "superior": "VB Cơ quan chủ quản",
    "agency": "VB Cơ quan ban hành",
    "nation": "VB Quốc hiệu",
    "motto": "VB Tiêu ngữ",
    "number": "VB Số ký hiệu",
    "short_subject": "VB Trích yếu công văn",
    "place_date": "VB Địa danh ngày tháng",
    "type": "VB Tên loại",
    "subject": "VB Trích yếu",
    "notice": "VB Ghi chú minh họa",
    "addressee": "VB Kính gửi",
    "addressee_lead": "VB Kính gửi nhiều nơi",
    "addressee_item": "VB Kính gửi từng nơi",
    "enacting": "VB Thẩm quyền ban hành",
    "basis": "VB Căn cứ",
    "body": "VB Nội dung",
    "heading_1": "Heading 1",
    "heading_2": "Heading 2",
    "heading_3": "Heading 3",
    "heading_4": "Heading 4",
    "picture": "VB Hình",
    "picture_caption": "VB Tên hình",
    "table_caption": "VB Tên bảng",
    "table_unit": "VB Đơn vị tính",
    "table": "VB Bảng",
    "recipients_head": "VB Nơi nhận",
    "recipients": "VB Danh sách nơi nhận",
    "signer": "VB Người ký",
    "annex": "VB Phụ lục",
    "reference": "VB Kèm theo",
    "page_number": "Header",
    "page_notice": "Footer",
}
TABLE_STYLE = "VBBang"  # the id inside the file
_KINH_GUI = 17.6  # millimetres of “Kính gửi” at 14 points: dashes stand under its colon
_LEAD = 30.0


def define_styles(word: Word, family: Family) -> None:
    """Set the base style and make every style of NAMES."""
    size = family.sizes
    base = cast(ParagraphStyle, word.styles["Normal"])
    _typeface(base, size.body)
    base.paragraph_format.space_after = base.paragraph_format.space_before = Pt(0)
    base.paragraph_format.widow_control = True
    centred = {
        "superior": (size.agency, ""), "agency": (size.agency, "b"), "nation": (size.nation, "b"), "motto": (size.motto, "b"),
        "number": (size.number, ""), "short_subject": (size.short_subject, ""), "place_date": (size.place_date, "i"),
        "type": (size.title, "b"), "subject": (size.title, "b"), "notice": (13, "i"), "addressee": (size.body, ""),
        "enacting": (size.body, "b"), "picture": (size.body, ""), "picture_caption": (12, "i"), "table_caption": (13, "b"),
        "signer": (size.signer, "b"), "annex": (14, "b"), "reference": (13, "i"), "page_number": (size.page_number, ""),
        "page_notice": (size.notice, "i"),
    }  # fmt: skip
    for name, (points, look) in centred.items():
        _style(word, name, points, look, WD_ALIGN_PARAGRAPH.CENTER)
    for name, points, look in (
        ("addressee_lead", size.body, ""),
        ("addressee_item", size.body, ""),
        ("table", 13.0, ""),
        ("recipients_head", size.recipients_head, "bi"),
        ("recipients", size.recipients, ""),
    ):
        _style(word, name, points, look, WD_ALIGN_PARAGRAPH.LEFT)
    _style(word, "table_unit", 12, "i", WD_ALIGN_PARAGRAPH.RIGHT)
    for name, look in (
        ("body", ""),
        ("basis", "i"),
        ("heading_1", "b"),
        ("heading_2", "b"),
        ("heading_3", ""),
        ("heading_4", "i"),
    ):
        _running(
            _style(word, name, size.body, look, WD_ALIGN_PARAGRAPH.JUSTIFY),
            family,
            is_heading=name.startswith("heading"),
        )
    _of(word, "table").element.styleId = TABLE_STYLE
    _spacing(word)
    # A hair closer, so that the name of the nation keeps to one line whatever font stands in for Times New Roman.
    marks.condense(_of(word, "nation"), 0.25)


def _spacing(word: Word) -> None:
    for name, before, after in (
        ("short_subject", 6, 0), ("type", 18, 0), ("notice", 4, 4), ("addressee", 12, 12), ("addressee_lead", 12, 0),
        ("enacting", 10, 10), ("picture_caption", 4, 8), ("table_caption", 8, 4), ("table_unit", 0, 3), ("place_date", 0, 0),
    ):  # fmt: skip
        shape = _of(word, name).paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
    for name in ("table_caption", "table_unit", "type", "annex"):
        _of(word, name).paragraph_format.keep_with_next = True
    lead, item = _of(word, "addressee_lead").paragraph_format, _of(word, "addressee_item").paragraph_format
    lead.left_indent = Mm(_LEAD)
    item.left_indent, item.first_line_indent = Mm(_LEAD + _KINH_GUI + 3), Mm(-3)
    item.tab_stops.add_tab_stop(Mm(_LEAD + _KINH_GUI + 3), WD_TAB_ALIGNMENT.LEFT)
    _of(word, "recipients").paragraph_format.first_line_indent = Mm(0)


def _running(style: ParagraphStyle, family: Family, *, is_heading: bool) -> None:
    shape = style.paragraph_format
    shape.first_line_indent = Mm(family.indent)
    shape.space_before, shape.space_after = Pt(0), Pt(family.paragraph_gap_pt)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, family.line_factor
    shape.keep_with_next = is_heading


def _style(word: Word, name: str, points: float, look: str, align: WD_ALIGN_PARAGRAPH) -> ParagraphStyle:
    label = NAMES[name]
    if label not in word.styles:
        word.styles.add_style(label, WD_STYLE_TYPE.PARAGRAPH)
    style = _of(word, name)
    style.base_style = style.base_style if label.startswith(("Heading", "Header", "Footer")) else word.styles["Normal"]
    _typeface(style, points)
    style.font.bold, style.font.italic = "b" in look, "i" in look
    style.paragraph_format.alignment = align
    style.quick_style = True
    return style


def _of(word: Word, name: str) -> ParagraphStyle:
    return cast(ParagraphStyle, word.styles[NAMES[name]])


def _typeface(style: ParagraphStyle, points: float) -> None:
    """Times New Roman in black for every script; the template's theme fonts would win over a plain name."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)
