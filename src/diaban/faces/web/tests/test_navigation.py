"""The left side shows what the position uses, and where the reader is."""

import pytest

from diaban.faces.web.navigation import GROUPS, bar, navigation
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


def places(world: World, persona: str) -> set[str]:
    groups = navigation(world.actor(persona), "/")
    return {item.place for group in groups for item in group.lines}


def test_everyone_has_the_work_the_reports_and_the_ground() -> None:
    world = a_world()
    for persona in ("director", "commune_officer", "enterprise"):
        assert {"web:home", "reporting:reports", "obligations:obligations", "territory:tree"} <= places(world, persona)


def test_what_a_position_may_not_do_is_not_there() -> None:
    world = a_world()
    assert "organisations:office" in places(world, "unit_admin")
    assert "organisations:office" not in places(world, "specialist")
    assert "reforms:reforms" not in places(world, "enterprise")


def test_an_enterprise_administers_nothing() -> None:
    groups = navigation(a_world().actor("enterprise"), "/")

    assert "Quản trị" not in {str(group.label) for group in groups}


@pytest.mark.parametrize(
    ("path", "place", "exact"),
    [("/", "web:home", True), ("/dia-ban/", "territory:tree", True), ("/dia-ban/tim/", "territory:tree", False)],
)
def test_the_nearest_line_is_marked(path: str, place: str, exact: bool) -> None:
    groups = navigation(a_world().actor("director"), path)

    marked = [(item.place, item.is_exact) for group in groups for item in group.lines if item.is_here]
    assert marked == [(place, exact)]


def test_a_line_below_another_is_marked_alone() -> None:
    groups = navigation(a_world().actor("director"), "/to-chuc/danh-ba/")

    assert [item.place for group in groups for item in group.lines if item.is_here] == ["organisations:directory"]


def test_a_page_of_no_line_marks_none() -> None:
    groups = navigation(a_world().actor("director"), "/tai-khoan/tuy-chon/")

    assert not any(item.is_here for group in groups for item in group.lines)


def test_a_telephone_shows_four_and_the_rest() -> None:
    lines = bar(navigation(a_world().actor("director"), "/"))

    assert len(lines) == 4
    assert all(len(str(item.short)) <= 9 for item in lines)


def test_no_place_stands_twice() -> None:
    named = [item.place for group in GROUPS for item in group.lines]

    assert len(named) == len(set(named))
