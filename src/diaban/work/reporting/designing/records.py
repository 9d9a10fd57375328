"""A form as plain records, one table for each sort of thing that stands on it: what pages, workbooks and drafts hold alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from diaban.foundation.territory.models import Level
from diaban.lib.vietnamese import BadNumber, fold, format_number, nfc, parse_number
from diaban.work.reporting.models import Check, Mode, Narrative, Provider, Required, Row

Record: TypeAlias = dict[str, str]
Records: TypeAlias = dict[str, list[Record]]

YES, NO = "yes", "no"
YES_NO: Mapping[str, Promise | str] = {YES: _("Có"), NO: _("Không")}
CALENDARS: Mapping[str, Promise | str] = {
    "nd09": _("Theo Nghị định 09/2019/NĐ-CP (từ ngày 15 tháng trước)"),
    "stat": _("Tháng, quý, năm dương lịch"),
}
PERIODS: Mapping[str, Promise | str] = {
    "M": _("Hằng tháng"),
    "Q": _("Hằng quý"),
    "H": _("6 tháng"),
    "9M": _("9 tháng"),
    "Y": _("Hằng năm"),
    "R": _("Một lần"),
}
LARGEST = Decimal(10) ** 16
MOST_NUMBER = 999
DECIMALS = Decimal("0.0001")


@dataclass(frozen=True)
class Column:
    """One value of a record. `kind` is text, whole, decimal or choice; `longest` bounds a text, as the database does."""

    key: str
    title: Promise | str
    kind: str = "text"
    choices: type[TextChoices] | Mapping[str, Promise | str] | None = None
    is_required: bool = True
    longest: int = 250
    width: int = 16
    hint: Promise | str = ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """(code, words) of a choice in the language that is active."""
        if self.choices is None:
            return []
        pairs = self.choices.items() if isinstance(self.choices, Mapping) else self.choices.choices
        return [(str(code), str(words)) for code, words in pairs]


@dataclass(frozen=True)
class Table:
    """The records of one sort: the name of their sheet and their columns."""

    key: str
    title: Promise | str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


HEAD = Table("head", _("Biểu mẫu"), (
    Column("code", _("Mã biểu mẫu"), longest=60, width=26, hint=_("Chữ thường không dấu, số, gạch dưới: bao_cao_thon_2027")),
    Column("name", _("Tên biểu mẫu"), width=50),
    Column("name_en", _("Tên tiếng Anh"), is_required=False, width=40),
    Column("number", _("Số hiệu in trên biểu"), is_required=False, longest=40),
    Column("level", _("Cấp lập báo cáo"), "choice", Level),
    Column("calendar", _("Cách tính kỳ"), "choice", CALENDARS, width=30),
    Column("period_kind", _("Kỳ báo cáo"), "choice", PERIODS),
))  # fmt: skip
SECTIONS = Table("sections", _("Phần"), (
    Column("number", _("Số thứ tự phần"), "whole", hint=_("0 là phần thông tin nền")),
    Column("title", _("Tên phần"), longest=200, width=40),
    Column("title_en", _("Tên tiếng Anh"), is_required=False, longest=200, width=40),
    Column("recipient", _("Ký hiệu nơi nhận"), longest=20, hint=_("Ví dụ: khcn, vhttdl, congan")),
    Column("field", _("Lĩnh vực của nơi nhận"), longest=40, hint=_("Mã lĩnh vực trong Chức năng, nhiệm vụ")),
))  # fmt: skip
LINES = Table("lines", _("Dòng"), (
    Column("section", _("Phần"), "whole", width=8),
    Column("indicator", _("Mã chỉ tiêu"), longest=10, width=12),
    Column("dimension", _("Chia theo (mã)"), is_required=False, longest=40, width=22),
    Column("mode", _("Cách điền"), "choice", Mode, width=26),
    Column("required", _("Bắt buộc"), "choice", Required, width=26),
    Column("provider", _("Số liệu của"), "choice", Provider),
    Column("frequency", _("Kỳ hỏi"), "choice", Row.Frequency),
    Column("prefill_last", _("Điền sẵn số kỳ trước"), "choice", YES_NO, width=12),
    Column("least", _("Thường từ"), "decimal", is_required=False, width=12),
    Column("most", _("Thường đến"), "decimal", is_required=False, width=12),
    Column("note", _("Ghi chú, hướng dẫn"), is_required=False, longest=400, width=50),
))  # fmt: skip
MEMBERS = Table("members", _("Thành viên"), (
    Column("indicator", _("Mã chỉ tiêu"), longest=10, width=12),
    Column("dimension", _("Chia theo (mã)"), longest=40, width=24),
    Column("code", _("Mã thành viên"), longest=40, width=24),
    Column("label", _("Nhãn in trên biểu"), longest=150, width=40),
))  # fmt: skip
HEADINGS = Table("headings", _("Phần lời"), (
    Column("part", _("Mục"), "choice", Narrative.Part, width=26),
    Column("code", _("Mã"), longest=60, width=26, hint=_("TEXT__ rồi chữ thường không dấu, số, gạch dưới")),
    Column("heading", _("Tiêu đề"), width=50),
    Column("kind", _("Loại"), "choice", Narrative.Kind),
    Column("required", _("Bắt buộc"), "choice", YES_NO, width=12),
))  # fmt: skip
COLUMNS = Table("columns", _("Cột của bảng"), (
    Column("heading", _("Mã phần lời"), longest=60, width=26),
    Column("code", _("Mã cột"), longest=60, width=20),
    Column("label", _("Tên cột"), longest=150, width=40),
))  # fmt: skip
RULES = Table("rules", _("Kiểm tra"), (
    Column("code", _("Mã kiểm tra"), longest=20, width=12),
    Column("kind", _("Mức"), "choice", Check.Kind),
    Column("expression", _("Điều phải đúng"), longest=400, width=60),
    Column("message", _("Câu báo khi không đúng"), longest=400, width=60),
))  # fmt: skip
TABLES = (HEAD, SECTIONS, LINES, MEMBERS, HEADINGS, COLUMNS, RULES)
BY_KEY = {table.key: table for table in TABLES}


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong at one value: table, record (from 0; -1: the table as a whole), column; the sentence says what to do."""

    table: str
    number: int
    column: str
    message: str
    is_error: bool = True


