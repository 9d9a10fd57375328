"""Whatever a page offers a reader to open, that reader may open: links of every page, followed as each role."""

import re
from collections import Counter, deque
from datetime import date
from html import unescape
from typing import Final

import pytest
import time_machine
from django.test import Client

from diaban.work.difficulties.tests.worlds import Raised
from diaban.work.directives.tests.worlds import Directing
from diaban.work.meetings.tests.worlds import Gathering
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW, TODAY, Reporting, a_reporting_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LINK: Final = re.compile(r'(?:href|hx-get|src)="(/[^"#]*|\?[^"#]*)')
NAMES: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[A-Z]{2}\d\w*")  # what tells one thing of a kind from another
OF_A_KIND, PAGES = 3, 250
ELSEWHERE: Final = ("/static/", "/tai-khoan/dang-xuat/", "/api/")


def a_busy_world() -> Reporting:
    """Every kind of work under way: reports, a matter, a request, a briefing."""
    here = a_reporting_world()
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    Raised(here.world).raised(received_on=TODAY, actor=here.actor("district_officer"), at=NOW)
    Directing(here.world).issued("ubnd_d1", due_on=date(2010, 1, 15))
    Gathering(here.world).planned()
    return here


def refused(client: Client) -> list[tuple[str, int, str]]:
    """The addresses that were offered but not given, with the page that offered them; a few of each kind are opened."""
    waiting = deque([("/", "")])
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    found = []
    while waiting and len(seen) < PAGES:
        address, page = waiting.popleft()
        kind = NAMES.sub("*", address.partition("?")[0])
        if address in seen or kinds[kind] >= OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            found.append((address, answer.status_code, page))
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            links = (unescape(one) for one in LINK.findall(answer.content.decode()))
            full = (f"{address.partition('?')[0]}{one}" if one.startswith("?") else one for one in links)
            waiting.extend((one, address) for one in full if not one.startswith(ELSEWHERE))
    return found


@pytest.mark.parametrize(
    "persona",
    ["director", "specialist", "clerk", "unit_admin", "auditor", "district_leader", "district_officer", "enterprise"],
)
def test_what_is_offered_is_given(persona: str) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_busy_world()

        assert refused(here.world.client(persona)) == []
