"""Files of figures read into lines, whatever their kind; nothing is looked up yet."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from diaban.foundation.facts import dhis2
from diaban.foundation.facts.bounds import MOST_DECIMALS
from diaban.foundation.facts.rules.typed import SIGNS
from diaban.foundation.files.sniffing import CSV, JSON, XLSX, NotAccepted, sniff
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.lib.vietnamese import BadNumber, parse_number
from diaban.lib.workbooks import CellKind, CellValue, WorkbookRefused, read_csv, read_workbook
from diaban.work.exchange.tables import HEADS, at, head_of, is_marked, reason_of, strange_heads

KINDS: Final = frozenset({CSV, JSON, XLSX})
MOST_LINES: Final = 200_000
HEAD_WITHIN: Final = 30  # rows in which the head must stand
_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,12})?")
_NOT_NUMBERS: Final = frozenset({CellKind.ERROR, CellKind.DATE, CellKind.BOOLEAN})


class NotReadable(ValueError):
    """The file is none of these. The message is in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as a file says it. `option` are members' codes joined by `__`, or a category's key; "" for the total.
    `fault` is what is wrong with the line by itself, in Vietnamese."""

    place: str
    period: Period | None
    unit: str
    indicator: str
    option: str = ""
    contributor: str = ""
    value: Decimal | None = None
    reason: str = ""
    is_estimated: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Lines:
    """The lines of a file; `strange` are headings that were not read."""

    lines: tuple[Line, ...]
    strange: tuple[str, ...] = ()


def read_lines(content: bytes, calendar: Calendar) -> Lines:
    """Raises `NotReadable`."""
    try:
        kind = sniff(content, accepted=KINDS)
        if kind == JSON:
            found = _data_values(content, calendar)
        elif kind == XLSX:
            book = read_workbook(content)
            found = _table(book.sheet_rows(book.sheets[0]) if book.sheets else [], calendar, is_typed=True)
        else:
            found = _table([[_text_cell(text) for text in row] for row in read_csv(content)], calendar, is_typed=False)
    except (NotAccepted, WorkbookRefused) as refused:
        raise NotReadable(str(refused)) from refused
    if len(found.lines) > MOST_LINES:
        raise NotReadable(_("Tệp có hơn %(most)s số. Hãy chia theo kỳ rồi gửi từng tệp.") % {"most": MOST_LINES})
    return found


def plain_number(text: str) -> Decimal:
    """A number as programs write it. Raises `BadNumber`: a comma, or dots between thousands, are never guessed at."""
    if not _PLAIN.fullmatch(text):
        raise BadNumber(
            _("“%(text)s” không phải số viết với dấu chấm thập phân, không dấu cách hàng nghìn, như 1234.5.")
            % {"text": text[:40]}
        )
    return Decimal(text)


def _text_cell(text: str) -> CellValue:
    return CellValue(CellKind.TEXT, text, shows=CellKind.TEXT)


def _table(rows: Sequence[Sequence[CellValue]], calendar: Calendar, *, is_typed: bool) -> Lines:
    for number, row in enumerate(rows[:HEAD_WITHIN]):
        head = head_of([cell.text for cell in row])
        if head is not None:
            reader = _Rows(rows, head, calendar, is_typed)
            return Lines(tuple(reader.lines(number + 1)), tuple(strange_heads([cell.text for cell in row])))
    needed = ", ".join(HEADS[name] for name in ("period", "unit", "indicator", "value"))
    raise NotReadable(
        _("Không thấy dòng tiêu đề có các cột %(needed)s (hoặc period, unit, indicator, value).") % {"needed": needed}
    )


@dataclass(frozen=True)
class _Rows:
    """A table under its head. Numbers in text are written as people do where `is_typed`, else as programs do."""

    rows: Sequence[Sequence[CellValue]]
    head: dict[str, int]
    calendar: Calendar
    is_typed: bool

    def lines(self, start: int) -> Iterator[Line]:
        for number, row in enumerate(self.rows[start:], start + 1):
            texts = {name: row[place].text for name, place in self.head.items() if place < len(row)}
            if any(at(texts, name) for name in ("unit", "indicator", "value")):
                yield self._line(number, row, texts)

    def _line(self, number: int, row: Sequence[CellValue], texts: dict[str, str]) -> Line:
        faults: list[str] = []
        period = _period(at(texts, "period"), self.calendar, faults)
        value, sign = self._value(row, faults)
        reason, marked = reason_of(at(texts, "reason")), is_marked(at(texts, "estimated"))
        if reason is None:
            faults.append(_("Không có lý do “%(reason)s”.") % {"reason": at(texts, "reason")})
        if marked is None:
            faults.append(_("Cột “%(head)s” ghi 1 hoặc để trống.") % {"head": HEADS["estimated"]})
        return Line(
            place=_("dòng %(number)s") % {"number": number},
            period=period,
            unit=at(texts, "unit"),
            indicator=at(texts, "indicator"),
            option=at(texts, "category"),
            contributor=at(texts, "contributor"),
            value=value,
            reason=sign or reason or "",
            is_estimated=bool(marked),
            fault=" ".join(faults),
        )

    def _value(self, row: Sequence[CellValue], faults: list[str]) -> tuple[Decimal | None, str]:
        """The number, or the code of the reason that a sign stands for."""
        place = self.head["value"]
        cell = row[place] if place < len(row) else CellValue(CellKind.EMPTY)
        text = cell.text.strip()
        shows = cell.shows if cell.kind is CellKind.FORMULA else cell.kind
        if shows in _NOT_NUMBERS:
            faults.append(_("Ô giá trị chứa “%(text)s”, không phải số.") % {"text": text})
        elif shows is CellKind.TEXT and text.lower() in SIGNS:
            reason = SIGNS[text.lower()]
            return (Decimal(0) if reason == "none_occurred" else None), reason
        elif text:
            try:
                return self._number(cell, text), ""
            except BadNumber as problem:
                faults.append(str(problem))
        return None, ""

    def _number(self, cell: CellValue, text: str) -> Decimal:
        if cell.number is not None:
            return cell.number
        return parse_number(text, digits=MOST_DECIMALS) if self.is_typed else plain_number(text)


def _period(text: str, calendar: Calendar, faults: list[str]) -> Period | None:
    try:
        return Period.parse(text, None if ":" in text else calendar)
    except BadPeriod as problem:
        faults.append(str(problem))
    return None


def _data_values(content: bytes, calendar: Calendar) -> Lines:
    read = json.loads(content, parse_float=Decimal)
    values = read.get("dataValues") if isinstance(read, dict) else None
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise NotReadable(_("Tệp JSON không phải một dataValueSet của DHIS2: thiếu danh sách dataValues."))
    for scheme in ("idScheme", "dataElementIdScheme", "orgUnitIdScheme", "categoryOptionComboIdScheme"):
        if str(read.get(scheme, "code")).lower() != "code":
            raise NotReadable(
                _("dataValueSet dùng %(scheme)s “%(used)s”; ở đây chỉ nhận mã (code).")
                % {"scheme": scheme, "used": read[scheme]}
            )
    common = {name: read[name] for name in ("period", "orgUnit", "attributeOptionCombo") if name in read}
    return Lines(tuple(_data_value(number, {**common, **one}, calendar) for number, one in enumerate(values)))


def _data_value(number: int, one: dict[str, Any], calendar: Calendar) -> Line:
    faults: list[str] = []
    period: Period | None = None
    value: Decimal | None = None
    try:
        period = dhis2.period_of(str(one.get("period", "")), calendar)
    except (dhis2.NoPeriod, BadPeriod) as problem:
        faults.append(str(problem))
    try:
        value = plain_number(str(one.get("value", "")).strip())
    except BadNumber as problem:
        faults.append(str(problem))
    if one.get("deleted"):
        faults.append(_("Số đã ghi không xóa được qua tệp; gửi số đúng để thay."))
    return Line(
        place=f"dataValues[{number}]",
        period=period,
        unit=str(one.get("orgUnit", "")).strip(),
        indicator=str(one.get("dataElement", "")).strip(),
        option=_unless_default(one, "categoryOptionCombo"),
        contributor=_unless_default(one, "attributeOptionCombo"),
        value=value,
        is_estimated=one.get("comment") == dhis2.ESTIMATED,
        fault=" ".join(faults),
    )


def _unless_default(one: dict[str, Any], name: str) -> str:
    text = str(one.get(name, dhis2.DEFAULT)).strip()
    return "" if text == dhis2.DEFAULT else text
