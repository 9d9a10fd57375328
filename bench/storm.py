"""The last hour of a deadline: every commune's report typed, sent and received by sixteen clients at once, against as many
clients that only insert the same number of facts.

`DIABAN_BENCH_REPORTS` says how many reports; a province of 3,321 communes at full size, a tenth of it where it is silent.
The communes of the demo world report so many quarters that it comes to that number.
"""

import gc
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bench.figure import Figure, Stopwatch
from bench.ground import a_world
from bench.intake import DEPARTMENTS, FORM, PERIOD

if TYPE_CHECKING:  # Django is not there yet when the figures are named
    from diaban.foundation.territory.models import UnitVersion
    from diaban.lib.periods import Period
    from diaban.work.reporting.filling import Filling
    from diaban.work.reporting.layout import Layout
    from diaban.work.reporting.models import Report

Thing = TypeVar("Thing")
Result = TypeVar("Result")
CLIENTS = 16
REPORTS = int(os.environ.get("DIABAN_BENCH_REPORTS", "332"))
EXPLAINED = "Đã kiểm tra"
INSERT = """
    INSERT INTO bare (unit_id, delivery_id, accepted_at, period_id, category_id, collection_id, indicator_id,
                      version, is_estimated, value, reason)
    VALUES (%s, 1, now(), 1, 1, 1, %s, 1, false, %s, '')
"""


class Asked(NamedTuple):
    """One report to come: who types it, for what, and what."""

    commune: "UnitVersion"
    period: "Period"
    filling: "Filling"


def figures() -> Iterable[Figure]:
    with a_world("bench_storm"):
        yield from _measured()


