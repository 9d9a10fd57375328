"""The rule of a warning in words, with its figures: nobody is told "behind" without being told by what."""

from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.facts.rules.pace import HUNDRED, Course, Verdict
from diaban.lib.periods import Kind, Period
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.targets.going import Line

WHY = {
    "no_plan": "chưa giao kế hoạch",
    "no_direction": "chỉ tiêu không có chiều đánh giá (càng cao hay càng thấp càng tốt)",
    "no_figure": "chưa có số liệu",
    "incomplete": "còn kỳ chưa có số liệu, chưa đủ để đánh giá",
    "plan_is_zero": "kế hoạch bằng 0",
    "no_opening": "chưa có số đầu năm để so mức tăng, giảm",
}


def until(period: Period) -> str:
    """ "đến hết quý III/2009"."""
    if period.kind is Kind.RANGE:
        return f"đến ngày {period.last_day:%d/%m/%Y}"
    return f"đến hết {period.label(inside=True)}"


def rule_of(line: Line, period: Period) -> str:
    """ "đến hết quý III/2009 đạt 41% kế hoạch, cần 75%"."""
    pace = line.pace
    if pace.verdict is Verdict.NOT_JUDGED:
        return f"{until(period)}: {WHY[pace.why]}"
    if line.course is Course.RATE or (pace.done is None and line.plan <= 0):
        return f"{until(period)} là {_figure(line, line.progress.so_far.value)}, kế hoạch {_figure(line, line.plan)}"
    done, need = _share(pace.done), _share(pace.need)
    is_ceiling = line.indicator.direction == "down"
    if pace.of_the_way:
        way = "mức giảm" if is_ceiling else "mức tăng"
        return (
            f"{until(period)} đạt {done} {way} phải thực hiện "
            f"(từ {_figure(line, line.progress.opening)} đến {_figure(line, line.plan)}), cần {need}"
        )
    if is_ceiling and line.course is Course.FLOW:
        return f"{until(period)} đã bằng {done} mức kế hoạch, không nên quá {need}"
    if line.course is Course.STOCK:
        return f"{until(period)} là {_figure(line, line.progress.so_far.value)}, kế hoạch cuối năm {_figure(line, line.plan)}"
    return f"{until(period)} đạt {done} kế hoạch, cần {need}"


def forecast_of(line: Line) -> str:
    """What the year will come to if it goes on as now; blank where that says nothing."""
    forecast = line.pace.forecast
    if forecast is None or line.course is Course.RATE or (line.pace.need or HUNDRED) >= HUNDRED:
        return ""
    return _figure(line, forecast)


def definitions() -> list[tuple[str, str]]:
    """How each verdict is reached; printed under every table of it."""
    return [
        (
            _("Phần kế hoạch đến kỳ"),
            _("theo đường thẳng (quý I 25%, quý II 50%, quý III 75%), hoặc theo tiến độ quý đã đặt cho chỉ tiêu"),
        ),
        (
            _("Số cộng dồn"),
            _("số từ đầu năm so với phần kế hoạch đến kỳ; kế hoạch là mức tối đa khi càng thấp càng tốt"),
        ),
        (_("Số thời điểm"), _("mức tăng (giảm) từ cuối năm trước so với mức phải tăng (giảm) đến kế hoạch")),
        (_("Tỷ lệ"), _("tỷ lệ từ đầu năm (tổng tử số chia tổng mẫu số) so thẳng với kế hoạch; không lấy trung bình")),
        (_("Chậm tiến độ"), _("chưa đạt phần đến kỳ, nhưng đà này ước đạt từ 90% kế hoạch")),
        (_("Khó đạt kế hoạch"), _("đà này ước dưới 90% kế hoạch, hoặc đã vượt mức tối đa")),
        (_("Không đạt kế hoạch"), _("hết năm chưa đạt kế hoạch")),
        (_("Chưa đánh giá được"), _("thiếu số liệu của kỳ, số đầu năm hoặc chiều đánh giá; không coi là 0")),
    ]


def _figure(line: Line, value: Decimal | None) -> str:
    if value is None:
        return "…"
    number = format_number(value, line.indicator.digits)
    return f"{number}%" if line.indicator.unit_name == "%" else number


def _share(value: Decimal | None) -> str:
    return "…" if value is None else f"{format_number(value, 0)}%"
