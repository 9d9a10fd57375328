"""A workbook that came back: what was put into it, and what is wrong with it, cell by cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from diaban.foundation.facts.rules.typed import SIGNS
from diaban.lib.periods import BadPeriod, Period
from diaban.lib.vietnamese import BadNumber, fold, format_number, parse_number
from diaban.lib.workbooks import CellKind, CellRef, CellValue, Limits, Workbook, read_workbook
from diaban.work.reporting.cells import ESTIMATED, NOTE, REASON
from diaban.work.reporting.filling import TRUE, Filling
from diaban.work.reporting.validation import ERROR, REASONS, Finding
from diaban.work.reporting.workbook.key import (
    FIGURES,
    FIRST_PLACE,
    FORMAT,
    HIDDEN,
    TABLES,
    WORDS,
    Key,
    Place,
    cell_name,
    checksum,
)

LIMITS = Limits(content=5 << 20, unpacked=30 << 20, entry=20 << 20, sheets=20, rows=5_000, columns=200, cells=60_000)
SAME_AS_BEFORE = frozenset({"nt", "như trước", "như kỳ trước"})
_SHEETS = {"text": WORDS, "rows": TABLES}
_CODES = {fold(label): code for code, label in REASONS.items()} | {code: code for code in REASONS}
_AGAIN = "Hãy tải biểu mẫu mới từ hệ thống, chép số liệu sang (dán giá trị) rồi gửi lại."


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook holds. `values` has every number cell that is still there, None where it is blank; `unread` what
    stands in one and is no number. A reason of None means that none was chosen. `texts` holds words and rows of lists,
    `ticks` only lists in which something is ticked, so that an untouched list is no answer.

    `problems` name the cell, or none where the whole file is wrong; then (`is_refused`) nothing of it was taken.
    """

    key: Key | None = None
    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, bool] = field(default_factory=dict)
    reasons: Mapping[str, str | None] = field(default_factory=dict)
    estimated: Mapping[str, bool] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str | list[dict[str, str]]] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.key is None or any(not problem.cell for problem in self.problems)

    @property
    def filling(self) -> Filling:
        """The same as what somebody would have typed into the page."""
        typed: dict[str, str | Decimal | int | None] = {**self.values, **self.unread}
        return Filling(
            values=typed | {name: "1" if ticked else "" for name, ticked in self.ticks.items()},
            reasons=self.reasons,
            explanations=self.explanations,
            texts=self.texts,
            estimated=self.estimated,
        )


def read_filled(content: bytes, *, expected: Key | None = None) -> Filled:
    """Read a workbook made by `make_workbook`. Raises `WorkbookRefused` for a file that is no safe .xlsx.

    `expected` is the report it is meant for; a workbook of another form, version, unit or period is refused as a whole.
    Bounds and sums are not judged here: that is `check_values` of the entry.
    """
    workbook = read_workbook(content, limits=LIMITS)
    key, places, written = read_key(workbook)
    if key is None:
        return Filled(problems=(_of_file("not_ours", f"Đây không phải biểu mẫu do hệ thống phát hành. {_AGAIN}"),))
    problems = tuple(_mismatches(key, places, written, expected))
    if problems:
        return Filled(key=key, problems=problems)
    at = located(workbook, places)
    reader = _Reader(workbook, at, frozenset(map(cell_name, workbook.merged_names)), _lists(at))
    for place in places:
        reader.read(place)
    reader.settle()
    return Filled(
        key=key,
        values=reader.values,
        unread=reader.unread,
        ticks=reader.ticks_given(places),
        reasons=reader.reasons,
        estimated=reader.estimated,
        explanations=reader.explanations,
        texts=reader.texts,
        problems=tuple(reader.problems),
    )


def read_key(workbook: Workbook) -> tuple[Key | None, list[Place], str]:
    """Whose workbook it is, which cells are to be filled, and the checksum as it is written.

    No key where the hidden sheet is gone or no longer whole.
    """
    if HIDDEN not in workbook.sheets:
        return None, [], ""
    rows = [[cell.text for cell in row[:2]] for row in workbook.sheet_rows(HIDDEN)]
    told = {row[0]: row[-1] for row in rows[: FIRST_PLACE - 1]}
    version = told.get("version", "")
    if told.get("format") != FORMAT or not version.isdecimal() or len(version) > 5:
        return None, [], ""
    key = Key(told.get("form", ""), int(version), told.get("unit", ""), told.get("period", ""))
    return key, [Place.read(row[0]) for row in rows[FIRST_PLACE - 1 :]], told.get("checksum", "")


def located(workbook: Workbook, places: list[Place]) -> dict[str, CellRef]:
    """Where the named cells are now. A program that drops every name is forgiven: then they are where they were."""
    found = {cell_name(name): ref for name, ref in workbook.names.items()}
    if not any(place.name in found or place.name in workbook.ranges for place in places) and not workbook.broken_names:
        found |= dict(_original(places))
    return found


