"""The webhook before a real server: signed, refused, down, silent; and no address within the own network."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from threading import Thread

import pytest

from diaban.foundation.accounts import webhook
from diaban.foundation.accounts.channels import ChannelDown, Message, NotReached, Recipient
from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.accounts.webhook import Webhook, open_address

SECRET = "khoa-bi-mat-dung-chung-it-nhat-32-ky-tu"
HERE = (ip_network("127.0.0.0/8"),)


class Server(HTTPServer):
    """Answers every request with `answer`, and keeps what came."""

    answer = 200
    came: list[tuple[str, dict[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        if self.server.answer == 302:
            self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()
        self.wfile.write(b"khong biet tai khoan")

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal of the tests."""


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server(("127.0.0.1", 0), Handler)
    found.came = []
    Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def a_message() -> Message:
    notice = Notice(text="Báo cáo quý I", reason="Còn 1 ngày", created_at=datetime(2026, 3, 2, tzinfo=UTC))
    return Message("k-1", Recipient(Account(username="lan")), [notice], "https://diaban/")


def to(server: Server, allowed: tuple[webhook.Network, ...] = HERE) -> Webhook:
    return Webhook("Hệ thống khác", f"http://127.0.0.1:{server.server_port}/nhan?kenh=1", SECRET, allowed)


def test_the_receiver_can_tell_that_it_is_ours_and_whether_it_has_it_already(server: Server) -> None:
    to(server).send(a_message())

    ((path, headers, body),) = server.came
    moment, digest = (part.partition("=")[2] for part in headers["X-Diaban-Signature"].split(","))
    assert path == "/nhan?kenh=1"
    assert hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest() == digest
    assert headers["Idempotency-Key"] == "k-1"
    assert json.loads(body)["notices"][0]["text"] == "Báo cáo quý I"
    assert json.loads(body)["account"] == "lan"


@pytest.mark.parametrize(
    ("answer", "raised"), [(422, NotReached), (401, ChannelDown), (503, ChannelDown), (302, ChannelDown)]
)
def test_an_answer_says_whether_it_is_this_account_or_everybody(
    server: Server, answer: int, raised: type[Exception]
) -> None:
    server.answer = answer

    with pytest.raises(raised, match=f"HTTP {answer}"):
        to(server).send(a_message())

    assert len(server.came) == 1


def test_nobody_listening_or_answering_is_down(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT", 0.05)
    port = server.server_port
    server.shutdown()  # connections are taken by the system, and never answered

    with pytest.raises(ChannelDown):
        to(server).send(a_message())
    server.server_close()
    with pytest.raises(ChannelDown):
        Webhook("Hệ thống khác", f"http://127.0.0.1:{port}/", SECRET, HERE).send(a_message())


def test_no_request_goes_into_the_own_network_unless_it_is_allowed(server: Server) -> None:
    with pytest.raises(ChannelDown, match="mạng nội bộ"):
        to(server, allowed=()).send(a_message())

    assert server.came == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "0.0.0.0",  # noqa: S104 (nothing is bound to it)
        "224.0.0.1",
        "::ffff:127.0.0.1",
    ],
)
def test_private_and_local_addresses_are_known(host: str) -> None:
    with pytest.raises(ChannelDown):
        open_address(host, 443, ())


def test_a_named_network_is_open_and_a_public_address_is() -> None:
    assert open_address("10.1.2.3", 443, (ip_network("10.1.0.0/16"),)) == "10.1.2.3"
    assert open_address("8.8.8.8", 443, ()) == "8.8.8.8"
    with pytest.raises(ChannelDown):
        open_address("10.2.0.1", 443, (ip_network("10.1.0.0/16"),))
