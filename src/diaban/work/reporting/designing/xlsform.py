"""An XLSForm (survey, choices, settings: https://xlsform.org) as the records of a form, as far as it has meaning here.

A number becomes a line where the catalogue has its indicator (by name or label); other questions become words, a repeat a table.
A constraint becomes a check. What has no meaning here is told row by row with the reason; nothing is passed over in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from diaban.lib.expressions import BadExpression, parse
from diaban.lib.vietnamese import fold
from diaban.lib.workbooks import read_workbook
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.records import (
    COLUMNS,
    HEADINGS,
    NO,
    RULES,
    SECTIONS,
    YES,
    Records,
    empty_records,
)
from diaban.work.reporting.designing.workbook import LIMITS, CellFault, FormNotTaken
from diaban.work.reporting.designing.xlsform_sheets import Row, kind_of, language_of, lists_of, rows_of

MOST_ROWS = 2000
SHEETS, SETTINGS = (
    frozenset({"survey", "choices", "settings"}),
    frozenset({"form_title", "form_id", "default_language", "version"}),
)
TRUE = frozenset({"yes", "true", "true()", "1", "có"})
NUMBERS, WORDS = frozenset({"integer", "decimal", "range"}), frozenset({"text", "date", "time", "datetime"})
SILENT = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "start-geopoint",
    }
)
MEDIA = {
    "geopoint": "tọa độ", "geotrace": "đường", "geoshape": "vùng", "image": "ảnh", "audio": "ghi âm", "video": "phim",
    "file": "tệp", "barcode": "mã vạch", "acknowledge": "ô xác nhận", "rank": "xếp thứ tự", "hidden": "ô ẩn",
    "xml-external": "nguồn ngoài", "csv-external": "nguồn ngoài", "background-audio": "ghi âm",
}  # fmt: skip
WITHOUT_MEANING = {
    "relevant": "điều kiện hiện câu hỏi: biểu báo cáo luôn hiện đủ dòng, không phát sinh thì người điền chọn lý do",
    "default": "giá trị có sẵn: dùng “Điền sẵn số kỳ trước” nếu cần",
    "choice_filter": "lọc lựa chọn theo câu khác",
    "repeat_count": "số lần lặp: người điền thêm bao nhiêu dòng cũng được",
    "trigger": "tính lại theo câu khác",
}
KNOWN = frozenset(WITHOUT_MEANING) | {
    "type", "name", "label", "hint", "required", "required_message", "constraint", "constraint_message", "calculation",
    "appearance", "read_only", "readonly", "parameters", "note", "guidance_hint", "disabled",
}  # fmt: skip
REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")
BARE_DOT = re.compile(r"(?<![\w.])\.(?![\w.])")
EQUALS = re.compile(r"(?<![<>!=])=(?!=)")


@dataclass(frozen=True)
class Imported:
    """The records, and what of the file has no meaning here, by cell or row."""

    records: Records
    left: Sequence[CellFault]


def read_xlsform(content: bytes, catalogue: Catalogue) -> Imported:
    """Raises `FormNotTaken` for a workbook that is no XLSForm, `WorkbookRefused` for what is no workbook."""
    book = read_workbook(content, limits=LIMITS)
    sheets = {fold(name).strip(): name for name in book.sheets}
    if "survey" not in sheets:
        raise FormNotTaken([CellFault("", _("Tệp thiếu trang “survey”: đây không phải XLSForm."))])
    survey = rows_of(book, sheets["survey"])
    missing = [name for name in ("type", "name") if name not in survey.heads]
    if missing:
        raise FormNotTaken(
            [
                CellFault(
                    "survey!A1", _("Trang survey thiếu cột %(missing)s ở dòng đầu.") % {"missing": ", ".join(missing)}
                )
            ]
        )
    if not survey.rows:
        raise FormNotTaken([CellFault("survey", _("Trang survey không có câu hỏi nào."))])
    if len(survey.rows) > MOST_ROWS:
        raise FormNotTaken(
            [
                CellFault(
                    "survey", _("Quá %(most_rows)s dòng. Hãy tách thành nhiều biểu mẫu.") % {"most_rows": MOST_ROWS}
                )
            ]
        )
    said = rows_of(book, sheets["settings"]).rows if "settings" in sheets else []
    settings = said[0][1] if said else {}
    choices = rows_of(book, sheets["choices"]).rows if "choices" in sheets else []
    making = _Making(catalogue, language_of(survey.heads, settings), lists_of(choices))
    making.head(settings)
    making.other_sheets(name for name in book.sheets if fold(name).strip() not in SHEETS)
    making.columns(survey.heads)
    for number, row in survey.rows:
        making.row(number, row)
    making.end()
    return Imported(making.records, making.left)


@dataclass
class _Making:
    """Goes through the survey from above to below, knowing which groups it is in."""

    catalogue: Catalogue
    language: str
    lists: Mapping[str, Sequence[tuple[str, str]]]
    records: Records = field(default_factory=empty_records)
    left: list[CellFault] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)  # (group or repeat, label)
    table: str = ""  # code of the heading that a repeat became
    cells: dict[str, str] = field(default_factory=dict)  # name of a question: its cell
    constraints: list[tuple[int, str, str, str]] = field(default_factory=list)
    hint: str = ""
    hint_row: int = 0
    folded: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folded = {fold(measure.name): code for code, measure in self.catalogue.measures.items()}

    def tell(self, number: int, message: str) -> None:
        self.left.append(CellFault(f"survey, dòng {number}" if number else "", message))

    def head(self, settings: Row) -> None:
        code = _slug(settings.get("form_id", "") or settings.get("form_title", ""))[:60]
        title = settings.get("form_title", "") or settings.get("form_id", "")
        self.records["head"] = [{"code": code if code[:1].isalpha() else "", "name": title[:250]}]
        for column, text in settings.items():
            if text and column not in SETTINGS:
                self.tell(0, f"settings, {column} = “{text}”: không có nghĩa ở biểu báo cáo, bỏ qua.")

    def other_sheets(self, names: Iterable[str]) -> None:
        for name in names:
            self.tell(0, f"Trang “{name}” không có nghĩa ở biểu báo cáo, bỏ qua.")

    def columns(self, heads: Mapping[str, int]) -> None:
        for head in heads:
            base, _sep, language = head.partition("::")
            if base not in KNOWN and base not in {"media", "image", "audio", "video", "bind", "instance", "body"}:
                self.tell(0, f"Cột “{head}” của trang survey không có trong chuẩn XLSForm, bỏ qua.")
            elif base == "label" and language and language != self.language:
                self.tell(0, f"Tiêu đề theo ngôn ngữ “{language}” không dùng; biểu mẫu lấy {self._taken()}.")

    def _taken(self) -> str:
        return f"ngôn ngữ “{self.language}”" if self.language else "cột label"

    def row(self, number: int, row: Row) -> None:
        kind, rest = kind_of(row.get("type", ""))
        if fold(row.get("disabled", "")) in TRUE:
            self.tell(number, "Dòng đã tắt (disabled), bỏ qua.")
        elif not kind:
            self.tell(number, "Không có loại câu hỏi (ô trống hoặc gộp với dòng trên), bỏ qua.")
        elif kind.startswith(("begin_", "end_")):
            self._group(number, kind, row)
        else:
            self._question(number, kind, rest, row)

    def _group(self, number: int, kind: str, row: Row) -> None:
        what = kind.partition("_")[2]
        if kind.startswith("end"):
            if not self.groups or self.groups[-1][0] != what:
                self.tell(number, f"“{row.get('type', '')}” không có chỗ mở tương ứng, bỏ qua.")
                return
            self.groups.pop()
            self.table = self.table if any(one == "repeat" for one, _label in self.groups) else ""
            return
        self.groups.append((what, self._label(row)))
        self._without_meaning(number, row)
        if what == "repeat" and self.table:
            self.tell(number, "Bảng lồng trong bảng: các câu hỏi trở thành cột của bảng ngoài.")
        elif what == "repeat":
            self.table = self._heading(row, "rows", number)

    def _question(self, number: int, kind: str, rest: str, row: Row) -> None:
        self._without_meaning(number, row)
        if kind in SILENT:
            self.tell(number, f"“{kind}” là thông tin về máy, người điền; hệ thống đã ghi trong nhật ký.")
        elif kind in MEDIA:
            self.tell(
                number,
                f"Loại “{kind}” ({MEDIA[kind]}) không có trong biểu báo cáo; đính kèm tệp khi gửi báo cáo nếu cần.",
            )
        elif kind == "note":
            self._pass_hint()
            self.hint, self.hint_row = self._label(row), number
        elif kind == "calculate":
            self._calculate(number, row)
        elif self.table:
            self._column(number, kind, rest, row)
        elif kind in NUMBERS or kind in WORDS or kind.startswith("select"):
            self._answer(number, kind, rest, row)
        else:
            self.tell(
                number,
                f"Không biết loại “{row.get('type', '')}”, bỏ qua. Đổi thành integer, decimal, text hoặc select.",
            )

    def _answer(self, number: int, kind: str, rest: str, row: Row) -> None:
        code = self._indicator(row)
        options = self.lists.get(rest, ())
        if kind.endswith("_from_file"):
            self.tell(number, f"Lựa chọn lấy từ tệp “{rest}” không theo biểu sang đây được.")
        elif kind.startswith("select") and not options:
            self.tell(number, f"Danh sách “{rest}” không có trong trang choices.")
        if "or_other" in row.get("type", ""):
            self.tell(number, "or_other (ý khác): người điền ghi thẳng vào phần lời.")
        if code and kind in NUMBERS:
            self._line(number, code, "value", "", row)
        elif code and kind == "select_multiple" and (dimension := self._listed(code, options)):
            self._line(number, code, "list", dimension, row)
        else:
            self._words(number, kind, options, row)

    def _line(self, number: int, code: str, mode: str, dimension: str, row: Row) -> None:
        if any((one["indicator"], one["dimension"]) == (code, dimension) for one in self.records["lines"]):
            self.tell(number, f"Chỉ tiêu {code} đã hỏi ở dòng trên, bỏ qua.")
            return
        measure = self.catalogue.measures[code]
        home = [one["section"] for one in self.records["lines"] if one["indicator"] == code]
        hint, self.hint = " ".join(filter(None, [self.hint, self._label(row, "hint")])), ""
        if len(hint) > 400:
            self.tell(number, "Ghi chú dài quá 400 ký tự, đã cắt bớt.")
        required = YES if _is_yes(row.get("required", "")) else NO
        self.records["lines"].append({
            "section": home[0] if home else self._section(), "indicator": code, "dimension": dimension, "note": hint[:400],
            "mode": "ratio" if measure.numerator else mode, "required": "auto" if measure.formula else required,
            "provider": "locality", "frequency": "every", "prefill_last": NO,
        })  # fmt: skip
        self.cells[row.get("name", "")] = code
        if mode == "list":
            given = self.lists.get(kind_of(row.get("type", ""))[1], ())
            self.records["members"] += [
                {"indicator": code, "dimension": dimension, "code": name, "label": label[:150]} for name, label in given
            ]
        if row.get("constraint", ""):
            self.constraints.append((number, code, row["constraint"], self._label(row, "constraint_message")))

    def _words(self, number: int, kind: str, options: Sequence[tuple[str, str]], row: Row) -> None:
        said = " / ".join(label for _name, label in options)
        if kind in NUMBERS:
            message = "Danh mục không có chỉ tiêu này, nên tạm là phần lời, không cộng được. Thêm chỉ tiêu vào danh mục rồi đổi thành dòng số liệu."
            self.tell(number, message)
        elif kind.startswith("select"):
            self.tell(
                number, "Câu hỏi chọn không phải số liệu thống kê: thành phần lời, các lựa chọn ghi trong tiêu đề."
            )
        elif kind != "text":
            self.tell(number, f"Loại “{kind}” thành phần lời; người điền ghi bằng chữ.")
        if row.get("constraint", ""):
            self.tell(number, "Điều kiện của phần lời không kiểm tra được, bỏ qua.")
        self._heading(row, "text", number, f" ({said})" if said else "")

    def _heading(self, row: Row, kind: str, number: int, more: str = "") -> str:
        code = _unique(
            f"TEXT__{_slug(row.get('name', '')) or f'cau_{number}'}"[:56],
            {one["code"] for one in self.records["headings"]},
        )
        hint, self.hint = self.hint, ""
        if hint:
            self.tell(self.hint_row, "Ghi chú đứng trước phần lời không có chỗ trên biểu, bỏ qua.")
        if not self._label(row):
            self.tell(number, "Câu hỏi không có tên và tiêu đề: đặt tiêu đề trước khi ban hành.")
        title = f"{self._label(row)}{more}"
        longest = HEADINGS.column("heading").longest
        if len(title) > longest:
            self.tell(number, f"Tiêu đề dài quá {longest} ký tự, đã cắt bớt.")
        self.records["headings"].append({
            "part": "PL" if kind == "rows" else "I", "code": code, "heading": title[:longest], "kind": kind,
            "required": YES if _is_yes(row.get("required", "")) else NO,
        })  # fmt: skip
        return code

    def _column(self, number: int, kind: str, rest: str, row: Row) -> None:
        if kind not in NUMBERS and kind not in WORDS and not kind.startswith("select"):
            self.tell(number, f"Không biết loại “{row.get('type', '')}”, bỏ qua.")
            return
        if row.get("constraint", ""):
            self.tell(number, "Điều kiện của một cột trong bảng không kiểm tra được, bỏ qua.")
        taken = {one["code"] for one in self.records["columns"] if one["heading"] == self.table}
        slug = _slug(row.get("name", "")) or f"cot_{number}"
        code = _unique((slug if slug[0].isalpha() else f"c_{slug}")[:56], taken)
        said = " / ".join(label for _name, label in self.lists.get(rest, ()))
        label = f"{self._label(row)}{f' ({said})' if said else ''}"
        longest = COLUMNS.column("label").longest
        self.records["columns"].append({"heading": self.table, "code": code, "label": label[:longest]})

    def _calculate(self, number: int, row: Row) -> None:
        code = self._indicator(row)
        if code and self.catalogue.measures[code].is_derived:
            self._line(number, code, "value", "", {**row, "constraint": ""})
            self.records["lines"][-1].update(mode="value", required="auto")
            self.tell(number, f"Chỉ tiêu {code} tính theo công thức của danh mục, không theo công thức trong tệp.")
        else:
            self.tell(number, "Ô tính: hệ thống chỉ tính chỉ tiêu có công thức trong danh mục, bỏ qua.")

    def _section(self) -> str:
        """The number of the section that the groups around make; questions outside any stand in one of the form's own."""
        title = (
            " / ".join(label for what, label in self.groups if what == "group" and label)
            or self.records["head"][0]["name"]
            or "Số liệu"
        )
        title = title[: SECTIONS.column("title").longest]
        known = next((one for one in self.records["sections"] if one["title"] == title), None)
        if known is None:
            known = {
                "number": str(len(self.records["sections"]) + 1),
                "title": title,
                "title_en": "",
                "recipient": "",
                "field": "",
            }
            self.records["sections"].append(known)
            self.tell(0, f"Phần “{title}”: chọn lĩnh vực của nơi nhận trước khi ban hành.")
        return known["number"]

    def _indicator(self, row: Row) -> str:
        """The indicator a question asks for: its name is the code, or its label the indicator's name."""
        code = row.get("name", "").upper()
        return code if code in self.catalogue.measures else self.folded.get(fold(self._label(row)), "")

    def _listed(self, code: str, options: Sequence[tuple[str, str]]) -> str:
        """The list dimension of the indicator that has all the choices as members."""
        for (indicator, dimension), mode in self.catalogue.divisions.items():
            members = {part.code for part in self.catalogue.dimensions.get(dimension, ())}
            if indicator == code and mode == "list" and options and {name for name, _label in options} <= members:
                return dimension
        return ""

    def _label(self, row: Row, what: str = "label") -> str:
        for head in (f"{what}::{self.language}", what):
            if row.get(head, ""):
                return row[head]
        others = [text for head, text in row.items() if head.startswith(f"{what}::") and text]
        return others[0] if others else row.get("name", "") if what == "label" else ""

    def _without_meaning(self, number: int, row: Row) -> None:
        for column, reason in WITHOUT_MEANING.items():
            if row.get(column, ""):
                self.tell(number, f"{column} = “{row[column]}”: {reason}.")
        for column, text in row.items():
            if text and column.partition("::")[0] in {"media", "image", "audio", "video", "bind", "instance", "body"}:
                self.tell(number, f"{column}: không có trong biểu báo cáo, bỏ qua.")

    def _pass_hint(self) -> None:
        if self.hint:
            self.tell(self.hint_row, "Ghi chú không đứng trước dòng số liệu nào, bỏ qua.")
            self.hint = ""

    def end(self) -> None:
        self._pass_hint()
        for what, label in self.groups:
            self.tell(0, f"Nhóm “{label}” (begin_{what}) không được đóng; coi như đóng ở cuối.")
        for number, code, constraint, message in self.constraints:
            self._rule(number, code, constraint, message)

    def _rule(self, number: int, code: str, constraint: str, message: str) -> None:
        text = self._translated(constraint, code)
        try:
            expression = parse(text)
        except BadExpression as problem:
            self.tell(number, f"Điều kiện “{constraint}” không chuyển được: {problem}")
            return
        known = set(self.cells.values())
        if expression.names - known or len(text) > RULES.column("expression").longest:
            self.tell(number, f"Điều kiện “{constraint}” nêu ô không có trên biểu, bỏ qua.")
            return
        said = message or f"{self.catalogue.measures[code].name}: không đúng điều kiện {constraint}"
        self.records["rules"].append({
            "code": f"K{len(self.records['rules']) + 1:03}", "kind": "error", "expression": text,
            "message": said[: RULES.column("message").longest],
        })  # fmt: skip

    def _translated(self, constraint: str, code: str) -> str:
        """XPath's way of writing in ours; what is left over fails to parse."""
        text = REFERENCE.sub(lambda found: self.cells.get(found[1], found[1]), constraint)
        text = BARE_DOT.sub(code, text)
        return EQUALS.sub("==", re.sub(r"\bdiv\b", "/", text))


def _is_yes(text: str) -> bool:
    return text.lower() in TRUE


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")


def _unique(code: str, taken: set[str]) -> str:
    return next(name for name in _names(code) if name not in taken)


def _names(code: str) -> Iterator[str]:
    yield code
    number = 2
    while True:
        yield f"{code}_{number}"
        number += 1
