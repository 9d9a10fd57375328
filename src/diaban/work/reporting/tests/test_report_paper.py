"""The official report of a department: its parts, who said what, its annexes, its two files."""

import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from docx import Document

from diaban.foundation.documents.composing import compose
from diaban.foundation.documents.content import Bullets, Heading, Paper, Paragraph, Picture, Table
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.issuing import initials
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.ui.models import Instance
from diaban.work.reporting.papers import report_paper, topic_of
from diaban.work.reporting.tables import as_csv, as_xlsx
from diaban.work.reporting.tests.consolidation_world import (
    LAST_YEAR,
    NOW,
    Q4,
    Consolidating,
    a_consolidating_world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Consolidating:
    world = a_consolidating_world()
    Instance.objects.update_or_create(pk=1, defaults={"name": "Sở", "notice": "Số liệu minh họa"})
    world.accept(Q4, "D2", {"BC07": "30", "VT26": "66", "VT35": "3"}, at=NOW)
    world.accept(LAST_YEAR, "D1", {"BC07": "20", "VT26": "70"})
    world.accept(LAST_YEAR, "D2", {"BC07": "30", "VT26": "70"})
    world.plan("P", "BC07", "60")
    return world


def paper_of(world: Consolidating) -> Paper:
    return report_paper(world.consolidated(), actor=world.here.actor("director"))


def text_of(paper: Paper) -> str:
    lines: list[str] = []
    for block in paper.body:
        match block:
            case Heading(text=text):
                lines.append(text)
            case Paragraph(text=text, bold_lead=lead):
                lines.append(f"{lead or ''} {text}".strip())
            case Bullets(items=items):
                lines += items
    return "\n".join(lines)


def test_it_has_the_four_parts_and_the_receivers(world: Consolidating) -> None:
    paper = paper_of(world)

    parts = [block.text for block in paper.body if isinstance(block, Heading) and block.level == 1]
    assert parts == [
        "Kết quả thực hiện",
        "Đánh giá chung",
        "Phương hướng, nhiệm vụ quý I năm 2010",
        "Đề xuất, kiến nghị của các địa phương",
    ]
    assert (paper.agency.name, paper.symbol) == ("Sở Thông tin và Truyền thông", "BC-STTTT")
    assert paper.addressees == ("Ủy ban nhân dân tỉnh Sơn Lâm",)
    assert (paper.signer.title, paper.signer.name) == ("Giám đốc", "Nguyễn Văn Giang")
    assert paper.is_draft


def test_it_says_the_figures_who_is_missing_and_who_said_what(world: Consolidating) -> None:
    said = text_of(paper_of(world))

    assert (
        "Đến 31/12/2009, toàn tỉnh có 53 điểm phục vụ bưu chính (tăng 6% so với cùng kỳ, đạt 88,3% kế hoạch)." in said
    )
    assert "toàn tỉnh có 124 thôn trắng sóng di động (giảm được 11,4% so với cùng kỳ)." in said
    assert "(số liệu của 1/2 huyện; chưa có: huyện Nam Sơn)" in said
    assert "chưa gửi: huyện Nam Sơn" in said
    assert "Huyện Bắc Sơn: Ban hành 03 văn bản." in said


def test_sentences_and_table_tell_the_same_numbers(world: Consolidating) -> None:
    paper = paper_of(world)
    annex = paper.annexes[0]
    table = next(block for block in annex.body if isinstance(block, Table))

    points = next(row.cells for row in table.rows if row.cells[1] == "Số điểm phục vụ bưu chính")

    assert annex.landscape
    assert points[2:] == ("điểm", "60", "", "53", "53", "50", "88,3", "106,0", "", "")
    assert any(isinstance(block, Picture) for block in paper.body)


def test_the_notice_of_the_instance_is_on_every_paper(world: Consolidating) -> None:
    paper = paper_of(world)

    assert "Số liệu minh họa" in paper.notices
    assert "Số liệu minh họa" in compose(paper).notices


def test_the_same_figures_give_the_same_files(world: Consolidating) -> None:
    first, again = paper_of(world), paper_of(world)

    assert first == again
    assert render_pdf(first) == render_pdf(again)
    word = Document(io.BytesIO(render_docx(first)))
    assert any("53 điểm phục vụ bưu chính" in line.text for line in word.paragraphs)


def test_csv_holds_every_row_with_exact_numbers(world: Consolidating) -> None:
    one = world.consolidated()

    lines = as_csv(one).decode("utf-8-sig").splitlines()

    assert len(lines) == len(one.rows) + 1
    ratio = next(line for line in lines if ",VT25," in line)
    assert format(one.row("VT25").value or Decimal(), "f") in ratio
    assert lines[0].endswith(",like_same_period,points_from_plan,cumulative_complete")


def test_the_workbook_has_the_form_and_the_units(world: Consolidating) -> None:
    content = as_xlsx(world.consolidated(), actor=world.here.actor("director"))

    with ZipFile(io.BytesIO(content)) as package:
        words = package.read("xl/sharedStrings.xml").decode()
        sheets = package.read("xl/workbook.xml").decode()
    assert 'name="Biểu tổng hợp"' in sheets
    assert 'name="Theo đơn vị"' in sheets
    for text in ("(Số liệu minh họa)", "Huyện Nam Sơn", "6 = 4/1", "Người lập biểu"):
        assert text in words


def test_names_of_forms_and_offices_are_shortened_as_offices_do() -> None:
    assert topic_of("Báo cáo công tác thông tin và truyền thông quý của huyện") == "công tác thông tin và truyền thông"
    assert initials("Sở Khoa học và Công nghệ") == "SKHCN"
    assert initials("Ủy ban nhân dân huyện Xín Mần") == "UBND"
