"""What the commands on reports share: finding a report by form, period and unit."""

from dataclasses import dataclass

from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import version_with
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.models import Form, Report, Schedule


class NotFound(LookupError):
    """What the command line names does not exist. The message is in Vietnamese and says which."""


@dataclass(frozen=True)
class Asked:
    """A form asked of a unit for a period."""

    form: Form
    period: Period
    unit: UnitVersion

    def report(self) -> Report:
        """The report that was begun for it. Raises `NotFound`."""
        found = Report.objects.filter(
            schedule__form=self.form, unit_id=self.unit.unit_id, period=str(self.period)
        ).select_related("schedule__form")
        report = found.first()
        if report is None:
            raise NotFound(f"{self.unit.full_name} chưa lập báo cáo {self.period.label(inside=True)}.")
        return report


def schedule_of(form: Form, period: Period) -> Schedule:
    """The schedule in force that asks the form for the period. Raises `NotFound`."""
    schedule = Schedule.objects.filter(form=form, is_on=True, valid__contains=period.last_day).first()
    if schedule is None:
        raise NotFound(f"Không có chế độ báo cáo nào đang áp dụng cho biểu {form.code}, {period.label(inside=True)}.")
    return schedule


def form_and_period(form_code: str, period_text: str) -> tuple[Form, Period]:
    """A form, and a period of its calendar. Raises `NotFound`."""
    form = Form.objects.filter(code=form_code).first()
    if form is None:
        known = ", ".join(Form.objects.values_list("code", flat=True))
        raise NotFound(f"Không có biểu mẫu “{form_code}”. Có: {known}.")
    try:
        return form, Period.parse(period_text, Calendar(form.calendar))
    except BadPeriod as problem:
        raise NotFound(str(problem)) from problem


def unit_at(unit_code: str, period: Period) -> UnitVersion:
    """The unit that has the code on the period's last day. Raises `NotFound`."""
    version = version_with(unit_code, period.last_day)
    if version is None:
        raise NotFound(f"Ngày {format_date(period.last_day)} không có đơn vị hành chính mang mã {unit_code}.")
    return version


def asked(form_code: str, period_text: str, unit_code: str) -> Asked:
    """Read the three words of a command line. Raises `NotFound`."""
    form, period = form_and_period(form_code, period_text)
    return Asked(form, period, unit_at(unit_code, period))
