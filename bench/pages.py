"""Server time, queries and weight of every page, for whom it is slowest, in both demo worlds.

Each persona starts at every address that takes no argument and follows the links there, so that arguments exist.
A page is the name of its address. It is asked of the whole site (all middleware, compression) in this process, with
no network between; the database is the other process. The time of a page is that of its slowest address.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from os import getloadavg
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bench.figure import Figure
from bench.ground import a_world

if TYPE_CHECKING:
    from django.test import Client

WORLDS = ("ha-giang-2009", "tuyen-quang-2026")
MILLISECONDS, QUERIES, FIRST_KIB, LATER_KIB = 150, 30, 250, 40
SAMPLES, LOOKS, TIMES = 2, 2, 20  # addresses of a page for a persona; askings to find the slowest; askings of that
LINK = re.compile(r'<a [^>]*href="([^"]+)"')
PART = re.compile(r'<(?:link|script) [^>]*(?:href|src)="/static/([^"]+)"')


@dataclass
class Asked:
    """One address as one persona sees it."""

    client: "Client" = field(repr=False)
    persona: str
    path: str
    queries: int
    raw: int
    compressed: int
    html: str = field(repr=False)
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def ask(self, times: int) -> None:
        for _time in range(times):
            since, cpu_since = perf_counter(), process_time()
            self.client.get(self.path)
            self.seconds.append(perf_counter() - since)
            self.cpu.append(process_time() - cpu_since)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20, method="inclusive")[-1] * 1000


def figures() -> Iterator[Figure]:
    for world in WORLDS:
        with a_world("bench_pages", world):
            yield from of_world(world)


def of_world(world: str) -> Iterator[Figure]:
    """The figures of the world that the database holds."""
    from diaban.faces.demo.playing import SCRIPTS

    pages: dict[str, list[Asked]] = defaultdict(list)
    for persona in SCRIPTS[world].personas():
        for name, asked in walked(persona.username):
            pages[name].append(asked)
    found = [(name, slowest(seen), max(one.queries for one in seen)) for name, seen in pages.items()]
    for name, slow, queries in sorted(found, key=lambda row: -row[1].p95):
        note = f"{slow.persona}, {median(slow.cpu) * 1000:.0f} ms here at the median, load {getloadavg()[0]:.1f}; "
        note += f"{slow.raw / 1024:.0f} KiB, {slow.compressed / 1024:.1f} compressed"
        yield Figure(f"{world} {name}, p95", slow.p95, "ms", bar=MILLISECONDS, note=note)
        yield Figure(f"{world} {name}, at most", queries, "queries", bar=QUERIES)
    everything = [asked for seen in pages.values() for asked in seen]
    heaviest = max(everything, key=lambda one: one.compressed)
    yield Figure(f"{world}: heaviest page", heaviest.compressed / 1024, "KiB", bar=LATER_KIB, note=heaviest.path)
    first = heaviest.compressed + sum(map(weight, set(PART.findall(heaviest.html))))
    yield Figure(f"{world}: it, with style and scripts", first / 1024, "KiB", bar=FIRST_KIB, note="without type faces")


def slowest(seen: list[Asked]) -> Asked:
    for one in seen:
        one.ask(LOOKS)
    slow = max(seen, key=lambda one: min(one.seconds))
    slow.seconds.clear()
    slow.cpu.clear()
    slow.ask(TIMES)
    return slow


def walked(username: str) -> Iterator[tuple[str, Asked]]:
    """The pages that a persona comes to by links, up to `SAMPLES` addresses of each."""
    from django.test import Client
    from django.urls import Resolver404, get_resolver, resolve

    from diaban.foundation.accounts.models import Account

    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    ahead = list(plain_addresses(get_resolver().url_patterns))
    seen, counted = set(ahead), defaultdict[str, int](int)
    while ahead:
        path = ahead.pop(0)
        try:
            name = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        if counted[name] == SAMPLES:
            continue
        asked = _opened(client, username, path)
        if asked is None:
            continue
        counted[name] += 1
        yield name, asked
        for link in LINK.findall(asked.html):
            target = urldefrag(urljoin(path, link.replace("&amp;", "&"))).url
            if target.startswith("/") and target not in seen:
                seen.add(target)
                ahead.append(target)


def plain_addresses(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Every address of the URL map that takes no argument."""
    from django.urls import NoReverseMatch, URLResolver, reverse

    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from plain_addresses(
                pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces
            )
        elif pattern.name:
            try:
                yield reverse(":".join((*spaces, pattern.name)))
            except NoReverseMatch:
                continue


def _opened(client: "Client", username: str, path: str) -> Asked | None:
    """The page there; None for a file, a redirection, a refusal."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response: Any = client.get(path)
    if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
        return None
    content = response.content
    packed = response.headers.get("Content-Encoding") == "gzip"
    html = gzip.decompress(content) if packed else content
    return Asked(client, username, path, len(queries), len(html), len(content), html.decode())


def weight(name: str) -> int:
    """Bytes of a static file as it travels."""
    from django.contrib.staticfiles import finders

    found = finders.find(name)
    content = Path(str(found)).read_bytes() if found else b""
    return len(content if name.endswith("woff2") else gzip.compress(content))
