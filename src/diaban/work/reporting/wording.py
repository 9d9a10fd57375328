"""Figures as sentences of an official report: what changed, which way is good, what is estimated, who is missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.translation import gettext_noop

from diaban.lib.vietnamese import format_date, format_number
from diaban.work.reporting.phrases import SUPPLIED, Phrases

HUNDRED = Decimal(100)
DIGITS = 1  # of percentages and points
MANY_TIMES = Decimal(300)  # from here on "gấp … lần" reads better than a percentage
MOST_NAMES = 5

Direction = Literal["up", "down", "neutral"]
Kind = Literal["stock", "flow", "ratio", "derived", "rank", "score"]
REASONS = {
    "not_collected": gettext_noop("chưa thu thập được"),
    "refused": gettext_noop("doanh nghiệp không cung cấp"),
    "not_yet": gettext_noop("chưa đến kỳ báo cáo"),
    "not_applicable": gettext_noop("không áp dụng"),
    "not_reported": gettext_noop("chưa có báo cáo"),
    "not_additive": gettext_noop("không cộng được giữa các đơn vị"),
    "not_aggregated": gettext_noop("không tổng hợp lên cấp trên"),
    "not_recastable": gettext_noop("không tính lại được theo địa giới khác"),
    "nothing_to_divide": gettext_noop("mẫu số bằng 0"),
    "not_computable": gettext_noop("chưa đủ số liệu để tính"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of one indicator. `missing` are the names of the units whose figure is not in it.

    `of_plan` and `of_last_year` are percentages; for indicators that are percentages themselves the differences in points
    stand in `points_from_plan` and `points_from_last_year`. `is_like_last_year`, `is_planned_whole`: whether last year's figure,
    and the year so far, are complete too.
    """

    name: str
    unit_name: str
    value: Decimal | None
    kind: Kind = "stock"
    digits: int = 0
    direction: Direction = "neutral"
    reason: str = ""
    cumulative: Decimal | None = None
    last_year: Decimal | None = None
    of_plan: Decimal | None = None
    of_last_year: Decimal | None = None
    points_from_plan: Decimal | None = None
    points_from_last_year: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    estimated: bool = False
    expected: int = 0
    reported: int = 0
    missing: Sequence[str] = field(default_factory=tuple)
    is_like_last_year: bool = True
    is_planned_whole: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when: "toàn tỉnh", the last day, "quý IV/2009", what the reporting units are ("huyện"); whether the period is
    the first of its year, so that the year so far says nothing new.
    """

    area: str
    last_day: date
    period: str
    level: str
    is_first: bool = False


def sentence(said: Said, setting: Setting, phrases: Phrases = SUPPLIED) -> str:
    """One sentence, with its full stop; blank where there is neither a value nor bounds."""
    if said.value is None:
        return _bounds(said, setting, phrases)
    when = phrases.say(
        "when_flow" if said.kind == "flow" else "when_stock", ky=setting.period, ngay=format_date(setting.last_day)
    )
    so_far = _so_far(said, setting, phrases)
    change, plan = comparisons(said, phrases)
    clauses = [clause for clause in (change, "" if so_far else plan) if clause]
    brackets = f" ({', '.join(clauses)})" if clauses else ""
    beside = f", {plan}" if so_far and plan else ""
    body = _body(said, setting, phrases)
    opening = f"{when}, {body}" if when else _upper(body)
    return f"{opening}{brackets}{so_far}{beside}{coverage(said, setting, phrases)}."


def _body(said: Said, setting: Setting, phrases: Phrases) -> str:
    value = said.value or Decimal()
    estimated = "_estimated" if said.estimated else ""
    if _is_count(said):
        name = counted(said.name)
        if value == 0:
            return phrases.say("count_none", dia_ban=setting.area, ten=name)
        return phrases.say(f"count{estimated}", dia_ban=setting.area, so=_number(value, said.digits), ten=name)
    key = f"measure{'_up' if said.direction == 'up' else ''}{estimated}"
    return phrases.say(key, dia_ban=setting.area, so=measured(value, said), ten=_lower(said.name))


def comparisons(said: Said, phrases: Phrases = SUPPLIED) -> tuple[str, str]:
    """The change from last year and the standing to the plan, as clauses, blank where unknown.

    An incomplete figure is compared with nothing.
    """
    if said.reported < said.expected:
        return "", ""
    change, plan = (_points_change, _points_plan) if said.unit_name == "%" else (_change, _plan)
    return (
        change(said, phrases) if said.is_like_last_year else "",
        plan(said, phrases) if said.is_planned_whole else "",
    )


def _change(said: Said, phrases: Phrases) -> str:
    if said.of_last_year is None:
        if said.last_year is None:
            return phrases.say("no_earlier")
        return phrases.say("from_nothing") if said.last_year == 0 and said.value else ""
    if said.of_last_year >= MANY_TIMES:
        return phrases.say("many_times", lan=_rate(said.of_last_year / HUNDRED))
    difference = said.of_last_year - HUNDRED
    return _moved(difference, f"{_rate(abs(difference))}%", said.direction, phrases)


def _points_change(said: Said, phrases: Phrases) -> str:
    difference = said.points_from_last_year
    if difference is None:
        return phrases.say("no_earlier") if said.last_year is None else ""
    return _moved(difference, _points(difference), said.direction, phrases)


def _moved(difference: Decimal, amount: str, direction: Direction, phrases: Phrases) -> str:
    """How a figure moved since last year; where down is better, a fall is an achievement and a rise is not."""
    if difference == 0:
        return phrases.say("same")
    if rounded(abs(difference), DIGITS) == 0:
        return phrases.say("nearly_same")
    way = "rise" if difference > 0 else "fall"
    if direction == "neutral":
        return phrases.say(way, muc=amount)
    return phrases.say(f"{way}_{'good' if (difference > 0) == (direction == 'up') else 'bad'}", muc=amount)


def _plan(said: Said, phrases: Phrases) -> str:
    if said.of_plan is None:
        return ""
    if said.direction != "down":
        return phrases.say("plan_year" if said.kind == "flow" else "plan", ty_le=_rate(said.of_plan))
    return _under_plan(said.of_plan - HUNDRED, f"{_rate(abs(said.of_plan - HUNDRED))}%", phrases)


def _points_plan(said: Said, phrases: Phrases) -> str:
    difference = said.points_from_plan
    if difference is None:
        return ""
    if said.direction == "down":
        return _under_plan(difference, _points(difference), phrases)
    if rounded(abs(difference), DIGITS) == 0:
        return phrases.say("plan_met")
    return phrases.say("plan_over" if difference > 0 else "plan_under", muc=_points(difference))


def _under_plan(difference: Decimal, amount: str, phrases: Phrases) -> str:
    """A plan to bring something down is a ceiling."""
    if rounded(abs(difference), DIGITS) == 0:
        return phrases.say("ceiling_met")
    return phrases.say("ceiling_under" if difference < 0 else "ceiling_over", muc=amount)


def _so_far(said: Said, setting: Setting, phrases: Phrases) -> str:
    """The year so far, of flows only and not in the first period; the plan is measured against it."""
    if said.kind != "flow" or setting.is_first or said.cumulative is None or said.cumulative == said.value:
        return ""
    return f"; {phrases.say('so_far', so=measured(said.cumulative, said))}"


def coverage(said: Said, setting: Setting, phrases: Phrases = SUPPLIED) -> str:
    """The words "(số liệu của 10/11 huyện; chưa có: huyện Đồng Văn)"; blank where nothing is missing."""
    if said.reported >= said.expected:
        return ""
    named = f"; chưa có: {listed(said.missing)}" if said.missing else ""
    told = phrases.say("coverage", co=str(said.reported), can=str(said.expected), cap=setting.level)
    return f" ({told}{named})"


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    if len(names) <= MOST_NAMES + 1:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMES])} và {len(names) - MOST_NAMES} đơn vị khác"


def _bounds(said: Said, setting: Setting, phrases: Phrases) -> str:
    if said.least is None or said.most is None:
        return ""
    if said.least == said.most:
        return f"{_upper(said.name)}: {measured(said.most, said)}{coverage(said, setting, phrases)}."
    return (
        f"{_upper(said.name)}: từ {_number(said.least, said.digits)} đến {_number(said.most, said.digits)} {said.unit_name}, "
        f"chưa loại được phần trùng giữa các {setting.level}."
    )


def why_none(said: Said) -> str:
    """The words "doanh thu dịch vụ viễn thông (doanh nghiệp không cung cấp)": an indicator that has no value, and the reason."""
    return f"{_lower(said.name)} ({REASONS.get(said.reason, 'chưa có số liệu')})"


def counted(name: str) -> str:
    """What an indicator counts: "điểm phục vụ bưu chính" of "Số điểm phục vụ bưu chính"."""
    for beginning in ("Số lượng ", "Tổng số ", "Số "):
        if name.startswith(beginning):
            return name.removeprefix(beginning)
    return _lower(name)


def _is_count(said: Said) -> bool:
    """Whether the name says "so many of …", rather than a rate or an amount."""
    is_whole = said.digits == 0 and said.unit_name != "%" and "/" not in said.unit_name
    return is_whole and said.name.startswith(("Số ", "Tổng số "))


def measured(value: Decimal, said: Said) -> str:
    """A number with its unit: "510,5 triệu đồng", "71,2%", and of how many: "71,2% (141/199)"."""
    if said.unit_name != "%":
        return f"{_number(value, said.digits)} {said.unit_name}"
    shown = f"{_number(value, said.digits)}%"
    if value == said.value and said.numerator is not None and said.denominator is not None:
        shown += f", tương ứng {_number(said.numerator)}/{_number(said.denominator)}"
    return shown


def _points(difference: Decimal) -> str:
    return f"{_rate(abs(difference))} điểm %"


def _number(value: Decimal, digits: int | None = None) -> str:
    return format_number(value, digits)


def _rate(value: Decimal) -> str:
    """A percentage in a sentence: one decimal, none where it is 0."""
    return format_number(rounded(value, DIGITS))


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half up, as everything shown."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _lower(name: str) -> str:
    """Small inside a sentence; abbreviations keep their capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
