"""Organisations through time: a change is a new version, and what took over is found by field."""

from datetime import UTC, date, datetime

import pytest

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations import queries, services
from diaban.foundation.organisations.models import Holding, Position

AT = datetime(2025, 2, 28, 3, tzinfo=UTC)
REFORM = date(2025, 3, 1)
SETUP = SettingUp("kiểm thử", REFORM)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def found(world: World, name: str, **more: object) -> int:
    return services.found_organisation(
        name=name,
        kind="department",
        unit_id=world.units["P"].pk,
        valid_from=REFORM,
        actor=SETUP,
        at=AT,
        **more,  # type: ignore[arg-type] # a test's shorthand
    ).pk


def test_a_new_name_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    so = world.organisations["so"].pk

    services.rename_organisation(organisation_id=so, on=REFORM, name="Sở Khoa học và Công nghệ", actor=SETUP, at=AT)

    assert queries.version_of(so, date(2025, 2, 28)).name == "Sở Thông tin và Truyền thông tỉnh Sơn Lâm"
    assert queries.version_of(so, REFORM).name == "Sở Khoa học và Công nghệ"
    entry = Entry.objects.get(verb="organisations.renamed")
    assert entry.changes["name"] == ["Sở Thông tin và Truyền thông tỉnh Sơn Lâm", "Sở Khoa học và Công nghệ"]


def test_two_changes_on_one_day_are_refused(world: World) -> None:
    so = world.organisations["so"].pk
    services.rename_organisation(organisation_id=so, on=REFORM, name="Sở A", actor=SETUP, at=AT)

    with pytest.raises(services.NotPossible):
        services.rename_organisation(organisation_id=so, on=REFORM, name="Sở B", actor=SETUP, at=AT)


def test_nobody_overwrites_what_they_have_not_seen(world: World) -> None:
    so = world.organisations["so"].pk
    services.rename_organisation(organisation_id=so, on=REFORM, name="Sở A", expected_revision=1, actor=SETUP, at=AT)

    with pytest.raises(StaleRevision):
        services.rename_organisation(
            organisation_id=so, on=date(2025, 7, 1), name="Sở B", expected_revision=1, actor=SETUP, at=AT
        )


def test_an_organisation_never_stands_below_itself(world: World) -> None:
    with pytest.raises(services.NotPossible):
        services.reparent_organisation(
            organisation_id=world.organisations["ubnd_tinh"].pk,
            on=REFORM,
            parent_id=world.organisations["phong_bcvt"].pk,
            actor=SETUP,
            at=AT,
        )


def test_orders_run_along_the_line_and_not_along_guidance(world: World) -> None:
    ids = {name: organisation.pk for name, organisation in world.organisations.items()}

    assert queries.is_in_line_below(ids["ubnd_tinh"], ids["phong_d1"], REFORM)
    assert queries.is_in_line_below(ids["ubnd_tinh"], ids["so"], REFORM)
    assert not queries.is_in_line_below(ids["so"], ids["phong_d1"], REFORM)
    assert not queries.is_in_line_below(ids["so"], ids["ubnd_d1"], REFORM)
    assert not queries.is_in_line_below(ids["so"], ids["so"], REFORM)
    assert queries.is_guided_by(ids["so"], ids["phong_d1"], REFORM)


def test_one_department_becomes_three_by_field_and_the_chain_is_followed(world: World) -> None:
    so = world.organisations["so"].pk
    science, culture, later = found(world, "Sở KH&CN"), found(world, "Sở VHTTDL"), found(world, "Sở KH&CN mới")
    for field, successor in (("it", science), ("press_publishing", culture), ("", science)):
        services.succeed(
            predecessor_id=so, successor_id=successor, field_code=field, on=REFORM, basis="QĐ", actor=SETUP, at=AT
        )
    services.succeed(predecessor_id=science, successor_id=later, on=date(2025, 7, 1), basis="QĐ", actor=SETUP, at=AT)

    assert queries.successor_of(so, "press_publishing", REFORM) == culture
    assert queries.successor_of(so, "games", REFORM, broader=["online", "press_publishing"]) == culture
    assert queries.successor_of(so, "post", REFORM) == science
    assert queries.successor_of(so, "post", date(2025, 7, 1)) == later
    assert queries.successor_of(so, "post", date(2025, 2, 28)) is None
    assert queries.with_successors([so], REFORM) == {so, science, culture}
    assert queries.with_successors([so], date(2025, 7, 1)) == {so, science, culture, later}


