"""A form goes out as a workbook and comes back the same, whatever is written in it."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diaban.work.reporting.designing.records import TABLES, Column, Record, Records, cleaned, plain
from diaban.work.reporting.designing.workbook import FormNotTaken, form_workbook, read_form

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["=1+1", "0012", "1.234,5", "1,5", "TRUE", "2026-01-02", "Bưu điện “xã”; a=b", "_x0041_", "#N/A", "'a", "@x"]
    ),
)


def values_of(column: Column) -> st.SearchStrategy[str]:
    if column.kind == "choice":
        codes = st.sampled_from([code for code, _words in column.options])
        return codes if column.is_required else st.one_of(st.just(""), codes)
    if column.kind == "whole":
        return st.integers(0, 999).map(str)
    if column.kind == "decimal":
        numbers = st.decimals(-(Decimal(10) ** 11), Decimal(10) ** 11, places=4, allow_nan=False, allow_infinity=False)
        return st.one_of(st.just(""), numbers.map(plain))
    return TEXTS.map(cleaned).map(lambda text: text[: column.longest].strip())


def record_of(columns: tuple[Column, ...]) -> st.SearchStrategy[Record]:
    return st.fixed_dictionaries({column.key: values_of(column) for column in columns}).filter(
        lambda record: any(record.values())
    )


RECORDS: st.SearchStrategy[Records] = st.fixed_dictionaries(
    {table.key: st.lists(record_of(table.columns), max_size=3) for table in TABLES}
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RECORDS)
def test_a_workbook_brings_back_what_was_written(records: Records) -> None:
    assert read_form(form_workbook(records)).records == records


LINE = {
    "section": "1", "indicator": "BC07", "dimension": "", "mode": "value", "required": "yes", "provider": "locality",
    "frequency": "every", "prefill_last": "no", "least": "", "most": "0.5", "note": "Ghi chú",
}  # fmt: skip


def changed(**cells: str | int) -> bytes:
    """The workbook of one line with cells of its sheet changed by hand in Excel."""
    records = {**{table.key: [] for table in TABLES}, "lines": [dict(LINE)]}
    book = openpyxl.load_workbook(BytesIO(form_workbook(records)))
    for name, value in cells.items():
        book["Dòng"][name] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_people_type_into_the_workbook_is_understood() -> None:
    typed = changed(D2="tỬ SỐ và mẫu số", E2="no", I2=12, J2="1.000,5", K2=2026, A2=1)

    (line,) = read_form(typed).records["lines"]

    assert line == {**LINE, "mode": "ratio", "required": "no", "least": "12", "most": "1000.5", "note": "2026"}


def test_every_wrong_cell_is_named_at_once_and_nothing_is_taken() -> None:
    with pytest.raises(FormNotTaken) as refusal:
        read_form(changed(A2="một", D2="Hai số", J2="1,23456", K2="=A2", K1="Khác"))

    assert {fault.cell for fault in refusal.value.faults} >= {"Dòng!A2", "Dòng!D2", "Dòng!J2", "Dòng!A1"}
    told = {fault.cell: fault.message for fault in refusal.value.faults}
    assert told["Dòng!D2"].startswith("“Hai số” không có trong danh sách. Chọn một trong: Một số,")


def test_columns_may_be_moved_and_rows_left_blank() -> None:
    book = openpyxl.load_workbook(BytesIO(changed()))
    sheet = book["Dòng"]
    sheet.insert_rows(2, 3)
    sheet.move_range("K1:K5", cols=5)
    out = BytesIO()
    book.save(out)

    found = read_form(out.getvalue())

    assert found.records["lines"] == [LINE]
    assert found.rows["lines"] == [5]
