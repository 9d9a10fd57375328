"""What the reforms of 2025 do to one province."""

from datetime import date

import pytest

from diaban.foundation.mandates.routing import Lead, responsible, responsible_many
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.organisations.models import Organisation, OrganisationVersion
from diaban.foundation.reforms.tests.story import JULY, MARCH, Story
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import descendants

pytestmark = pytest.mark.slow
Q4, Q1, Q2, Q3 = (f"stat:{code}" for code in ("2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"))


def leads(function: str, field: str | None, unit_id: int, on: date) -> str:
    answer = responsible(function, field, unit_id, on)
    assert isinstance(answer, Lead), answer.because
    return Organisation.objects.get(pk=answer.organisation_id).body


def test_founding_leaves_no_function_without_a_lead(story: Story) -> None:
    assert story.founding.is_clean, story.founding.to_json()
    assert story.founding.founded > 200
    assert (story.founded_again.founded, story.founded_again.mandates_given) == (0, 0)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(story: Story) -> None:
    assert story.counts_after_dry == story.counts_before_dry
    assert story.dry == story.march


def test_one_department_becomes_three_by_field(story: Story) -> None:
    after = {
        field: leads("manage", field, story.before_id, MARCH)
        for field in ("post", "it", "press_publishing", "security")
    }

    assert leads("manage", "press_publishing", story.before_id, date(2025, 2, 28)) == "so_tttt"
    assert after == {
        "post": "so_khcn", "it": "so_khcn", "press_publishing": "so_vhttdl", "security": "cong_an_tinh",
    }  # fmt: skip
    assert story.march.is_clean, story.march.to_json()


def test_open_work_moves_to_the_successor_of_its_field(story: Story) -> None:
    rows = Obligation.objects.filter(kind="tests.task").select_related("owner", "original_owner")

    assert {row.field_code: row.owner.body for row in rows} == {
        "telecom": "so_khcn", "press": "so_vhttdl", "security": "cong_an_tinh", "": "so_khcn",
    }  # fmt: skip
    assert {row.original_owner.body for row in rows} == {"so_tttt"}


def test_a_period_that_was_over_moves_a_later_one_is_made_anew(story: Story) -> None:
    rows = Obligation.objects.filter(duty__code="so").select_related("owner", "original_owner")

    told = {(row.period, row.original_owner.body): (row.owner.body, row.closed_reason) for row in rows}

    assert told[Q4, "so_tttt"] == ("so_khcn", "")
    assert told[Q1, "so_tttt"] == ("so_tttt", "reformed")
    assert told[Q1, "so_khcn"] == ("so_khcn", "")
    assert story.march.obligations_closed == 1
    assert story.march.obligations_made >= 1


def test_what_is_owed_is_owed_to_the_successor_of_the_field(story: Story) -> None:
    rows = Obligation.objects.filter(period=Q4, duty__level="district").select_related("counterpart", "duty")

    assert {(row.duty.code, row.counterpart.body) for row in rows if row.duty} == {
        ("huyen", "so_khcn"), ("bao-chi", "so_vhttdl"),
    }  # fmt: skip


def test_a_reform_is_carried_out_once(story: Story) -> None:
    assert story.refusal == "Phương án này đã được thực hiện."


def test_each_new_commune_has_its_committee_and_nothing_is_left_without_a_lead(story: Story) -> None:
    communes = [version.unit_id for version in descendants(story.after_id, JULY, level=Level.COMMUNE)]
    committees = OrganisationVersion.objects.on(JULY).filter(organisation__body="ubnd_xa", unit_id__in=communes)

    assert len(communes) == 124
    assert committees.count() == 124
    assert story.july.is_clean, story.july.to_json()
    assert all(isinstance(one, Lead) for one in responsible_many("report", None, communes, JULY).values())


def test_the_district_level_is_no_more(story: Story) -> None:
    standing = OrganisationVersion.objects.on(JULY).filter(organisation__body__in=["ubnd_huyen", "phong_vhtt"])

    assert not standing.exists()
    assert OrganisationVersion.objects.on(date(2025, 6, 30)).filter(organisation__body="ubnd_huyen").count() == 11


def test_the_work_of_districts_goes_on_with_communes_under_the_old_ground(story: Story) -> None:
    rows = Obligation.objects.filter(duty__code="huyen", period=Q1).select_related("owner", "unit")

    assert len(rows) == 11
    assert {row.owner.body for row in rows} == {"ubnd_xa"}
    assert {row.unit.level for row in rows} == {Level.DISTRICT}
    assert {row.closed_reason for row in rows} == {""}


def test_duties_go_on_over_the_new_ground_and_make_nothing_twice(story: Story) -> None:
    assert set(Duty.objects.values_list("unit_id", flat=True)) == {story.after_id}
    assert story.made_again == 0
    assert not Obligation.objects.filter(duty__level="district", period=Q3).exists()


def test_no_open_work_stays_with_an_office_that_is_no_more(story: Story) -> None:
    standing = OrganisationVersion.objects.on(JULY).values("organisation_id")

    left = Obligation.objects.open().exclude(owner_id__in=standing)
    unasked = Obligation.objects.open().exclude(counterpart_id__in=standing)

    assert list(left) == []
    assert list(unasked) == []


def test_the_instance_follows_its_province(story: Story) -> None:
    assert story.root == story.after_id
