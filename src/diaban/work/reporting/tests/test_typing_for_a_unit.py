"""Nhập thay: with the unit's own paper beside it, once, and confirmed by the unit later."""

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import NotReady, Paper, WrongStep, confirm_typing, type_for_unit
from diaban.work.reporting.tests.worlds import DISTRICT, NOW, PDF, Q4, TODAY, WORDS, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


def typed(here: Reporting, persona: str = "specialist", **changed: str) -> Report:
    return type_for_unit(
        schedule_id=here.schedule.pk,
        unit_id=here.world.units["D2"].pk,
        period=Q4,
        filling=Filling(values={**DISTRICT, **changed}, texts=WORDS),
        paper=Paper("12/BC-UBND", TODAY, PDF),
        actor=here.actor(persona),
        at=NOW,
    )


def test_it_counts_as_sent_and_keeps_the_paper() -> None:
    here = a_reporting_world()

    report = typed(here)

    version = report.versions.get()
    assert report.organisation_id == here.world.organisations["ubnd_d2"].pk
    assert (report.status, version.is_typed_for, version.typed_from_id is not None) == ("sent", True, True)
    assert Obligation.objects.get(duty=here.schedule.duty, unit=report.unit_id, period=str(Q4)).fulfilled_at == NOW


def test_a_warning_does_not_stop_it_but_an_error_does() -> None:
    here = a_reporting_world()

    with pytest.raises(NotReady):
        typed(here, BC08__operating="99")

    assert not Report.objects.filter(status="sent").exists()
    typed(here, BC14="900")


def test_a_report_that_the_unit_began_is_not_touched() -> None:
    here = a_reporting_world()
    here.opened("other_officer", "D2")
    typed(here)

    with pytest.raises(WrongStep):
        typed(here)


def test_only_who_manages_types_and_only_the_unit_confirms() -> None:
    here = a_reporting_world()
    with pytest.raises(NotPermitted):
        typed(here, "district_officer")
    report = typed(here)

    with pytest.raises(NotPermitted):
        confirm_typing(report_id=report.pk, actor=here.actor("specialist"), at=NOW)
    confirm_typing(report_id=report.pk, actor=here.actor("other_officer"), at=NOW)

    assert report.versions.get().confirmed_by_unit_at == NOW
