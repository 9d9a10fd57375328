"""The language of pages."""

import pytest
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.models import Account
from diaban.foundation.accounts.tests.people import an_account, signed_in

pytestmark = pytest.mark.django_db


def language_of(client: Client, address: str = "/tai-khoan/dang-nhap/") -> str:
    return client.get(address, headers={"accept-language": "en-US,en"})["Content-Language"]


def test_it_is_vietnamese_whatever_the_browser_was_set_to() -> None:
    assert language_of(Client()) == "vi"
    assert language_of(signed_in(an_account()), reverse("accounts:preferences")) == "vi"


def test_a_stranger_may_choose_for_the_machine() -> None:
    client = Client()

    answer = client.post(reverse("accounts:language"), {"language": "en", "next": "/tai-khoan/dang-nhap/"})

    assert answer["Location"] == "/tai-khoan/dang-nhap/"
    assert language_of(client) == "en"


def test_an_account_keeps_its_choice_on_every_machine() -> None:
    account = an_account()
    signed_in(account).post(reverse("accounts:language"), {"language": "en"})

    assert Account.objects.get().language == "en"
    assert language_of(signed_in(account), reverse("accounts:preferences")) == "en"


@pytest.mark.parametrize("language", ["", "fr", "../vi"])
def test_no_other_language_is_taken(language: str) -> None:
    assert Client().post(reverse("accounts:language"), {"language": language}).status_code == 400


def test_a_look_is_no_choice() -> None:
    assert Client().get(reverse("accounts:language")).status_code == 405
