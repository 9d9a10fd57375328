"""Timelines: the journal in sentences, for those who may see the subject."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.subjects import Subject, sentence_of, subject_of, visible_thing
from diaban.foundation.journal.models import Entry
from diaban.lib.vietnamese import fold


@dataclass(frozen=True)
class Line:
    """One line of a timeline. `changes` are (field, old, new)."""

    at: datetime
    who: str
    sentence: str
    label: str
    basis: str
    changes: tuple[tuple[str, Any, Any], ...]
    is_sealed: bool


def timeline(actor: Actor, thing: Any, *, most: int = 50) -> list[Line]:
    """The newest lines about a thing the caller has already found visible."""
    subject = subject_of(thing)
    entries = Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("-id")[:most]
    return [line_of(entry) for entry in entries]


def timeline_of_subject(actor: Actor, subject: Subject, *, most: int = 50) -> list[Line] | None:
    """The newest lines about a subject, or None where the actor may not see it."""
    thing = visible_thing(actor, subject)
    return timeline(actor, thing, most=most) if thing is not None else None


def who_did(subject: Subject, verbs: Collection[str]) -> set[int]:
    """The accounts of whoever did some acts on a subject."""
    rows = Entry.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, verb__in=verbs, account_id__isnull=False
    )
    return {one for one in rows.values_list("account_id", flat=True) if one is not None}


def acts_of_organisations(organisation_ids: Collection[int]) -> QuerySet[Entry]:
    """What was done in the name of any of some organisations, newest first."""
    return Entry.objects.filter(organisation_id__in=organisation_ids).order_by("-id")


@dataclass(frozen=True)
class Wanted:
    """What is looked for in a journal: days (both included), words in the names of who and of what, a kind of thing."""

    since: date | None = None
    until: date | None = None
    who: str = ""
    kind: str = ""
    what: str = ""


def found(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    """The entries that fit, whatever diacritics are typed."""
    if wanted.since:
        entries = entries.filter(at__date__gte=wanted.since)
    if wanted.until:
        entries = entries.filter(at__date__lte=wanted.until)
    if wanted.kind:
        entries = entries.filter(subject_kind=wanted.kind)
    if wanted.who:
        entries = entries.alias(whose=Folded("actor_label")).filter(whose__contains=fold(wanted.who))
    if wanted.what:
        entries = entries.alias(about=Folded("subject_label")).filter(about__contains=fold(wanted.what))
    return entries


def kinds_of(entries: QuerySet[Entry]) -> set[str]:
    """The kinds of things that entries are about. One query."""
    return set(entries.order_by().values_list("subject_kind", flat=True).distinct())


def line_of(entry: Entry) -> Line:
    changes = tuple((name, *_pair(pair)) for name, pair in entry.changes.items())
    return Line(
        entry.at,
        entry.actor_label,
        sentence_of(entry.subject_kind, entry.verb),
        entry.subject_label,
        entry.basis,
        changes,
        entry.seal_id is not None,
    )


def _pair(pair: Any) -> tuple[Any, Any]:
    return (pair[0], pair[1]) if isinstance(pair, list) and len(pair) == 2 else ("", pair)
