"""Notices to another system by HTTP: signed, within a time, never to an address inside the own network unless it is named."""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from django.utils.functional import Promise

from diaban.foundation.accounts.channels import ChannelDown, Message, NotReached, Recipient
from diaban.foundation.accounts.filing import told_in

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
TIMEOUT = 5  # seconds to connect, and between two signs of life
REFUSES_THIS = frozenset({400, 410, 422})  # the other system knows no such account, or will not tell it this
MOST_READ = 1000  # bytes of an answer


def signature(secret: str, moment: int, body: bytes) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of "seconds.body" in hexadecimal>`: the receiver computes the same, and refuses an old `t`."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def open_address(host: str, port: int, allowed: Sequence[Network]) -> str:
    """The address that a host stands for. Raises `ChannelDown` where there is none, or where one of them lies within a private,
    local or reserved network that is not among those allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ChannelDown(f"{host}: {error}") from error
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    for one in addresses:
        if not (one.is_global and not one.is_multicast) and not any(one in network for network in allowed):
            raise ChannelDown(f"{host}: địa chỉ {one} trong mạng nội bộ, chưa được cho phép")
    return str(addresses[0])


@dataclass(frozen=True)
class Webhook:
    """Posts each message as JSON to `url`. The connection goes to the very address that was looked at, and follows nobody on."""

    label: Promise | str
    url: str
    secret: str = field(repr=False)
    allowed: tuple[Network, ...] = ()
    is_connected: bool = True

    def address(self, to: Recipient) -> str:
        return to.account.username

    def send(self, message: Message) -> None:
        body = json.dumps(told_in(message), ensure_ascii=False).encode()
        moment = int(time.time())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.key,
            "X-Diaban-Signature": signature(self.secret, moment, body),
        }
        status, said = self._post(urlsplit(self.url), body, headers)
        if status in REFUSES_THIS:
            raise NotReached(f"HTTP {status}: {said}")
        if not 200 <= status < 300:
            raise ChannelDown(f"HTTP {status}: {said}")

    def _post(self, url: SplitResult, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        host, is_safe = url.hostname or "", url.scheme == "https"
        port = url.port or (443 if is_safe else 80)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        try:
            line = socket.create_connection((open_address(host, port, self.allowed), port), timeout=TIMEOUT)
            connection.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host) if is_safe else line
            connection.request("POST", f"{url.path or '/'}{f'?{url.query}' if url.query else ''}", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_READ).decode(errors="replace").strip()[:150]
        except (OSError, http.client.HTTPException) as error:
            raise ChannelDown(str(error) or type(error).__name__) from error
        finally:
            connection.close()
