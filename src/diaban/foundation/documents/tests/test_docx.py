"""The DOCX is real Word: styles, sections, repeating heads; and says the same as the PDF."""

import io
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from diaban.foundation.documents.content import Column, PageBreak, Paper, Paragraph, Picture, Spacer, Table, rows_of
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.tests.papers import conclusions, decision, letter, minutes, report
from diaban.foundation.documents.tests.test_pdf import HOSTILE, SVG


@cache
def rendered(paper: Paper) -> bytes:
    return render_docx(paper)


def opened(paper: Paper) -> Word:
    return Document(io.BytesIO(rendered(paper)))


def words_of(word: Word) -> str:
    return "\n".join(
        "".join(node.text or "" for node in line.iter(qn("w:t"))) for line in word.element.body.iter(qn("w:p"))
    )


@pytest.mark.parametrize("paper", [report(), conclusions(), letter(), minutes(), decision()])
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert render_docx(paper) == render_docx(replace(paper))


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = opened(report()).sections[0]

    assert section.page_width == pytest.approx(Mm(210), abs=Mm(0.1))
    assert section.page_height == pytest.approx(Mm(297), abs=Mm(0.1))
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]


def test_every_style_speaks_times_new_roman() -> None:
    word = opened(report())
    used = {line.style.name for line in word.paragraphs if line.style is not None}

    assert {"VB Nội dung", "VB Tên loại", "Heading 1", "VB Phụ lục"} <= used
    for style in word.styles:
        if style.name in used:
            fonts = style.element.rPr.rFonts
            assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
                "Times New Roman"
            }
            assert not any("Theme" in name for name in fonts.attrib)


def test_the_page_number_is_above_every_page_but_the_first() -> None:
    section = opened(report()).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.first_page_footer.paragraphs[0].text == section.footer.paragraphs[0].text == "Số liệu minh họa"


def test_each_annex_is_a_section_with_its_own_orientation_and_numbers() -> None:
    main, figures, villages = opened(report()).sections

    assert [section.orientation for section in (main, figures, villages)] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert [section._sectPr.find(qn("w:pgNumType")) is not None for section in (main, figures, villages)] == [
        False,
        True,
        True,
    ]
    assert figures.header.is_linked_to_previous


def test_the_heads_of_a_table_repeat_and_its_rows_stay_whole() -> None:
    table = next(table for table in opened(report()).tables if len(table.columns) == 11)
    rows = list(table.rows)

    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows[:4]] == [True, True, True, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert rows[0].cells[4].text == "Thực hiện"
    assert [cell.text for cell in rows[2].cells] == ["A", "B", "C", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert len(rows) == 63


def test_the_rule_below_the_motto_is_as_long_as_the_motto() -> None:
    nation = opened(report()).tables[0].rows[0].cells[1]
    rule = nation.paragraphs[-1].paragraph_format

    assert nation.paragraphs[-1]._p.find(".//" + qn("w:pBdr")) is not None
    assert rule.left_indent is not None
    assert Mm(90) - 2 * rule.left_indent == pytest.approx(Mm(56.1), abs=Mm(0.2))


def test_a_paper_says_in_word_what_it_says_in_pdf() -> None:
    text = words_of(opened(report()))

    for words in (
        "Số: 05/BC-STTTT",
        "I. KẾT QUẢ THỰC HIỆN",
        "trân trọng báo cáo./.",
        "KT. GIÁM ĐỐC",
        "- Lưu: VT, VP.",
        "(Số liệu minh họa)",
    ):
        assert words in text
    assert "QUYẾT ĐỊNH:" in words_of(opened(decision()))
    assert "ngày 12 tháng 3" not in opened(minutes()).tables[0].rows[1].cells[1].text


def test_minutes_carry_two_signatures_with_the_recipients_below() -> None:
    signatures = opened(minutes()).tables[-1]

    assert [cell.text.split("\n")[0] for cell in signatures.rows[0].cells] == ["THƯ KÝ", "CHỦ TỌA"]
    assert signatures.rows[1].cells[0].text.startswith("Nơi nhận:")


def test_texts_that_no_xml_can_hold_do_no_harm() -> None:
    paper = replace(letter(), subject="a\x00b\x1f", body=(Paragraph(HOSTILE + "\x0b\ud800\nxuống dòng"),))

    text = words_of(opened(paper))

    assert HOSTILE.removesuffix(" ./.") in text
    assert "V/v ab" in text


def test_a_picture_is_as_large_as_in_the_pdf() -> None:
    drawn = opened(replace(letter(), body=(Picture(SVG),))).inline_shapes[0]

    assert (drawn.width.pt, drawn.height.pt) == (pytest.approx(150, abs=1), pytest.approx(75, abs=1))


def test_pictures_fit_the_page_and_breaks_break() -> None:
    wide = SVG.replace('width="200"', 'width="2000"', 1)
    word = opened(replace(letter(), body=(Picture(wide, "Hình 1"), Spacer(10), PageBreak(), Paragraph("Hết"))))

    assert word.inline_shapes[0].width <= Mm(165)
    assert 'descr="Hình 1"' in word.element.xml
    assert 'w:type="page"' in word.element.xml


def test_a_short_table_is_not_parted_and_a_long_one_is() -> None:
    def kept(rows: int) -> list[bool]:
        table = Table((Column("TT"), Column("Nội dung")), rows_of([[str(number), "việc"] for number in range(rows)]))
        word = opened(replace(report(), body=(table,), annexes=()))
        grid = next(one for one in word.tables if one.rows[0].cells[0].text == "TT")
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in grid.rows]

    assert kept(3) == [True, True, True, False]
    assert not any(kept(12)[1:])
