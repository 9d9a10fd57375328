"""Raising a matter: it is routed at once by mandate, and its clock runs from the day it was received."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.files.services import Files, keep_evidence
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie
from diaban.foundation.mandates.permissions import party
from diaban.work.difficulties.models import Difficulty, Gravity, Raising
from diaban.work.difficulties.permissions import RAISE, require_own
from diaban.work.difficulties.queries.routing import Way, way_of
from diaban.work.difficulties.services.steps import (
    TO_ANSWER,
    NotPossible,
    answer_by,
    end_work,
    lock_raising,
    owe,
    tell_raisers,
)

LONGEST, TITLE = 4000, 250


@dataclass(frozen=True)
class Row:
    """A matter as a report or another paper says it."""

    content: str
    addressee: str = ""

    @property
    def cell(self) -> str:
        """Its name within the source: the same as long as its words are."""
        return hashlib.sha256(f"{self.addressee}\n{self.content}".encode()).hexdigest()[:16]


@transaction.atomic
def raise_difficulty(
    *,
    kind_code: str,
    unit_id: int,
    field_code: str,
    content: str,
    organisation_id: int,
    received_on: date,
    title: str = "",
    gravity: str = Gravity.NORMAL,
    addressee: str = "",
    source: Subject | None = None,
    source_cell: str = "",
    way: Way | None = None,
    files: Files = (),
    actor: Actor,
    at: datetime,
) -> Difficulty:
    """Take a matter in for whoever raised it; the office that must answer owes it from that day on.

    With `way` the caller says to whom it goes; else the mandate of the field over the unit on the day of receipt does.
    An actor raises for its own body. Raises `NotPermitted`, `NotAccepted` (a file) or `NotPossible`.
    """
    if received_on > actor.today:
        raise NotPossible(_("Ngày tiếp nhận không được sau hôm nay."))
    if organisation_id not in party(actor):
        raise NotPermitted(_("Chỉ nêu kiến nghị của cơ quan, đơn vị mình."))
    grant = actor.require(RAISE)
    said = content.strip()
    if not said or len(said) > LONGEST:
        raise NotPossible(_("Ghi nội dung khó khăn, kiến nghị, tối đa %(most)d ký tự.") % {"most": LONGEST})
    new = New(
        kind_code,
        unit_id,
        field_code,
        said,
        organisation_id,
        received_on,
        title,
        gravity,
        addressee,
        source,
        source_cell,
    )
    made = _take(new, way or way_of(field_code, unit_id, received_on, but_not=organisation_id), grant, actor, at)
    keep_evidence(files=files, subject=subject_of(made.raisings.get()), actor=actor, at=at)
    return made


@dataclass(frozen=True)
class New:
    """A matter about to be taken in."""

    kind_code: str
    unit_id: int
    field_code: str
    content: str
    organisation_id: int
    received_on: date
    title: str = ""
    gravity: str = Gravity.NORMAL
    addressee: str = ""
    source: Subject | None = None
    source_cell: str = ""


def _take(new: New, way: Way, grant: Grant | None, actor: Actor, at: datetime) -> Difficulty:
    due = answer_by(new.kind_code, new.received_on)
    difficulty = Difficulty.objects.create(
        kind_code=new.kind_code,
        unit_id=new.unit_id,
        field_code=new.field_code,
        title=(new.title.strip() or _first_words(new.content))[:TITLE],
        content=new.content,
        gravity=new.gravity,
        addressee=new.addressee.strip()[:250],
        received_on=new.received_on,
        because=way.because[:500],
    )
    Raising.objects.create(
        difficulty=difficulty,
        opened=difficulty,
        organisation_id=new.organisation_id,
        unit_id=new.unit_id,
        content=new.content,
        source_kind=new.source.kind if new.source else "",
        source_id=new.source.id if new.source else None,
        source_cell=new.source_cell,
        raised_by=actor.label[:300],
        received_on=new.received_on,
    )
    if new.source is not None:
        tie(source=subject_of(difficulty), kind=Link.Kind.ARISES_FROM, target=new.source, on=actor.today)
    changes = {"content": ("", new.content[:500]), "received_on": (None, new.received_on), "because": ("", way.because)}
    act = record(actor=actor, verb="difficulties.raised", thing=difficulty, at=at, grant=grant, changes=changes)
    if way.organisation_id is not None:
        owe(
            difficulty, TO_ANSWER, owner_id=way.organisation_id, counterpart_id=new.organisation_id, due=due,
            reason=_("Kiến nghị mới"), actor=actor, at=at, act=act,
        )  # fmt: skip
    return difficulty


@transaction.atomic
def write_down(
    *,
    kind_code: str,
    unit_id: int,
    field_code: str,
    content: str,
    organisation_id: int,
    received_on: date,
    source: Subject,
    source_cell: str,
    gravity: str = Gravity.NORMAL,
    actor: Actor,
    at: datetime,
) -> Difficulty:
    """A matter that another office raised by word of mouth, as who heard it writes it down for it (nhập thay): who wrote is
    kept, the office is told and withdraws what it did not mean.

    Part of the act of whoever holds the meeting, who has checked the permission. Raises `NotPossible`, also where the same
    words were written down already.
    """
    said = content.strip()
    if not said or len(said) > LONGEST:
        raise NotPossible(_("Ghi nội dung khó khăn, kiến nghị, tối đa %(most)d ký tự.") % {"most": LONGEST})
    there = Raising.objects.filter(source_kind=source.kind, source_id=source.id, source_cell=source_cell)
    if there.filter(withdrawn_at=None).exists():
        raise NotPossible(_("Ý kiến này đã ghi thành kiến nghị."))
    new = New(
        kind_code, unit_id, field_code, said, organisation_id, received_on, gravity=gravity, source=source,
        source_cell=source_cell,
    )  # fmt: skip
    made = _take(new, way_of(field_code, unit_id, received_on, but_not=organisation_id), None, actor, at)
    tell_raisers(made, actor=actor, at=at, text=_("Đã ghi kiến nghị nêu tại cuộc họp: %(title)s"))
    return made


def raise_rows(
    rows: Collection[Row],
    *,
    kind_code: str,
    unit_id: int,
    field_code: str,
    organisation_id: int,
    received_on: date,
    source: Subject,
    to_organisation_id: int,
    because: str,
    actor: Actor,
    at: datetime,
) -> None:
    """What a source says now: rows that are new are raised, rows that are gone withdrawn, the others stay as they are.

    Part of the act of whoever sends the source. One query where neither it nor an earlier version said anything.
    """
    now = {row.cell: row for row in rows if row.content.strip()}
    standing = {
        one.source_cell: one
        for one in Raising.objects.filter(source_kind=source.kind, source_id=source.id, withdrawn_at=None)
    }
    for cell, one in standing.items():
        if cell not in now:
            _take_back(one, _("Bản điều chỉnh của báo cáo không còn nêu."), actor, at)
    for cell, row in now.items():
        if cell not in standing:
            new = New(
                kind_code, unit_id, field_code, row.content.strip()[:LONGEST], organisation_id, received_on,
                addressee=row.addressee, source=source, source_cell=cell,
            )  # fmt: skip
            _take(new, Way(to_organisation_id, because), None, actor, at)


@transaction.atomic
def withdraw(
    *, raising_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Raising:
    """Whoever raised it takes it back, with the reason. The matter ends when nobody is left who raises it.

    `expected_revision` is that of the matter. Raises `NotPermitted`, `StaleRevision` or `NotPossible`.
    """
    raising = lock_raising(raising_id, expected_revision)
    require_own(actor, raising)
    if raising.withdrawn_at is not None:
        raise NotPossible(_("Kiến nghị này đã rút."))
    if not reason.strip():
        raise NotPossible(_("Ghi lý do rút kiến nghị."))
    _take_back(raising, reason.strip(), actor, at)
    return raising


def _take_back(raising: Raising, reason: str, actor: Actor, at: datetime) -> None:
    raising.withdrawn_at, raising.withdrawn_reason = at, reason[:300]
    raising.save_revision("withdrawn_at", "withdrawn_reason")
    difficulty = raising.difficulty
    difficulty.save_revision()
    changes = {"reason": ("", reason), "content": (raising.content[:200], "")}
    act = record(actor=actor, verb="difficulties.withdrawn", thing=difficulty, at=at, changes=changes)
    if not difficulty.raisings.filter(withdrawn_at=None).exists():
        end_work(difficulty, reason, actor=actor, at=at, act=act)


def _first_words(text: str, most: int = 110) -> str:
    """The first sentence, or as many whole words of it as a line holds."""
    line: Iterable[str] = text.splitlines()
    first = next(iter(line)).split(". ")[0].rstrip(".")
    return first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]}…"