def _lists(names: Iterable[str]) -> dict[str, list[tuple[int, str, str]]]:
    """By list, line, column and name of the cells of its rows: `TEXT__proposals__1__addressee`."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for name in names:
        start, _, rest = name.partition("__")
        code, _, rest = rest.partition("__")
        line, _, column = rest.partition("__")
        if column and line.isdecimal():
            found.setdefault(f"{start}__{code}", []).append((int(line), column, name))
    return found


def _original(places: list[Place]) -> Iterator[tuple[str, CellRef]]:
    for place in places:
        row = int("".join(letter for letter in place.a1.partition(":")[0] if letter.isdecimal()) or 1)
        if place.kind == "text":
            yield place.name, CellRef(WORDS, row, 2)
        elif place.kind == "name":
            yield place.name, CellRef(FIGURES, row, 13)
        elif place.kind != "rows":
            yield place.name, CellRef(FIGURES, row, 6)
            for start, column in ((ESTIMATED, 7), (REASON, 12), (NOTE, 13)):
                yield f"{start}{place.name}", CellRef(FIGURES, row, column)


def _of_file(code: str, message: str) -> Finding:
    return Finding("", ERROR, code, message)


def _mismatches(key: Key, places: list[Place], written: str, expected: Key | None) -> Iterator[Finding]:
    if written != checksum(key, places):
        yield _of_file("tampered", f"Trang ẩn của biểu mẫu đã bị sửa. {_AGAIN}")
    if expected is None:
        return
    if key.form != expected.form:
        yield _of_file("wrong_form", f"Tệp này thuộc biểu mẫu khác ({key.form}), không phải biểu đang lập. {_AGAIN}")
    elif key.version != expected.version:
        message = f"Tệp theo phiên bản {key.version} của biểu mẫu, kỳ này dùng phiên bản {expected.version}. {_AGAIN}"
        yield _of_file("old_version", message)
    if key.unit != expected.unit:
        message = f"Tệp này là của đơn vị khác (mã {key.unit}), báo cáo đang mở là của đơn vị mã {expected.unit}. Hãy chọn đúng tệp."
        yield _of_file("wrong_unit", message)
    if key.period != expected.period:
        message = f"Tệp này là của kỳ {_period(key.period)}, báo cáo đang mở là kỳ {_period(expected.period)}. Hãy chọn đúng tệp."
        yield _of_file("wrong_period", message)


def _period(text: str) -> str:
    try:
        return Period.parse(text).label()
    except BadPeriod:
        return text


@dataclass(slots=True)
class _Reader:
    workbook: Workbook
    at: Mapping[str, CellRef]
    merged: frozenset[str]
    lists: Mapping[str, Sequence[tuple[int, str, str]]]
    values: dict[str, Decimal | None] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    reasons: dict[str, str | None] = field(default_factory=dict)
    estimated: dict[str, bool] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # cells whose reason was looked at

    def read(self, place: Place) -> None:
        if place.kind == "rows":
            self._rows(place)
            return
        ref = self.at.get(place.name)
        if ref is None or ref.sheet not in self.workbook.sheets:
            self._problem(place, "lost", "dòng của ô này đã bị xóa khỏi tệp.", again=True)
            return
        if place.name in self.merged:
            self._problem(
                place, "merged", f"ô {ref.a1} đã bị gộp với ô khác. Hãy bỏ gộp ô (Unmerge) và nhập lại từng ô."
            )
            return
        self._cell(place, ref, self.workbook.cell(ref))
        if place.kind in {"whole", "number", "tick"}:
            self._beside(place)

    def ticks_given(self, places: list[Place]) -> dict[str, bool]:
        """Ticks of the lists in which something is ticked."""
        given = {name.partition("__")[0] for name, ticked in self.ticks.items() if ticked}
        return {name: ticked for name, ticked in self.ticks.items() if name.partition("__")[0] in given}

    def settle(self) -> None:
        """Reasons of the totals that no cell of their own holds; and a figure beside a reason for having none."""
        for name in self.at:
            if name.startswith(REASON) and (cell := name.removeprefix(REASON)) not in self.asked:
                self._reason(Place(cell, "", "", "", cell.partition("__")[0]))
            elif name.startswith(NOTE) and (cell := name.removeprefix(NOTE)) not in self.explanations:
                self.explanations[cell] = self._text(name)
        for cell, reason in self.reasons.items():
            if reason and reason != "none_occurred" and self.values.get(cell) is not None:
                said = REASONS[reason].lower()
                message = f"{cell}: vừa có số liệu vừa chọn lý do “{said}”. Hãy xóa một trong hai."
                self.problems.append(Finding(cell, ERROR, "value_and_reason", message))
        for problem in self.problems:
            if problem.code == "value_and_reason":
                self.reasons[problem.cell] = None

    # --- a cell

    def _cell(self, place: Place, ref: CellRef, value: CellValue) -> None:
        if value.kind is CellKind.FORMULA:
            message = (
                f"ô {ref.a1} đang chứa công thức. Hãy chép ô rồi dán giá trị (Paste Special → Values) vào chính ô đó."
            )
            self._problem(place, "formula", message)
        elif value.kind is CellKind.ERROR:
            self._problem(place, "error", f"ô {ref.a1} đang báo lỗi {value.text}. Hãy nhập lại số.")
        elif place.kind in {"text", "name"}:
            self.texts[place.name] = value.text.strip()
        elif place.kind == "tick":
            self._tick(place, ref, value)
        else:
            self._number(place, ref, value)

    def _tick(self, place: Place, ref: CellRef, value: CellValue) -> None:
        text = value.text.strip().lower()
        if text in TRUE or text in {"", "0", "false", "không"}:
            self.ticks[place.name] = text in TRUE
        else:
            self._problem(place, "tick", f"ô {ref.a1} chỉ nhận “x” hoặc để trống, không nhận “{value.text[:40]}”.")

    def _number(self, place: Place, ref: CellRef, value: CellValue) -> None:
        if value.kind is CellKind.EMPTY:
            self.values[place.name] = None
        elif value.kind is CellKind.TEXT:
            self._typed(place, ref, value.text.strip())
        elif value.kind is CellKind.DATE:
            message = (
                f"ô {ref.a1} đã bị đổi thành ngày tháng. Hãy đặt lại dạng số (Format Cells → Number) rồi nhập lại."
            )
            self._problem(place, "date", message)
        elif value.number is None:
            self._problem(place, "boolean", f"ô {ref.a1} chứa {value.text}, không phải là số. Hãy nhập số.")
        elif value.is_percent:
            message = f"ô {ref.a1} đang ở dạng phần trăm. Hãy đặt lại dạng số (Format Cells → Number) rồi nhập lại số."
            self._problem(place, "percent", message)
        else:
            self._judge(place, ref, value.number)

    def _typed(self, place: Place, ref: CellRef, text: str) -> None:
        lowered = text.lower()
        if lowered in SIGNS:
            self.values[place.name] = None
            self.reasons[place.name] = SIGNS[lowered]
        elif lowered in SAME_AS_BEFORE:
            self._as_before(place, ref)
        elif not text:
            self.values[place.name] = None
        else:
            try:
                self._judge(place, ref, parse_number(text, integer=place.kind == "whole"))
            except BadNumber as problem:
                self.unread[place.name] = text[:60]
                self._problem(place, "unread", f"ô {ref.a1}: {problem}")

    def _as_before(self, place: Place, ref: CellRef) -> None:
        try:
            self.values[place.name] = Decimal(place.keeps)
        except InvalidOperation:
            self._problem(
                place, "no_previous", f"ô {ref.a1} ghi “nt” nhưng kỳ trước không có số để giữ nguyên. Hãy nhập số."
            )

    def _judge(self, place: Place, ref: CellRef, number: Decimal) -> None:
        """The value is taken as it is; what is plain at sight is said at once."""
        self.values[place.name] = number
        shown = format_number(number)
        if number < 0:
            self._problem(
                place, "least", f"ô {ref.a1} là số âm ({shown}). Số liệu báo cáo không âm; hãy kiểm tra dấu trừ."
            )
        elif place.kind == "whole" and number != number.to_integral_value():
            thousands = number * 1000
            is_grouped = thousands == thousands.to_integral_value() and shown[-4:-3] == ","
            hint = f" Nếu là hàng nghìn, hãy gõ {thousands.to_integral_value()}." if is_grouped else ""
            self._problem(place, "whole", f"ô {ref.a1} phải là số nguyên, đang là {shown}.{hint}")

    # --- what stands beside it

    def _beside(self, place: Place) -> None:
        if place.kind != "tick":
            self._reason(place)
            if f"{ESTIMATED}{place.name}" in self.at:
                self.estimated[place.name] = self._text(f"{ESTIMATED}{place.name}").lower() in TRUE
        if f"{NOTE}{place.name}" in self.at:
            self.explanations[place.name] = self._text(f"{NOTE}{place.name}")

    def _reason(self, place: Place) -> None:
        """A reason chosen from the list; a sign in the cell itself goes before an empty choice."""
        typed = self._text(f"{REASON}{place.name}")
        self.asked.add(place.name)
        if not typed:
            self.reasons.setdefault(place.name, None)
        elif code := _CODES.get(fold(typed)) or _CODES.get(typed):
            self.reasons[place.name] = code
        else:
            self._problem(
                place, "reason", f"lý do “{typed[:60]}” không có trong danh mục. Hãy chọn trong danh sách của ô."
            )

    def _text(self, name: str) -> str:
        ref = self.at.get(name)
        if ref is None or ref.sheet not in self.workbook.sheets:
            return ""
        return self.workbook.cell(ref).text.strip()

    # --- lists

    def _rows(self, place: Place) -> None:
        rows: dict[int, dict[str, str]] = {}
        for line, column, name in self.lists.get(place.name, ()):
            if text := self._text(name):
                rows.setdefault(line, {})[column] = text
        self.texts[place.name] = [rows[line] for line in sorted(rows)]

    def _problem(self, place: Place, code: str, message: str, *, again: bool = False) -> None:
        told = f"{place.label}: {message}"
        self.problems.append(Finding(place.name, ERROR, code, f"{told} {_AGAIN}" if again else told))
