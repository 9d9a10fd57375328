"""Figures that were published: read again whatever came later, compared with one another, never changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.faces.cli.consolidate import run
from diaban.faces.cli.main import build_parser
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.facts.models import Indicator
from diaban.foundation.territory.queries import version_of
from diaban.work.reporting.consolidated import NothingToConsolidate, consolidated
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Snapshot, SnapshotPart
from diaban.work.reporting.permissions import visible_snapshots
from diaban.work.reporting.services import (
    Paper,
    WrongStep,
    correct_report,
    receive_report,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
    take_snapshot,
)
from diaban.work.reporting.snapshots import NotComparable, compared, is_whole, read_again
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q3, Q4, Consolidating, a_consolidating_world
from diaban.work.reporting.tests.worlds import DISTRICT, PDF, TODAY, WORDS

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PROVINCE = {"bieu": FORM, "ky": str(Q4), "dia_ban": "92"}


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    return a_consolidating_world()


def take(
    world: Consolidating, at: datetime = NOW, *, persona: str = "director", title: str = "Số liệu quý IV"
) -> Snapshot:
    return take_snapshot(
        form_code=FORM,
        unit=version_of(world.unit("P"), Q4.last_day),
        period=Q4,
        title=title,
        signed_by="Giám đốc Nguyễn Văn Giang",
        signed_on=TODAY,
        actor=world.here.actor(persona),
        at=at,
    )


def correct(world: Consolidating, at: datetime, **changed: str) -> None:
    """District D1 sends a corrected version, and it is received."""
    here, report = world.here, world.report
    correct_report(report_id=report.pk, reason="Đếm lại.", actor=here.actor("district_officer"), at=at)
    filling = Filling(values={**DISTRICT, **changed}, texts=WORDS)
    save_draft(report_id=report.pk, filling=filling, actor=here.actor("district_officer"), at=at)
    submit_for_check(report_id=report.pk, actor=here.actor("district_officer"), at=at)
    submit_for_signature(report_id=report.pk, actor=here.actor("district_leader"), at=at)
    paper = Paper("46/BC-UBND", TODAY, PDF + b" 2")
    send_report(report_id=report.pk, paper=paper, actor=here.actor("district_clerk"), at=at)
    receive_report(report_id=report.pk, actor=here.actor("director"), at=at)


def test_what_was_published_is_read_again_whatever_came_later(world: Consolidating) -> None:
    first = take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")

    published = read_again(first, world.here.actor("director")).row("BC07").value

    assert [published, world.consolidated().row("BC07").value] == [23, 26]


def test_numbers_follow_one_another_and_name_who_signed(world: Consolidating) -> None:
    numbers = [take(world, NOW + HOUR * place).number for place in range(3)]

    assert numbers == [1, 2, 3]
    assert str(Snapshot.objects.get(number=3)) == "Bản chốt số 03"


def test_it_pins_the_versions_whose_sections_were_received(world: Consolidating) -> None:
    first = take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")
    second = take(world, NOW + HOUR * 2)

    pins = [list(one.parts.values_list("version__number", "sections")) for one in (first, second)]

    assert [[number for number, _sections in found] for found in pins] == [[1], [2]]
    assert pins[0][0][1] == sorted(set(pins[0][0][1]))
    assert all(is_whole(one, read_again(one, world.here.actor("director"))) for one in (first, second))


def test_two_publications_tell_what_changed(world: Consolidating) -> None:
    first = take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")
    second = take(world, NOW + HOUR * 2)

    found = compared(first, second, world.here.actor("director"))

    assert [(moved.unit_name, {after for _n, _before, after in moved.sections}) for moved in found.moved] == [
        ("Huyện Bắc Sơn", {2})
    ]
    whole = {change.cell: [change.before.value, change.after.value, change.difference] for change in found.whole}
    assert whole["BC07"] == [23, 26, 3]
    assert whole["BC07__level_3"] == [2, 5, 3]
    assert {change.unit_name for change in found.by_unit} == {"Huyện Bắc Sơn"}
    assert {change.cell for change in found.by_unit} == whole.keys()


def test_only_publications_of_the_same_figures_are_compared(world: Consolidating) -> None:
    first, second = take(world), take(world, NOW + HOUR)
    second.period = str(Q3)

    with pytest.raises(NotComparable):
        compared(first, second, world.here.actor("director"))


def test_nothing_changes_it(world: Consolidating) -> None:
    snapshot = take(world)

    for act in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(title="khác"),
        lambda: SnapshotPart.objects.filter(snapshot=snapshot).delete(),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(taken_at=NOW + HOUR),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_nothing_received_is_nothing_to_publish(world: Consolidating) -> None:
    with pytest.raises(WrongStep, match="Chưa có báo cáo nào"):
        take(world, NOW - HOUR)


def test_it_needs_a_title(world: Consolidating) -> None:
    with pytest.raises(WrongStep):
        take(world, title="  ")


@pytest.mark.parametrize("persona", ["clerk", "province_leader", "auditor"])
def test_only_who_manages_the_field_publishes(world: Consolidating, persona: str) -> None:
    with pytest.raises(NotPermitted):
        take(world, persona=persona)


def test_who_may_see_the_figures_sees_the_publication(world: Consolidating) -> None:
    take(world)

    seen = {
        persona: visible_snapshots(world.here.actor(persona)).count()
        for persona in ("specialist", "province_leader", "auditor", "district_officer", "enterprise")
    }

    assert seen == {"specialist": 1, "province_leader": 1, "auditor": 1, "district_officer": 0, "enterprise": 0}


def test_the_consolidated_page_reads_by_publication(world: Consolidating) -> None:
    take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")
    client = world.here.world.client("director")

    by_number = client.get(reverse("reporting:consolidation"), {**PROVINCE, "chot": "1"})
    unknown = client.get(reverse("reporting:consolidation"), {**PROVINCE, "chot": "9"})
    page = by_number.content.decode()

    assert by_number.context["one"].row("BC07").value == 23
    assert "Bản chốt số 01" in page
    assert "chot=1" in page
    assert unknown.status_code == 404


def test_what_a_published_figure_is_made_of_is_that_of_then(world: Consolidating) -> None:
    take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")
    client = world.here.world.client("director")

    then = client.get(reverse("reporting:made_of", args=["BC07"]), {**PROVINCE, "chot": "1"})

    assert then.status_code == 200
    assert [line.part.value for line in then.context["made"].lines if line.part.cell == "BC07"] == [23]


def test_the_command_reads_by_publication(world: Consolidating, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    take(world)
    correct(world, NOW + HOUR, BC07__level_3="5")
    asked = ["consolidate", FORM, "2009-Q4", "--unit", "92", "--format", "json", "--snapshot"]

    assert run(build_parser().parse_args([*asked, "1"])) == 0
    assert run(build_parser().parse_args([*asked, "7"])) == 1
    assert b'"snapshot": 1' in capfdbinary.readouterr().out


def test_an_unknown_number_is_refused(world: Consolidating) -> None:
    with pytest.raises(NothingToConsolidate, match="bản chốt số 05"):
        consolidated(form_code=FORM, period=Q4, unit_id=world.unit("P"), snapshot=5, actor=world.here.actor("director"))
    assert Indicator.objects.exists()


def test_it_is_published_and_compared_by_page(
    world: Consolidating, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.here.world.client("specialist")
    sent = {**PROVINCE, "ten": "Số liệu quý IV/2009", "nguoi_ky": "Giám đốc", "ngay_ky": "22/12/2009"}
    one = client.post(reverse("reporting:take_snapshot"), sent, follow=True)
    correct(world, NOW + HOUR, BC07__level_3="5")
    with time_machine.travel(NOW + HOUR * 2, tick=False):
        client.post(reverse("reporting:take_snapshot"), sent)
        bad = client.post(reverse("reporting:take_snapshot"), {**sent, "ngay_ky": "31/12/2009"}, follow=True)
        first, second = Snapshot.objects.order_by("number")
        listed = client.get(reverse("reporting:snapshots"), PROVINCE).content.decode()
        compare = reverse("reporting:compare_snapshots", args=[second.uid, first.uid])
        client.get(compare)
        with django_assert_max_num_queries(30):
            told = client.get(compare).content.decode()
        with django_assert_max_num_queries(30):
            client.get(reverse("reporting:snapshot", args=[first.uid]))

    assert "Bản chốt số 01" in one.content.decode()
    assert "Ngày ký không được sau hôm nay" in bad.content.decode()
    assert "Bản chốt số 02" in listed
    assert "Huyện Bắc Sơn" in told
    assert "+3" in told
