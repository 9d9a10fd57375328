"""What a browser receives when a commune opens its report for the first time, again, and types a figure.

Chromium counts: every byte of every answer as it travelled, headers and type faces too; what it has kept costs nothing.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORM, PERIOD, USER = "commune_quarter_2026", "2026-Q1", "cb{}"
FIRST_KB, LATER_KB = 250, 40
NAME = "bench_weights"
CHROMIUM = os.environ.get("DIABAN_CHROMIUM", "/usr/bin/chromium")
TYPED, SAVED = "form[data-grid] input[inputmode]:not([readonly])", "form[data-state=saved]"


def figures() -> Iterator[Figure]:
    from bench.ground import a_world
    from bench.served import HOST, served, session_of

    with a_world(NAME):
        username, path = _report()
        session = session_of(username)
        with served(NAME) as port:
            yield from _weighed(f"http://{HOST}:{port}", path, session)


def _report() -> tuple[str, str]:
    """A report that a commune has just begun: its officer, and where the figures are typed."""
    from django.urls import reverse

    from diaban.faces.cli.reporting import expected_codes
    from diaban.faces.cli.reports import form_and_period, schedule_of, unit_at
    from diaban.faces.cli.users import actor_named
    from diaban.foundation.acts.clock import now
    from diaban.work.reporting.services import open_report

    form, period = form_and_period(FORM, PERIOD)
    code = expected_codes(FORM, PERIOD)[0]
    officer = USER.format(code)
    report = open_report(
        schedule_id=schedule_of(form, period).pk,
        unit_id=unit_at(code, period).unit_id,
        period=period,
        actor=actor_named(officer),
        at=now(),
    )
    return officer, reverse("reporting:entry", args=[report.uid])


def _weighed(site: str, path: str, session: str) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        page = context.new_page()
        received = _counted(page)
        page.goto(site + path, wait_until="networkidle")
        first = received()
        page.goto(site + path, wait_until="networkidle")
        later = received()
        page.locator(TYPED).first.fill("7")
        page.keyboard.press("Enter")
        page.locator(SAVED).wait_for()
        typed = received()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    yield Figure("commune's form opened for the first time", first, "kB", bar=FIRST_KB, note="with type faces")
    yield Figure("  opened again", later, "kB", bar=LATER_KB)
    yield Figure("  a figure is typed and kept", typed, "kB", bar=LATER_KB)


def _counted(page: "Page") -> Callable[[], float]:
    """Count from now on; each call tells the thousands of bytes since the one before."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    def told() -> float:
        total = sum(sizes) / 1000
        sizes.clear()
        return total

    return told