def _measured() -> Iterable[Figure]:
    from diaban.faces.cli.reports import form_and_period, schedule_of
    from diaban.foundation.facts.services import check_rollups
    from diaban.work.reporting.queries.layouts import layout_of, version_on

    form, first = form_and_period(FORM, PERIOD)
    schedule = schedule_of(form, first)
    asked = _all_asked(layout_of(version_on(form.pk, first.last_day).pk), first)
    deadlocks = _deadlocks()
    with Stopwatch() as sending:
        report_ids = _at_once(partial(_send, schedule.pk), asked)
    with Stopwatch() as receiving:
        received = sum(_at_once(_receive, [(some, user) for some in _parts(report_ids) for user in DEPARTMENTS]))
    facts, lost = _recounted(report_ids, received)
    with Stopwatch() as inserting:
        _insert_bare(len(report_ids), facts // len(report_ids))
    rate, bare = facts / (sending.seconds + receiving.seconds), facts / inserting.seconds
    told = f"{len(report_ids)} reports, sent in {sending.seconds:.1f} s, received in {receiving.seconds:.1f} s"
    yield Figure(
        f"storm: {CLIENTS} clients sending and receiving", rate, "facts/s", bare, 0.3, at_least=True, note=told
    )
    yield Figure("  receiving alone", facts / receiving.seconds, "facts/s", bare)
    yield Figure("  deadlocks", _deadlocks() - deadlocks, "", bar=0)
    yield Figure("  reports lost or counted wrongly", lost + check_rollups().different, "", bar=0)


def _all_asked(layout: "Layout", first: "Period") -> list[Asked]:
    """One quarter after the other, so that the communes of a quarter come together."""
    from bench.filling import typed
    from diaban.faces.cli.reporting import expected_codes
    from diaban.faces.cli.reports import unit_at
    from diaban.work.reporting.cells import cells_of
    from diaban.work.reporting.filling import Filling

    communes = [unit_at(code, first) for code in expected_codes(FORM, PERIOD)]
    explanations = {cell.name: EXPLAINED for cell in cells_of(layout, first.last_day)}
    fillings = []
    for commune in communes:
        said = typed(layout, first, commune)
        words = {name: text for name, text in said.items() if name.startswith("TEXT__")}
        values = {name: value for name, value in said.items() if name not in words}
        fillings.append(Filling(values=values, texts=words, explanations=explanations))
    every = (
        Asked(commune, period, filling)
        for period in _quarters(first)
        for commune, filling in zip(communes, fillings, strict=True)
    )
    return list(islice(every, REPORTS))


def _quarters(period: "Period") -> Iterable["Period"]:
    while True:
        yield period
        period = period.next()


def _at_once(work: Callable[[Thing], Result], things: Sequence[Thing]) -> list[Result]:
    """By sixteen processes, each with a connection of its own. A deadlock would raise here."""
    from django.db import connections

    connections.close_all()
    with multiprocessing.get_context("fork").Pool(CLIENTS, gc.freeze) as clients:
        found = clients.map(work, things, chunksize=1)
        clients.close()
        clients.join()
    return found


def _send(schedule_id: int, asked: Asked) -> int:
    from diaban.faces.cli.users import actor_named
    from diaban.foundation.acts import clock
    from diaban.work.reporting.services import open_report, save_draft, send_report

    actor, unit_id = actor_named(f"cb{asked.commune.code}"), asked.commune.unit_id
    report = open_report(schedule_id=schedule_id, unit_id=unit_id, period=asked.period, actor=actor, at=clock.now())
    save_draft(report_id=report.pk, filling=asked.filling, actor=actor, at=clock.now())
    send_report(report_id=report.pk, paper=None, actor=actor, at=clock.now())
    return report.pk


def _parts(report_ids: Sequence[int]) -> Iterable[Sequence[int]]:
    from diaban.work.reporting.services.many import AT_ONCE

    return (report_ids[first : first + AT_ONCE] for first in range(0, len(report_ids), AT_ONCE))


def _receive(of: tuple[Sequence[int], str]) -> int:
    """What was ticked on the board, as the worker receives it."""
    from diaban.faces.cli.users import actor_named
    from diaban.foundation.acts import clock
    from diaban.work.reporting.services.many import receive_each

    report_ids, user = of
    outcomes = receive_each(report_ids=report_ids, actor=actor_named(user), at=clock.now())
    assert not any(one.why_not for one in outcomes), outcomes
    return sum(one.sections for one in outcomes)


def _recounted(report_ids: Sequence[int], received: int) -> tuple[int, int]:
    """How many facts there are; how many reports are not received whole, or whose facts do not add up to what was typed."""
    from diaban.foundation.facts.models import Fact
    from diaban.work.reporting.models import Report, SectionState

    reports = list(Report.objects.filter(pk__in=report_ids).select_related("schedule__form"))
    waiting = SectionState.objects.filter(version__report__in=reports)
    assert waiting.filter(status=SectionState.Status.RECEIVED).count() == received
    lost = {*report_ids} - {report.pk for report in reports}
    lost |= set(waiting.filter(status=SectionState.Status.WAITING).values_list("version__report_id", flat=True))
    found: Counter[tuple[int, str]] = Counter()
    sums: dict[tuple[int, str], Decimal] = {}
    facts = Fact.objects.filter(collection=reports[0].schedule.form.collection_id, superseded_at=None)
    for unit_id, period, value in facts.values_list("unit_id", "period__code", "value"):
        found[unit_id, period] += 1
        sums[unit_id, period] = sums.get((unit_id, period), Decimal(0)) + (value or 0)
    for report in reports:
        key = report.unit_id, report.period
        if (found[key], sums.get(key)) != _expected(report):
            lost.add(report.pk)
    return found.total(), len(lost)


def _expected(report: "Report") -> tuple[int, Decimal]:
    from diaban.work.reporting.flowing import facts_of_sections
    from diaban.work.reporting.queries.figures import figures_of
    from diaban.work.reporting.queries.layouts import layout_of

    version = report.versions.get()
    layout, day = layout_of(version.form_version_id), report.period_last_day
    sections = {block.number for block in layout.blocks}
    flows = facts_of_sections(layout, day, figures_of(version, layout, day), sections, ())
    return len(flows), sum((flow.value or Decimal(0) for flow in flows), Decimal(0))


def _insert_bare(reports: int, facts: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE facts_fact INCLUDING INDEXES INCLUDING IDENTITY)")
    _at_once(partial(_insert, facts), range(1, reports + 1))


def _insert(facts: int, unit: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(INSERT, [(unit, number, number) for number in range(1, facts + 1)])


def _deadlocks() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
