"""The frame around every page."""

import pytest
from django.test import Client
from django.utils import timezone

from diaban.foundation.accounts.models import Notice
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.organisations.models import Holding
from diaban.foundation.ui.services import describe_instance

pytestmark = pytest.mark.django_db


def test_it_says_as_what_one_acts_and_whose_instance_it_is() -> None:
    world = a_world()
    describe_instance(name="Sở Thông tin và Truyền thông tỉnh Sơn Lâm")

    page = world.client("specialist").get("/").content.decode()

    assert "Lê Thị Chuyên, Chuyên viên, Phòng Bưu chính - Viễn thông" in page
    assert "Sở Thông tin và Truyền thông tỉnh Sơn Lâm" in page
    assert f'"X-Acting-Position": "{world.positions["specialist"].pk}"' in page


def test_illustrative_figures_are_said_on_every_page_even_before_sign_in() -> None:
    world = a_world()
    describe_instance(name="Sở", notice="Số liệu minh họa", notice_en="Illustrative data")

    for client, address in (
        (Client(), "/tai-khoan/dang-nhap/"),
        (world.client("clerk"), "/"),
        (world.client("clerk"), "/x"),
    ):
        assert "Số liệu minh họa" in client.get(address).content.decode()
    english = Client()
    english.cookies["django_language"] = "en"
    assert "Illustrative data" in english.get("/tai-khoan/dang-nhap/").content.decode()


def test_who_holds_two_positions_can_change_over() -> None:
    world = a_world()
    Holding.objects.create(
        person=world.people["specialist"],
        position=world.positions["section_head"],
        valid=world.people["specialist"].holdings.get().valid,
    )
    client = world.client("specialist")
    other = world.positions["section_head"].pk

    page = client.get("/").content.decode()
    assert f'name="position_id" value="{other}"' in page
    client.post("/chuc-nang/vi-tri/", {"position_id": str(other), "next": "/"})

    assert f'"X-Acting-Position": "{other}"' in client.get("/").content.decode()


def test_unread_notices_are_counted() -> None:
    world = a_world()
    for read_at in (None, None, timezone.now()):
        Notice.objects.create(
            account=world.accounts["clerk"], subject_kind="territory.unit", subject_id=1, text="x", reason="y",
            created_at=timezone.now(), read_at=read_at,
        )  # fmt: skip

    assert "2 thông báo chưa đọc" in world.client("clerk").get("/").content.decode()
    assert "thông báo chưa đọc" not in world.client("specialist").get("/").content.decode()


def test_a_stranger_sees_no_navigation() -> None:
    page = Client().get("/tai-khoan/dang-nhap/").content.decode()

    assert 'id="muc-luc"' not in page
    assert "data-find" not in page
