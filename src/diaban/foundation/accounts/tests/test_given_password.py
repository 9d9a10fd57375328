"""A password that another gave is changed before anything else."""

import pytest
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.tests.people import PASSWORD, an_account, signed_in

pytestmark = pytest.mark.django_db
NEW = "doi-lai-cho-rieng-minh"


def test_signing_in_leads_to_changing_it() -> None:
    an_account(must_change_password=True)

    answer = Client().post(reverse("account_login"), {"login": "giang", "password": PASSWORD})

    assert answer["Location"] == reverse("account_change_password")


def test_no_other_page_opens() -> None:
    client = signed_in(an_account(must_change_password=True))

    assert client.get(reverse("accounts:notices"))["Location"] == reverse("account_change_password")
    assert client.get("/")["Location"] == reverse("account_change_password")
    assert "Mật khẩu hiện nay do người khác đặt" in client.get(reverse("account_change_password")).content.decode()


def test_once_changed_all_pages_open() -> None:
    account = an_account(must_change_password=True)
    client = signed_in(account)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    account.refresh_from_db()
    assert not account.must_change_password
    assert account.check_password(NEW)
    assert client.get(reverse("accounts:notices")).status_code == 200


def test_a_weak_one_is_refused_in_vietnamese() -> None:
    client = signed_in(an_account())

    page = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"}
    ).content.decode()

    assert "Mật khẩu này quá ngắn" in page
