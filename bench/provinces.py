"""The page of the provinces over a country's facts: 3,321 communes × 120 indicators × quarters, as a ministry's official opens it.

The database is that of `bench.national`; the ministry, its form and what every commune owes are put in for the time of the
measurement and taken back.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figure import Figure
from bench.national import ACTOR, FIRST_YEAR, NOW, TODAY, country
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.facts.models import Collection
from diaban.foundation.mandates.services import give_mandate, load_fields_and_functions
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.services import open_obligation
from diaban.foundation.organisations.services import add_person, appoint, found_organisation, open_position
from diaban.foundation.territory.models import Level, Unit
from diaban.foundation.ui.services import describe_instance
from diaban.lib.periods import Period
from diaban.work.reporting.models import Form, FormVersion, Schedule
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import Basis, draft_schedule, load_forms, switch_on

FORM, USER, TIMES = "commune_quarter_2026", "vu.bo", 40
OWED = """
    INSERT INTO obligations_obligation ({columns}, unit_id, period, period_last_day)
    SELECT {own}, place.id, period.code, period.ends_on - 1
    FROM obligations_obligation first, bench_unit place, facts_periodrow period
    WHERE first.id = %s AND period.kind = 'Q'
"""


def figures() -> Iterator[Figure]:
    quarters = int(os.environ.get("DIABAN_BENCH_QUARTERS", "8"))
    with country(quarters) as collection, transaction.atomic():
        last = Period.parse(f"stat:{FIRST_YEAR + (quarters - 1) // 4}-Q{(quarters - 1) % 4 + 1}")
        _a_ministry(collection)
        for name, period in (("every commune reported", last.previous()), ("the last quarter, with gaps", last)):
            with time_machine.travel(NOW + (last.end - NOW.date()) + timedelta(days=1), tick=True):
                yield from _asked(name, period)
        transaction.set_rollback(True)


def _a_ministry(collection: Collection) -> None:
    """Whose official may see the country, and a form of the country whose facts are those of the database."""
    country_id = Unit.objects.get(level=Level.COUNTRY).pk
    load_fields_and_functions(actor=ACTOR, at=NOW)
    describe_instance(name="Bộ", root_unit_id=country_id)
    ministry = found_organisation(
        name="Bộ", kind="ministry", unit_id=country_id, valid_from=None, actor=ACTOR, at=NOW
    )  # fmt: skip
    post = open_position(
        organisation_id=ministry.pk, title="Vụ trưởng", role=Role.HEAD, valid_from=None, actor=ACTOR, at=NOW
    )  # fmt: skip
    person = add_person(name="Vụ trưởng", username=USER, password="mat-khau-de-do", actor=ACTOR, at=NOW)
    appoint(person_id=person.pk, position_id=post.pk, valid_from=None, actor=ACTOR, at=NOW)
    give_mandate(
        organisation_id=ministry.pk, function="manage", field=None, unit_id=country_id, valid_from=None,
        legal_basis="bench", actor=ACTOR, at=NOW,
    )  # fmt: skip
    load_forms(actor=ACTOR, at=NOW)
    Form.objects.filter(code=FORM).update(collection=collection, calendar="stat")
    FormVersion.objects.filter(form__code=FORM).update(used_at=NOW)  # as after the first report
    schedule = draft_schedule(
        form=Form.objects.get(code=FORM), title="Báo cáo quý", unit_id=country_id, counterpart_id=ministry.pk,
        valid_from=TODAY, basis=Basis(items=dict.fromkeys(ARTICLE_7, "bench"), assumed="bench"), deadlines=[("commune", 3)], actor=ACTOR, at=NOW,
    )  # fmt: skip
    switch_on(schedule_id=schedule.pk, actor=ACTOR, at=NOW)
    _owed_by_all(Schedule.objects.get(pk=schedule.pk), ministry.pk, country_id)


def _owed_by_all(schedule: Schedule, ministry_id: int, country_id: int) -> None:
    """What every commune owes in every quarter."""
    duty = Duty.objects.get(code=f"{schedule.form.code}:{schedule.pk}")
    first = open_obligation(
        kind=duty.kind, title=duty.title, unit_id=country_id, field_code="", owner_id=ministry_id,
        counterpart_id=ministry_id, on=TODAY, due_on=TODAY, actor=ACTOR, at=NOW,
    )  # fmt: skip
    Obligation.objects.filter(pk=first.pk).update(duty=duty)
    skipped = {"id", "unit_id", "period", "period_last_day"}
    fields = [field for field in Obligation._meta.local_concrete_fields if not field.generated]
    kept = [str(field.column) for field in fields if field.column not in skipped]
    columns, own = ", ".join(kept), ", ".join(f"first.{column}" for column in kept)
    with connection.cursor() as cursor:
        cursor.execute(OWED.format(columns=columns, own=own), [first.pk])
        cursor.execute("ANALYZE obligations_obligation")
    Obligation.objects.filter(pk=first.pk).delete()


def _asked(name: str, period: Period) -> Iterator[Figure]:
    from diaban.foundation.accounts.models import Account

    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    Account.objects.filter(username=USER).update(must_change_password=False)
    client.force_login(Account.objects.get(username=USER), backend="django.contrib.auth.backends.ModelBackend")
    address = f"{reverse('reporting:consolidation_provinces')}?bieu={FORM}&ky={period}"
    with CaptureQueriesContext(connection) as queries:
        response: Any = client.get(address)
    assert response.status_code == 200, (response.status_code, response.headers)
    asked = len(queries)
    seconds, cpu = [], []
    for _time in range(TIMES):
        since, cpu_since = perf_counter(), process_time()
        client.get(address)
        seconds.append(perf_counter() - since)
        cpu.append(process_time() - cpu_since)
    told = f"{median(cpu) * 1000:.0f} ms here at the median, {len(response.content) / 1024:.1f} KiB compressed"
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] * 1000
    yield Figure(f"page of the provinces, {name}, p95", p95, "ms", bar=150, note=told)
    yield Figure("  queries of it", asked, "queries", bar=30)
