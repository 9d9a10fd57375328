"""How a consolidated line is written, the same on pages, in workbooks and on paper: numbers, signs, notes. Words are in the
reader's language; papers and workbooks are made in Vietnamese."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from diaban.foundation.facts.consolidation import Row
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.consolidated import Consolidated, Entry
from diaban.work.reporting.wording import DIGITS, MOST_NAMES, REASONS

NOT_COLLECTED, NOT_APPLICABLE, NONE_OCCURRED = "…", "x", "-"
SIGNS = {"not_applicable": NOT_APPLICABLE, "not_yet": ""}
LEGEND = "Ghi chú: “-” không phát sinh; “…” có phát sinh nhưng chưa thu thập được số liệu; “x” không áp dụng; “ước” số ước tính."
UNLIKE = "*"
UNLIKE_SAID = "“*” một trong hai số đem so chưa có đủ đơn vị."
HEADS = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kế hoạch năm",
    "Thực hiện kỳ trước",
    "Ước thực hiện/ Thực hiện kỳ báo cáo",
    "Lũy kế từ đầu năm",
    "Thực hiện cùng kỳ năm trước",
    "So kế hoạch (%)",
    "So cùng kỳ (%)",
    "So kỳ trước (%)",
    "Ghi chú",
)
NUMBERS_ROW = ("A", "B", "C", "1", "2", "3", "4", "5", "6 = 4/1", "7 = 3/5", "8 = 3/2", "9")


@dataclass(frozen=True, slots=True)
class Written:
    """A line's nine columns as texts; a percentage of a percentage indicator stands as a difference in points.

    A comparison of which one side is incomplete is marked `UNLIKE`.
    """

    plan: str
    previous: str
    value: str
    cumulative: str
    last_year: str
    of_plan: str
    of_last_year: str
    of_previous: str
    note: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (
            self.plan,
            self.previous,
            self.value,
            self.cumulative,
            self.last_year,
            self.of_plan,
            self.of_last_year,
            self.of_previous,
            self.note,
        )


def written(entry: Entry) -> Written:
    row, digits = entry.row, entry.measure.digits
    return Written(
        plan=figure(row.plan, digits),
        previous=figure(row.previous, digits),
        value=figure(certain(row), digits, row.reason),
        cumulative=figure(row.cumulative, digits, row.reason if certain(row) is None else ""),
        last_year=figure(row.same_period_last_year, digits),
        of_plan=_compared(row.percent_of_plan, row.points_from_plan, is_like=row.cumulative_complete),
        of_last_year=_compared(row.percent_of_same_period, row.points_from_same_period, is_like=row.is_like_last_year),
        of_previous=_compared(row.percent_of_previous, row.points_from_previous, is_like=row.is_like_previous),
        note=note(row, digits, is_part=entry.is_part),
    )


def figure(value: Decimal | None, digits: int, reason: str = "") -> str:
    """A number, or the sign for why there is none; nought is "-". Without value or reason it is blank."""
    if value is None:
        return SIGNS.get(reason, NOT_COLLECTED) if reason else ""
    return NONE_OCCURRED if value == 0 else format_number(value, digits)


def _compared(share: Decimal | None, difference: Decimal | None, *, is_like: bool) -> str:
    """A percentage, or a difference in points; blank where there is neither."""
    return like(in_points(difference) if share is None else format_number(share, DIGITS), is_like=is_like)


def like(text: str, *, is_like: bool) -> str:
    """What is said of two periods, marked where one of them lacks units that the other has."""
    return f"{text}{UNLIKE}" if text and not is_like else text


def in_points(difference: Decimal | None) -> str:
    """ "+2,5 điểm %": never to be read as a growth of 2,5 %."""
    if difference is None:
        return ""
    text = format_number(difference, DIGITS)
    return f"{'+' if difference > 0 and text.strip('0,') else ''}{text} {_('điểm %')}"


class Bounded(Protocol):
    """A figure that may have bounds where it has no value."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def least(self) -> Decimal | None: ...
    @property
    def most(self) -> Decimal | None: ...


def certain(row: Bounded) -> Decimal | None:
    """The value, or the only one that its bounds leave."""
    return row.most if row.value is None and row.least == row.most else row.value


def note(row: Row, digits: int, *, is_part: bool = False) -> str:
    """What must be known beside the number: that it is estimated or incomplete, what it is of, or why there is none.

    How many units are in it is told at totals.
    """
    parts = [_("ước")] if row.estimated else []
    if not row.complete and not is_part:
        parts.append(_("%(reported)s/%(expected)s đơn vị") % {"reported": row.reported, "expected": row.expected})
    elif not is_part:
        parts += _beside(row)
    if certain(row) is None:
        parts.append(reason_said(row.reason))
        if row.least is not None and row.most is not None:
            bounds = {"least": format_number(row.least, digits), "most": format_number(row.most, digits)}
            parts.append(_("từ %(least)s đến %(most)s") % bounds)
    elif row.numerator is not None and row.denominator is not None:
        parts.append(f"{format_number(row.numerator)}/{format_number(row.denominator)}")
    return "; ".join(filter(None, parts))


def reason_said(reason: str, otherwise: str = "") -> str:
    """Why there is no figure."""
    return _(REASONS[reason]) if reason in REASONS else otherwise


def _beside(row: Row) -> list[str]:
    """What must be known of the other columns where the figure of the period itself is whole."""
    found = []
    if row.cumulative is not None and not row.cumulative_complete:
        found.append(_("lũy kế chưa đủ số liệu các kỳ"))
    elif row.cumulative_estimated and not row.estimated:
        found.append(_("lũy kế có số ước"))
    if row.same_period_last_year is not None and not row.is_like_last_year:
        found.append(_("cùng kỳ chưa đủ đơn vị"))
    if row.previous is not None and not row.is_like_previous:
        found.append(_("kỳ trước chưa đủ đơn vị"))
    return found


def coverage_said(one: Consolidated) -> str:
    """ "Đã nhận 10/11 huyện, đã chốt 9; chưa có: Huyện Đồng Văn"."""
    coverage = one.coverage
    said = _("Đã nhận báo cáo của %(sent)s/%(expected)s %(units)s, đã chốt số liệu %(received)s") % {
        "sent": len(coverage.sent),
        "expected": len(coverage.expected),
        "units": level_word(one),
        "received": len(coverage.received),
    }
    if not coverage.missing:
        return said
    names = [unit.full_name for unit in coverage.missing]
    if len(names) <= MOST_NAMES + 1:
        return _("%(said)s; chưa có: %(names)s") % {"said": said, "names": ", ".join(names)}
    few = {"said": said, "names": ", ".join(names[:MOST_NAMES]), "more": len(names) - MOST_NAMES}
    return _("%(said)s; chưa có: %(names)s và %(more)s đơn vị khác") % few


def level_word(one: Consolidated) -> str:
    """What the reporting units are called together."""
    words = {"province": _("tỉnh, thành phố"), "district": _("huyện, thị xã, thành phố"), "commune": _("xã, phường")}
    return words.get(one.form.level, _("đơn vị"))
