"""Worlds that tests share: built once in a process by the ordinary services, afterwards the same rows are put back."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

P = ParamSpec("P")
T = TypeVar("T")
TABLES = """
    SELECT relation.relname, array_agg(attname ORDER BY attnum),
           (SELECT pg_get_serial_sequence(quote_ident(relation.relname), 'id') FROM pg_attribute
            WHERE attrelid = relation.oid AND attname = 'id')
    FROM pg_class relation JOIN pg_attribute ON attrelid = relation.oid
    WHERE relkind = 'r' AND NOT relispartition AND relnamespace = 'public'::regnamespace AND relpersistence = 'p'
          AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relation.oid, relation.relname
"""


@dataclass(frozen=True)
class Table:
    """A table with the columns that are written, and the sequence of its ids."""

    name: str
    columns: tuple[str, ...]
    sequence: str | None

    def statement(self, pattern: str) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL(pattern).format(table=sql.Identifier(self.name), columns=columns)


@dataclass(frozen=True)
class Memory:
    """What a builder answered, the rows and files that it added, and how many rows their tables held before."""

    answer: bytes
    rows: dict[Table, bytes]
    held: dict[Table, int]
    files: dict[Path, bytes]


def remembered(build: Callable[P, T]) -> Callable[P, T]:
    """Build a world once for each set of arguments and each number of rows that its tables held before. Where they hold
    more or less than ever yet, it is built by the services again."""
    memories: dict[object, list[Memory]] = {}

    @wraps(build)
    def builder(*args: P.args, **kwargs: P.kwargs) -> T:
        known = memories.setdefault((args, tuple(sorted(kwargs.items()))), [])
        for memory in known:
            if _is_untouched(memory):
                _put_back(memory)
                answer: T = pickle.loads(memory.answer)  # noqa: S301 - our own bytes
                return answer
        before = _dump()
        found = build(*args, **kwargs)
        after = _dump()
        changed = [table for table, rows in after.items() if rows != before[table]]
        if all(set(before[table]) <= set(after[table]) for table in changed):
            added = {table: b"".join(set(after[table]) - set(before[table])) for table in changed}
            held = {table: len(before[table]) for table in changed}
            known.append(Memory(pickle.dumps(found), added, held, _files()))
        return found

    return builder


def _dump() -> dict[Table, list[bytes]]:
    """The rows of every table, as the database copies them out."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [Table(name, tuple(columns), sequence) for name, columns, sequence in cursor.fetchall()]
        found = {}
        for table in tables:
            with cursor.copy(table.statement("COPY {table} ({columns}) TO STDOUT")) as copy:
                found[table] = b"".join(bytes(block) for block in copy).splitlines(keepends=True)
    return found


def _files() -> dict[Path, bytes]:
    """What the file store of this test holds, by its place there."""
    store = Path(settings.MEDIA_ROOT)
    return {file.relative_to(store): file.read_bytes() for file in store.rglob("*") if file.is_file()}


def _is_untouched(memory: Memory) -> bool:
    """Do the tables hold as many rows as when the world was built?"""
    counts = sql.SQL(", ").join(table.statement("(SELECT count(*) FROM {table})") for table in memory.held)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(counts))
        return list(cursor.fetchone()) == list(memory.held.values())


def _put_back(memory: Memory) -> None:
    """The rows were checked when they were written first: triggers and foreign keys rest meanwhile."""
    for name, content in memory.files.items():
        file = Path(settings.MEDIA_ROOT) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in memory.rows.items():
            with cursor.copy(table.statement("COPY {table} ({columns}) FROM STDIN")) as copy:
                copy.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
        ids = [_ids_after(table) for table in memory.rows if table.sequence]
        if ids:
            cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(ids)))


def _ids_after(table: Table) -> sql.Composed:
    """Let the next row's id be greater than any."""
    greatest: Any = table.statement("SELECT max(id) FROM {table}")
    return sql.SQL("setval({name}, greatest(nextval({name}), ({greatest})))").format(
        name=sql.Literal(table.sequence), greatest=greatest
    )
