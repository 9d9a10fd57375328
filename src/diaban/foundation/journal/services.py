"""The one way into the journal."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.acts.subjects import subject_kind, subject_of
from diaban.foundation.journal.models import Entry, Reading

Changes = Mapping[str, tuple[Any, Any]]
_waiting: ContextVar[list[Entry] | None] = ContextVar("waiting_entries", default=None)


@contextmanager
def in_one_statement() -> Iterator[None]:
    """What is recorded within is written together when it ends, in the same order; nothing of it where it raises.

    For acts that write several entries. Within it no savepoint may be undone by itself: its entries would stay.
    """
    if _waiting.get() is not None:
        yield
        return
    entries: list[Entry] = []
    token = _waiting.set(entries)
    try:
        yield
    finally:
        _waiting.reset(token)
    Entry.objects.bulk_create(entries)


def _write(entries: Sequence[Entry]) -> None:
    waiting = _waiting.get()
    if waiting is None:
        Entry.objects.bulk_create(entries)
    else:
        waiting += entries


def record(
    *,
    actor: Actor,
    verb: str,
    thing: Model,
    at: datetime,
    changes: Changes | None = None,
    grant: Grant | None = None,
    act: uuid.UUID | None = None,
    request_id: str = "",
) -> uuid.UUID:
    """Write what an act did to one thing; returns the act's id, to be passed on for further things of the same act.

    `verb` is past tense and namespaced (`reporting.report_sent`); `changes` maps a field to (old, new).
    Must run inside the act's own transaction. Raises `UnknownKind` for a model nobody registered.
    """
    act = act or uuid.uuid4()
    _write([_entry(Note(thing, changes or {}, grant), actor, verb, at, act, request_id)])
    return act


@dataclass(frozen=True)
class Note:
    """What an act did to one of several things, or to one thing in several regards."""

    thing: Model
    changes: Changes = field(default_factory=dict)
    grant: Grant | None = None


def record_all(
    *, actor: Actor, verb: str, notes: Iterable[Note], at: datetime, act: uuid.UUID | None = None
) -> uuid.UUID:
    """As `record`, for several entries of one act in one statement."""
    act = act or uuid.uuid4()
    _write([_entry(note, actor, verb, at, act) for note in notes])
    return act


def _entry(note: Note, actor: Actor, verb: str, at: datetime, act: uuid.UUID, request_id: str = "") -> Entry:
    subject = subject_of(note.thing)
    return Entry(
        act=act,
        verb=verb,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject_kind(subject.kind).label(note.thing)[:300],
        account_id=actor.account_id,
        position_id=actor.position_id,
        organisation_id=actor.organisation_id,
        actor_label=actor.label[:300],
        mandate_id=note.grant.mandate_id if note.grant else None,
        basis=(note.grant.basis if note.grant else "")[:300],
        changes=plain(note.changes),
        request_id=request_id,
        at=at,
    )


def record_reading(*, actor: Actor, thing: Model, reason: str, at: datetime) -> None:
    """Write that personal data of `thing` were read."""
    subject = subject_of(thing)
    Reading.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        account_id=actor.account_id,
        position_id=actor.position_id,
        reason=reason,
        at=at,
    )


def plain(value: Any) -> Any:
    """A value as canonical JSON holds it: strings, integers, booleans, null, lists and maps of these."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.astimezone(timezone.get_default_timezone()).isoformat()
        case date() | uuid.UUID():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case Model():
            return str(value)
    return str(value)
