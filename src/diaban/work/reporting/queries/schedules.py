"""What a schedule costs those who report."""

from dataclasses import dataclass
from datetime import date

from diaban.lib.periods import Kind
from diaban.work.reporting.cells import Kind as CellKind
from diaban.work.reporting.cells import Lock, cells_of
from diaban.work.reporting.models import FormVersion, Schedule
from diaban.work.reporting.queries.layouts import layout_of

TIMES_A_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.YEAR: 1, Kind.RANGE: 1}


@dataclass(frozen=True)
class Burden:
    """What one unit fills in a year: cells it types itself, cells it confirms, times a year."""

    typed: int
    confirmed: int
    times: int

    @property
    def a_year(self) -> int:
        return self.typed * self.times


def burden_of(schedule: Schedule, today: date) -> Burden | None:
    """The yearly burden by the form version of today, or the newest; None for a form without version."""
    versions = FormVersion.objects.filter(form_id=schedule.form_id).order_by("-number")
    version = versions.on(today).first() or versions.first()
    if version is None:
        return None
    day = today if today in version.valid else version.valid.upper
    cells = [cell for cell in cells_of(layout_of(version.pk), day) if cell.indicator and cell.kind is not CellKind.TEXT]
    times = 1 if schedule.kind != Schedule.Kind.PERIODIC else TIMES_A_YEAR[Kind(schedule.form.period_kind)]
    return Burden(
        typed=sum(cell.lock is Lock.OPEN for cell in cells),
        confirmed=sum(cell.lock is Lock.SUPPLIED for cell in cells),
        times=times,
    )
