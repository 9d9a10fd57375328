"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from diaban.foundation.accounts.tests.people import PASSWORD, an_account, signed_in

pytestmark = pytest.mark.django_db


def test_a_page_asks_strangers_to_sign_in_and_brings_them_back() -> None:
    an_account()
    client = Client()

    asked = client.get(reverse("accounts:notices"))
    answer = client.post(asked["Location"], {"login": "giang", "password": PASSWORD})

    assert asked["Location"] == f"{reverse('account_login')}?next={reverse('accounts:notices')}"
    assert answer["Location"] == reverse("accounts:notices")


def test_a_wrong_password_is_told_in_vietnamese() -> None:
    an_account()

    page = Client().post(reverse("account_login"), {"login": "giang", "password": "sai"}).content.decode()

    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert "Username" not in page


def test_nobody_signs_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert "Hệ thống không nhận tự đăng ký" in Client().get(reverse("account_login")).content.decode()


def test_signing_out_is_asked_for_and_takes_a_button() -> None:
    client = signed_in(an_account())

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_a_locked_account_does_not_come_in() -> None:
    account = an_account()
    account.is_active = False
    account.save(update_fields=["is_active"])

    client = Client()
    client.post(reverse("account_login"), {"login": "giang", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_one_has_to_wait() -> None:
    an_account()
    client = Client()
    for _time in range(5):
        client.post(reverse("account_login"), {"login": "giang", "password": "sai"})

    page = client.post(reverse("account_login"), {"login": "giang", "password": PASSWORD}).content.decode()

    assert "Đã nhập sai quá nhiều lần" in page
