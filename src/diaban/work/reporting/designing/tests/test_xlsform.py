"""XLSForms as they come: good ones become a draft, odd ones are told about row by row."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from diaban.lib.workbooks import WorkbookRefused
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.workbook import FormNotTaken
from diaban.work.reporting.designing.xlsform import Imported, read_xlsform
from diaban.work.reporting.layout import Measure, Part

CATALOGUE = Catalogue(
    measures={
        "BC07": Measure("BC07", "Số điểm phục vụ bưu chính", "điểm", "integer", 0, Decimal(0)),
        "BC01": Measure("BC01", "Số doanh nghiệp bưu chính", "doanh nghiệp", "integer", 0),
        "BC14": Measure("BC14", "Sản lượng thư", "thư", "integer", 0),
        "VT38": Measure("VT38", "Thuê bao cố định", "thuê bao", "integer", 0, formula="BC07 + BC14"),
    },
    dimensions={"postal_enterprise": (Part("vnpost", "VNPost"), Part("viettel_post", "Viettel Post"))},
    divisions={("BC01", "postal_enterprise"): "list"},
    fields={"post": "Bưu chính"},
)
GOOD: Sequence[Sequence[str]] = (
    ("type", "name", "label", "label::Vietnamese", "required", "constraint", "constraint_message::Vietnamese", "relevant", "hint"),
    ("start", "start", "", "", "", "", "", "", ""),
    ("begin_group", "post", "Post", "Bưu chính", "", "", "", "", ""),
    ("note", "n1", "Careful", "Đếm cả điểm lưu động", "", "", "", "", ""),
    ("integer", "bc07", "Points", "Số điểm", "yes", ". >= 0 and . <= 500", "Từ 0 đến 500", "", "Cuối kỳ"),
    ("decimal", "letters", "Letters", "Sản lượng thư", "", ". div ${bc07} != 3", "", "${bc07} > 0", ""),
    ("select_multiple ent", "BC01", "Who", "Doanh nghiệp", "", "", "", "", ""),
    ("calculate", "VT38", "", "", "", "", "", "", ""),
    ("select_one yn", "ok", "Ok?", "Có thuận lợi không", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", "", ""),
    ("begin_repeat", "villages", "Villages", "Danh sách thôn", "", "", "", "", ""),
    ("text", "village", "Village", "Tên thôn", "", "", "", "", ""),
    ("integer", "households", "Households", "Số hộ", "", "", "", "", ""),
    ("end_repeat", "", "", "", "", "", "", "", ""),
    ("text", "words", "Words", "Khó khăn", "yes", "", "", "", ""),
)  # fmt: skip
CHOICES = (
    ("list_name", "name", "label", "label::Vietnamese"),
    ("ent", "vnpost", "VNPost", "Bưu điện"),
    ("ent", "viettel_post", "Viettel", "Viettel"),
    ("yn", "y", "Yes", "Có"),
    ("yn", "n", "No", "Không"),
)
SETTINGS = (("form_title", "form_id"), ("Khảo sát bưu chính", "Khao sat 2026"))


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def told(found: Imported) -> str:
    return "\n".join(f"{one.cell}: {one.message}" for one in found.left)


def test_what_has_meaning_here_becomes_lines_words_tables_and_checks() -> None:
    found = read_xlsform(workbook(survey=GOOD, choices=CHOICES, settings=SETTINGS), CATALOGUE)

    records = found.records
    assert records["head"] == [{"code": "khao_sat_2026", "name": "Khảo sát bưu chính"}]
    assert [(one["number"], one["title"]) for one in records["sections"]] == [("1", "Bưu chính")]
    assert [(one["indicator"], one["mode"], one["required"], one["note"]) for one in records["lines"]] == [
        ("BC07", "value", "yes", "Đếm cả điểm lưu động Cuối kỳ"),
        ("BC14", "value", "no", ""),
        ("BC01", "list", "no", ""),
        ("VT38", "value", "auto", ""),
    ]
    assert [(one["code"], one["label"]) for one in records["members"]] == [
        ("vnpost", "Bưu điện"),
        ("viettel_post", "Viettel"),
    ]
    assert [(one["code"], one["heading"], one["kind"], one["required"]) for one in records["headings"]] == [
        ("TEXT__ok", "Có thuận lợi không (Có / Không)", "text", "no"),
        ("TEXT__villages", "Danh sách thôn", "rows", "no"),
        ("TEXT__words", "Khó khăn", "text", "yes"),
    ]
    assert [(one["code"], one["label"]) for one in records["columns"]] == [
        ("village", "Tên thôn"),
        ("households", "Số hộ"),
    ]
    assert [(one["expression"], one["message"]) for one in records["rules"]] == [
        ("BC07 >= 0 and BC07 <= 500", "Từ 0 đến 500"),
        ("BC14 / BC07 != 3", "Sản lượng thư: không đúng điều kiện . div ${bc07} != 3"),
    ]


def test_what_has_no_meaning_here_is_told_by_row_with_the_reason() -> None:
    said = told(read_xlsform(workbook(survey=GOOD, choices=CHOICES, settings=SETTINGS), CATALOGUE))

    assert "survey, dòng 2: “start” là thông tin về máy" in said
    assert "survey, dòng 6: relevant = “${bc07} > 0”: điều kiện hiện câu hỏi" in said
    assert "survey, dòng 8: Chỉ tiêu VT38 tính theo công thức của danh mục" in said
    assert "survey, dòng 9: Câu hỏi chọn không phải số liệu thống kê" in said


ODD = (
    ("type", "name", "label::English (en)", "label::Français", "mood", "constraint"),
    ("geopoint", "where", "Where", "Où", "", ""),
    ("hologram", "h", "H", "", "", ""),
    (None, "lost", "Lost", "", "", ""),
    ("integer", "unknown", "Cows", "Vaches", "glad", ""),
    ("integer", "BC07", "Points", "Points", "", "regex(., '^[0-9]+$')"),
    ("integer", "BC07", "Again", "Encore", "", ""),
    ("integer", "BC14", "", "", "", ". < ${cows}"),
    ("end group", "", "", "", "", ""),
    ("select_one nowhere", "s", "", "", "", ""),
    ("note", "n", "Bye", "", "", ""),
    ("begin repeat", "r", "R", "", "", ""),
    ("image", "photo", "P", "", "", ""),
)


def test_an_odd_form_is_read_as_far_as_it_goes() -> None:
    found = read_xlsform(workbook(Survey=ODD), CATALOGUE)

    said = told(found)
    assert [one["indicator"] for one in found.records["lines"]] == ["BC07", "BC14"]
    assert found.records["rules"] == []
    for words in (
        "Tiêu đề theo ngôn ngữ “français” không dùng; biểu mẫu lấy ngôn ngữ “english (en)”",
        "Cột “mood” của trang survey không có trong chuẩn XLSForm",
        "survey, dòng 2: Loại “geopoint” (tọa độ)",
        "survey, dòng 3: Không biết loại “hologram”",
        "survey, dòng 4: Không có loại câu hỏi",
        "survey, dòng 5: Danh mục không có chỉ tiêu này",
        "survey, dòng 6: Điều kiện “regex(., '^[0-9]+$')” không chuyển được",
        "survey, dòng 7: Chỉ tiêu BC07 đã hỏi",
        "survey, dòng 8: Điều kiện “. < ${cows}” nêu ô không có trên biểu",
        "survey, dòng 9: “end group” không có chỗ mở",
        "survey, dòng 10: Danh sách “nowhere” không có",
        "survey, dòng 11: Ghi chú",
        "survey, dòng 13: Loại “image” (ảnh)",
        "Nhóm “R” (begin_repeat) không được đóng",
    ):
        assert words in said


RICH = (
    ("type", "name", "label::English (en)", "label::Tiếng Việt (vi)", "bind::relevant", "calculate"),
    ("end", "end", "", "", "", ""),
    ("select_one net or_other", "net", "Network", "Mạng", "", ""),
    ("select_one_from_file xa.csv", "near", "Near", "Xã lân cận", "${net} = 'v'", ""),
    ("integer", "", "", "", "", ""),
)
NETWORKS = (("list name", "name", "label::English (en)", "label::Tiếng Việt (vi)"), ("net", "v", "Other", "Mạng khác"))


def test_a_form_of_many_languages_lists_and_sheets_is_read_in_vietnamese() -> None:
    found = read_xlsform(
        workbook(
            survey=RICH, choices=NETWORKS, settings=[("form_title", "style"), ("Mạng", "pages")], entities=[("a",)]
        ),
        CATALOGUE,
    )

    said = told(found)
    assert [one["heading"] for one in found.records["headings"]] == ["Mạng (Mạng khác)", "Xã lân cận", ""]
    for words in (
        "survey, dòng 2: “end” là thông tin về máy",
        "survey, dòng 3: or_other (ý khác)",
        "survey, dòng 4: relevant = “${net} = 'v'”",
        "survey, dòng 4: Lựa chọn lấy từ tệp “xa.csv”",
        "survey, dòng 5: Câu hỏi không có tên và tiêu đề",
        "settings, style = “pages”",
        "Trang “entities” không có nghĩa",
    ):
        assert words in said
    assert "calculate" not in said


def test_merged_cells_leave_their_other_rows_without_a_type() -> None:
    book = openpyxl.load_workbook(
        BytesIO(workbook(survey=[("type", "name", "label"), ("integer", "BC07", "A"), ("", "BC14", "B")]))
    )
    book["survey"].merge_cells("A2:A3")
    out = BytesIO()
    book.save(out)

    found = read_xlsform(out.getvalue(), CATALOGUE)

    assert [one["indicator"] for one in found.records["lines"]] == ["BC07"]
    assert "survey, dòng 3: Không có loại câu hỏi (ô trống hoặc gộp với dòng trên)" in told(found)


def test_two_hundred_rows_keep_two_hundred_names_apart() -> None:
    rows = [("type", "name", "label"), *(("text", f"Câu {number % 10}", f"Câu hỏi {number}") for number in range(200))]

    found = read_xlsform(workbook(survey=rows), CATALOGUE)

    assert len({one["code"] for one in found.records["headings"]}) == 200
    assert found.records["headings"][199]["heading"] == "Câu hỏi 199"


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"data": [("type", "name")]}, "Tệp thiếu trang “survey”"),
        ({"survey": [("kind", "name")]}, "thiếu cột type"),
        ({"survey": []}, "thiếu cột type, name"),
        ({"survey": [("type", "name", "label")]}, "không có câu hỏi nào"),
    ],
)
def test_what_is_no_xlsform_is_refused(sheets: dict[str, Sequence[Sequence[object]]], message: str) -> None:
    with pytest.raises(FormNotTaken, match=message):
        read_xlsform(workbook(**sheets), CATALOGUE)


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(WorkbookRefused):
        read_xlsform(b"type,name\ninteger,a\n", CATALOGUE)
