"""Name plates fit their strips, three to a page, turned towards the fold."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from diaban.foundation.documents.content import BadPaper
from diaban.foundation.documents.plates import Plate, plates_docx, plates_pdf

LONG = Plate("Ủy ban nhân dân huyện Hoàng Su Phì", "", "Đơn vị tiếp đoàn")
SHORT = Plate("Bùi Đức Khánh", "Giám đốc Sở", "Chủ trì")


def test_a_long_name_is_set_smaller_and_a_short_one_not() -> None:
    assert SHORT.size == 44
    assert 16 < LONG.size < 30


def test_three_stand_on_a_page_each_with_two_faces() -> None:
    plates = (SHORT, LONG, SHORT, LONG)

    read = PdfReader(BytesIO(plates_pdf(plates, title="Biển tên")))
    tables = Document(BytesIO(plates_docx(plates, title="Biển tên"))).tables

    assert len(read.pages) == 2
    assert len(tables) == 2
    assert float(read.pages[0].mediabox.width) > float(read.pages[0].mediabox.height)
    told = "".join(page.extract_text() for page in read.pages)
    assert told.count("BÙI ĐỨC KHÁNH") == 4
    assert [cell.text.count("HOÀNG SU PHÌ") for cell in tables[0].rows[0].cells] == [0, 0, 1, 1, 0, 0]


def test_both_faces_are_turned_towards_their_fold() -> None:
    table = Document(BytesIO(plates_docx((SHORT,), title="Biển tên"))).tables[0]

    turned = [each.get(qn("w:val")) for each in table._tbl.iter(qn("w:textDirection"))]

    assert turned == ["tbRl", "btLr"]


def test_nobody_has_no_plate() -> None:
    with pytest.raises(BadPaper):
        plates_pdf((), title="Biển tên")
    with pytest.raises(BadPaper):
        plates_docx((), title="Biển tên")
