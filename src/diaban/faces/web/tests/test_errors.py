"""Pages for what went wrong say what happened and where to go, and lose nothing that was typed."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.ui.responses import stale

pytestmark = pytest.mark.django_db


def test_an_unknown_address_offers_the_search() -> None:
    answer = a_world().client("clerk").get("/khong-co/")

    assert answer.status_code == 404
    assert 'action="/tim/"' in answer.content.decode()


def test_an_old_page_keeps_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/tai-khoan/dang-nhap/", {"login": "giang", "password": "bi-mat-lam"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Phiên làm việc đã đổi" in page
    assert "giang" in page
    assert "bi-mat-lam" not in page


def test_a_conflict_shows_what_was_typed_and_what_is_there() -> None:
    request = RequestFactory().post("/", {"text": "<b>Nội dung của tôi</b>"})

    page = stale(request, current="Báo cáo quý I", url="/bao-cao/1/").content.decode()

    assert "“Báo cáo quý I”" in page
    assert "&lt;b&gt;Nội dung của tôi&lt;/b&gt;" in page
    assert 'href="/bao-cao/1/"' in page


def test_a_broken_server_needs_nothing_to_say_so() -> None:
    page = render_to_string("500.html")

    assert "Hệ thống gặp lỗi" in page
    assert defaults.server_error(RequestFactory().get("/")).status_code == 500


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "409.html", "429.html"])
def test_each_is_whole_for_a_stranger(template: str) -> None:
    page = render_to_string(template, {}, RequestFactory().get("/"))

    assert page.count("<h1>") == 1
    assert "anh/chị" not in page
