"""What the pages of organisations show and do."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.accounts.models import Account
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Holding, OrganisationVersion, Person
from diaban.foundation.organisations.rules import is_contact_current

CEILING = 30


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.mark.parametrize("name", ["organisations:list", "organisations:directory", "organisations:office"])
def test_a_page_stays_under_its_ceiling(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    client = world.client("unit_admin")

    with django_assert_max_num_queries(CEILING):
        client.get(reverse(name))


def test_the_page_of_an_organisation_stays_under_its_ceiling(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.client("unit_admin")

    with django_assert_max_num_queries(CEILING):
        client.get(reverse("organisations:organisation", args=[world.organisations["ubnd_tinh"].uid]))


def test_the_list_is_searched_without_diacritics_and_narrowed_by_ground(world: World) -> None:
    page = world.client("specialist").get(
        reverse("organisations:list"), {"q": "phong van hoa", "dia_ban": str(world.units["D2"].uid)}
    )

    text = page.content.decode()
    assert "Phòng Văn hóa và Thông tin huyện Nam Sơn" in text
    assert "Phòng Văn hóa và Thông tin huyện Bắc Sơn" not in text


def test_the_list_shows_the_names_of_its_day(world: World) -> None:
    OrganisationVersion.objects.filter(organisation=world.organisations["vnpt"]).update(valid="[2026-01-01,)")
    client = world.client("specialist")

    assert "VNPT Sơn Lâm" not in client.get(reverse("organisations:list"), {"ngay": "2025-12-31"}).content.decode()
    assert "VNPT Sơn Lâm" in client.get(reverse("organisations:list"), {"ngay": "2026-01-01"}).content.decode()


def test_an_organisation_shows_its_line_its_guide_its_posts_and_its_mandates(world: World) -> None:
    page = world.client("enterprise").get(
        reverse("organisations:organisation", args=[world.organisations["phong_d1"].uid])
    )

    text = page.content.decode()
    assert "Ủy ban nhân dân huyện Bắc Sơn" in text
    assert "Sở Thông tin và Truyền thông tỉnh Sơn Lâm" in text
    assert "Giàng Thị Huyền" in text
    assert "Soạn báo cáo giúp Ủy ban nhân dân" in text


def test_an_enterprise_sees_the_contacts_of_its_own_people_only(world: World) -> None:
    Person.objects.filter(pk=world.people["district_officer"].pk).update(phone="0912000111")
    Person.objects.filter(pk=world.people["enterprise"].pk).update(phone="0913000222")

    theirs = world.client("enterprise").get(reverse("organisations:directory")).content.decode()
    ours = world.client("specialist").get(reverse("organisations:directory")).content.decode()

    assert "0913000222" in theirs
    assert "0912000111" not in theirs
    assert "0912000111" in ours


def test_the_directory_offers_to_confirm_ones_own_and_the_offices_contacts(world: World) -> None:
    def offered(persona: str) -> set[str]:
        page = world.client(persona).get(reverse("organisations:directory")).content.decode()
        links = {name: reverse("organisations:confirm_contact", args=[one.uid]) for name, one in world.people.items()}
        return {name for name, link in links.items() if link in page}

    assert offered("district_officer") == {"district_officer"}
    assert offered("district_admin") == {"district_leader", "district_clerk", "district_admin", "district_officer"}


def test_a_contact_is_confirmed_on_its_page(world: World) -> None:
    client = world.client("district_officer")
    url = reverse("organisations:confirm_contact", args=[world.people["district_officer"].uid])

    answer = client.post(url, {"phone": "0912000111", "zalo": "", "email": "", "revision": "1"})
    late = client.post(url, {"phone": "0999", "zalo": "", "email": "", "revision": "1"})

    assert answer.status_code == 302
    assert late.status_code == 409
    assert Person.objects.get(pk=world.people["district_officer"].pk).phone == "0912000111"


def test_a_colleague_is_added_with_a_first_password_shown_once(world: World) -> None:
    client = world.client("district_admin")

    page = client.post(
        reverse("organisations:add_colleague"),
        {
            "name": "Lò Thị Mới",
            "username": "lomoi",
            "organisation_id": str(world.organisations["phong_d1"].pk),
            "title": "Công chức",
            "role": "officer",
            "valid_from": "2026-01-01",
        },
    )

    account = Account.objects.get(username="lomoi")
    password = page.context["added"][0].password
    assert account.check_password(password)
    assert password in page.content.decode()
    assert password not in client.get(reverse("organisations:office")).content.decode()


def test_a_post_is_handed_over_on_the_page(world: World) -> None:
    answer = world.client("district_admin").post(
        reverse("organisations:hand_over"),
        {
            "position": str(world.positions["district_officer"].pk),
            "person": str(world.people["district_clerk"].pk),
            "on": "2026-01-01",
        },
    )

    assert answer.status_code == 302
    assert Holding.objects.get(person=world.people["district_officer"]).last_day == date(2025, 12, 31)


def test_a_post_of_another_office_cannot_be_chosen(world: World) -> None:
    answer = world.client("district_admin").post(
        reverse("organisations:hand_over"),
        {
            "position": str(world.positions["other_officer"].pk),
            "person": str(world.people["district_clerk"].pk),
            "on": "2026-01-01",
        },
    )

    assert answer.status_code == 422


def test_a_list_copied_from_a_sheet_is_read_and_its_faults_are_shown(world: World) -> None:
    client = world.client("district_admin")
    good = "Họ và tên\tTên đăng nhập\tChức vụ\tVai trò\tCơ quan\nLò A\tloa\tCông chức\tChuyên viên\tPhòng Văn hóa và Thông tin huyện Bắc Sơn"

    faulty = client.post(
        reverse("organisations:import_people"), {"rows": "Lò A\tloa\tX\tvua\tY", "valid_from": "2026-01-01"}
    )
    done = client.post(reverse("organisations:import_people"), {"rows": good, "valid_from": "2026-01-01"})

    assert faulty.status_code == 422
    assert "Không có vai trò “vua”" in faulty.content.decode()
    assert [one.username for one in done.context["added"]] == ["loa"]


@pytest.mark.parametrize(
    ("confirmed_on", "expected"),
    [(None, False), (date(2026, 3, 31), False), (date(2026, 4, 1), True), (date(2026, 6, 30), True)],
)
def test_a_contact_is_confirmed_each_quarter(confirmed_on: date | None, expected: bool) -> None:
    assert is_contact_current(confirmed_on, date(2026, 5, 20)) is expected
