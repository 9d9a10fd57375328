"""Several sources of one figure: set side by side, decided between with a reason, never written over in silence."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import Error, transaction
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Collection, CollectionKind, Fact
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.journal.models import Entry
from diaban.foundation.remarks.models import Remark
from diaban.foundation.territory.queries import version_of
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, SectionState, SourceChoice
from diaban.work.reporting.quality.sources import LOCALITY, Compared, resting_on, sources_of_cell, sources_of_period
from diaban.work.reporting.services import (
    WrongStep,
    choose_source,
    correct_report,
    receive_report,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
    take_snapshot,
)
from diaban.work.reporting.services.sending import Paper
from diaban.work.reporting.snapshots import compared, read_again
from diaban.work.reporting.tests.consolidation_world import NOW, Q4, Consolidating
from diaban.work.reporting.tests.worlds import PDF, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
SETTING_UP = SettingUp("thử nghiệm", date(2009, 9, 1))
PART = "VT05__prepaid"  # 12,400 of a total of 13,300 in the report
FLOW = "BC14"  # 6,200
LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def told_by_statistics(
    here: Reporting, value: int, code: str = FLOW, key: str = "", *, period: Period = Q4, by: str = ""
) -> None:
    """A figure of D1 in the statistics office's lineage; `by` is the organisation whose figure it is."""
    kind, name = CollectionKind.IMPORT, "Cục Thống kê"
    collection = open_collection(code="thong-ke", name=name, kind=kind, actor=SETTING_UP, at=NOW)
    whose = here.world.organisations[by].pk if by else None
    fact = NewFact(code, here.world.units["D1"].pk, period, Decimal(value), key, contributor_id=whose)
    accept_facts(
        collection_id=collection.pk, rows=[fact], source=subject_of(collection), actor=SETTING_UP, at=NOW
    )  # fmt: skip


def received(here: Reporting) -> Report:
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    return report


def cell_of(report: Report, cell: str = FLOW) -> Compared:
    found = sources_of_cell(Report.objects.get(pk=report.pk), cell)
    assert found is not None
    return found


def other(found: Compared) -> str:
    return next(one.key for one in found.sources if one.key.startswith("fact:"))


def chosen(here: Reporting, report: Report, cell: str = FLOW, *, source: str = "", reason: str = "Đối soát") -> Any:
    key = source or other(cell_of(report, cell))
    return choose_source(
        report_id=report.pk, cell=cell, source=key, reason=reason, actor=here.actor("director"), at=LATER
    )


def consolidated(here: Reporting, report: Report, code: str, *, as_of: date | None = None) -> Decimal | None:
    return Consolidating(here, report).consolidated("D1", as_of=as_of).row(code).value


def test_sources_of_a_cell_stand_side_by_side_with_their_difference() -> None:
    here = a_reporting_world()
    report = here.sent()
    told_by_statistics(here, 6820)
    told_by_statistics(here, 6200, by="post")

    [found] = sources_of_period(here.actor("specialist"), here.schedule, Q4)

    assert [(one.label, str(one.value)) for one in found.sources] == [
        (report.organisation_name, "6200"),
        ("Bưu điện tỉnh Sơn Lâm (Cục Thống kê)", "6200"),
    ]  # a contributor's figure takes the place of the collection's own
    assert found.difference == 0
    told_by_statistics(here, 6820)
    [found] = sources_of_period(here.actor("specialist"), here.schedule, Q4)
    assert found.difference == 620
    assert round(found.percent, 1) == Decimal("9.1")


def test_the_same_quarter_of_another_calendar_is_told_with_its_days() -> None:
    here = a_reporting_world()
    report = here.sent()
    told_by_statistics(here, 6000, period=Period.parse("2009-Q4", Calendar.ND09))

    [_own, source] = cell_of(report).sources

    assert "14/12/2009" in source.days


