"""What a schedule costs those who report."""

from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.actor import Actor
from diaban.foundation.territory.models import Containment, Unit
from diaban.lib.periods import Kind
from diaban.work.reporting.cells import Kind as CellKind
from diaban.work.reporting.cells import Lock, cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import FormVersion, Schedule
from diaban.work.reporting.permissions import visible_schedules
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


@dataclass(frozen=True)
class Regime:
    """A schedule with what it costs one unit in a year; None for a form without version."""

    schedule: Schedule
    burden: Burden | None


def burden_of(schedule: Schedule, today: date) -> Burden | None:
    """The yearly burden by the form version of today, or the newest; None for a form without version."""
    versions = FormVersion.objects.filter(form_id=schedule.form_id).order_by("-number")
    version = versions.on(today).first() or versions.first()
    if version is None:
        return None
    day = today if today in version.valid else version.valid.upper or version.valid.lower
    return burden_by(layout_of(version.pk), day, Kind.RANGE if schedule.is_once else Kind(schedule.form.period_kind))


def burden_by(layout: Layout, day: date, period_kind: Kind) -> Burden:
    """What a form of that layout costs one unit in a year, asked as often as its periods come round."""
    cells = [cell for cell in cells_of(layout, day) if cell.indicator and cell.kind is not CellKind.TEXT]
    return Burden(
        typed=sum(cell.lock is Lock.OPEN for cell in cells),
        confirmed=sum(cell.lock is Lock.SUPPLIED for cell in cells),
        times=TIMES_A_YEAR[period_kind],
    )


def regimes_of(actor: Actor, unit: Unit, on: date) -> list[Regime]:
    """Every schedule in force that asks the unit, with its burden, the heaviest first. Two queries and those of each form."""
    above = Containment.objects.filter(descendant=unit, valid__contains=on).values("ancestor")
    schedules = visible_schedules(actor).filter(is_on=True, valid__contains=on, form__level=unit.level, unit__in=above)
    regimes = [Regime(one, burden_of(one, on)) for one in schedules.select_related("form")]
    return sorted(regimes, key=lambda regime: -(regime.burden.a_year if regime.burden else 0))


def levels_asked(actor: Actor, on: date) -> set[str]:
    """The levels whose units any schedule in force asks."""
    return set(visible_schedules(actor).filter(is_on=True, valid__contains=on).values_list("form__level", flat=True))


def a_year_of_level(actor: Actor, level: str, on: date, *, but_form: int | None = None) -> int:
    """Cells a year that a unit of the level types already for other forms in force."""
    schedules = (
        visible_schedules(actor).filter(is_on=True, valid__contains=on, form__level=level).exclude(form=but_form)
    )
    burdens = [burden_of(one, on) for one in schedules.select_related("form")]
    return sum(burden.a_year for burden in burdens if burden)
