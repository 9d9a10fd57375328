"""Posts and people: appointed, handed over, delegated to, imported; by the unit's own administrator in its own office."""

from datetime import UTC, date, datetime

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.actors import NotHeld
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations import queries, services
from diaban.foundation.organisations.models import Delegation, Person
from diaban.foundation.organisations.services import PersonRow

AT = datetime(2026, 4, 20, 3, tzinfo=UTC)
TODAY = date(2026, 4, 20)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def test_the_unit_administrator_adds_a_colleague_who_can_then_act(world: World) -> None:
    admin = world.actor("unit_admin", TODAY)
    position = services.open_position(
        organisation_id=world.organisations["phong_bcvt"].pk, title="Chuyên viên mới", role="officer", valid_from=TODAY,
        actor=admin, at=AT,
    )  # fmt: skip
    person = services.add_person(name="Bàn Thị Mới", username="moi", password="mat-khau-dau", actor=admin, at=AT)

    services.appoint(person_id=person.pk, position_id=position.pk, valid_from=TODAY, actor=admin, at=AT)

    world.positions["moi"] = position
    assert person.account is not None
    assert person.account.must_change_password
    world.accounts["moi"] = person.account
    assert world.actor("moi", TODAY).label == "Bàn Thị Mới, Chuyên viên mới, Phòng Bưu chính - Viễn thông"
    assert Entry.objects.filter(verb="organisations.appointed").count() == 2


def test_the_unit_administrator_stays_in_the_own_office(world: World) -> None:
    admin = world.actor("district_admin", TODAY)

    services.open_position(
        organisation_id=world.organisations["phong_d1"].pk,
        title="Công chức",
        role="officer",
        valid_from=TODAY,
        actor=admin,
        at=AT,
    )
    for elsewhere in ("phong_d2", "so", "ubnd_c11"):
        with pytest.raises(NotPermitted):
            services.open_position(
                organisation_id=world.organisations[elsewhere].pk,
                title="X",
                role="officer",
                valid_from=TODAY,
                actor=admin,
                at=AT,
            )
    with pytest.raises(NotPermitted):
        services.open_position(
            organisation_id=world.organisations["phong_d1"].pk,
            title="X",
            role="auditor",
            valid_from=TODAY,
            actor=admin,
            at=AT,
        )


def test_the_registers_keeper_staffs_any_office_of_the_ground(world: World) -> None:
    keeper = world.actor("unit_admin", TODAY)

    assert services.open_position(
        organisation_id=world.organisations["ubnd_c11"].pk,
        title="Văn thư",
        role="clerk",
        valid_from=TODAY,
        actor=keeper,
        at=AT,
    )


def test_an_officer_adds_nobody(world: World) -> None:
    with pytest.raises(NotPermitted):
        services.add_person(name="Ai đó", actor=world.actor("district_officer", TODAY), at=AT)


def test_a_post_is_handed_over_and_the_old_holder_acts_in_it_no_longer(world: World) -> None:
    position = world.positions["specialist"]

    services.hand_over(
        position_id=position.pk,
        to_person_id=world.people["clerk"].pk,
        on=TODAY,
        expected_revision=1,
        actor=world.actor("unit_admin", TODAY),
        at=AT,
    )

    with pytest.raises(NotHeld):
        world.actor("specialist", TODAY)
    post = next(one for one in queries.positions_of(position.organisation_id, TODAY) if one.position == position)
    assert [holding.person for holding in post.holdings] == [world.people["clerk"]]


def test_a_holding_cannot_end_before_it_began(world: World) -> None:
    admin = world.actor("unit_admin", TODAY)
    holding = services.hand_over(
        position_id=world.positions["specialist"].pk,
        to_person_id=world.people["clerk"].pk,
        on=TODAY,
        actor=admin,
        at=AT,
    )

    with pytest.raises(services.NotPossible):
        services.end_holding(holding_id=holding.pk, on=TODAY, actor=admin, at=AT)


def test_a_username_is_used_once(world: World) -> None:
    with pytest.raises(services.NotPossible, match="đã có người dùng"):
        services.add_person(name="Ai đó", username="Director", actor=world.actor("unit_admin", TODAY), at=AT)


