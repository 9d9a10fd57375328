"""The list and the table of difficulties as they are printed, lying."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from diaban.foundation.documents.composing import date_in_words
from diaban.foundation.documents.content import Align, SignOff
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.status import look_of
from diaban.lib.vietnamese import format_date, format_number
from diaban.work.difficulties.queries.lists import Counts, Line

TITLE = "Biểu tổng hợp kiến nghị và phân công trả lời"
HEADS = (
    ("STT", 9), ("Địa phương, đơn vị kiến nghị", 36), ("Nội dung kiến nghị", 84), ("Lĩnh vực", 25), ("Ngày tiếp nhận", 20),
    ("Cơ quan trả lời", 36), ("Hạn trả lời", 20), ("Kết quả", 37),
)  # fmt: skip
HAND = (SignOff("Người lập biểu"), SignOff("Thủ trưởng cơ quan", "(Ký, ghi rõ họ tên, đóng dấu)"))


def list_paper(
    lines: Sequence[Line], counts: Counts, *, shown_of: int, organisation_id: int, on: date, said: str = ""
) -> WideTable:
    """Who raised what, who must answer until when, and what was answered. `said` is how the list was narrowed."""
    issuer = issuer_for(organisation_id, "BC", on)
    cut = (f"In {len(lines)} nội dung đầu trong {shown_of}.",) if shown_of > len(lines) else ()
    return WideTable(
        title=TITLE,
        subtitles=(_headline(organisation_id, on), *((said,) if said else ())),
        columns=tuple(WideColumn((head,), width, _align(width)) for head, width in HEADS),
        rows=tuple(WideRow(tuple(map(Figure, _cells(number, line)))) for number, line in enumerate(lines, 1)),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        notices=notices_of_instance(),
        notes=(f"Tổng số {counts.matters} nội dung, {counts.raisings} lượt kiến nghị.", *cut),
        place_date=f"{issuer.agency.place}, {date_in_words(None, on)}",
        sign_off=HAND,
        frozen=1,
        size="A4",
    )


def table_paper(
    fields: Sequence[tuple[str, str]],
    units: Sequence[UnitVersion],
    numbers: Mapping[tuple[str, int], int],
    matters: Counter[str],
    *,
    organisation_id: int,
    on: date,
) -> WideTable:
    """How many matters of each field each unit raised; the last line counts a matter of many units once."""
    issuer = issuer_for(organisation_id, "BC", on)
    codes = [code for code, _name in fields]
    counted = [[numbers.get((code, unit.unit_id), 0) for code in codes] for unit in units]
    rows = [
        WideRow((Figure(str(place)), Figure(unit.full_name), *map(_number, row), _number(sum(row))))
        for place, (unit, row) in enumerate(zip(units, counted, strict=True), 1)
    ]
    once = [matters[code] for code in codes]
    rows.append(WideRow((Figure(""), Figure("Số nội dung"), *map(_number, once), _number(sum(once))), "total"))
    return WideTable(
        title="Số kiến nghị theo địa bàn và lĩnh vực",
        subtitles=(_headline(organisation_id, on),),
        columns=(
            WideColumn(("STT",), 10, "center"),
            WideColumn(("Địa bàn",), 52, "left"),
            *(WideColumn((name,), 24) for _code, name in fields),
            WideColumn(("Cộng",), 18),
        ),
        rows=tuple(rows),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        notices=notices_of_instance(),
        unit="nội dung",
        notes=("Nội dung nhiều nơi cùng nêu đếm ở từng nơi, nhưng chỉ một lần ở dòng cuối.",),
        place_date=f"{issuer.agency.place}, {date_in_words(None, on)}",
        sign_off=HAND,
        size="A4",
    )


def _headline(organisation_id: int, on: date) -> str:
    return f"{names_of([organisation_id], on).get(organisation_id, '')}, đến ngày {format_date(on)}"


def _cells(number: int, line: Line) -> tuple[str, ...]:
    one, due = line.difficulty, line.work.due_on if line.work else None
    return (
        str(number), line.raised, one.content, line.field, format_date(one.received_on), line.answers_or_answered,
        format_date(due) if due else "", result_said(line),
    )  # fmt: skip


def result_said(line: Line) -> str:
    """The state, with the paper that answered and the day that was promised."""
    said = str(look_of(line.state).label)
    if line.answer is None:
        return said
    promised = f"hoàn thành {format_date(line.answer.promised_on)}" if line.answer.promised_on else ""
    more = "; ".join(part for part in (promised, line.answer.document) if part)
    return f"{said} ({more})" if more else said


def _align(width: int) -> Align:
    return "center" if width <= 20 else "left"


def _number(number: int) -> Figure:
    return Figure(format_number(number), number) if number else Figure("-", 0)
