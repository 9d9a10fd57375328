"""A small form with one row of every sort, without a database."""

from datetime import date
from decimal import Decimal

from diaban.work.reporting.layout import Block, Heading, Layout, Line, Measure, Part, Rule, Valid

YEAR_END, SEPTEMBER = date(2009, 12, 31), date(2009, 9, 30)
FIRST_3G = date(2009, 10, 1)


def measure(code: str, **more: object) -> Measure:
    known: dict[str, object] = {"unit_name": "điểm", "value_type": "integer", "digits": 0, "least": Decimal(0), **more}
    return Measure(code, f"Chỉ tiêu {code}", **known)  # type: ignore[arg-type] # keywords of a test


def percent(code: str, numerator: str, denominator: str) -> Measure:
    ratio = {"numerator": numerator, "denominator": denominator, "scale": Decimal(100), "most": Decimal(100)}
    return measure(code, unit_name="%", value_type="decimal", digits=1, **ratio)


def parts(*codes: str) -> tuple[Part, ...]:
    return tuple(Part(code, code, Valid(FIRST_3G if code == "3g" else None)) for code in codes)


def line(position: int, indicator: str, mode: str = "value", **more: object) -> Line:
    known: dict[str, object] = {
        "required": "yes",
        "provider": "locality",
        "dimension": "d" if "parts" in more else "",
        **more,
    }
    return Line(position, 1, indicator, mode=mode, **known)  # type: ignore[arg-type] # keywords of a test


MEASURES = (
    measure("DB01"), measure("DB05"), measure("BC01"), measure("BC02", value_type="decimal", digits=1), measure("BC07"),
    measure("BC08"), measure("BC25"), measure("VT48"), measure("VT04"), measure("VT05"), measure("VT07"),
    measure("VT08", valid=Valid(FIRST_3G)), measure("VT17"), measure("TT11"), measure("CN11"), measure("AT01"),
    measure("AT13"), measure("QL07"),
    measure("VT03", formula="VT04 + VT05"), measure("VT38", formula="VT07 + VT08"),
    percent("BC21", "BC25", "BC07"), percent("VT25", "VT48", "DB05"), percent("AT02", "AT13", "AT01"),
    measure("VT09", numerator="VT38", denominator="DB01", scale=Decimal(100), value_type="decimal", digits=1),
)  # fmt: skip
LINES = (
    line(1, "DB01", required="prefill", provider="department"),
    line(2, "DB05", required="prefill", provider="department"),
    line(3, "BC01", "list", parts=parts("vnpost", "viettel_post", "other"), prefill_last=True),
    line(4, "BC02", "split", parts=parts("vnpost", "viettel_post"), required="no"),
    line(5, "BC07", "split", parts=parts("level_1", "bdvhx"), prefill_last=True, least=Decimal(3), most=Decimal(40)),
    line(6, "BC08", "split", parts=parts("operating", "closed"), prefill_last=True),
    line(7, "BC08", "ofwhich", parts=parts("internet")),
    line(8, "BC21", "ratio", prefill_last=True),
    line(9, "VT03", required="auto"),
    line(10, "VT04"),
    line(11, "VT05"),
    line(12, "VT07"),
    line(13, "VT08", required="no"),
    line(14, "VT09", required="auto"),
    line(15, "VT17", "split", parts=parts("2g", "3g")),
    line(16, "VT25", "ratio"),
    line(17, "TT11", "split", parts=parts("wired", "fm")),
    line(18, "TT11", "split", parts=parts("working", "broken")),
    line(19, "CN11", frequency="Q4"),
    line(20, "AT01"),
    line(21, "AT02", "ratio"),
    line(22, "QL07", "split", parts=parts("done", "open"), required="prefill", provider="register"),
)
RULES = (
    Rule("T01", "error", "BC08 == BC07__bdvhx", "BC08 phải bằng BC07__bdvhx"),
    Rule("T02", "warning", "abs(VT05 - prev(VT05)) <= 0.15 * prev(VT05)", "VT05 thay đổi quá 15%"),
    Rule("T03", "warning", "VT05 >= lastyear(VT05)", "VT05 giảm so với cùng kỳ"),
    Rule("T04", "warning", "rows(TEXT__villages) == VT17", "Danh sách không khớp"),
    Rule("T05", "warning", "QL07 <= 10", "QL07 nhiều"),
)
LAYOUT = Layout(
    version_id=1,
    blocks=(Block(1, "Phần một", "tttt", "post"),),
    lines=LINES,
    measures={one.code: one for one in MEASURES},
    headings=(
        Heading("TEXT__direction", "I", "Chỉ đạo", "text", True),
        Heading("TEXT__villages", "PL", "Danh sách thôn", "rows", False, (("village", "Thôn"),)),
    ),
    rules=RULES,
)
# Every cell of December filled, with no fault.
GOOD = {
    "DB01": 5000, "DB05": 20, "BC01__vnpost": 1, "BC02__vnpost": 120, "BC02__viettel_post": 30, "BC07__level_1": 1,
    "BC07__bdvhx": 9, "BC08__operating": 8, "BC08__closed": 1, "BC08__internet": 2, "BC21__num": 3, "VT04": 300, "VT05": 900,
    "VT07": 40, "VT08": 0, "VT17__2g": 4, "VT17__3g": 1, "VT25__num": 15, "TT11__wired": 1, "TT11__fm": 2,
    "TT11__working": 2, "TT11__broken": 1, "CN11": 1, "AT01": 2, "AT02__num": 1,
}  # fmt: skip


def values(**changed: float | str | None) -> dict[str, Decimal]:
    """`GOOD` with some cells changed; None takes one out."""
    merged = {**GOOD, **changed}
    return {name: Decimal(str(value)) for name, value in merged.items() if value is not None}
