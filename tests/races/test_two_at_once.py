"""Two people, two connections, one report: one of them wins, the other is told, and nothing stands half done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from django.db import connection

from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.facts.models import Fact
from diaban.foundation.facts.services import check_rollups
from diaban.foundation.journal.models import Entry
from diaban.foundation.journal.verification import verify
from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.services import (
    WrongStep,
    receive_section,
    return_section,
    save_draft,
    send_report,
)
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.slow
LONGEST_WAIT = 60  # seconds; a circle of locks would wait for ever
REFUSED = (WrongStep, StaleRevision)


@dataclass(frozen=True)
class Outcome:
    done: int
    refused: int


def at_once(acts: Sequence[Callable[[], object]]) -> Outcome:
    """Do all of them at the same moment, each on a connection of its own. What is no refusal is raised."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> bool:
        try:
            gate.wait(LONGEST_WAIT)
            act()
        except REFUSED:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        found = [running.result(LONGEST_WAIT) for running in [pool.submit(one, act) for act in acts]]
    return Outcome(found.count(True), found.count(False))


@pytest.fixture
def here(own_database: str) -> Reporting:
    return a_reporting_world()


def written(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_the_first_two_reports_on_a_form_may_begin_at_once(here: Reporting) -> None:
    outcome = at_once([here.opened, lambda: here.opened("other_officer", "D2")] * 2)

    assert outcome == Outcome(done=4, refused=0)
    assert Report.objects.count() == 2
    assert ReportVersion.objects.filter(form_version__used_at__isnull=False).count() == 2


def test_a_report_is_sent_once_however_often_the_button_is_pressed(here: Reporting) -> None:
    report = here.to_sign()
    actor = here.actor("district_clerk")

    outcome = at_once([lambda: send_report(report_id=report.pk, paper=None, actor=actor, at=NOW)] * 4)

    assert outcome == Outcome(done=1, refused=3)
    assert ReportVersion.objects.filter(report=report).count() == 1
    assert Report.objects.get().status == Report.Status.SENT
    assert Obligation.objects.filter(unit=report.unit, fulfilled_at__isnull=False).count() == 1
    assert verify().is_intact


def test_a_section_is_received_or_returned_but_never_both(here: Reporting) -> None:
    report = here.sent()
    specialist, head = here.actor("specialist"), here.actor("section_head")
    # Section 0 is base figures, which become no facts.
    states = SectionState.objects.filter(version__report=report, section__number__gt=0)
    section = states.order_by("section__number")[0].section.number

    outcome = at_once(
        [
            lambda: receive_section(report_id=report.pk, section=section, actor=specialist, at=NOW),
            lambda: return_section(
                report_id=report.pk, section=section, reason="Xem lại", remarks={}, due_on=None, actor=head, at=NOW
            ),
        ]
    )

    state = SectionState.objects.get(version__report=report, section__number=section)
    assert outcome == Outcome(done=1, refused=1)
    assert Fact.objects.filter(collection=here.form.collection_id).exists() is (
        state.status == SectionState.Status.RECEIVED
    )
    assert check_rollups().different == 0


def test_of_two_saves_of_one_revision_the_second_is_told(here: Reporting) -> None:
    report = here.opened()
    officer = here.actor("district_officer")

    def saving(value: str) -> Callable[[], object]:
        return lambda: save_draft(
            report_id=report.pk,
            filling=Filling(values={"VT35": value}),
            expected_revision=report.revision,
            actor=officer,
            at=NOW,
        )

    outcome = at_once([saving("7"), saving("9")])

    assert outcome == Outcome(done=1, refused=1)
    assert ReportVersion.objects.get().values["VT35"] in {"7", "9"}
    assert Report.objects.get().revision == report.revision + 1


def test_figures_are_taken_over_once_when_two_receive_at_once(here: Reporting) -> None:
    report = here.sent()
    sections = [one.section.number for one in SectionState.objects.filter(version__report=report)]
    officers = [here.actor("specialist"), here.actor("section_head")]

    outcome = at_once(
        [
            lambda actor=actor, number=number: receive_section(  # type: ignore[misc] # bound at once
                report_id=report.pk, section=number, actor=actor, at=NOW
            )
            for number in sections
            for actor in officers
        ]
    )

    mine = Fact.objects.filter(collection=here.form.collection_id)
    assert outcome == Outcome(done=len(sections), refused=len(sections))
    assert mine.count() == mine.filter(superseded_at=None).count() > 0
    assert check_rollups().different == 0
