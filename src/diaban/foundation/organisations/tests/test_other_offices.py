"""Whoever keeps the registers of a ground brings the first people into the other offices on it."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from diaban.foundation.acts.catalogue import Role
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Holding, OrganisationVersion
from diaban.foundation.organisations.office import committees_without_people

pytestmark = pytest.mark.django_db
KEEPER = str(Role.UNIT_ADMIN.label)


@pytest.fixture
def world() -> World:
    """District D1's committee has nobody yet."""
    world = a_world()
    Holding.objects.filter(
        position__organisation__in=[world.organisations[one].pk for one in ("ubnd_d1", "phong_d1")]
    ).delete()
    return world


def name_of(world: World, organisation: str) -> str:
    return OrganisationVersion.objects.get(organisation=world.organisations[organisation]).name


def listed(world: World, *lines: str) -> tuple[int, str]:
    rows = "\n".join(("Họ và tên\tTên đăng nhập\tChức vụ\tVai trò\tCơ quan", *lines))
    answer = world.client("unit_admin").post(
        reverse("organisations:import_people"), {"rows": rows, "valid_from": "01/10/2009"}
    )
    return answer.status_code, answer.content.decode()


def test_a_committee_without_people_stands_ready_in_the_sheet_to_fill_in(world: World) -> None:
    client = world.client("unit_admin")
    page = client.get(reverse("organisations:import_people")).content.decode()

    sheet = client.get(reverse("organisations:people_template"), {"chua-co-nguoi": "1"})
    rows = list(openpyxl.load_workbook(BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True))

    assert "chưa có ai đăng nhập được" in page
    assert any(name_of(world, "ubnd_d1") in row and KEEPER in row for row in rows)
    assert not any(name_of(world, "ubnd_tinh") in row for row in rows)


def test_its_first_administrator_comes_by_the_list_and_it_is_missing_no_more(world: World) -> None:
    status, page = listed(world, f"Hoàng Văn Sơn\tson.qt\tQuản trị đơn vị\t{KEEPER}\t{name_of(world, 'ubnd_d1')}")

    assert (status, "son.qt" in page, name_of(world, "ubnd_d1") in page) == (200, True, True)
    missing = committees_without_people(world.actor("unit_admin"))
    assert world.organisations["ubnd_d1"].pk not in {one.organisation_id for one in missing}


def test_without_an_office_the_own_one_is_meant(world: World) -> None:
    status, _page = listed(world, f"Hoàng Văn Sơn\tson.so\tChuyên viên\t{Role.OFFICER.label}\t")

    assert status == 200
    assert Holding.objects.get(person__account__username="son.so").position.organisation == world.organisations["so"]


def test_the_page_of_another_office_leads_to_adding_people_to_it(world: World) -> None:
    client, office = world.client("unit_admin"), world.organisations["ubnd_d1"]
    address = f"{reverse('organisations:add_colleague')}?co-quan={office.uid}"
    page = client.get(reverse("organisations:organisation", args=[office.uid])).content.decode()

    answer = client.post(
        address,
        {
            "name": "Hoàng Văn Sơn", "username": "son.qt", "organisation_id": office.pk, "title": KEEPER,
            "role": Role.UNIT_ADMIN.value, "valid_from": "01/10/2009",
        },
    )  # fmt: skip

    assert address in page
    assert answer.status_code == 200
    assert Holding.objects.get(person__account__username="son.qt").position.organisation == office


def test_the_administrator_of_another_ground_adds_nobody_there(world: World) -> None:
    office = world.organisations["ubnd_d2"]

    answer = world.client("district_admin").get(reverse("organisations:add_colleague"), {"co-quan": str(office.uid)})

    assert answer.status_code == 403


def test_an_office_that_is_none_is_not_found(world: World) -> None:
    answer = world.client("unit_admin").get(reverse("organisations:add_colleague"), {"co-quan": "khong-co"})

    assert answer.status_code == 404
