"""Views kept under a name: whose they are, who sees them, that they never show more than their reader may see."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.journal.models import Entry
from diaban.work.analysis.models import SavedView
from diaban.work.analysis.permissions import visible_views
from diaban.work.analysis.services import NotSaved, change_view, put_view_away, save_view
from diaban.work.analysis.tests.worlds import NOW, PROVINCE, Consolidating, an_analysed_world

pytestmark = pytest.mark.django_db
QUERY = f"{PROVINCE}&ct=BC07"


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    return an_analysed_world()


def saved(
    world: Consolidating, persona: str = "specialist", *, shared: bool = False, name: str = "Bưu chính"
) -> SavedView:
    return save_view(name=name, query=QUERY, is_shared=shared, actor=world.here.actor(persona), at=NOW)


def names(world: Consolidating, persona: str) -> list[str]:
    return [view.name for view in visible_views(world.here.actor(persona))]


def test_a_private_view_is_seen_by_its_position_alone(world: Consolidating) -> None:
    saved(world)

    assert {persona: names(world, persona) for persona in ("specialist", "section_head", "district_officer")} == {
        "specialist": ["Bưu chính"],
        "section_head": [],
        "district_officer": [],
    }


def test_a_shared_view_is_seen_in_its_organisation(world: Consolidating) -> None:
    saved(world, shared=True)

    assert [names(world, persona) for persona in ("section_head", "district_officer")] == [["Bưu chính"], []]


def test_it_keeps_an_address_and_nothing_else(world: Consolidating) -> None:
    view = save_view(
        name=" Bưu   chính ", query=f"{QUERY}&la=1&ct=VT25", is_shared=False, actor=world.here.actor("specialist"), at=NOW
    )  # fmt: skip

    assert view.name == "Bưu chính"
    assert "la=" not in view.query
    assert view.query.endswith("ct=BC07&ct=VT25")


def test_whoever_opens_it_sees_what_their_position_may(world: Consolidating) -> None:
    view = saved(world, "district_officer", shared=True)
    view.query = "bieu=district_quarter_2009&dia_ban=92"
    view.save()
    client = world.here.world.client("district_officer")

    opened = client.get(reverse("analysis:view", args=[view.uid]))

    assert opened.status_code == 302
    assert client.get(opened["Location"]).status_code == 404


def test_another_office_cannot_open_it(world: Consolidating) -> None:
    view = saved(world, shared=True)

    answer = world.here.world.client("district_officer").get(reverse("analysis:view", args=[view.uid]))

    assert answer.status_code == 404


def test_only_its_own_position_changes_it(world: Consolidating) -> None:
    view = saved(world, shared=True)

    with pytest.raises(NotPermitted):
        change_view(view_id=view.pk, name="Khác", is_shared=False, actor=world.here.actor("section_head"), at=NOW)
    with pytest.raises(NotPermitted):
        put_view_away(view_id=view.pk, actor=world.here.actor("section_head"), at=NOW)


def test_nobody_overwrites_what_they_have_not_seen(world: Consolidating) -> None:
    view, actor = saved(world), world.here.actor("specialist")
    change_view(view_id=view.pk, name="Hai", is_shared=True, expected_revision=1, actor=actor, at=NOW)

    with pytest.raises(StaleRevision):
        change_view(view_id=view.pk, name="Ba", is_shared=True, expected_revision=1, actor=actor, at=NOW)

    assert names(world, "section_head") == ["Hai"]
    assert Entry.objects.filter(verb="analysis.view_changed").count() == 1


@pytest.mark.parametrize(("name", "query"), [("", QUERY), ("Bưu chính", QUERY), ("Khác", "la=1")])
def test_a_view_needs_a_name_of_its_own_and_a_choice(world: Consolidating, name: str, query: str) -> None:
    saved(world)

    with pytest.raises(NotSaved):
        save_view(name=name, query=query, is_shared=False, actor=world.here.actor("specialist"), at=NOW)


def test_it_is_kept_changed_and_put_away_by_page(world: Consolidating) -> None:
    client = world.here.world.client("specialist")
    sent = {"ten": "Của tôi", "duong_dan": QUERY}

    page = client.post(reverse("analysis:save"), sent, follow=True).content.decode()
    view = SavedView.objects.get()
    client.post(reverse("analysis:view", args=[view.uid]), {"ten": "Chung", "chia_se": "on", "revision": "1"})
    listed = client.get(reverse("analysis:views")).content.decode()
    client.post(reverse("analysis:put_away", args=[view.uid]), {"revision": "2"})

    assert "Của tôi" in page
    assert "Chung" in listed
    assert "cả cơ quan" in listed
    assert names(world, "specialist") == []
