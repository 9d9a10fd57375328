"""Loads the whole country: what of the known history the database has not yet, in one transaction."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, SystemActor
from diaban.foundation.journal.services import record
from diaban.foundation.territory.chronicle import COUNTRY, Chronicle, Life, known_history
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Succession, Unit, UnitVersion
from diaban.lib.vietnamese import sort_key

NAMESPACE = uuid.UUID("5d4c3f2e-7f0a-4b52-9d0d-2a6c1e9b8f70")
Progress = Callable[[int, int], None]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added."""

    units: int
    versions: int
    successions: int

    def __str__(self) -> str:
        return _("Đã nạp %(units)d đơn vị, %(versions)d phiên bản, %(successions)d quan hệ kế tục") % vars(self)


def uid_of(key: str) -> uuid.UUID:
    """The uid of the unit with a chronicle's key: the same in every installation."""
    return uuid.uuid5(NAMESPACE, key)


def load_country(progress: Progress | None = None, *, actor: Actor | None = None, at: datetime | None = None) -> Loaded:
    """Bring the known history into the database and rebuild what is derived from it.

    Units that are there already, by uid, stay as they are, with whatever officials corrected: a second run adds nothing.
    `progress(done, of)` is called after each step. Without an actor the system acts, and now.
    """
    at = at or clock.now()
    today = timezone.localdate(at)
    actor = actor or SystemActor("territory", today)
    grant = actor.require("territory.load")
    tick = progress or (lambda _done, _of: None)
    chronicle = known_history()
    tick(1, 4)
    with transaction.atomic():
        loaded = _add(chronicle)
        tick(2, 4)
        rebuild_derived(today)
        tick(3, 4)
        if loaded.units or loaded.successions:
            changes = {name: (None, number) for name, number in vars(loaded).items()}
            country = Unit.objects.get(uid=uid_of(COUNTRY.key))
            record(actor=actor, verb="territory.country_loaded", thing=country, at=at, changes=changes, grant=grant)
    tick(4, 4)
    return loaded


def _add(chronicle: Chronicle) -> Loaded:
    """Insert the lives and passages that are missing."""
    uids = {life.key: uid_of(life.key) for life in chronicle.lives}
    present = set(Unit.objects.values_list("uid", flat=True))
    lives = [life for life in chronicle.lives if uids[life.key] not in present]
    _copy(
        Unit,
        ("uid", "level", "area", "lat", "lon"),
        [(uids[life.key], life.level, life.area, life.lat, life.lon) for life in lives],
    )
    ids: dict[uuid.UUID, int] = dict(Unit.objects.values_list("uid", "pk"))
    pk = {key: ids[uid] for key, uid in uids.items()}
    versions = [row for life in lives for row in _version_rows(life, pk)]
    _copy(UnitVersion, ("unit_id", "valid", "code", "name", "kind", "parent_id", "sort_key", "revision"), versions)
    known = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    successions = [row for row in _succession_rows(chronicle, pk) if row[:2] not in known]
    _copy(
        Succession,
        ("predecessor_id", "successor_id", "on", "basis", "weight", "assumed", "revision"),
        successions,
    )
    return Loaded(len(lives), len(versions), len(successions))


def _version_rows(life: Life, pk: Mapping[str, int]) -> Iterator[Row]:
    for spell in life.spells:
        valid = DateRange(spell.since, spell.until)
        parent = pk[spell.parent] if spell.parent else None
        yield pk[life.key], valid, spell.code, spell.name, spell.kind, parent, sort_key(spell.name), 1


def _succession_rows(chronicle: Chronicle, pk: Mapping[str, int]) -> Iterator[Row]:
    for passage in chronicle.passages:
        ends = pk[passage.predecessor], pk[passage.successor]
        yield *ends, passage.on, passage.basis, passage.weight, passage.assumed, 1


def _copy(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """COPY the rows into the model's table: tens of thousands in a second."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
