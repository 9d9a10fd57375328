"""What an account chooses for itself."""

import pytest
from django.urls import reverse

from diaban.foundation.accounts.models import Account
from diaban.foundation.accounts.services import keep_preferences
from diaban.foundation.accounts.tests.people import an_account, signed_in

pytestmark = pytest.mark.django_db


def test_language_and_light_are_kept() -> None:
    client = signed_in(an_account())

    page = client.post(
        reverse("accounts:preferences"),
        {"language": "en", "theme": "dark", "kenh-mail": "never", "kenh-sms": "soon", "kenh-zalo": "daily"},
        follow=True,
    )

    account = Account.objects.get()
    assert (account.language, account.preferences) == (
        "en",
        {"theme": "dark", "channels": {"mail": "never", "sms": "soon", "zalo": "daily"}},
    )
    assert '<html lang="en" data-bs-theme="dark">' in page.content.decode()


def test_following_the_machine_leaves_the_page_free() -> None:
    client = signed_in(an_account())

    page = client.post(reverse("accounts:preferences"), {"language": "vi", "theme": ""}, follow=True)

    assert '<html lang="vi">' in page.content.decode()


def test_what_is_not_given_stays() -> None:
    account = an_account()
    keep_preferences(account_id=account.pk, language="en", theme="light")

    keep_preferences(account_id=account.pk, language="vi")

    account.refresh_from_db()
    assert (account.language, account.preferences) == ("vi", {"theme": "light"})


def test_a_channel_that_reaches_nobody_says_so() -> None:
    page = signed_in(an_account()).get(reverse("accounts:preferences")).content.decode()

    assert page.count("Kênh chưa kết nối ra ngoài") == 3  # mail has no server in a test


def test_an_unknown_light_is_refused() -> None:
    client = signed_in(an_account())

    assert client.post(reverse("accounts:preferences"), {"language": "vi", "theme": "pink"}).status_code == 200
    assert Account.objects.get().preferences == {}
