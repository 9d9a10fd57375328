"""Figures that others put in: their own rows only, and the locality cannot type over them."""

from decimal import Decimal

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.services import NotSupplied, WrongStep, save_draft, supply_figures
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = pytest.mark.django_db
DONE = "QL07__done_on_time"


def test_the_department_fills_what_comes_from_a_register() -> None:
    here = a_reporting_world()
    report = here.opened()

    supply_figures(report_id=report.pk, values={DONE: "5"}, actor=here.actor("specialist"), at=NOW)
    saved = save_draft(
        report_id=report.pk, filling=Filling(values={DONE: "9"}), actor=here.actor("district_officer"), at=NOW
    )

    assert saved.ignored == (DONE,)
    assert entry_of(saved.version).values[DONE] == Decimal(5)


def test_where_nobody_supplied_the_locality_may_type_what_it_knows() -> None:
    here = a_reporting_world()
    report = here.opened()

    saved = save_draft(
        report_id=report.pk, filling=Filling(values={DONE: "9"}), actor=here.actor("district_officer"), at=NOW
    )

    assert entry_of(saved.version).values[DONE] == Decimal(9)


def test_the_localitys_own_rows_are_not_supplied() -> None:
    here = a_reporting_world()
    report = here.opened()

    with pytest.raises(NotSupplied):
        supply_figures(report_id=report.pk, values={"VT35": "5"}, actor=here.actor("specialist"), at=NOW)


def test_an_enterprise_fills_no_register_and_a_sent_report_takes_nothing() -> None:
    here = a_reporting_world()
    report = here.opened()

    with pytest.raises(NotPermitted):
        supply_figures(report_id=report.pk, values={DONE: "5"}, actor=here.actor("enterprise"), at=NOW)
    sent = here.sent()
    with pytest.raises(WrongStep):
        supply_figures(report_id=sent.pk, values={DONE: "5"}, actor=here.actor("specialist"), at=NOW)
