"""What is wrong with a form as a whole, each fault at its value. Values in, values out."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from diaban.lib.expressions import BadExpression, Expression, parse
from diaban.work.reporting.designing.catalogue import Catalogue, meant
from diaban.work.reporting.designing.layouts import BY_PARTS, layout_from
from diaban.work.reporting.designing.records import TABLES, Fault, Record, Records, Unread, read_value

FORM_CODE = re.compile(r"[a-z][a-z0-9_]*")
TEXT_CODE = re.compile(r"TEXT__[a-z0-9_]+")
COLUMN_CODE = re.compile(r"[a-z][a-z0-9_]*")

MOST_LINES = 1000

Finder = Callable[[Records, Catalogue], Iterator[Fault]]


def faults_of(records: Records, catalogue: Catalogue) -> list[Fault]:
    """Everything that stands against the form, in the order of its tables; warnings are no reason to stop."""
    faults = [fault for finder in FINDERS for fault in finder(records, catalogue)]
    order = {table.key: place for place, table in enumerate(TABLES)}
    return sorted(faults, key=lambda fault: (order[fault.table], fault.number, not fault.is_error))


def errors_in(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.is_error]


def _values(records: Records, _catalogue: Catalogue) -> Iterator[Fault]:
    """Values that are missing or no values of their column."""
    for table in TABLES:
        for number, record in enumerate(records[table.key]):
            for column in table.columns:
                value = record.get(column.key, "")
                if not value and column.is_required:
                    yield Fault(table.key, number, column.key, f"Chưa có “{column.title}”.")
                try:
                    as_read = value if column.kind == "decimal" else read_value(column, value)
                except Unread as problem:
                    yield Fault(table.key, number, column.key, str(problem))
                else:
                    if as_read != value:
                        yield Fault(table.key, number, column.key, f"“{value}” không đọc được. Nhập lại.")


def _twice(records: Records, _catalogue: Catalogue) -> Iterator[Fault]:
    """Records that must be one of their kind."""
    keys = {
        "sections": ("number",), "lines": ("indicator", "dimension"), "members": ("indicator", "dimension", "code"),
        "headings": ("code",), "columns": ("heading", "code"), "rules": ("code",),
    }  # fmt: skip
    for table, columns in keys.items():
        seen: Counter[tuple[str, ...]] = Counter()
        for number, record in enumerate(records[table]):
            key = tuple(record.get(column, "") for column in columns)
            seen[key] += 1
            if seen[key] == 2 and key[0]:
                said = ", ".join(filter(None, key))
                yield Fault(table, number, columns[0], f"“{said}” đã có ở dòng trên. Bỏ bớt một dòng hoặc đổi mã.")


def _head(records: Records, _catalogue: Catalogue) -> Iterator[Fault]:
    if len(records["head"]) != 1:
        yield Fault("head", -1, "code", "Phải có đúng một dòng tên biểu mẫu.")
        return
    code = records["head"][0].get("code", "")
    if code and not FORM_CODE.fullmatch(code):
        message = f"“{code}” không dùng làm mã được: chỉ chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ."
        yield Fault("head", 0, "code", message)
    if not records["sections"]:
        yield Fault("sections", -1, "number", "Biểu mẫu chưa có phần nào. Thêm ít nhất một phần.")
    if not records["lines"] and not records["headings"]:
        yield Fault("lines", -1, "indicator", "Biểu mẫu chưa hỏi gì. Thêm dòng số liệu hoặc phần lời.")
    if len(records["lines"]) > MOST_LINES:
        yield Fault("lines", -1, "indicator", f"Quá {MOST_LINES} dòng. Hãy tách thành nhiều biểu mẫu.")


def _sections(records: Records, catalogue: Catalogue) -> Iterator[Fault]:
    used = {line["section"] for line in records["lines"]}
    for number, record in enumerate(records["sections"]):
        field = record["field"]
        if field and field not in catalogue.fields:
            yield Fault("sections", number, "field", f"Không có lĩnh vực “{field}”.{catalogue.fields_meant(field)}")
        if record["number"] not in used:
            yield Fault("sections", number, "number", "Phần này chưa có dòng số liệu nào.", is_error=False)


def _lines(records: Records, catalogue: Catalogue) -> Iterator[Fault]:
    sections = {record["number"] for record in records["sections"]}
    places: dict[str, str] = {}
    for number, line in enumerate(records["lines"]):
        for column, message in _of_line(line, sections, catalogue):
            yield Fault("lines", number, column, message)
        home = places.setdefault(line["indicator"], line["section"])
        if home != line["section"]:
            message = f"Các dòng của chỉ tiêu {line['indicator']} phải ở cùng một phần (phần {home})."
            yield Fault("lines", number, "section", message)
        own_mode = catalogue.divisions.get((line["indicator"], line["dimension"]))
        if own_mode and line["mode"] in BY_PARTS and own_mode != line["mode"]:
            message = "Danh mục chỉ tiêu chia theo cách khác; tổng hợp sẽ theo danh mục. Kiểm tra lại cách điền."
            yield Fault("lines", number, "mode", message, is_error=False)


def _of_line(line: Record, sections: set[str], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    code, dimension, mode = line["indicator"], line["dimension"], line["mode"]
    if line["section"] and line["section"] not in sections:
        yield "section", f"Không có phần số {line['section']}. Thêm phần đó hoặc đổi số."
    if line["least"] and line["most"] and Decimal(line["least"]) > Decimal(line["most"]):
        yield "most", "Khoảng thường gặp: số sau phải lớn hơn hoặc bằng số trước."
    if mode in BY_PARTS and not dimension:
        yield "dimension", "Cách điền này cần nêu chia theo gì."
    elif mode and mode not in BY_PARTS and dimension:
        yield "dimension", "Cách điền này không chia theo gì. Bỏ trống, hoặc đổi cách điền."
    measure = catalogue.measures.get(code)
    if code and measure is None:
        yield "indicator", f"Không có chỉ tiêu “{code}” trong danh mục.{meant(code, catalogue.measures)}"
    elif measure is not None:
        if dimension and (code, dimension) not in catalogue.divisions:
            known = ", ".join(catalogue.dimensions_of(code)) or "không chia theo gì"
            yield "dimension", f"Chỉ tiêu {code} không chia theo “{dimension}”. Danh mục: {known}."
        yield from _how(line, measure.is_derived, bool(measure.numerator))


def _how(line: Record, is_derived: bool, is_ratio: bool) -> Iterator[tuple[str, str]]:
    mode, required = line["mode"], line["required"]
    if mode == "ratio" and not is_ratio:
        yield "mode", "Chỉ tiêu này không có tử số, mẫu số trong danh mục. Chọn cách điền khác."
    if is_derived and mode and mode != "ratio" and required != "auto":
        yield (
            "required",
            "Chỉ tiêu này tính từ chỉ tiêu khác: chọn “Máy tính”"
            + (" hoặc cách điền “Tử số và mẫu số”." if is_ratio else "."),
        )
    if required == "auto" and not is_derived:
        yield "required", "Danh mục không có cách tính chỉ tiêu này, nên máy không tính được. Chọn cách khác."
    if required == "prefill" and line["provider"] == "locality":
        yield "provider", "Số điền sẵn phải của nơi khác: doanh nghiệp, sổ hoặc Sở."


def _members(records: Records, catalogue: Catalogue) -> Iterator[Fault]:
    lines = {(line["indicator"], line["dimension"]) for line in records["lines"]}
    for number, member in enumerate(records["members"]):
        indicator, dimension = member["indicator"], member["dimension"]
        known = {part.code for part in catalogue.dimensions.get(dimension, ())}
        if (indicator, dimension) not in lines:
            message = f"Không có dòng nào của {indicator} chia theo “{dimension}”."
            yield Fault("members", number, "indicator", message)
        elif member["code"] and member["code"] not in known:
            message = f"“{dimension}” không có thành viên “{member['code']}”.{meant(member['code'], known)}"
            yield Fault("members", number, "code", message)


def _headings(records: Records, _catalogue: Catalogue) -> Iterator[Fault]:
    kinds = {record["code"]: record["kind"] for record in records["headings"]}
    with_columns = {column["heading"] for column in records["columns"]}
    for number, heading in enumerate(records["headings"]):
        code = heading["code"]
        if code and not TEXT_CODE.fullmatch(code):
            message = f"“{code}” không dùng được. Mã là TEXT__ rồi chữ thường không dấu, số, gạch dưới."
            yield Fault("headings", number, "code", message)
        if heading["kind"] == "rows" and code not in with_columns:
            yield Fault("headings", number, "kind", "Bảng chưa có cột nào. Thêm cột, hoặc chọn “Lời văn”.")
    for number, column in enumerate(records["columns"]):
        if kinds.get(column["heading"]) != "rows":
            message = f"Không có bảng nào mã “{column['heading']}”.{meant(column['heading'], kinds)}"
            yield Fault("columns", number, "heading", message)
        if column["code"] and not COLUMN_CODE.fullmatch(column["code"]):
            message = f"“{column['code']}” không dùng được: chỉ chữ thường không dấu, số, gạch dưới, bắt đầu bằng chữ."
            yield Fault("columns", number, "code", message)


def _rules(records: Records, catalogue: Catalogue) -> Iterator[Fault]:
    names = cell_names(records, catalogue)
    lists = {record["code"] for record in records["headings"] if record["kind"] == "rows"}
    for number, rule in enumerate(records["rules"]):
        for message in faults_of_expression(rule["expression"], names, lists):
            yield Fault("rules", number, "expression", message)


def faults_of_expression(text: str, names: set[str], lists: set[str]) -> list[str]:
    """Why an expression cannot be a check of a form with these cells and lists: what, where, what to do."""
    if not text:
        return []
    try:
        expression = parse(text)
    except BadExpression as problem:
        return [str(problem)]
    messages = [_unknown(text, name, names) for name in sorted(_cells_in(expression) - names)]
    messages += [
        f"rows({name}) (ký tự {_place(text, name)}): biểu mẫu không có bảng mã “{name}”.{meant(name, lists)}"
        for name in sorted(expression.rows_names - lists)
    ]
    if not isinstance(expression.tree, ast.Compare | ast.BoolOp):
        messages.append("Biểu thức phải là một so sánh, ví dụ BC07 >= 0; đây mới là một số.")
    elif not (_cells_in(expression) | expression.rows_names):
        messages.append("Biểu thức không nêu ô nào của biểu mẫu.")
    return messages


def cell_names(records: Records, catalogue: Catalogue) -> set[str]:
    """Every cell of the form that a check may name, whatever the day."""
    layout = layout_from(records, catalogue)
    names = set(layout.indicators)
    for line in layout.lines:
        names |= {f"{line.indicator}__{part.code}" for part in line.parts}
        if line.mode == "ratio":
            names |= {f"{line.indicator}__num", f"{line.indicator}__den"}
    return names


def _cells_in(expression: Expression) -> frozenset[str]:
    return expression.names | expression.prev_names | expression.lastyear_names


def _unknown(text: str, name: str, names: set[str]) -> str:
    return f"“{name}” (ký tự {_place(text, name)}): biểu mẫu không có ô này.{meant(name, names)}"


def _place(text: str, name: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", text)
    return found.start() + 1 if found else 1


FINDERS: tuple[Finder, ...] = (_values, _twice, _head, _sections, _lines, _members, _headings, _rules)
