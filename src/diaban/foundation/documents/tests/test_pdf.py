"""The PDF says what the paper says, where the decree wants it, in the same bytes each time."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from diaban.foundation.documents.content import Bullets, Column, Heading, Paper, Paragraph, Picture, Row, Table
from diaban.foundation.documents.layout import ND30
from diaban.foundation.documents.pdf import FontsMissing, font_directories, render_pdf, svg_to_png
from diaban.foundation.documents.tests.papers import conclusions, decision, letter, minutes, report

HOSTILE = '#panic("x") $x^2$ *đậm* _nghiêng_ \\n `mã` "ngoặc" \'đơn\' <script>alert(1)</script> @ref // /* */ [a] {b} #{1+1} ~ -- ./.'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="#4a7"/>'
    '<text x="10" y="50" font-family="sans-serif">Số trạm</text></svg>'
)
POINTS_PER_MM = 72 / 25.4


def pages(paper: Paper) -> list[str]:
    """The words of each page, with one space between any two."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(render_pdf(paper))).pages]


def left_edges(paper: Paper, page: int = 0) -> dict[str, tuple[float, float]]:
    """Where each printed line begins on a page: millimetres from the left and from the top."""
    found: dict[str, tuple[float, float]] = {}

    def note(text: str, page_matrix: list[float], line: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            x = line[4] * page_matrix[0] + line[5] * page_matrix[2] + page_matrix[4]
            y = line[4] * page_matrix[1] + line[5] * page_matrix[3] + page_matrix[5]
            found.setdefault(text.strip(), (x / POINTS_PER_MM, ND30.page_height - y / POINTS_PER_MM))

    PdfReader(io.BytesIO(render_pdf(paper))).pages[page].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("paper", [report(), conclusions(), letter(), minutes(), decision()])
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert render_pdf(paper) == render_pdf(replace(paper))


def test_components_come_in_the_order_of_the_decree() -> None:
    first = pages(report())[0]
    wanted = [
        "UBND TỈNH HÀ GIANG",
        "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "Số: 05/BC-STTTT",
        "BÁO CÁO",
        "Kính gửi:",
        "I. KẾT QUẢ THỰC HIỆN",
    ]

    assert sorted(wanted, key=first.index) == wanted
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first


def test_boxes_stand_where_the_decree_puts_them() -> None:
    edges = left_edges(report())
    nation, agency = edges["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], edges["UBND TỈNH HÀ GIANG"]
    number, day = edges["Số: 05/BC-STTTT"], edges["Hà Giang, ngày 05 tháng 10 năm 2026"]

    assert agency[0] < nation[0]
    assert nation[0] >= ND30.margins.left + ND30.left_box
    assert agency[1] == pytest.approx(nation[1], abs=1)
    assert number[1] == pytest.approx(day[1], abs=1)
    assert number[1] > agency[1]


def test_minutes_carry_the_secretary_left_of_the_chair_and_the_recipients_below() -> None:
    edges = left_edges(minutes())

    assert edges["THƯ KÝ"][0] < edges["CHỦ TỌA"][0]
    assert edges["THƯ KÝ"][1] == pytest.approx(edges["CHỦ TỌA"][1], abs=1)
    assert edges["Nơi nhận:"][1] > edges["Nguyễn Văn An"][1]
    assert "ngày 12 tháng 3" not in " ".join(text for text, place in edges.items() if place[1] < 40)


def test_pages_count_from_the_second_and_each_annex_anew() -> None:
    printed = pages(report())
    start = next(at for at, text in enumerate(printed) if "Phụ lục I " in text)

    assert start == 2
    assert not printed[0].startswith("1 ")
    assert printed[1].startswith("2 ")
    assert printed[start].startswith("Phụ lục I BIỂU TỔNG HỢP")
    assert [text.split()[0] for text in printed[start + 1 : -1]] == [
        str(at) for at in range(2, 2 + len(printed) - start - 2)
    ]
    assert printed[-1].startswith("Phụ lục II DANH SÁCH")


def test_a_long_landscape_table_repeats_its_heads_and_keeps_its_signatures_company() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(report())))
    wide = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]

    assert len(wide) >= 3
    assert all("Chỉ tiêu" in page.extract_text() and "So sánh (%)" in page.extract_text() for page in wide)
    assert "Người lập biểu" in wide[-1].extract_text()
    assert "59" in wide[-1].extract_text()


def test_every_page_carries_the_notice() -> None:
    assert all("Số liệu minh họa" in text for text in pages(report()))


def test_no_text_is_ever_read_as_markup() -> None:
    cells = Table(
        (Column(HOSTILE), Column("B")), (Row((HOSTILE, "=1+1"), bold=True),), caption=HOSTILE, notes=(HOSTILE,)
    )
    paper = replace(
        report(),
        subject=HOSTILE,
        agency=replace(report().agency, name=HOSTILE),
        addressees=(HOSTILE, HOSTILE),
        notices=(HOSTILE,),
        body=(Heading(1, HOSTILE), Paragraph(HOSTILE, bold_lead=HOSTILE), Bullets((HOSTILE,)), cells, Paragraph("hết")),
        recipients=(HOSTILE,),
        annexes=(),
    )

    printed = "".join("".join(pages(paper)).split())

    squeezed = "".join(HOSTILE.removesuffix(" ./.").split())
    assert printed.count(squeezed) >= 9
    assert "hết./." in printed


def test_pictures_are_drawn_from_their_svg() -> None:
    drawn = pages(replace(letter(), body=(Picture(SVG, "Hình 1"), Paragraph("Hết."))))

    assert "Số trạm" in drawn[0]
    assert "Hình 1" in drawn[0]
    assert svg_to_png(SVG).startswith(b"\x89PNG")


def test_the_file_names_its_title_agency_and_day() -> None:
    about = PdfReader(io.BytesIO(render_pdf(letter()))).metadata

    assert about is not None
    assert (about.title or "").startswith("Công văn V/v đề nghị phối hợp")
    assert about.author == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"


def test_missing_fonts_are_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="npm ci"):
        font_directories(tmp_path)