def test_a_field_passes_to_one_successor_a_day(world: World) -> None:
    so = world.organisations["so"].pk
    science, culture = found(world, "Sở KH&CN"), found(world, "Sở VHTTDL")
    services.succeed(predecessor_id=so, successor_id=science, on=REFORM, basis="QĐ", actor=SETUP, at=AT)
    services.succeed(predecessor_id=so, successor_id=science, on=REFORM, basis="QĐ", actor=SETUP, at=AT)

    with pytest.raises(services.NotPossible):
        services.succeed(predecessor_id=so, successor_id=culture, on=REFORM, basis="QĐ", actor=SETUP, at=AT)


def test_what_is_dissolved_leaves_no_posts_behind(world: World) -> None:
    services.dissolve_organisation(
        organisation_id=world.organisations["phong_d1"].pk,
        on=date(2025, 7, 1),
        basis="NQ 203/2025/QH15",
        actor=SETUP,
        at=AT,
    )

    posts = Position.objects.filter(organisation=world.organisations["phong_d1"])
    assert [post.last_day for post in posts] == [date(2025, 6, 30)]
    assert Holding.objects.get(person=world.people["district_officer"]).last_day == date(2025, 6, 30)
    with pytest.raises(queries.UnknownOrganisation):
        queries.version_of(world.organisations["phong_d1"].pk, date(2025, 7, 1))
    assert queries.names_of([world.organisations["phong_d1"].pk], date(2026, 1, 1)) == {
        world.organisations["phong_d1"].pk: "Phòng Văn hóa và Thông tin huyện Bắc Sơn"
    }


def test_only_who_keeps_the_registers_changes_organisations(world: World) -> None:
    with pytest.raises(NotPermitted):
        services.rename_organisation(
            organisation_id=world.organisations["ubnd_d1"].pk,
            on=REFORM,
            name="Ủy ban khác",
            actor=world.actor("district_leader"),
            at=AT,
        )
    assert services.rename_organisation(
        organisation_id=world.organisations["ubnd_d1"].pk,
        on=REFORM,
        name="Ủy ban khác",
        actor=world.actor("director"),
        at=AT,
    )


def test_an_organisation_is_found_by_name_with_and_without_diacritics(world: World) -> None:
    assert queries.organisation_named("vnpt son lam", REFORM).organisation_id == world.organisations["vnpt"].pk
    with pytest.raises(queries.UnknownOrganisation, match="không có cơ quan"):
        queries.organisation_named("Sở Y tế", REFORM)
    assert [row.name for row in queries.search(REFORM, text="phong van hoa", within=world.units["D1"].pk)] == [
        "Phòng Văn hóa và Thông tin huyện Bắc Sơn",
        "Phòng Văn hóa - Xã hội xã Đông Hà",
    ]


def test_rooms_stand_with_their_body(world: World) -> None:
    rooms = queries.rooms_of(world.organisations["so"].pk, REFORM)

    assert [room.name for room in rooms] == [
        "Sở Thông tin và Truyền thông tỉnh Sơn Lâm",
        "Phòng Bưu chính - Viễn thông",
    ]
    assert queries.body_of(world.organisations["phong_bcvt"].pk, REFORM) == world.organisations["so"].pk
    assert queries.line_above(world.organisations["phong_bcvt"].pk, REFORM) == [
        world.organisations[name].pk for name in ("phong_bcvt", "so", "ubnd_tinh")
    ]
