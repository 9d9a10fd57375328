"""Plain makers of journal rows, and the way around the triggers that only an intruder would take."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection

from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.journal.services import record, record_reading
from diaban.foundation.mandates.tests.personas import World

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
SYSTEM = SystemActor("tests", date(2026, 3, 2))
TABLES = ("journal_entry", "journal_reading", "journal_seal")


def write_entries(world: World, count: int, *, at: datetime = NOW) -> None:
    for number in range(count):
        record(actor=SYSTEM, verb="territory.loaded", thing=world.units["P"], at=at, changes={"number": (None, number)})


def write_reading(world: World, *, at: datetime = NOW) -> None:
    record_reading(actor=SYSTEM, thing=world.units["P"], reason="Tra cứu", at=at)


@contextmanager
def without_triggers() -> Iterator[None]:
    """As whoever owns the tables could do: the triggers are off."""
    _switch("DISABLE")
    yield
    _switch("ENABLE")


def _switch(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with waiting checks cannot be altered
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")
