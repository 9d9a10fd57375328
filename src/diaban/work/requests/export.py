"""The table of a request as rows of a file."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from diaban.lib.workbooks import Column
from diaban.work.requests.models import hour_words
from diaban.work.requests.queries.answers import Row, Table
from diaban.work.requests.rules import NONE_OCCURRED, Asked, Kind, shown

STATES = {"answered": "Đã trả lời", "answered_late": "Trả lời chậm", "not_answered": "Chưa trả lời"}


def columns_of_export(table: Table) -> list[Column]:
    """The columns of the workbook, before them the unit, after them how and when it answered."""
    return [
        Column("STT", "integer", width=6),
        Column("Mã", width=9),
        Column("Đơn vị", width=28),
        Column("Huyện cũ", width=18),
        *(_column(column) for column in table.columns),
        Column("Trạng thái", width=14),
        Column("Trả lời lúc", "moment"),
        Column("Người trả lời", width=22),
    ]


def _column(column: Asked) -> Column:
    if column.kind is Kind.WHOLE:
        return Column(column.called, "integer")
    if column.kind is Kind.NUMBER:
        return Column(column.called, "decimal", digits=2)
    return Column(column.called, "date") if column.kind is Kind.DATE else Column(column.called, width=20)


def head_of_export(table: Table) -> list[str]:
    return [column.title for column in columns_of_export(table)]


def rows_of_export(table: Table) -> Iterator[Sequence[object]]:
    """A row for each receiver, in order."""
    for number, row in enumerate(table.rows, 1):
        answer = row.answer
        yield [
            number,
            row.receiver.code,
            row.receiver.name,
            row.receiver.group,
            *(_value(column, row) for column in table.columns),
            STATES[row.state],
            timezone.localtime(answer.answered_at) if answer else None,
            answer.by_name if answer else None,
        ]


def _value(column: Asked, row: Row) -> Decimal | date | str | None:
    if row.answer is None:
        return None
    value, reason = row.answer.values.get(column.code, ""), row.answer.reasons.get(column.code, "")
    if value and column.kind.is_number and reason in {"", NONE_OCCURRED}:
        return Decimal(value)
    if value and column.kind is Kind.DATE:
        return date.fromisoformat(value)
    return shown(column, value, reason) or None


def notes_of_export(table: Table, at: datetime) -> list[str]:
    """Where the table comes from, and what its totals cover."""
    request = table.request
    sums = [
        f"{column.called}{'' if column.is_rate else ', tổng'}: {foot.text} ({foot.total.given}/{foot.total.of} đơn vị có số)"
        for column, foot in zip(table.columns, table.foot, strict=True)
        if foot.text
    ]
    return [
        f"Theo {request.letter}. Hạn {request.due_words}. Lập lúc {hour_words(at)}.",
        f"Đã trả lời {table.answered}/{table.asked} đơn vị, chậm {table.late}.",
        *sums,
        "- không phát sinh; … có phát sinh, chưa thu thập được; x không áp dụng; KCC doanh nghiệp không cung cấp.",
    ]
