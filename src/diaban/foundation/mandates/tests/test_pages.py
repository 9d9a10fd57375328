"""What the pages of the mandates show."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.mandates import queries
from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.mandates.tests.personas import World, a_world

CEILING = 30


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def a_rival(world: World, field: str = "post", unit: str = "P") -> Mandate:
    return Mandate.objects.create(
        organisation=world.organisations["post"],
        function=Function.objects.get(code="manage"),
        field=Field.objects.get(code=field),
        unit=world.units[unit],
        valid=DateRange(date(2026, 1, 1), None),
        legal_basis="Quyết định trái thẩm quyền",
    )


def test_the_matrix_stays_under_its_ceiling(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_rival(world)
    client = world.client("specialist")

    with django_assert_max_num_queries(CEILING):
        client.get(reverse("mandates:matrix"), {"so_voi": "2025-01-01"})


def test_the_table_of_roles_stays_under_its_ceiling(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.client("specialist")

    with django_assert_max_num_queries(CEILING):
        client.get(reverse("mandates:roles"))


def test_a_double_lead_is_listed_and_stands_in_its_cell(world: World) -> None:
    a_rival(world)

    page = world.client("specialist").get(reverse("mandates:matrix"), {"ngay": "2026-04-20"}).content.decode()

    assert "Trùng cơ quan chủ trì" in page
    assert "Trùng:" in page
    assert (
        "Trùng:"
        not in world.client("specialist").get(reverse("mandates:matrix"), {"ngay": "2025-12-31"}).content.decode()
    )


def test_what_the_law_allots_and_nobody_leads_is_a_gap(world: World) -> None:
    Mandate.objects.filter(organisation=world.organisations["ubnd_d2"], function__code="report").delete()
    Mandate.objects.filter(organisation=world.organisations["so"], function__code="manage", field__code="post").delete()

    found = queries.gaps(queries.terms(), world.units["P"].pk, date(2018, 7, 1))

    said = {(gap.function, gap.field, gap.unit) for gap in found}
    assert ("Lập, ký, gửi báo cáo của địa phương", "", "Huyện Nam Sơn") in said
    assert ("Lập, ký, gửi báo cáo của địa phương", "", "Huyện Bắc Sơn") not in said
    assert ("Quản lý nhà nước theo lĩnh vực", "Bưu chính", "Tỉnh Sơn Lâm") in said


def test_two_dates_are_compared(world: World) -> None:
    rival = a_rival(world, field="games", unit="D1")
    Mandate.objects.filter(pk=rival.pk).update(valid=DateRange(date(2026, 1, 1), date(2026, 4, 1)))
    every = Mandate.objects.all()

    started = queries.difference(every, world.units["P"].pk, date(2025, 12, 31), date(2026, 1, 1))
    ended = queries.difference(every, world.units["P"].pk, date(2026, 3, 31), date(2026, 4, 1))

    assert [line.organisation for line in started.given] == ["Bưu điện tỉnh Sơn Lâm"]
    assert [line.unit for line in ended.ended] == ["Huyện Bắc Sơn"]
    assert (started.ended, ended.given) == ((), ())


def test_the_matrix_is_of_the_chosen_locality(world: World) -> None:
    page = world.client("specialist").get(reverse("mandates:matrix"), {"dia_ban": str(world.units["D1"].uid)})

    assert page.context["place"].unit_id == world.units["D1"].pk
    assert "Ủy ban nhân dân huyện Bắc Sơn" in page.content.decode()


def test_an_act_that_a_role_may_not_do_is_told_so(world: World) -> None:
    roles, rows = queries.roles_and_acts()

    staffing = next(row for row in rows if row.act.name == "organisations.staff_own")
    assert [role.value for role, is_allowed in zip(roles, staffing.allowed, strict=True) if is_allowed] == [
        "unit_admin"
    ]
