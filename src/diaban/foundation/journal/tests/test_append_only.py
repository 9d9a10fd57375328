"""The database itself refuses to change what is written."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.foundation.journal.sealing import seal
from diaban.foundation.journal.tests.entries import NOW, write_entries, write_reading
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = a_world()
    write_entries(world, 2)
    write_reading(world)
    seal(at=NOW)
    write_entries(world, 1)
    return world


def _truncate(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {table} CASCADE")


REFUSED: dict[str, Callable[[], object]] = {
    "change an unsealed entry": lambda: Entry.objects.filter(seal=None).update(verb="x"),
    "change a sealed entry": lambda: Entry.objects.exclude(seal=None).update(actor_label="x"),
    "take an entry out of its seal": lambda: Entry.objects.update(seal=None, position_in_seal=None),
    "move an entry inside its seal": lambda: Entry.objects.exclude(seal=None).update(position_in_seal=9),
    "change while sealing": lambda: Entry.objects.filter(seal=None).update(
        seal=Seal.objects.get(), position_in_seal=9, verb="x"
    ),
    "delete an entry": lambda: Entry.objects.filter(seal=None).delete(),
    "empty the entries": lambda: _truncate("journal_entry"),
    "be born sealed": lambda: Entry.objects.create(
        act="00000000-0000-0000-0000-000000000000", verb="x", subject_kind="x", subject_id=1, subject_label="x",
        actor_label="x", at=NOW, seal=Seal.objects.get(), position_in_seal=0,
    ),
    "change a reading": lambda: Reading.objects.update(reason="x"),
    "delete a reading": lambda: Reading.objects.all().delete(),
    "empty the readings": lambda: _truncate("journal_reading"),
    "change a seal": lambda: Seal.objects.update(count=1),
    "delete a seal": lambda: Seal.objects.all()._raw_delete("default"),
    "empty the seals": lambda: _truncate("journal_seal"),
}  # fmt: skip


@pytest.mark.parametrize("attempt", REFUSED)
def test_the_database_refuses_to(world: World, attempt: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        REFUSED[attempt]()
