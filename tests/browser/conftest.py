"""A real Chromium before a served copy of the test world, on the world's own day."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts import clock
from diaban.work.reporting.tests.worlds import TODAY, Reporting, a_reporting_world

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("DIABAN_CHROMIUM", "/usr/bin/chromium")
PASSWORD = "mat-khau-de-thu"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 360
LONGEST_WAIT = 15_000  # milliseconds
expect.set_options(timeout=LONGEST_WAIT)


@dataclass(frozen=True)
class Site:
    """The served world and where it is."""

    here: Reporting
    address: str


@dataclass
class Visitor:
    """One person at one window; what the browser complained about is kept."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def sign_in(self, persona: str) -> None:
        """By keyboard, from the first field to the first page."""
        self.open("/")
        expect(self.page.locator("[name=login]")).to_be_focused()
        self.page.keyboard.type(persona)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str, *, exact: bool = True) -> None:
        """Go to the button or link of that name and press Enter; waits for the page that follows."""
        self.page.get_by_role("button", name=name, exact=exact).or_(
            self.page.get_by_role("link", name=name, exact=exact)
        ).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def faults(self) -> list[str]:
        """What axe finds on the page, and whether the page is wider than its window."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            """rules => axe.run({runOnly: rules}).then(r => r.violations.map(v =>
                 v.id + ' ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')))""",
            RULES,
        )
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wide = [f"{over} px wider than the window"] if over > 0 else []
        return [f"{self.page.url} at {self.page.viewport_size}: {fault}" for fault in [*found, *wide]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; the fixtures' few statements beside it are not in its way.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def site(own_database: str, settings: Any) -> Iterator[Site]:
    """The district form of the fourth quarter of 2009, due and not begun, served from a database of its own."""
    clock.start_on(TODAY)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    here = a_reporting_world()
    Account.objects.update(password=make_password(PASSWORD))
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield Site(here, f"http://127.0.0.1:{server.port}")
    server.terminate()
    connections["default"].close()
    clock.start_on(None)


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """`visit("director", width=360)`: a window in which that persona is signed in."""
    visitors: list[Visitor] = []

    def opened(persona: str, *, width: int = WIDE) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="vi-VN", bypass_csp=False)
        context.set_default_timeout(LONGEST_WAIT)
        visitor = Visitor(context.new_page(), site)
        visitor.page.on("console", visitor.hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.sign_in(persona)
        visitors.append(visitor)
        return visitor

    yield opened
    for visitor in visitors:
        visitor.page.context.close()
