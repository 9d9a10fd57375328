"""A province of two districts with figures of three quarters, a year ago and a plan; the second has sent nothing for the last."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from diaban.foundation.acts.actor import Actor, SettingUp
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.acts.tests.remembered import remembered
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.services import accept_facts, set_plan
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.consolidated import Consolidated, consolidated
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW, Q4, TODAY, Reporting, a_reporting_world

FORM = "district_quarter_2009"
SETTING_UP = SettingUp("thử nghiệm", date(2009, 9, 1))
EARLIER = datetime(2009, 10, 1, 3, 0, tzinfo=UTC)
Q3, LAST_YEAR = Period.parse("2009-Q3", Calendar.STATISTICAL), Period.parse("2008-Q4", Calendar.STATISTICAL)


@dataclass(frozen=True)
class Consolidating:
    here: Reporting
    report: Report

    def unit(self, name: str) -> int:
        return self.here.world.units[name].pk

    def accept(
        self, period: Period, unit: str, figures: dict[str, str], *, estimated: bool = False, at: datetime = EARLIER
    ) -> None:
        """Facts of a unit, by indicator or "BC07;postal_point_type=level_1"; a word is the reason for none."""
        rows = []
        for cell, text in figures.items():
            code, _sep, key = cell.partition(";")
            is_number = text.replace(".", "").isdigit()
            value = Decimal(text) if is_number else None
            reason = "" if is_number else text
            rows.append(NewFact(code, self.unit(unit), period, value, key, reason, is_estimated=estimated))
        accept_facts(
            collection_id=self.here.form.collection_id,
            rows=rows,
            source=Subject("reporting.report", self.report.pk),
            actor=SETTING_UP,
            at=at,
        )

    def plan(self, unit: str, indicator: str, value: str) -> None:
        set_plan(
            indicator=Indicator.objects.get(code=indicator),
            unit_id=self.unit(unit),
            year=2009,
            value=Decimal(value),
            actor=SETTING_UP,
            at=EARLIER,
        )

    def consolidated(
        self,
        unit: str = "P",
        *,
        persona: str = "director",
        actor: Actor | None = None,
        period: Period = Q4,
        as_of: date | None = None,
    ) -> Consolidated:
        return consolidated(
            form_code=FORM,
            period=period,
            unit_id=self.unit(unit),
            as_of=as_of,
            map_on=None,
            actor=actor or self.here.actor(persona),
        )


@remembered
def a_consolidating_world() -> Consolidating:
    """District D1's report of Q4 is sent and received."""
    here = a_reporting_world()
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    return Consolidating(here, report)


__all__ = ["FORM", "LAST_YEAR", "NOW", "Q3", "Q4", "TODAY", "Consolidating", "a_consolidating_world"]
