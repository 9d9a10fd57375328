"""124 communes answer a quick request by their links while its table is polled: the real handler, all middleware.

The phones are a process of their own, eight at a time, each opening its page, thinking and sending; some correct what they
sent. Afterwards every answer that was taken must be in the table, to the last version.
"""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from json import dumps, loads
from os import getloadavg
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time, sleep
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.ground import a_world

if TYPE_CHECKING:
    from django.test import Client

    from diaban.work.requests.models import Request

PHONES, COLUMNS = 8, 10
TABLE_P95, TABLE_QUERIES = 150, 10  # milliseconds; queries
LONGEST_THOUGHT, CORRECTS, POLLS_EVERY = 1.5, 4, 0.25  # seconds; every so many phones send twice; seconds
NAME = "bench_requests"


def figures() -> Iterator[Figure]:
    with a_world(NAME):
        request = ask()
        seconds, cpu, queries, told = _watch(request)
        missing = lost(request, told)
        answers = len(told)
        p95 = quantiles(seconds, n=20, method="inclusive")[-1] * 1000
        note = f"{len(seconds)} polls, median {median(seconds) * 1000:.0f} ms, {median(cpu) * 1000:.0f} ms here, load {getloadavg()[0]:.1f}"
        yield Figure(
            f"table of {answers} units × {COLUMNS} while they answer, p95", p95, "ms", bar=TABLE_P95, note=note
        )
        yield Figure("the same", queries, "queries", bar=TABLE_QUERIES)
        yield Figure(f"answers of {answers} phones that are not in the table", missing, "answers", bar=0)


def ask() -> "Request":
    """Ten numbers asked of every commune."""
    from django.db import transaction

    from diaban.faces.demo.tuyen_quang import WORLD_DAY
    from diaban.foundation.accounts.models import Account
    from diaban.foundation.acts.clock import now
    from diaban.foundation.mandates.actors import acting_as
    from diaban.foundation.organisations.models import Position
    from diaban.work.requests.choosing import candidates
    from diaban.work.requests.services import Content, NewColumn, draft_request, send_request

    account = Account.objects.get(username="chuyenvien")
    position = Position.objects.get(holdings__person__account=account)
    actor = acting_as(position, account, WORLD_DAY)
    content = Content(
        title="Đo thử",
        field_code="telecom",
        due_at=now() + timedelta(hours=4),
        columns=[NewColumn(f"Cột {number}") for number in range(1, COLUMNS + 1)],
        receivers=candidates("commune", actor.seat_id, WORLD_DAY).all,
        audience="commune",
        letter_symbol="1/ĐO",
        letter_on=WORLD_DAY,
        basis="Đo thử",
    )
    with transaction.atomic():
        request = draft_request(content=content, actor=actor, at=now())
        return send_request(request_id=request.pk, actor=actor, at=now())


def _watch(request: "Request") -> tuple[list[float], list[float], int, dict[str, dict[str, str]]]:
    """Poll the table while the phones answer: seconds of each poll, those of this processor, queries of one, what the phones say they sent."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from diaban.foundation.accounts.models import Account

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Account.objects.get(username="chuyenvien"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("requests:table", args=[request.uid])
    client.get(url)
    seconds: list[float] = []
    cpu: list[float] = []
    phones = subprocess.Popen(
        [sys.executable, "-m", "bench.requests", str(request.pk)], stdout=subprocess.PIPE, text=True
    )
    while phones.poll() is None:
        since, cpu_since = perf_counter(), process_time()
        assert client.get(url).status_code == HTTPStatus.OK
        seconds.append(perf_counter() - since)
        cpu.append(process_time() - cpu_since)
        sleep(POLLS_EVERY)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert phones.returncode == 0
    assert phones.stdout is not None
    return seconds, cpu, len(asked), loads(phones.stdout.read())


def lost(request: "Request", told: dict[str, dict[str, str]]) -> int:
    """How many of what the phones were thanked for last the table does not show."""
    from diaban.work.requests.queries.answers import table_of

    table = table_of(request)
    assert len(told) == table.asked
    kept = {row.receiver.code: row.answer.values for row in table.rows if row.answer}
    return sum(kept.get(code) != values for code, values in told.items())


def _answer_all(request_id: int) -> dict[str, dict[str, str]]:
    """Every phone, eight at a time; by unit, what each was thanked for last."""
    from diaban.work.requests.models import Receiver

    receivers = list(Receiver.objects.filter(request=request_id))
    with ThreadPoolExecutor(PHONES) as phones:
        return dict(phones.map(_phone, range(len(receivers)), receivers))


def _phone(number: int, receiver: object) -> tuple[str, dict[str, str]]:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from diaban.work.requests.links import token_of
    from diaban.work.requests.models import Receiver

    assert isinstance(receiver, Receiver)
    chance = Random(number)
    client = Client(headers={"host": "127.0.0.1"})
    url = reverse("requests:link", args=[token_of(receiver.link_key)])
    said: dict[str, str] = {}
    try:
        for seen in range(2 if number % CORRECTS == 0 else 1):
            assert client.get(url).status_code == HTTPStatus.OK
            sleep(chance.random() * LONGEST_THOUGHT)
            said = {f"c{column}": str(chance.randrange(1000)) for column in range(1, COLUMNS + 1)}
            _send(client, url, said, seen)
    finally:
        connection.close()
    return receiver.code, said


def _send(client: "Client", url: str, said: dict[str, str], seen: int) -> None:
    cells = {f"o-{code}": value for code, value in said.items()}
    answer = client.post(url, {**cells, "by_name": "Máy đo", "by_phone": "0900000000", "seen": str(seen)})
    assert answer.status_code == HTTPStatus.OK, answer.status_code


def main() -> None:
    """The phones' own process."""
    from bench import ground

    ground.begin()
    ground.use(NAME)
    from diaban.faces.demo.tuyen_quang import WORLD_DAY
    from diaban.foundation.acts import clock

    clock.start_on(WORLD_DAY)
    print(dumps(_answer_all(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
