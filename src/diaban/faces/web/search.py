"""Search over everything that has an address: units, organisations, people, and subjects by their titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.subjects import SubjectKind, UnknownKind, subject_kind
from diaban.foundation.organisations import queries as organisations
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.permissions import visible_people
from diaban.foundation.territory import queries as territory
from diaban.lib.vietnamese import fold

MOST_HITS = 8
LEAST_LETTERS = 2

# The columns in which a subject's words are looked for; every word must be in one of them, with or without diacritics.
COLUMNS: dict[str, tuple[str, ...]] = {
    "reporting.report": ("schedule__title", "organisation_name", "period"),
    "reporting.schedule": ("title",),
    "obligations.obligation": ("title",),
    "documents.document": ("title", "symbol", "number"),
    "reforms.reform": ("title",),
}


@dataclass(frozen=True)
class Hit:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one kind, the first few; `more` says that there are others."""

    name: Promise | str
    icon: str
    hits: tuple[Hit, ...]
    more: bool = False


def search(actor: Actor, text: str) -> list[Found]:
    """What the actor may see and whose words hold all of the text's, kind by kind; nothing for less than two letters."""
    if len(fold(text).replace(" ", "")) < LEAST_LETTERS:
        return []
    kinds = [_units(actor, text), _organisations(actor, text), _people(actor, text), *_subjects(actor, text)]
    return [found for found in kinds if found.hits]


def _units(actor: Actor, text: str) -> Found:
    rows = territory.search(text, limit=MOST_HITS + 1, today=actor.today)
    hits = tuple(
        Hit(
            row.version.full_name,
            reverse("territory:unit", args=[row.version.unit.uid]),
            row.path if row.is_current else f"{row.path} ({_('không còn')})",
        )
        for row in rows
    )
    return Found(_("Đơn vị hành chính"), "map-2", hits[:MOST_HITS], len(hits) > MOST_HITS)


def _organisations(actor: Actor, text: str) -> Found:
    rows = list(organisations.search(actor.today, text=text)[: MOST_HITS + 1])
    hits = tuple(Hit(row.name, _home_of(row)) for row in rows)
    return Found(_("Cơ quan, đơn vị"), "building-community", hits[:MOST_HITS], len(hits) > MOST_HITS)


def _people(actor: Actor, text: str) -> Found:
    holdings = (
        organisations.holdings_on(actor.today)
        .filter(person__in=visible_people(actor), person__folded__contains=fold(text.strip()))
        .select_related("person", "position")
        .order_by("person__sort_key", "pk")[: MOST_HITS + 1]
    )
    rows = list(holdings)
    offices = organisations.versions_of({row.position.organisation_id for row in rows}, actor.today)
    hits = tuple(
        Hit(row.person.name, _home_of(office), f"{row.position.title}, {office.name}")
        for row in rows
        if (office := offices.get(row.position.organisation_id))
    )
    return Found(_("Danh bạ đầu mối"), "address-book", hits[:MOST_HITS], len(hits) > MOST_HITS)


def _home_of(office: OrganisationVersion) -> str:
    return reverse("organisations:organisation", args=[office.organisation.uid])


def _subjects(actor: Actor, text: str) -> Iterator[Found]:
    for name, columns in COLUMNS.items():
        try:
            kind = subject_kind(name)
        except UnknownKind:
            continue
        rows = list(_holding_words(kind.visible(actor), columns, text)[: MOST_HITS + 1])
        hits = tuple(_hits(kind, rows))
        yield Found(kind.name, "file-text", hits[:MOST_HITS], len(rows) > MOST_HITS)


def _holding_words(rows: QuerySet[Any], columns: tuple[str, ...], text: str) -> QuerySet[Any]:
    spaced = [part for column in columns for part in (Value(" "), column)]
    rows = rows.annotate(words_of_it=Folded(Concat(Value(""), *spaced)))
    for word in fold(text).split():
        rows = rows.filter(words_of_it__contains=word)
    return rows.order_by("-pk")


def _hits(kind: SubjectKind, rows: list[Any]) -> Iterator[Hit]:
    for row in rows:
        url = kind.url(row)
        if url:
            yield Hit(kind.label(row), url)