class Unread(ValueError):
    """A value that is not what its column takes. The message says why, in Vietnamese."""


def empty_records() -> Records:
    return {table.key: [] for table in TABLES}


def cleaned(text: Any) -> str:
    """A text of one line: NFC, no controls, single blanks."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in nfc(str(text))).split())


def read_value(column: Column, typed: str) -> str:
    """What was typed, as a record keeps it: codes of choices, plain digits with a point. Raises `Unread`."""
    text = cleaned(typed)
    if not text:
        return ""
    if column.kind == "choice":
        return _choice(column, text)
    if column.kind in {"whole", "decimal"}:
        return _number(column, text)
    if len(text) > column.longest:
        raise Unread(
            gettext("Dài %(length)s ký tự, nhiều nhất %(longest)s. Hãy viết gọn lại.")
            % {"length": len(text), "longest": column.longest}
        )
    return text


def shown_value(column: Column, value: str) -> str:
    """A record's value as people read it."""
    if column.kind == "choice":
        return dict(column.options).get(value, value)
    return format_number(Decimal(value)) if column.kind == "decimal" and value else value


def _choice(column: Column, text: str) -> str:
    with override("vi"):
        options = column.options
    by_words = {fold(words): code for code, words in options} | {code: code for code, _words in options}
    code = by_words.get(text) or by_words.get(fold(text))
    if code is None:
        raise Unread(
            gettext("“%(text)s” không có trong danh sách. Chọn một trong: %(value)s.")
            % {"text": text, "value": ", ".join((words for _code, words in options))}
        )
    return code


def _number(column: Column, text: str) -> str:
    """Digits with a point come from a workbook's number, with a comma from a person."""
    try:
        number = parse_number(text, integer=column.kind == "whole")
    except BadNumber as problem:
        raise Unread(str(problem)) from problem
    if column.kind == "whole":
        if not 0 <= number <= MOST_NUMBER:
            raise Unread(
                gettext("“%(text)s” phải là số từ 0 đến %(most_number)s.") % {"text": text, "most_number": MOST_NUMBER}
            )
        return str(int(number))
    if abs(number) >= LARGEST or number != number.quantize(DECIMALS):
        raise Unread(gettext("“%(text)s” lớn quá hoặc có quá bốn chữ số thập phân.") % {"text": text})
    return plain(number)


def plain(number: Decimal | None) -> str:
    """A number as a record keeps it; blank where there is none."""
    return "" if number is None else format(number.normalize() + 0, "f")
