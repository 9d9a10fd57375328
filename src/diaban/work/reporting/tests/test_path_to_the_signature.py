"""A report goes from the one who drafts to the one who checks, signs and sends; nobody takes another's step."""

from datetime import UTC, datetime

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.journal.models import Entry
from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.services import (
    NotReady,
    Paper,
    WrongStep,
    correct_report,
    open_report,
    save_draft,
    send_back_inside,
    send_report,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.tests.worlds import NOW, PDF, Q4, TODAY, a_reporting_world

pytestmark = pytest.mark.django_db


def test_a_filled_report_reaches_its_receivers() -> None:
    here = a_reporting_world()

    report = here.sent()

    version = report.versions.get()
    assert report.status == Report.Status.SENT
    assert (version.document_number, version.signed_on, version.awaits_paper) == ("45/BC-UBND", TODAY, False)
    assert {state.recipient_id for state in version.sections.all()} == {here.world.organisations["so"].pk}
    owed = Obligation.objects.get(duty=here.schedule.duty, period=str(Q4), unit=report.unit_id)
    assert owed.fulfilled_at == NOW
    verbs = list(
        Entry.objects.filter(subject_kind="reporting.report", subject_id=report.pk)
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert verbs == [
        "reporting.report_opened",
        "reporting.submitted_for_check",
        "reporting.submitted_for_signature",
        "reporting.report_sent",
    ]


def test_opening_twice_gives_the_same_report() -> None:
    here = a_reporting_world()

    first, second = here.opened(), here.opened()

    assert first == second


def test_another_districts_officer_cannot_open_it() -> None:
    here = a_reporting_world()

    with pytest.raises(NotPermitted):
        here.opened("other_officer")


def test_an_officer_neither_checks_nor_sends() -> None:
    here = a_reporting_world()
    report = here.filled()
    officer = here.actor("district_officer")
    submit_for_check(report_id=report.pk, actor=officer, at=NOW)

    with pytest.raises(NotPermitted):
        submit_for_signature(report_id=report.pk, actor=officer, at=NOW)
    with pytest.raises(NotPermitted):
        send_report(report_id=report.pk, paper=None, actor=officer, at=NOW)


def test_errors_stop_the_report_and_are_told() -> None:
    here = a_reporting_world()
    report = here.filled(BC08__operating="14", VT35="bảy")

    with pytest.raises(NotReady) as problem:
        submit_for_check(report_id=report.pk, actor=here.actor("district_officer"), at=NOW)

    errors = {(finding.cell, finding.code) for finding in problem.value.findings if finding.is_error}
    assert errors == {("BC08__operating", "D051"), ("VT35", "unread")} or errors == {
        ("BC07__bdvhx", "D051"),
        ("VT35", "unread"),
    }


def test_a_warning_needs_a_word_and_no_more() -> None:
    here = a_reporting_world()
    report = here.filled(BC14="900")
    officer = here.actor("district_officer")
    with pytest.raises(NotReady):
        submit_for_check(report_id=report.pk, actor=officer, at=NOW)

    save_draft(
        report_id=report.pk,
        filling=Filling(explanations={"BC14": "Mưa lũ, tuyến thư bị gián đoạn."}),
        actor=officer,
        at=NOW,
    )

    assert submit_for_check(report_id=report.pk, actor=officer, at=NOW).status == Report.Status.TO_CHECK


def test_sent_back_inside_it_can_be_worked_over() -> None:
    here = a_reporting_world()
    report = here.to_sign()
    leader = here.actor("district_leader")

    send_back_inside(report_id=report.pk, reason="Xem lại số thuê bao", actor=leader, at=NOW)

    saved = save_draft(
        report_id=report.pk, filling=Filling(values={"VT35": "8"}), actor=here.actor("district_officer"), at=NOW
    )
    assert saved.version.values["VT35"] == "8"


def test_a_report_that_was_brought_to_signature_is_not_edited() -> None:
    here = a_reporting_world()
    report = here.to_sign()

    with pytest.raises(WrongStep):
        save_draft(
            report_id=report.pk, filling=Filling(values={"VT35": "8"}), actor=here.actor("district_officer"), at=NOW
        )


def test_figures_sent_before_the_paper_are_in_time_with_a_flag() -> None:
    here = a_reporting_world()
    report = here.sent(with_paper=False)
    version = report.versions.get()
    later = datetime(2010, 1, 4, 2, 0, tzinfo=UTC)
    assert version.awaits_paper

    clerk = here.actor("district_clerk")
    send_report(report_id=report.pk, paper=Paper("46/BC-UBND", TODAY, PDF), actor=clerk, at=later)

    version.refresh_from_db()
    owed = Obligation.objects.get(duty=here.schedule.duty, period=str(Q4), unit=report.unit_id)
    assert (version.sent_at, version.data_sent_at, owed.fulfilled_at) == (later, NOW, NOW)


def test_on_the_short_path_the_officer_sends_at_once() -> None:
    here = a_reporting_world(short_path=True)
    report = here.filled()

    send_report(report_id=report.pk, paper=None, actor=here.actor("district_officer"), at=NOW)

    report.refresh_from_db()
    assert report.status == Report.Status.SENT


def test_a_correction_is_a_new_version_and_keeps_the_old() -> None:
    here = a_reporting_world()
    report = here.sent()
    officer = here.actor("district_officer")

    correct_report(report_id=report.pk, reason="Nhập nhầm số đại lý", actor=officer, at=NOW)
    save_draft(report_id=report.pk, filling=Filling(values={"VT35": "9"}), actor=officer, at=NOW)

    first, second = report.versions.all()
    assert (first.values["VT35"], second.values["VT35"]) == ("7", "9")
    assert SectionState.objects.filter(version=second).count() == 0


def test_who_has_not_seen_the_newest_does_not_overwrite_it() -> None:
    here = a_reporting_world()
    report = here.filled()

    with pytest.raises(StaleRevision):
        save_draft(
            report_id=report.pk,
            filling=Filling(values={"VT35": "8"}),
            expected_revision=report.revision,
            actor=here.actor("district_officer"),
            at=NOW,
        )


def test_a_period_outside_the_schedule_is_not_asked() -> None:
    here = a_reporting_world()

    with pytest.raises(Exception, match="không áp dụng"):
        open_report(
            schedule_id=here.schedule.pk,
            unit_id=here.world.units["D1"].pk,
            period=Q4.same_last_year(),
            actor=here.actor("district_officer"),
            at=NOW,
        )
