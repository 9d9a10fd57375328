"""Each body receives its own sections; figures become facts then, and a return is a second obligation."""

from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.facts.models import Fact
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.remarks.models import Thread
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import SectionState
from diaban.work.reporting.rules import SUPPLEMENT
from diaban.work.reporting.services import (
    WrongStep,
    correct_report,
    receive_report,
    receive_section,
    return_section,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


def value_of(indicator: str, category: str = "") -> Decimal | None:
    return Fact.objects.get(
        indicator__code=indicator, category__key=category, superseded_at=None, collection__kind="form"
    ).value


def send_again(here: Reporting, report_id: int) -> None:
    submit_for_check(report_id=report_id, actor=here.actor("district_officer"), at=NOW)
    submit_for_signature(report_id=report_id, actor=here.actor("district_leader"), at=NOW)
    send_report(report_id=report_id, paper=None, actor=here.actor("district_clerk"), at=NOW)


def test_received_figures_are_facts_and_others_are_not() -> None:
    here = a_reporting_world()
    report = here.sent()

    receive_section(report_id=report.pk, section=1, actor=here.actor("specialist"), at=NOW)

    assert value_of("BC07") == 23
    assert value_of("BC07", "postal_point_type=bdvhx") == 16
    assert value_of("BC01", "postal_enterprise=vnpost") == 1
    assert value_of("BC25") == 4
    assert not Fact.objects.filter(indicator__code="VT05").exists()
    assert not Fact.objects.filter(indicator__over_units__in=["RATIO", "FORMULA"]).exists()


def test_what_did_not_occur_is_zero_and_what_was_refused_is_no_value() -> None:
    here = a_reporting_world()
    report = here.sent(BC02__viettel_post="KCC")

    receive_section(report_id=report.pk, section=1, actor=here.actor("specialist"), at=NOW)

    facts = Fact.objects.filter(indicator__code="BC02").order_by("category__key")
    assert [(fact.category.key, fact.value, fact.reason) for fact in facts] == [
        ("", None, "refused"),
        ("postal_enterprise=other", Decimal(0), "none_occurred"),
        ("postal_enterprise=viettel_post", None, "refused"),
        ("postal_enterprise=vnpost", Decimal("510.5"), ""),
    ]


def test_one_act_receives_all_that_is_the_receivers() -> None:
    here = a_reporting_world()
    report = here.sent()

    received = receive_report(report_id=report.pk, actor=here.actor("specialist"), at=NOW)

    assert [state.section.number for state in received] == list(range(8))
    with pytest.raises(NotPermitted):
        receive_report(report_id=report.pk, actor=here.actor("specialist"), at=NOW)


def test_the_sender_receives_nothing() -> None:
    here = a_reporting_world()
    report = here.sent()

    with pytest.raises(NotPermitted):
        receive_section(report_id=report.pk, section=1, actor=here.actor("district_leader"), at=NOW)


def test_a_return_says_where_and_owes_a_supplement() -> None:
    here = a_reporting_world()
    report = here.sent()

    return_section(
        report_id=report.pk,
        section=2,
        reason="Số thuê bao chưa khớp với doanh nghiệp",
        remarks={"VT05__prepaid": "VNPT báo 11.900"},
        actor=here.actor("specialist"),
        at=NOW,
    )

    assert Thread.objects.get().cell == "VT05__prepaid"
    first = Obligation.objects.get(duty=here.schedule.duty, period=report.period, unit=report.unit_id)
    second = Obligation.objects.get(kind=SUPPLEMENT)
    assert first.fulfilled_at == NOW
    assert (second.owner_id, second.is_open) == (report.organisation_id, True)


def test_what_was_received_stays_received_after_a_correction_elsewhere() -> None:
    here = a_reporting_world()
    report = here.sent()
    specialist = here.actor("specialist")
    receive_section(report_id=report.pk, section=1, actor=specialist, at=NOW)
    return_section(report_id=report.pk, section=2, reason="Xem lại", actor=specialist, at=NOW)

    officer = here.actor("district_officer")
    correct_report(report_id=report.pk, reason="", actor=officer, at=NOW)
    save_draft(report_id=report.pk, filling=Filling(values={"VT35": "9"}), actor=officer, at=NOW)
    send_again(here, report.pk)

    states = {
        s.section.number: s.status for s in SectionState.objects.filter(version__report=report, version__number=2)
    }
    assert (states[1], states[2]) == ("received", "waiting")
    assert not Obligation.objects.get(kind=SUPPLEMENT).is_open
    with time_machine.travel(NOW, tick=False):
        client = here.world.client("specialist")
        page = client.get(reverse("reporting:report", args=[report.uid])).content.decode()
        changed = client.get(reverse("reporting:compare", args=[report.uid])).content.decode()
    assert "Đây là bản điều chỉnh (bản 2)" in page
    assert changed.count('class="table-warning"') == 1


def test_a_corrected_figure_supersedes_the_received_one() -> None:
    here = a_reporting_world()
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("specialist"), at=NOW)
    officer = here.actor("district_officer")
    correct_report(report_id=report.pk, reason="Nhập nhầm", actor=officer, at=NOW)
    save_draft(report_id=report.pk, filling=Filling(values={"VT35": "9"}), actor=officer, at=NOW)
    send_again(here, report.pk)

    receive_section(report_id=report.pk, section=2, actor=here.actor("specialist"), at=NOW)

    assert value_of("VT35") == 9
    assert Fact.objects.filter(indicator__code="VT35").count() == 2


def test_a_section_is_closed_once() -> None:
    here = a_reporting_world()
    report = here.sent()
    specialist = here.actor("specialist")
    receive_section(report_id=report.pk, section=1, actor=specialist, at=NOW)

    with pytest.raises(WrongStep):
        receive_section(report_id=report.pk, section=1, actor=specialist, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        SectionState.objects.filter(version__report=report, section__number=1).update(status="waiting")


def test_a_sent_version_cannot_be_changed_in_the_database() -> None:
    here = a_reporting_world()
    report = here.sent()

    with pytest.raises(DatabaseError), transaction.atomic():
        report.versions.update(values={})


def test_a_used_form_version_is_closed() -> None:
    here = a_reporting_world()
    version = here.opened().versions.get().form_version

    with pytest.raises(DatabaseError), transaction.atomic():
        version.rows.update(note="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.checks.all().delete()
