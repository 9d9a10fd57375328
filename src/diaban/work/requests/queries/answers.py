"""What was answered, shaped for tables, lists and exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diaban.foundation.facts.models import Reason
from diaban.lib.vietnamese import format_number
from diaban.work.requests.models import Answer, Receiver, Request
from diaban.work.requests.rules import Asked, Kind, Total, shown, totals


def latest_answers(request: Request) -> dict[int, Answer]:
    """The newest version of each receiver's answer, by receiver. One query."""
    rows = Answer.objects.filter(receiver__request=request).order_by("receiver_id", "-number").distinct("receiver_id")
    return {answer.receiver_id: answer for answer in rows}


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: its words, and the reason in full where there is no value."""

    text: str
    is_number: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One receiver in the table; `answer` is None while it has not answered."""

    receiver: Receiver
    answer: Answer | None
    cells: Sequence[Shown]

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        if self.answer is None:
            return "not_answered"
        return "answered_late" if self.answer.is_late else "answered"


@dataclass(frozen=True, slots=True)
class Foot:
    """The total of one column in words, with how many gave a value."""

    text: str
    total: Total
    is_number: bool


@dataclass(frozen=True)
class Table:
    """A request with everything answered so far."""

    request: Request
    columns: Sequence[Asked]
    rows: Sequence[Row]
    foot: Sequence[Foot]
    last_at: datetime | None

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def answered(self) -> int:
        return sum(row.answer is not None for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.answer is not None and row.answer.is_late for row in self.rows)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.answer is None]

    @property
    def percent(self) -> int:
        return self.answered * 100 // self.asked if self.asked else 0

    @property
    def missing_groups(self) -> list[tuple[str, list[str]]]:
        """The names of those who have not answered, by old district."""
        groups: dict[str, list[str]] = {}
        for row in self.missing:
            groups.setdefault(row.receiver.group, []).append(row.receiver.name)
        return list(groups.items())


def columns_of(request: Request) -> list[Asked]:
    return [column.asked for column in request.columns.all()]


def table_of(request: Request) -> Table:
    """The table of a request; three queries, whatever its size."""
    columns = columns_of(request)
    answers = latest_answers(request)
    rows = [_row(columns, receiver, answers.get(receiver.pk)) for receiver in request.receivers.all()]
    sums = totals(columns, [answer.values for answer in answers.values()], len(rows))
    foot = [_foot(column, total) for column, total in zip(columns, sums, strict=True)]
    last_at = max((answer.answered_at for answer in answers.values()), default=None)
    return Table(request, columns, rows, foot, last_at)


def _row(columns: Sequence[Asked], receiver: Receiver, answer: Answer | None) -> Row:
    if answer is None:
        return Row(receiver, None, [Shown("", column.kind.is_number) for column in columns])
    return Row(receiver, answer, [_cell(column, answer) for column in columns])


def _cell(column: Asked, answer: Answer) -> Shown:
    reason = answer.reasons.get(column.code, "")
    text = shown(column, answer.values.get(column.code, ""), reason)
    return Shown(text, column.kind.is_number, str(Reason(reason).label) if reason else "")


def _foot(column: Asked, total: Total) -> Foot:
    if total.total is not None:
        return Foot(format_number(total.total), total, is_number=True)
    if total.least is not None and total.most is not None:
        return Foot(f"từ {format_number(total.least)} đến {format_number(total.most)}", total, is_number=True)
    if column.kind is Kind.YES_NO and total.given:
        return Foot(f"Có: {total.yes}/{total.given}", total, is_number=False)
    return Foot("", total, column.kind.is_number)


def stamp_of(request: Request) -> str:
    """Changes whenever the table does: the newest answer and the request's revision. One query."""
    newest = Answer.objects.filter(receiver__request=request).order_by("-pk").values_list("pk", flat=True).first()
    return f"{request.revision}-{newest or 0}"
