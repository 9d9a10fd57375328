from decimal import Decimal

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.filling import filled
from diaban.work.reporting.workbook import read_filled
from diaban.work.reporting.workbook.tests.filling_in import COMMUNE, a_workbook, changed, filled_in
from diaban.work.reporting.workbook.tests.paper_forms import LAST_DAYS, head_of, layout_of

EMPTY: dict[str, dict[str, str] | list[str]] = {
    "values": {}, "unread": {}, "reasons": {}, "explanations": {}, "texts": {}, "estimated": [], "confirmed": [],
    "objections": {},
}  # fmt: skip


def test_an_untouched_form_reads_as_blank_without_problems() -> None:
    found = read_filled(a_workbook(), expected=head_of().key)

    assert found.problems == ()
    assert found.key == head_of().key
    assert set(found.values.values()) == {None}
    assert found.ticks == {}


def test_numbers_come_back_exact_however_they_were_typed() -> None:
    content = filled_in(a_workbook(), {"CN18": 1923, "TT17": "1.234", "BC07__level_1": 0.1 + 0.2, "VT33": "12 500"})

    found = read_filled(content)

    assert found.values["CN18"] == 1923
    assert found.values["TT17"] == 1234
    assert found.values["VT33"] == 12500
    assert found.values["BC07__level_1"] == Decimal("0.3")


def test_signs_of_the_yearbook_become_reasons() -> None:
    found = read_filled(filled_in(a_workbook(), {"CN18": "-", "CN03": "…", "TT17": "x"}))

    assert (found.reasons["CN18"], found.reasons["CN03"], found.reasons["TT17"]) == (
        "none_occurred",
        "not_collected",
        "not_applicable",
    )
    assert found.problems == ()


def test_reasons_are_chosen_by_their_words() -> None:
    found = read_filled(filled_in(a_workbook(), {"REASON__CN18": "Doanh nghiệp không cung cấp"}))

    assert found.reasons["CN18"] == "refused"
    assert found.reasons["CN03"] is None


def test_nt_keeps_the_figure_of_last_period() -> None:
    found = read_filled(filled_in(a_workbook(), {"CN18": "nt"}))

    assert found.values["CN18"] == 12


def test_lists_words_estimates_and_notes_come_back() -> None:
    content = filled_in(
        a_workbook(),
        {
            "BC01__vnpost": "x",
            "BC01__other": "X",
            "NAME__BC01__other": "Nhất Tín",
            "EST__CN18": "x",
            "NOTE__CN18": "theo số tạm tính",
            "TEXT__direction": "Tổ chức họp",
            "TEXT__proposals__3__content": "Phủ sóng thôn",
        },
    )

    found = read_filled(content)

    assert found.ticks["BC01__vnpost"]
    assert not found.ticks["BC01__viettel_post"]
    assert found.texts["NAME__BC01__other"] == "Nhất Tín"
    assert found.estimated["CN18"]
    assert found.explanations["CN18"] == "theo số tạm tính"
    assert found.texts["TEXT__proposals"] == [{"content": "Phủ sóng thôn"}]


def test_a_draft_takes_it_as_if_it_had_been_typed() -> None:
    content = filled_in(
        a_workbook(), {"CN18": "-", "TT17": 7, "CN03": "không rõ", "REASON__VT33": "Chưa thu thập được"}
    )
    cells = cells_of(layout_of(COMMUNE), LAST_DAYS[COMMUNE])

    draft = filled(EMPTY, cells, read_filled(content).filling)

    assert draft.contents["values"] == {"CN18": "0", "TT17": "7"}
    assert draft.contents["reasons"] == {"CN18": "none_occurred", "VT33": "not_collected"}
    assert draft.contents["unread"] == {"CN03": "không rõ"}
    assert draft.ignored == ()


def test_plain_names_are_read_too() -> None:
    found = read_filled(filled_in(a_workbook(plain_names=True), {"CN18": 5}))

    assert found.values["CN18"] == 5


def test_a_program_that_drops_all_names_is_forgiven() -> None:
    content = changed(filled_in(a_workbook(), {"CN18": 5, "EST__CN18": "x"}), lambda book: book.defined_names.clear())

    found = read_filled(content)

    assert found.values["CN18"] == 5
    assert found.estimated["CN18"]
    assert found.problems == ()


def test_names_follow_their_cells_when_rows_move() -> None:
    content = filled_in(a_workbook(), {"CN18": 5})

    def move(book):  # type: ignore[no-untyped-def]  # openpyxl's own types are unfinished
        name = book.defined_names["_CN18"]
        ((sheet, place),) = name.destinations
        book[sheet]["F400"] = book[sheet][place].value
        book[sheet][place].value = 1
        name.value = f"'{sheet}'!$F$400"

    assert read_filled(changed(content, move)).values["CN18"] == 5
