"""Acts on files of figures: bring one, take it in whole or not at all."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.models import Collection, CollectionKind, Indicator
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.files.services import keep_file
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.queries import body_of
from diaban.lib.periods import Calendar
from diaban.work.exchange.examining import Dry, Outcome
from diaban.work.exchange.models import FactImport
from diaban.work.exchange.permissions import IMPORT, require_bring, require_take_in
from diaban.work.exchange.queries import examined
from diaban.work.exchange.reading import KINDS, read_lines

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class NotForImports(ValueError):
    """Figures come into that collection by other ways. The message is in Vietnamese."""


class NotTaken(ValueError):
    """The file cannot be taken in; nothing was changed. `refused` say which lines and why."""

    def __init__(self, refused: Sequence[Outcome]) -> None:
        super().__init__(_("Tệp còn %(number)s dòng không nhận được; chưa ghi số nào.") % {"number": len(refused)})
        self.refused = refused


@dataclass(frozen=True)
class Brought:
    """The import, and whether the same file was brought before."""

    imported: FactImport
    is_known: bool


@transaction.atomic
def bring_file(
    *,
    content: bytes,
    file_name: str,
    collection: str,
    collection_name: str = "",
    calendar: Calendar = Calendar.STATISTICAL,
    actor: Actor,
    at: datetime,
) -> Brought:
    """Keep a file of figures for the collection of that code; one that there is not is opened, called `collection_name`.

    The same bytes for the same collection are the import that is there already. Nothing becomes a fact yet. Raises
    `NotReadable`, `NotForImports`, `TooLarge` or `NotPermitted`.
    """
    require_bring(actor)
    read_lines(content, calendar)
    kept = _collection(collection, collection_name, actor, at)
    digest = hashlib.sha256(content).hexdigest()
    office = None if actor.organisation_id is None else body_of(actor.organisation_id, actor.today)
    same = FactImport.objects.filter(organisation=office, collection=kept, calendar=calendar, digest=digest)
    if known := same.first():
        return Brought(known, is_known=True)
    one = FactImport.objects.create(
        title=file_name[:200],
        collection=kept,
        calendar=calendar,
        organisation_id=office,
        unit_id=seat_of(actor),
        digest=digest,
        brought_by_label=actor.label[:300],
        brought_at=at,
    )
    keep_file(content=content, title=file_name, subject=subject_of(one), accepted=KINDS, actor=actor, at=at)
    changes = {"file": (None, file_name), "collection": (None, kept.code)}
    record(actor=actor, verb="exchange.brought", thing=one, at=at, changes=changes)
    return Brought(one, is_known=False)


def _collection(code: str, name: str, actor: Actor, at: datetime) -> Collection:
    found = importable(code, name)
    return found or open_collection(code=code, name=name.strip(), kind=CollectionKind.IMPORT, actor=actor, at=at)


def importable(code: str, name: str) -> Collection | None:
    """The collection of that code; None where it is to be opened and called `name`. Raises `NotForImports`."""
    found = Collection.objects.filter(code=code).first()
    if found is None and not (name.strip() and CODE.fullmatch(code)):
        raise NotForImports(
            _("Chưa có tập số liệu “%(code)s”. Mở tập mới thì ghi tên, và mã gồm chữ thường không dấu, số và gạch nối.")
            % {"code": code}
        )
    if found is not None and found.kind != CollectionKind.IMPORT:
        raise NotForImports(
            _("Số liệu của “%(collection)s” đến từ %(kind)s, không nhập từ tệp.")
            % {"collection": found, "kind": found.get_kind_display().lower()}
        )
    return found


@transaction.atomic
def take_in(*, import_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Dry:
    """Make facts of the figures that do not stand there yet; all or none, and again changes nothing.

    Raises `NotTaken`, `StaleRevision` or `NotPermitted`.
    """
    one = FactImport.lock(import_id, expected_revision=expected_revision)
    require_take_in(actor, one)
    found = examined(one, actor)
    if found.refused:
        raise NotTaken(found.refused)
    facts = found.to_take
    if one.is_taken and not facts:
        return found
    one.taken_at, one.changed = at, len(facts)
    one.save_revision("taken_at", "changed")
    changes = {name: (None, number) for name, number in found.counts.items()}
    record(actor=actor, verb="exchange.taken_in", thing=one, at=at, changes=changes, grant=_ground(actor, found))
    if facts:
        accept_facts(collection_id=one.collection_id, rows=facts, source=subject_of(one), actor=actor, at=at)
    return found


def _ground(actor: Actor, found: Dry) -> Grant | None:
    """The mandate over the first figure; each was asked for."""
    first = next((one.fact for one in found.outcomes if one.fact), None)
    if first is None:
        return None
    return actor.may(IMPORT, Indicator.objects.get(code=first.indicator).field_code, first.unit_id)