def test_of_a_received_section_another_sources_figure_is_a_newer_fact_of_the_same_collection() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)

    choice = chosen(here, report)

    assert choice.outcome == SourceChoice.Outcome.CORRECTED
    assert (choice.before, choice.value) == (6200, 6820)
    assert consolidated(here, report, FLOW) == 6820
    assert consolidated(here, report, FLOW, as_of=TODAY) == 6200
    facts = Fact.objects.filter(collection=here.form.collection, indicator__code=FLOW, unit=here.world.units["D1"])
    assert facts.filter(superseded_at=None).get().version == 2
    assert report.versions.get().values[FLOW] == "6200"


def test_a_figure_taken_from_another_collection_is_told_as_resting_on_it() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    collection = Collection.objects.get(code="thong-ke").pk
    place = (here.world.units["D1"].pk, str(Q4), FLOW)

    choice = chosen(here, report)

    assert resting_on(collection, {place}) == [(choice, None)]
    assert resting_on(collection, {(place[0], "stat:2009-Q3", FLOW), (place[0], str(Q4), "VT05")}) == []
    published = take_snapshot(
        form_code=here.form.code,
        unit=version_of(here.world.units["D1"].pk, Q4.last_day),
        period=Q4,
        title="Số liệu quý IV",
        signed_by="Giám đốc",
        signed_on=TODAY,
        actor=here.actor("director"),
        at=LATER + timedelta(hours=1),
    )
    choose_source(
        report_id=report.pk,
        cell=FLOW,
        source=LOCALITY,
        reason="Đếm lại",
        actor=here.actor("director"),
        at=LATER + timedelta(days=1),
    )
    assert resting_on(collection, {place}) == [(choice, published)]  # decided anew, but published


def test_the_totals_that_follow_from_a_part_follow_it() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 12900, "VT05", "payment_type=prepaid")
    assert cell_of(report, PART).difference == 500

    chosen(here, report, PART)

    assert consolidated(here, report, "VT05") == 13800
    untouched = Fact.objects.filter(indicator__code=FLOW, superseded_at=None, collection=here.form.collection)
    assert untouched.get().version == 1


def test_a_total_is_not_taken_over_the_head_of_its_parts() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 15000, "VT05")

    with pytest.raises(WrongStep, match="dòng chi tiết"):
        chosen(here, report, "VT05")


def test_a_figure_that_contradicts_the_report_is_refused() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, -5)

    with pytest.raises(WrongStep, match="mâu thuẫn"):
        chosen(here, report)


def test_of_a_waiting_section_the_unit_is_asked_and_nothing_is_taken() -> None:
    here = a_reporting_world()
    report = here.sent()
    told_by_statistics(here, 6820)

    choice = chosen(here, report)

    assert choice.outcome == SourceChoice.Outcome.RETURNED
    assert SectionState.objects.filter(version__report=report, status="returned").count() == 1
    assert "là 6.820, báo cáo ghi 6.200" in Remark.objects.get(thread__cell=FLOW).text
    assert not Fact.objects.filter(collection=here.form.collection).exists()


def test_keeping_the_localitys_figure_is_a_decision_too_and_changes_no_fact() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    before = Fact.objects.count()

    choice = chosen(here, report, source=LOCALITY)

    assert choice.outcome == SourceChoice.Outcome.KEPT
    assert Fact.objects.count() == before
    assert cell_of(report).is_settled


def test_a_decision_may_be_taken_back_by_another() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    chosen(here, report)

    chosen(here, report, source=LOCALITY, reason="Số của địa phương đúng")

    assert consolidated(here, report, FLOW) == 6200
    assert [one.outcome for one in SourceChoice.objects.all()] == ["corrected", "corrected"]


