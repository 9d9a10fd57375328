"""The second step of signing in."""

import re

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.tests.people import PASSWORD, an_account

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time())))))


def test_once_switched_on_a_code_is_asked_for() -> None:
    an_account()
    client = Client()
    client.post(reverse("account_login"), {"login": "giang", "password": PASSWORD})

    again = client.get(reverse("mfa_activate_totp"))["Location"]
    page = client.post(again, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert "Đang bật" in client.get(reverse("mfa_index")).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())

    other = Client()
    asked = other.post(reverse("account_login"), {"login": "giang", "password": PASSWORD})
    assert asked["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in other.session
    refused = other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Mã không đúng." in refused

    other.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert "_auth_user_id" in other.session
