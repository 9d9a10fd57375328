"""A form of communes: three departments see each their fields, and people still speak of districts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import SettingUp, SystemActor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.services import accept_facts
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.services import generate_obligations
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.services import draft_schedule, load_forms, switch_on
from diaban.work.reporting.tests.worlds import ASSUMED

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)
Q1 = Period.parse("2026-Q1", Calendar.ND09)
MOST_QUERIES = {
    "consolidation": 30,
    "consolidation_units": 30,
    "consolidation_sending": 30,
}  # by old district costs six


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    world = a_world()
    setting_up = SettingUp("thử nghiệm", TODAY)
    a_catalogue()
    form = next(one for one in load_forms(actor=setting_up, at=NOW) if one.code == "commune_quarter_2026")
    schedule = draft_schedule(
        form=form, title="Báo cáo quý của xã", unit_id=world.units["P"].pk, counterpart_id=world.organisations["so"].pk,
        valid_from=date(2025, 7, 1), basis=ASSUMED, deadlines=[("commune", 3), ("department", 5)], cut_off_days=0,
        short_path=True, actor=setting_up, at=NOW,
    )  # fmt: skip
    switch_on(schedule_id=schedule.pk, actor=setting_up, at=NOW)
    schedule.refresh_from_db()
    assert schedule.duty is not None
    generate_obligations(on=TODAY, actor=SystemActor("duties", TODAY), at=NOW, duties=[schedule.duty])
    form.versions.update(used_at=NOW)  # as the first report does
    rows = [NewFact("BC07", world.units[name].pk, Q1, Decimal(3)) for name in ("C11", "C12", "C21")]
    source = Subject("reporting.report", 1)
    accept_facts(collection_id=form.collection_id, rows=rows, source=source, actor=setting_up, at=NOW)
    return world


@pytest.mark.parametrize("name", sorted(MOST_QUERIES))
def test_pages_of_many_communes_take_few_queries(world: World, name: str, django_assert_max_num_queries: Any) -> None:
    client = world.client("director")
    address = {"bieu": "commune_quarter_2026", "ky": str(Q1), "dia_ban": "92"}
    client.get(reverse(f"reporting:{name}"), address)

    with django_assert_max_num_queries(MOST_QUERIES[name]):
        response = client.get(reverse(f"reporting:{name}"), address)

    assert response.status_code == 200


def test_communes_stand_under_their_districts(world: World) -> None:
    address = {"bieu": "commune_quarter_2026", "ky": str(Q1), "dia_ban": "92"}

    table = (
        world.client("director")
        .get(reverse("reporting:consolidation_units"), {**address, "ct": "BC07"})
        .context["table"]
    )

    groups = table.groups
    assert [(group.name, [row.unit.name for row in group.rows]) for group in groups] == [
        ("Huyện Bắc Sơn", ["Đông Hà", "Tây Hà"]),
        ("Huyện Nam Sơn", ["Hạ Giang", "Thượng Giang"]),
    ]
    assert [group.cells[0].shown for group in groups] == ["6", "3"]
    assert table.whole[0].shown == "9"