def test_a_later_version_of_the_unit_takes_the_decisions_place_and_the_page_says_so() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    chosen(here, report)
    actor = here.actor("district_officer")

    correct_report(report_id=report.pk, reason="Đếm lại", actor=actor, at=LATER)
    save_draft(report_id=report.pk, filling=Filling(values={FLOW: "6300"}), actor=actor, at=LATER)
    submit_for_check(report_id=report.pk, actor=actor, at=LATER)
    submit_for_signature(report_id=report.pk, actor=here.actor("district_leader"), at=LATER)
    send_report(
        report_id=report.pk, paper=Paper("46/BC-UBND", TODAY, PDF), actor=here.actor("district_clerk"), at=LATER
    )
    receive_report(report_id=report.pk, actor=here.actor("director"), at=LATER + timedelta(hours=1))

    assert consolidated(here, report, FLOW) == 6300
    assert cell_of(report).is_overtaken


def test_it_is_written_in_the_journal_and_at_the_cell_and_never_changed() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)

    choice = chosen(here, report, reason="Thống kê đếm tại bưu cục")

    entry = Entry.objects.get(verb="reporting.source_chosen")
    assert entry.changes["value"] == ["6200", "6820"]
    assert entry.mandate_id is not None
    assert "Thống kê đếm tại bưu cục" in Remark.objects.get(thread__cell=FLOW).text
    with pytest.raises(Error), transaction.atomic():
        SourceChoice.objects.filter(pk=choice.pk).update(reason="khác")


@pytest.mark.parametrize("persona", ["district_leader", "district_officer", "auditor"])
def test_others_do_not_choose(persona: str) -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)

    with pytest.raises(NotPermitted):
        choose_source(
            report_id=report.pk, cell=FLOW, source=LOCALITY, reason="x", actor=here.actor(persona), at=LATER
        )  # fmt: skip


def test_a_decision_has_a_reason() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)

    with pytest.raises(WrongStep, match="lý do"):
        chosen(here, report, reason=" ")


def test_the_specialist_finds_it_decides_and_reads_it_on_the_drill_down(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    client = here.world.client("director")
    listed = reverse("reporting:sources", args=[here.schedule.uid])
    page = reverse("reporting:sources_of_cell", args=[report.uid, FLOW])

    with django_assert_max_num_queries(30):
        found = client.get(listed, {"ky": str(Q4)}).content.decode()
    narrow = client.get(listed, {"ky": str(Q4), "nguong": "20"}).content.decode()
    workbook = client.get(listed, {"ky": str(Q4), "tai": "xlsx"})
    with django_assert_max_num_queries(30):
        asked = client.get(page).content.decode()
    client.post(page, {"source": other(cell_of(report)), "reason": "Đối soát"})
    drill = client.get(
        reverse("reporting:made_of", args=[FLOW]), {"bieu": here.form.code, "ky": str(Q4), "dia_ban": "92"}
    ).content.decode()

    assert page in found
    assert page not in narrow
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")
    assert "6.820" in asked
    assert "Chọn nguồn:" in drill
    assert "báo cáo ghi 6.200" in drill


def published(report: Report, here: Reporting, at: Any) -> Any:
    return take_snapshot(
        form_code=here.form.code, unit=version_of(here.world.units["P"].pk, Q4.last_day), period=Q4, title="Quý IV",
        signed_by="Giám đốc", signed_on=TODAY, actor=here.actor("director"), at=at,
    )  # fmt: skip


def test_what_was_published_before_a_decision_stays_and_the_next_publication_names_it() -> None:
    here = a_reporting_world()
    report = received(here)
    told_by_statistics(here, 6820)
    first = published(report, here, NOW + timedelta(hours=1))
    chosen(here, report)
    second = published(report, here, LATER + timedelta(hours=1))
    actor = here.actor("director")

    found = compared(first, second, actor)

    assert read_again(first, actor).row(FLOW).value == 6200
    assert read_again(second, actor).row(FLOW).value == 6820
    assert (found.moved, [one.cell for one in found.chosen]) == ((), [FLOW])
    assert [(one.unit_name, one.difference) for one in found.by_unit] == [("Huyện Bắc Sơn", Decimal(620))]
