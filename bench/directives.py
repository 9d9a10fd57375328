"""A leader's board over 50,000 directives, their list, and the first page of an office with 2,000 tasks in hand."""

from collections.abc import Iterator
from datetime import date
from os import getloadavg
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.ground import a_world

if TYPE_CHECKING:
    from django.test import Client

DIRECTIVES, WORKLIST, TIMES = 50_000, 2_000, 20
P95, QUERIES = 150, 30  # milliseconds; queries
NAME = "bench_directives"
# One directive each, done on time, late, in time and overdue in the shares of the national report of 2017.
_DIRECTIVES = """
    INSERT INTO directives_directive (
        uid, revision, organisation_id, drafted_by_id, is_for_superior, mode, unit_id, field_code, text, product, due_on,
        recurring, article, source_item, origin_kind, category, baseline_period, target_period, drafted_at,
        drafted_by_label, issued_at, issued_on, withdrawn_reason
    )
    SELECT gen_random_uuid(), 1, %(issuer)s, %(issuer)s, false, 'request', %(ground)s, 'telecom',
        'Đo thử việc số ' || number, '', %(today)s::date + (number %% 400 - 200), '', '', '', '', '', '', '',
        %(today)s::timestamptz - number * interval '1 minute', 'Đo thử', %(today)s::timestamptz, %(today)s::date - 200, ''
    FROM generate_series(1, %(many)s) AS number
"""
_OBLIGATIONS = """
    INSERT INTO obligations_obligation (
        revision, kind, title, period, unit_id, field_code, subject_kind, subject_id, owner_id, original_owner_id,
        counterpart_id, opened_on, due_on, original_due_on, fulfilled_at, closed_reason, closed_note, is_asked
    )
    SELECT 1, 'directives.task', left(task.name, 250), '', task.unit_id, 'telecom', 'directives.task', task.id,
        task.organisation_id, task.organisation_id, %(issuer)s, directive.issued_on, directive.due_on, directive.due_on,
        CASE WHEN task.id %% 100 < 64 THEN directive.due_on::timestamptz WHEN task.id %% 100 < 73
            THEN directive.due_on::timestamptz + interval '5 days' END, '', '', task.id %% 3 = 0
    FROM directives_task AS task JOIN directives_directive AS directive ON directive.id = task.directive_id
    WHERE task.obligation_id IS NULL
"""
_TASKS = """
    INSERT INTO directives_task (uid, revision, directive_id, position, organisation_id, name, part, unit_id)
    SELECT gen_random_uuid(), 1, directive.id, 1, receiver.id, receiver.name, 'each', receiver.unit_id
    FROM (
        SELECT id, row_number() OVER (ORDER BY id) AS number FROM directives_directive WHERE drafted_by_label = 'Đo thử'
    ) AS directive
    JOIN (
        SELECT organisation_id AS id, name, unit_id, count(*) OVER () AS all_of_them, row_number() OVER (ORDER BY NOT EXISTS (
                SELECT FROM organisations_position AS post JOIN organisations_holding AS held ON held.position_id = post.id
                JOIN organisations_person AS person ON person.id = held.person_id
                WHERE post.organisation_id = version.organisation_id AND person.account_id IS NOT NULL
            ), organisation_id) - 1 AS place
        FROM organisations_organisationversion AS version
        WHERE kind = 'people_committee' AND valid @> %(today)s::date AND organisation_id <> %(issuer)s
    ) AS receiver
    ON receiver.place = CASE WHEN directive.number <= %(first)s THEN 0 ELSE directive.number %% receiver.all_of_them END
"""
_POINTED = """
    UPDATE directives_task AS task SET obligation_id = owed.id FROM obligations_obligation AS owed
    WHERE owed.subject_kind = 'directives.task' AND owed.subject_id = task.id AND task.obligation_id IS NULL
"""


def figures() -> Iterator[Figure]:
    with a_world(NAME):
        owner = _fill()
        leader, commune = _client("giamdoc"), _client_of(owner)
        for name, client, path in (
            ("board by lead", leader, "/nhiem-vu/bang/"),
            ("board by locality", leader, "/nhiem-vu/bang/?theo=locality"),
            ("list", leader, "/nhiem-vu/"),
            ("list, overdue", leader, "/nhiem-vu/?tinh_trang=overdue"),
            ("week", leader, "/nhiem-vu/tuan/"),
            (f"received, {WORKLIST:,} tasks", commune, "/nhiem-vu/duoc-giao/"),
            (f"first page, {WORKLIST:,} tasks", commune, "/"),
        ):
            yield from _of(f"{name} of {DIRECTIVES:,} directives", client, path)


def _fill() -> int:
    """Every directive with its task; the first so many of them are one commune's. Gives that commune's organisation."""
    from django.db import connection

    from diaban.faces.demo.tuyen_quang import WORLD_DAY
    from diaban.foundation.organisations.models import Position
    from diaban.work.directives.models import Task

    position = Position.objects.select_related("organisation").get(holdings__person__account__username="giamdoc")
    version = position.organisation.versions.get(valid__contains=WORLD_DAY)
    given: dict[str, int | date] = {
        "issuer": position.organisation_id, "ground": version.unit_id, "today": WORLD_DAY, "many": DIRECTIVES, "first": WORKLIST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (_DIRECTIVES, _TASKS, _OBLIGATIONS, _POINTED):
            cursor.execute(statement, given)
        # What the database does by itself within minutes of so many rows.
        cursor.execute("VACUUM ANALYZE directives_directive, directives_task, obligations_obligation")
    first = Task.objects.order_by("pk").first()
    return first.organisation_id if first else 0


def _client(username: str) -> "Client":
    from django.test import Client

    from diaban.foundation.accounts.models import Account

    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _client_of(organisation_id: int) -> "Client":
    from diaban.foundation.organisations.models import Holding

    holding = Holding.objects.filter(
        position__organisation=organisation_id, person__account__isnull=False
    ).select_related("person__account").first()  # fmt: skip
    if holding is None or holding.person.account is None:
        raise LookupError(organisation_id)
    return _client(holding.person.account.username)


def _of(name: str, client: "Client", path: str) -> Iterator[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    queries = len(asked)  # before others are asked: the log is emptied with each request
    if answer.status_code != 200:
        raise LookupError(path)
    seconds, cpu = [], []
    for _time in range(TIMES):
        since, cpu_since = perf_counter(), process_time()
        client.get(path)
        seconds.append(perf_counter() - since)
        cpu.append(process_time() - cpu_since)
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] * 1000
    note = f"median {median(seconds) * 1000:.0f} ms, {median(cpu) * 1000:.0f} ms here, load {getloadavg()[0]:.1f}"
    yield Figure(f"{name}, p95", p95, "ms", bar=P95, note=note)
    yield Figure("the same", queries, "queries", bar=QUERIES)
