"""124 communes answer a quick request by their links at once, over HTTP, while the specialist watches its table.

The site is the one that `diaban serve` starts. Sixteen telephones at a time, a process of its own, know nothing but their
links: each opens its page with what the page brings along, fills in what it finds there, sends it, and takes it for sent when
the page thanks it. The table is asked for as its page does, only oftener. Afterwards every answer that was thanked for must be
in the table.
"""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPConnection
from json import dumps, load, loads
from os import getloadavg
from random import Random
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from bench.figure import Figure, Stopwatch

if TYPE_CHECKING:
    from diaban.work.requests.models import Request

CLIENTS, POLLS_EVERY = 16, 0.5  # at once; seconds
ALL_WITHIN, ANSWER_P95, TABLE_P95 = 30, 2.0, 1.0  # seconds
NAME = "bench_telephones"
LONGEST_WAIT = 120  # seconds
TELEPHONE = "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
STAMP = re.compile(r"/bang/\?v=([^\"]+)")
THANKED = "Đã nhận câu trả lời"


class Answered(NamedTuple):
    """What a telephone was thanked for, and how long its page, then its answer, took."""

    values: dict[str, str]
    opening: float
    sending: float


def figures() -> Iterator[Figure]:
    from bench.ground import a_world
    from bench.requests import COLUMNS, ask, lost
    from bench.served import served

    with a_world(NAME):
        request = ask()
        with served(NAME) as port:
            with Stopwatch() as whole:
                polls, told = _watch(request, port)
            note = f"{COLUMNS} figures each, {CLIENTS} at a time, load {getloadavg()[0]:.1f}"
            yield Figure(f"{len(told)} telephones answer at once", whole.seconds, "s", bar=ALL_WITHIN, note=note)
            yield _p95("  an answer is sent, p95", [one.sending for one in told.values()], ANSWER_P95)
            yield _p95(
                "  its page is opened, with style and scripts, p95", [one.opening for one in told.values()], None
            )
            yield _p95("  the live table meanwhile, p95", polls, TABLE_P95)
            missing = lost(request, {code: one.values for code, one in told.items()})
            yield Figure("  answers thanked for that are not in the table", missing, "answers", bar=0)


def _p95(name: str, seconds: list[float], bar: float | None) -> Figure:
    note = f"{len(seconds)}, median {median(seconds) * 1000:.0f} ms"
    return Figure(name, quantiles(seconds, n=20, method="inclusive")[-1], "s", bar=bar, note=note)


def _watch(request: "Request", port: int) -> tuple[list[float], dict[str, Answered]]:
    """Ask for the table until every telephone has answered: seconds of each asking, what the telephones say."""
    from django.urls import reverse

    from bench.served import HOST, session_of
    from diaban.work.requests.links import token_of

    links = {one.code: reverse("requests:link", args=[token_of(one.link_key)]) for one in request.receivers.all()}
    table, headers = reverse("requests:table", args=[request.uid]), {"Cookie": f"sessionid={session_of('chuyenvien')}"}
    phones = subprocess.Popen(
        [sys.executable, "-m", "bench.telephones", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert phones.stdin is not None
    assert phones.stdout is not None
    phones.stdin.write(dumps(links))
    phones.stdin.close()
    seconds, stamp, watcher = [], "", HTTPConnection(HOST, port, timeout=LONGEST_WAIT)
    while phones.poll() is None:
        since = perf_counter()
        watcher.request("GET", f"{table}?v={stamp}", headers=headers)
        response = watcher.getresponse()
        page = response.read().decode()
        seconds.append(perf_counter() - since)
        assert response.status in (HTTPStatus.OK, HTTPStatus.NO_CONTENT), response.status
        stamp = STAMP.findall(page)[0] if page else stamp
        sleep(POLLS_EVERY)
    assert phones.returncode == 0
    return seconds, {code: Answered(*said) for code, said in loads(phones.stdout.read()).items()}


class Page(HTMLParser):
    """What a telephone needs of its page: what is to be sent back, what is to be typed, what it brings along."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.cells: list[str] = []
        self.parts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input" and found.get("type") == "hidden":
            self.hidden[found["name"]] = found.get("value", "")
        elif tag == "input" and found.get("name", "").startswith("o-"):
            self.cells.append(found["name"])
        elif part := found.get("src") or (found.get("href") if tag == "link" else None):
            self.parts.append(part)


def _answer(link: str, port: int, chance: Random) -> Answered:
    """One telephone, from its first request to the thanks."""
    from bench.served import HOST

    line = HTTPConnection(HOST, port, timeout=LONGEST_WAIT)
    with Stopwatch() as opening:
        html, cookie = _asked(line, "GET", link)
        page = Page(html)
        for part in page.parts:
            _asked(line, "GET", part)
    values = {cell.removeprefix("o-"): str(chance.randrange(1000)) for cell in page.cells}
    body = {**page.hidden, **{f"o-{code}": value for code, value in values.items()}}
    body |= {"by_name": "Máy đo", "by_phone": "0900000000"}
    with Stopwatch() as sending:
        thanks, _cookie = _asked(line, "POST", link, urlencode(body), cookie)
    assert THANKED in thanks
    line.close()
    return Answered(values, opening.seconds, sending.seconds)


def _asked(line: HTTPConnection, method: str, path: str, body: str | None = None, cookie: str = "") -> tuple[str, str]:
    """What came back, and the cookie with it."""
    headers = {"User-Agent": TELEPHONE, "Cookie": cookie, "Accept-Encoding": "gzip"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request(method, path, body, headers)
    response = line.getresponse()
    content = response.read()
    assert response.status == HTTPStatus.OK, (path, response.status)
    if response.headers["Content-Encoding"] == "gzip":
        content = gzip.decompress(content)
    return content.decode(errors="replace"), (response.headers["Set-Cookie"] or "").partition(";")[0]


def main() -> None:
    """The telephones' own process: links by unit come in, what each was thanked for goes out."""
    port, links = int(sys.argv[1]), load(sys.stdin)
    with ThreadPoolExecutor(CLIENTS) as telephones:
        found = telephones.map(lambda one: _answer(one[1], port, Random(one[0])), links.items())
        print(dumps(dict(zip(links, found, strict=True))))


if __name__ == "__main__":
    main()