def test_a_head_delegates_a_signature_by_document_and_for_a_time(world: World) -> None:
    delegation = services.delegate(
        from_position_id=world.positions["director"].pk,
        to_position_id=world.positions["section_head"].pk,
        manner=Delegation.Manner.TUQ,
        valid_from=TODAY,
        valid_to=date(2026, 4, 30),
        basis="Giấy ủy quyền số 3/GUQ-STTTT",
        actor=world.actor("director", TODAY),
        at=AT,
    )

    assert delegation.last_day == date(2026, 4, 30)
    assert [one.manner for one in world.actor("section_head", TODAY).capacities] == ["", "TUQ"]


def test_nobody_gives_away_the_signature_of_another(world: World) -> None:
    with pytest.raises(NotPermitted):
        services.delegate(
            from_position_id=world.positions["district_leader"].pk,
            to_position_id=world.positions["district_officer"].pk,
            manner=Delegation.Manner.TUQ,
            valid_from=TODAY,
            basis="Giấy ủy quyền",
            actor=world.actor("other_leader", TODAY),
            at=AT,
        )


def test_a_contact_is_confirmed_and_the_journal_keeps_no_number(world: World) -> None:
    services.confirm_contact(
        person_id=world.people["district_officer"].pk,
        phone="0912 345 678",
        zalo="",
        email="",
        on=TODAY,
        actor=world.actor("district_officer", TODAY),
        at=AT,
    )

    assert Person.objects.get(pk=world.people["district_officer"].pk).contact_confirmed_on == TODAY
    entry = Entry.objects.get(verb="organisations.contact_confirmed")
    assert entry.changes["changed"] == [None, ["phone"]]
    assert "0912" not in str(entry.changes)


def test_the_contact_of_another_office_is_not_ours_to_confirm(world: World) -> None:
    with pytest.raises(NotPermitted):
        services.confirm_contact(
            person_id=world.people["other_officer"].pk,
            phone="1",
            zalo="",
            email="",
            on=TODAY,
            actor=world.actor("district_admin", TODAY),
            at=AT,
        )


def test_a_list_of_people_comes_in_whole(world: World) -> None:
    rows = [
        PersonRow(2, "Lò Văn Một", "mot", "Công chức", "Chuyên viên", "phong van hoa va thong tin huyen bac son"),
        PersonRow(3, "Lò Văn Hai", "hai", "Công chức", "officer", "Phòng Văn hóa và Thông tin huyện Bắc Sơn"),
    ]

    imported = services.import_people(rows, valid_from=TODAY, actor=world.actor("district_admin", TODAY), at=AT)

    assert [one.username for one in imported] == ["mot", "hai"]
    assert imported[0].password not in repr(imported)
    posts = queries.positions_of(world.organisations["phong_d1"].pk, TODAY)
    assert [
        holding.person.name for post in posts if post.position.title == "Công chức" for holding in post.holdings
    ] == [
        "Lò Văn Hai",
        "Lò Văn Một",
    ]


def test_one_wrong_row_keeps_the_whole_list_out_and_every_fault_is_named(world: World) -> None:
    people = Person.objects.count()
    rows = [
        PersonRow(2, "Lò Văn Một", "mot", "Công chức", "Chuyên viên", "Phòng Văn hóa và Thông tin huyện Bắc Sơn"),
        PersonRow(3, "", "director", "", "vua", "Phòng Văn hóa và Thông tin huyện Nam Sơn", "", "không phải thư"),
        PersonRow(4, "A", "ba", "X", "officer", "Phòng không có"),
        PersonRow(5, "B", "BA", "X", "officer", "Phòng không có"),
    ]

    with pytest.raises(services.PeopleRefused) as refused:
        services.import_people(rows, valid_from=TODAY, actor=world.actor("district_admin", TODAY), at=AT)

    assert Person.objects.count() == people
    said = [(problem.number, problem.message) for problem in refused.value.problems]
    assert [number for number, _message in said] == [3, 3, 3, 3, 3, 3, 4, 4, 5, 5]
    assert (3, "Tên đăng nhập “director” đã có người dùng.") in said
    assert any("không được thêm người" in message for _number, message in said)


def test_an_anonymised_person_is_gone_but_for_the_acts(world: World) -> None:
    services.anonymise_person(person_id=world.people["clerk"].pk, actor=world.actor("unit_admin", TODAY), at=AT)

    person = Person.objects.get(pk=world.people["clerk"].pk)
    assert (person.name, person.phone) == ("Người đã ẩn danh", "")
    assert person.account is not None
    assert not person.account.is_active
