"""What becomes of a notice in each channel: it waits, is sent or fails, and says why; a killed worker's message goes once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diaban.foundation.accounts.channels import ChannelDown, Message, NotReached, Recipient, channels
from diaban.foundation.accounts.filing import Filing
from diaban.foundation.accounts.models import Account, Delivery
from diaban.foundation.accounts.rules import LEASE, TRIED_FOR, Pace, pace_of, wait_after
from diaban.foundation.accounts.services import (
    Sent,
    address_changed,
    keep_preferences,
    mark_read,
    send_again,
    send_notices,
    tell,
)
from diaban.foundation.acts.subjects import Subject

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)


class Trial:
    """A channel that does what it is told to, and keeps what it took."""

    label, is_connected = "Thử", True

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str]]] = []
        self.asked = 0
        self.act: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def address(self, to: Recipient) -> str:
        return to.account.username

    def send(self, message: Message) -> None:
        self.asked += 1
        self.act()
        self.taken.append((message.key, [one.text for one in message.notices]))
        self.after()


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Trial:
    trial = Trial()
    monkeypatch.setattr(channels, "_plugs", {"trial": trial})
    return trial


def somebody(name: str = "lan", pace: str = "soon") -> Account:
    account = Account.objects.create_account(name)
    keep_preferences(account_id=account.pk, channels={"trial": pace})
    return account


def told(account: Account, text: str, at: datetime = AT) -> None:
    tell(account_ids=[account.pk], subject=Subject("x", 1), text=text, reason="Vì thế", at=at)


def fail(error: BaseException) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def test_a_channel_is_silent_for_whoever_did_not_ask_for_it() -> None:
    assert pace_of({}, "mail") is Pace.DAILY
    assert pace_of({}, "sms") is Pace.NEVER
    assert pace_of({"channels": {"sms": "soon", "zalo": "pink"}}, "sms") is Pace.SOON
    assert pace_of({"channels": {"sms": "soon", "zalo": "pink"}}, "zalo") is Pace.NEVER


def test_while_a_channel_is_down_all_wait_and_only_one_is_tried(way: Trial) -> None:
    for name in ("an", "ba", "chi"):
        told(somebody(name), f"Việc của {name}")
    way.act = fail(ChannelDown("cổng tin nhắn không trả lời"))

    first = send_notices(at=AT)

    assert (first, way.asked) == (Sent(down=("trial",)), 1)
    rows = list(Delivery.objects.order_by("pk").values_list("tries", "reason", "next_try_at", "sent_at", "failed_at"))
    assert rows[0] == (1, "cổng tin nhắn không trả lời", AT + wait_after(1), None, None)
    assert rows[1:] == [(0, "", AT, None, None)] * 2
    way.act = lambda: None
    assert send_notices(at=AT + 9 * MINUTES) == Sent(told=2)
    assert send_notices(at=AT + 10 * MINUTES) == Sent(told=1)
    assert len({key for key, _texts in way.taken}) == 3


def test_who_was_killed_with_a_message_in_hand_sends_it_again_under_its_key_and_later(way: Trial) -> None:
    account = somebody()
    told(account, "Một")
    way.after = fail(SystemExit())

    with pytest.raises(SystemExit):
        send_notices(at=AT)
    way.after = lambda: None  # the worker that comes after is well
    told(account, "Hai", AT + MINUTES)
    early = send_notices(at=AT + LEASE - MINUTES)
    late = send_notices(at=AT + LEASE)

    assert (early, late) == (Sent(told=1), Sent(told=1))
    assert [texts for _key, texts in way.taken] == [["Một"], ["Hai"], ["Một"]]
    assert way.taken[0][0] == way.taken[2][0] != way.taken[1][0]
    assert Delivery.objects.filter(sent_at=None).count() == 0


def test_a_message_filed_twice_is_one_file(tmp_path: Path) -> None:
    account = somebody()
    told(account, "Một")
    filing = Filing("Zalo", tmp_path / "zalo", lambda _contact: "0912")
    message = Message("k-1", Recipient(account), list(account.notices.all()), "https://diaban/")

    filing.send(message)
    filing.send(message)

    (file,) = (tmp_path / "zalo").iterdir()
    said = json.loads(file.read_text(encoding="utf-8"))
    assert (said["to"], said["account"], said["notices"][0]["text"]) == ("0912", "lan", "Một")


def test_what_one_refuses_fails_for_him_alone_and_can_be_sent_again(way: Trial) -> None:
    told(somebody(), "Một")
    way.act = fail(NotReached("số không có thật"))

    refused = send_notices(at=AT)
    again_by_itself = send_notices(at=AT + 60 * MINUTES)
    failed = Delivery.objects.get()
    way.act = lambda: None
    asked = send_again(delivery_ids=[failed.pk], at=AT + 5 * 24 * 60 * MINUTES)
    sent = send_notices(at=AT + 5 * 24 * 60 * MINUTES)

    assert (refused, again_by_itself, asked, sent) == (Sent(refused=1), Sent(), 1, Sent(told=1))
    assert (failed.failed_at, failed.reason) == (AT, "số không có thật")
    assert send_again(delivery_ids=[failed.pk], at=AT) == 0  # it was sent


def test_after_three_days_it_has_failed_for_the_reason_it_waited(way: Trial) -> None:
    told(somebody("an"), "Một")
    told(somebody("ba"), "Hai")
    way.act = fail(ChannelDown("mất mạng"))
    send_notices(at=AT)

    assert send_notices(at=AT + TRIED_FOR) == Sent()

    assert sorted(Delivery.objects.values_list("reason", flat=True)) == ["Quá ba ngày không gửi được", "mất mạng"]
    assert Delivery.objects.filter(failed_at=AT + TRIED_FOR).count() == 2


def test_what_was_read_meanwhile_is_neither_sent_nor_failed(way: Trial) -> None:
    account = somebody()
    told(account, "Một")
    way.act = fail(ChannelDown("mất mạng"))
    send_notices(at=AT)
    mark_read(account_id=account.pk, at=AT)
    way.act = lambda: None

    assert send_notices(at=AT + 20 * MINUTES) == Sent()
    assert send_notices(at=AT + TRIED_FOR) == Sent()
    assert Delivery.objects.get().failed_at is None


def test_a_new_address_is_tried_with_what_is_new(way: Trial) -> None:
    account = somebody()
    told(account, "Một")
    way.act = fail(NotReached("số không có thật"))
    send_notices(at=AT)
    way.act = lambda: None

    address_changed(account_id=account.pk, channel="trial", at=AT + MINUTES)

    assert send_notices(at=AT + MINUTES) == Sent(told=1)


def test_a_digest_goes_once_a_day_by_each_channel(way: Trial) -> None:
    account = somebody(pace="daily")
    told(account, "Một")
    told(account, "Hai")
    morning = send_notices(at=AT)
    told(account, "Ba", AT + MINUTES)

    assert morning == Sent(told=1)
    assert send_notices(at=AT + 60 * MINUTES) == Sent()
    assert send_notices(at=AT + 24 * 60 * MINUTES) == Sent(told=1)
    assert [texts for _key, texts in way.taken] == [["Một", "Hai"], ["Ba"]]
