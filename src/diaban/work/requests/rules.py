"""Pure decisions: what a typed cell means, what is wrong with it, how late an answer is, what the columns add up to."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from diaban.foundation.facts.rules.typed import SIGNS, plain
from diaban.lib.vietnamese import BadNumber, fold, format_number, parse_number

MOST_COLUMNS = 10
LONGEST_TEXT = 500
LARGEST = Decimal(10) ** 15
MOST_DIGITS = 6
LINK_DAYS = 7  # how long after the hour a link still opens, to correct and to read


class Kind(StrEnum):
    """What a column takes."""

    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        return self in {Kind.WHOLE, Kind.NUMBER}


NONE_OCCURRED = "none_occurred"
YES, NO = "yes", "no"
SHOWN_YES, SHOWN_NO = "Có", "Không"
_YES_NO = {"co": YES, "yes": YES, "1": YES, "true": YES, "khong": NO, "no": NO, "0": NO, "false": NO}
_SHOWN_SIGNS = {"not_collected": "…", "not_applicable": "x", "refused": "KCC", "not_yet": "CĐK"}

RATE = re.compile(r"[%‰]|/ ?(\d|km|nguoi|dan|ho\b|thon)")  # of folded units: "%", "thuê bao/100 dân", "người/km²"


@dataclass(frozen=True, slots=True)
class Asked:
    """One column as the rules know it."""

    code: str
    label: str
    kind: Kind
    unit_name: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The label with its unit: "Số hộ (hộ)"."""
        return f"{self.label} ({self.unit_name})" if self.unit_name else self.label

    @property
    def is_rate(self) -> bool:
        """Whether its figures are shares or so much per so much (by the unit or the name): these do not add up."""
        named = fold(self.label).startswith(("ty le", "ti le", "mat do", "binh quan"))
        return self.kind.is_number and (named or RATE.search(fold(self.unit_name)) is not None)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the cells of one unit, by column: texts as typed, and codes of reasons."""

    values: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What was meant: values in plain form (digits with a point, ISO days, yes/no), reasons, and faults by column."""

    values: Mapping[str, str]
    reasons: Mapping[str, str]
    faults: Mapping[str, str]


class Unreadable(ValueError):
    """What was typed does not fit its column; the message says what to type instead."""


def read(columns: Sequence[Asked], typed: Typed, reasons: Iterable[str]) -> Read:
    """Every cell of a unit's answer. `reasons` are the codes that there are."""
    reading = _Reading(frozenset(reasons))
    for column in columns:
        reading.read(column, typed.values.get(column.code, "").strip(), typed.reasons.get(column.code, ""))
    return Read(reading.values, reading.given, reading.faults)


@dataclass(slots=True)
class _Reading:
    known: frozenset[str]
    values: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def read(self, column: Asked, text: str, reason: str) -> None:
        """A number or sign goes before the reason chosen beside it."""
        if column.kind.is_number and text.lower() in SIGNS:
            self._reason(column, SIGNS[text.lower()])
        elif text:
            try:
                self.values[column.code] = READERS[column.kind](column, text)
            except Unreadable as problem:
                self.faults[column.code] = str(problem)
        elif reason:
            self._reason(column, reason)
        elif column.is_required:
            self.faults[column.code] = _missing(column)

    def _reason(self, column: Asked, reason: str) -> None:
        if reason not in self.known:
            self.faults[column.code] = "Lý do này không có trong danh mục."
            return
        self.given[column.code] = reason
        if reason == NONE_OCCURRED and column.kind.is_number:
            self.values[column.code] = "0"


def _missing(column: Asked) -> str:
    if column.kind.is_number:
        return "Chưa có số liệu. Không phát sinh thì ghi 0; chưa có số thì chọn lý do."
    return "Chưa trả lời. Nếu chưa trả lời được, chọn lý do."


