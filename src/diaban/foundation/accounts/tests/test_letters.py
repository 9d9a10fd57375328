"""Notices by mail: when, to whom, and what becomes of them while the server is down."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.models import Account, Delivery
from diaban.foundation.accounts.rules import Pace, is_time
from diaban.foundation.accounts.services import Sent, keep_preferences, mark_read, send_notices, tell
from diaban.foundation.acts.subjects import Subject

pytestmark = pytest.mark.django_db


def local(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 8:00 in Hà Nội
NIGHT = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)  # 3:00 of the next day there
ABOUT = Subject("obligations.obligation", 1)
REFUSED = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_PORT": 9,  # nobody listens there
}


@pytest.fixture
def account() -> Account:
    return Account.objects.create_account("lan", "mật khẩu", email="lan@huyen.example")


def told(account: Account, text: str = "Báo cáo quý I", at: datetime = MORNING) -> None:
    tell(account_ids=[account.pk], subject=ABOUT, text=text, reason="Còn 1 ngày đến hạn", at=at)


@pytest.mark.parametrize(
    ("choice", "last", "now", "goes"),
    [
        (Pace.DAILY, None, local(2, 7, 29), False),
        (Pace.DAILY, None, local(2, 7, 30), True),
        (Pace.DAILY, local(2, 7, 30), local(2, 17, 0), False),
        (Pace.DAILY, local(1, 7, 30), local(2, 17, 0), True),
        (Pace.SOON, local(2, 7, 30), local(2, 7, 31), True),
        (Pace.NEVER, None, local(2, 9, 0), False),
    ],
)
def test_a_letter_has_its_time(choice: Pace, last: datetime | None, now: datetime, goes: bool) -> None:
    assert is_time(choice, last_sent=last, now=now) is goes


def test_one_letter_tells_all_that_waits_once(account: Account) -> None:
    told(account)
    told(account, "Nhiệm vụ mới\r\nBcc: all@example.com")

    first, second = send_notices(at=MORNING), send_notices(at=MORNING + timedelta(minutes=10))

    assert (first, second) == (Sent(told=1), Sent())
    (letter,) = mail.outbox
    assert letter.to == ["lan@huyen.example"]
    assert letter.subject == "Địa Bàn: 2 thông báo"
    assert "Báo cáo quý I" in letter.body
    assert "Còn 1 ngày đến hạn" in letter.body
    assert reverse("accounts:notices") in letter.body


def test_a_single_notice_is_the_title_and_makes_no_header(account: Account) -> None:
    told(account, "Nhiệm vụ mới\r\nBcc: all@example.com")

    send_notices(at=MORNING)

    assert mail.outbox[0].subject == "Nhiệm vụ mới Bcc: all@example.com"
    assert mail.outbox[0].recipients() == ["lan@huyen.example"]


def test_nothing_goes_at_night_or_to_whoever_read_it_or_wants_none(account: Account) -> None:
    told(account, at=NIGHT)
    at_night = send_notices(at=NIGHT)
    mark_read(account_id=account.pk, at=NIGHT)
    read = send_notices(at=NIGHT + timedelta(hours=6))
    keep_preferences(account_id=account.pk, channels={"mail": "never"})
    told(account, at=NIGHT)
    unwanted = send_notices(at=NIGHT + timedelta(hours=6))

    assert (at_night, read, unwanted) == (Sent(), Sent(), Sent())
    assert mail.outbox == []


def test_while_the_server_is_down_notices_wait(account: Account, settings: pytest.FixtureRequest) -> None:
    told(account)
    before = {name: getattr(settings, name) for name in REFUSED}
    for name, value in REFUSED.items():
        setattr(settings, name, value)
    down = send_notices(at=MORNING)
    for name, value in before.items():
        setattr(settings, name, value)
    later = send_notices(at=MORNING + timedelta(hours=2))
    told(account, "Cũ", at=MORNING - timedelta(days=4))
    too_old = send_notices(at=MORNING + timedelta(days=1))

    assert down == Sent(down=("mail",))
    assert later == Sent(told=1)
    assert too_old == Sent()
    assert len(mail.outbox) == 1


def test_a_refused_address_is_told_to_its_account(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(email="lan@huyen\n.example")
    told(account)

    sent = send_notices(at=MORNING)
    client = Client()
    client.force_login(account)
    page = client.get(reverse("accounts:preferences")).content.decode()

    assert sent == Sent(refused=1)
    assert Delivery.objects.get().failed_at == MORNING  # not tried for ever
    assert "Lần gần nhất không đến nơi" in page
