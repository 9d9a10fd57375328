"""The weekly calendar as a paper: A4 lying, day by day, morning and afternoon."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import override

from diaban.foundation.documents.content import SignOff
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.lib.vietnamese import format_date, format_date_long, weekday_name
from diaban.work.meetings.models import Week
from diaban.work.meetings.queries.weeks import Day, Line, days_of, lines_between
from diaban.work.meetings.rules import SUNDAY

COLUMNS = (
    WideColumn(("Thứ, ngày",), 19, "center"),
    WideColumn(("Buổi, giờ",), 21, "center"),
    WideColumn(("Nội dung",), 67, "left"),
    WideColumn(("Chủ trì",), 36, "left"),
    WideColumn(("Thành phần",), 50, "left"),
    WideColumn(("Địa điểm",), 34, "left"),
    WideColumn(("Chuẩn bị",), 25, "left"),
    WideColumn(("Xe",), 15, "left"),
)
MOST_NAMED = 12  # more people than these are counted


def table_of(week: Week, *, own: bool = True) -> WideTable:
    """The table of a week as it stands now, in Vietnamese whatever the reader's language; `own` as `lines_between` asks."""
    with override("vi"):
        return week_table(week, lines_between(week.organisation_id, week.starts_on, week.starts_on + SUNDAY, own=own))


def week_table(week: Week, lines: Sequence[Line]) -> WideTable:
    """The table of a week with who signs it; what changed after publication says so in its cell."""
    issuer = issuer_for(week.organisation_id, "TB", week.starts_on)
    shown = [line for line in lines if week.published_at or not line.is_struck]
    number = week.starts_on.isocalendar().week
    signer = issuer.signer
    changed = any(line.mark for line in shown)
    return WideTable(
        title=f"Lịch công tác tuần {number}",
        columns=COLUMNS,
        rows=tuple(row for day in days_of(shown, week.starts_on, date.min) for row in _rows(day)),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        box=() if week.published_at else ("Dự thảo",),
        subtitles=(f"(Từ ngày {format_date(week.starts_on)} đến ngày {format_date(week.starts_on + SUNDAY)})",),
        notices=notices_of_instance(),
        notes=tuple(_notes(week, changed=changed)),
        place_date=_place_date(issuer.agency.place, week),
        sign_off=(SignOff("", ""), SignOff(" ".join((*signer.on_behalf_of, signer.title)).upper(), "", signer.name)),
        frozen=2,
        size="A4",
    )


def _rows(day: Day) -> Iterable[WideRow]:
    head = f"{weekday_name(day.on)}\n{day.on:%d/%m}"
    if not day.lines:
        yield WideRow(tuple(Figure(text) for text in (head, "", "", "", "", "", "", "")))
    for place, line in enumerate(day.lines):
        when = "\n".join(part for part in (str(line.half_label), line.hours) if part)
        cells = (
            head if place == 0 else "", when, _content(line), line.chair, _named(line.participants), line.place,
            line.preparation, line.car,
        )  # fmt: skip
        yield WideRow(tuple(Figure(text) for text in cells))


def _content(line: Line) -> str:
    said = f"{str(line.mark_label).upper()}: {line.content}" if line.mark else line.content
    told = f"\n({line.told})" if line.told else ""
    host = f"\n({line.host} mời)" if line.host else ""
    return said + host + told


def _named(people: Sequence[str]) -> str:
    if len(people) <= MOST_NAMED:
        return "; ".join(people)
    return f"{'; '.join(people[:MOST_NAMED])} và {len(people) - MOST_NAMED} thành phần khác"


def _notes(week: Week, *, changed: bool) -> Iterable[str]:
    if week.note:
        yield week.note
    if changed:
        yield "Có thay đổi sau khi công bố; nội dung thay đổi ghi trong bảng."


def _place_date(place: str, week: Week) -> str:
    """Place and day of publication; of a draft the day is left open."""
    if week.published_at is not None:
        return f"{place}, {format_date_long(timezone.localdate(week.published_at))}"
    return f"{place}, ngày … tháng {week.starts_on.month} năm {week.starts_on.year}"