def _number(column: Asked, text: str) -> str:
    try:
        value = parse_number(text, digits=MOST_DIGITS, integer=column.kind is Kind.WHOLE)
    except BadNumber as problem:
        raise Unreadable(str(problem)) from None
    if column.kind is Kind.WHOLE and value < 0:
        raise Unreadable(_("Số đếm không được âm."))
    if abs(value) >= LARGEST:
        raise Unreadable(_("Số quá lớn. Kiểm tra lại đơn vị tính."))
    return plain(value)


def _text(_column_of: Asked, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Unreadable(_("Viết gọn trong %(longest_text)s ký tự.") % {"longest_text": LONGEST_TEXT})
    return text


def _date(_column_of: Asked, text: str) -> str:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        if 1900 <= day.year <= 2100:
            return day.isoformat()
    raise Unreadable(_("“%(text)s” không phải là ngày. Gõ như 05/02/2026.") % {"text": text})


def _yes_no(_column_of: Asked, text: str) -> str:
    try:
        return _YES_NO[fold(text)]
    except KeyError:
        raise Unreadable(_("“%(text)s” không nhận được. Ghi Có hoặc Không.") % {"text": text}) from None


def _choice(column: Asked, text: str) -> str:
    found = [choice for choice in column.choices if fold(choice) == fold(text)]
    if not found:
        raise Unreadable(
            _("“%(text)s” không có trong danh sách: %(choices)s.")
            % {"text": text, "choices": "; ".join(column.choices)}
        )
    return found[0]


READERS: Mapping[Kind, Callable[[Asked, str], str]] = {
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}


def shown(column: Asked, value: str, reason: str) -> str:
    """A cell as people read it: `1.234,5`, `05/02/2026`, `Có`, or the sign of the reason; empty where there is nothing."""
    if reason:
        return "-" if reason == NONE_OCCURRED else _SHOWN_SIGNS.get(reason, reason)
    if not value:
        return ""
    if column.kind.is_number:
        return format_number(Decimal(value))
    if column.kind is Kind.DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if column.kind is Kind.YES_NO:
        return SHOWN_YES if value == YES else SHOWN_NO
    return value


@dataclass(frozen=True, slots=True)
class Total:
    """What a column comes to over the units that gave a value; `of` is how many were asked. Of a rate there is no `total`, but
    the `least` and the `most`."""

    code: str
    total: Decimal | None
    given: int
    of: int
    yes: int = 0
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every unit asked gave a value."""
        return self.given == self.of


def totals(columns: Sequence[Asked], answers: Sequence[Mapping[str, str]], asked: int) -> list[Total]:
    """The total of each column over the given answers (values by column). Over nothing it is no value, not 0."""
    found = []
    for column in columns:
        given = [answer[column.code] for answer in answers if column.code in answer]
        numbers = [Decimal(value) for value in given] if column.kind.is_number else []
        if numbers and column.is_rate:
            found.append(Total(column.code, None, len(given), asked, least=min(numbers), most=max(numbers)))
            continue
        total = sum(numbers, Decimal(0)) if numbers else None
        yes = given.count(YES) if column.kind is Kind.YES_NO else 0
        found.append(Total(column.code, total, len(given), asked, yes))
    return found


def is_late(answered_at: datetime, due_at: datetime) -> bool:
    """The hour itself is in time."""
    return answered_at > due_at


def link_expires_at(due_at: datetime) -> datetime:
    return due_at + timedelta(days=LINK_DAYS)


def time_left(due_at: datetime, at: datetime) -> str:
    """`còn 3 giờ 20 phút`, `còn 2 ngày`, `quá 45 phút`."""
    seconds = (due_at - at).total_seconds()
    minutes = int(abs(seconds) // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days >= 2:
        span = f"{days} ngày"
    elif minutes >= 60:
        span = f"{minutes // 60} giờ {minutes % 60} phút" if not days else f"{days} ngày {hours} giờ"
    else:
        span = f"{minutes} phút"
    return f"còn {span}" if seconds >= 0 else f"quá {span}"
