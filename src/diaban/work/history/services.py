"""Acts on sheets of past figures: bring one, match it, take it in whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.facts.models import Collection, CollectionKind, Fact
from diaban.foundation.facts.permissions import require_over
from diaban.foundation.facts.services import accept_facts, open_collection, withdraw_facts
from diaban.foundation.facts.withdrawing import Withdrawn
from diaban.foundation.files.services import keep_file
from diaban.foundation.journal.services import record
from diaban.lib.periods import Calendar
from diaban.work.history.dry import Dry, Finding
from diaban.work.history.gazetteer import gazetteer
from diaban.work.history.matching import Matching, known_indicators, propose, reused
from diaban.work.history.models import COLLECTION, HistorySheet
from diaban.work.history.permissions import IMPORT, require_import
from diaban.work.history.queries import opened, row_texts
from diaban.work.history.reading import KINDS, read_sheets
from diaban.work.history.rules.tables import NoTable, table_of
from diaban.work.reporting.quality.sources import resting_on

NAME = "Số lịch sử, chưa đối chiếu"
NOTE = "Số liệu các cơ quan tự lưu, nhập theo đơn vị hành chính của kỳ; chưa đối chiếu với báo cáo đã ký."


class NotTaken(ValueError):
    """The sheet cannot be taken in; nothing was changed. `findings` say where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"Bảng còn {len(findings)} chỗ phải giải quyết; chưa ghi số nào.")
        self.findings = findings


class NotWithdrawn(ValueError):
    """The sheet cannot be taken back; nothing was changed. The message says why, in Vietnamese."""


@dataclass(frozen=True)
class Brought:
    """The sheet, the other sheets of the same file, and whether it was brought before."""

    sheet: HistorySheet
    others: tuple[str, ...]
    is_known: bool


@transaction.atomic
def bring_sheet(
    *,
    content: bytes,
    file_name: str,
    unit_id: int,
    sheet_name: str | None = None,
    title: str = "",
    note: str = "",
    calendar: str = Calendar.STATISTICAL,
    actor: Actor,
    at: datetime,
) -> Brought:
    """Keep a file and propose how one of its sheets is matched; `sheet_name` None takes the fullest. The same sheet of the
    same bytes is the one that is there already. Raises `WorkbookRefused`, `NotAccepted`, `NoTable` or `NotPermitted`.
    """
    grant = require_over(actor, IMPORT, [unit_id])
    sheets = read_sheets(content)
    chosen = sheets.first if sheet_name is None else sheet_name
    if chosen not in sheets.rows:
        raise NoTable(_("Tệp không có trang tính “%(chosen)s”.") % {"chosen": chosen})
    digest = hashlib.sha256(content).hexdigest()
    others = tuple(name for name in sheets.rows if name != chosen)
    mine = HistorySheet.objects.filter(organisation=actor.organisation_id)
    if known := mine.filter(digest=digest, sheet=chosen[:100]).first():
        return Brought(known, others, is_known=True)
    names = gazetteer(unit_id)
    rows = sheets.rows[chosen]
    table = table_of(rows, names.knows)
    matching = propose(table, rows, names, known_indicators(), calendar=calendar, sheet=chosen, today=actor.today)
    earlier = mine.filter(taken_at__isnull=False).order_by("taken_at")
    texts = row_texts(rows, table)
    for before in earlier:
        matching = reused(matching, Matching.from_json(before.matching), texts)
    sheet = HistorySheet.objects.create(
        organisation_id=actor.organisation_id,
        digest=digest,
        sheet=chosen[:100],
        title=(title or file_name)[:200],
        note=note[:300],
        unit_id=unit_id,
        matching=matching.to_json(),
        brought_by_label=actor.label[:300],
        brought_at=at,
    )
    keep_file(content=content, title=file_name, subject=subject_of(sheet), accepted=KINDS, actor=actor, at=at)
    record(actor=actor, verb="history.brought", thing=sheet, at=at, changes={"file": (None, file_name)}, grant=grant)
    return Brought(sheet, others, is_known=False)


@transaction.atomic
def match_sheet(
    *, sheet_id: int, matching: Matching, expected_revision: int | None = None, actor: Actor, at: datetime
) -> HistorySheet:
    """Keep how columns and rows are matched. Raises `StaleRevision` or `NotPermitted`."""
    sheet = HistorySheet.lock(sheet_id, expected_revision=expected_revision)
    grant = require_import(actor, sheet)
    kept = matching.to_json()
    if kept != sheet.matching:
        sheet.matching = kept
        sheet.save_revision("matching")
        record(actor=actor, verb="history.matched", thing=sheet, at=at, grant=grant)
    return sheet


@transaction.atomic
def take_in(*, sheet_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Dry:
    """Make facts of the sheet in the collection of past figures, those that do not stand there yet; all or none.

    Raises `NotTaken`, `StaleRevision` or `NotPermitted`.
    """
    sheet = HistorySheet.lock(sheet_id, expected_revision=expected_revision)
    grant = require_import(actor, sheet)
    found = opened(sheet).dry()
    if found.errors:
        raise NotTaken(found.errors)
    require_over(actor, IMPORT, (fact.unit_id for fact in found.facts))
    if sheet.is_taken and not found.to_take:
        return found
    collection = open_collection(code=COLLECTION, name=NAME, kind=CollectionKind.IMPORT, note=NOTE, actor=actor, at=at)
    changes = {"facts": (None, len(found.facts)), "new": (None, found.new), "changed": (None, found.changed)}
    sheet.taken_at, sheet.changed = at, len(found.to_take)
    sheet.save_revision("taken_at", "changed")
    record(actor=actor, verb="history.taken_in", thing=sheet, at=at, changes=changes, grant=grant)
    if found.to_take:
        source = subject_of(sheet)
        accept_facts(collection_id=collection.pk, rows=found.to_take, source=source, actor=actor, at=at)
    return found


@transaction.atomic
def withdraw_sheet(
    *, sheet_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Withdrawn:
    """Thu hồi: take back everything that was taken in from the sheet, with the reason; what its figures had taken the place
    of stands again. The file and its matching stay, and may be taken in anew.

    Raises `NotWithdrawn` where nothing was taken in, where no reason is given, and where a report's figure or published
    figures rest on it; `StaleRevision` or `NotPermitted`.
    """
    sheet = HistorySheet.lock(sheet_id, expected_revision=expected_revision)
    grant = require_import(actor, sheet)
    reason = " ".join(reason.split())[:500]
    if not sheet.is_taken:
        raise NotWithdrawn(_("Bảng này chưa nhập số nào, không có gì để thu hồi."))
    if not reason:
        raise NotWithdrawn(_("Ghi lý do thu hồi."))
    collection = Collection.objects.get(code=COLLECTION)
    source = subject_of(sheet)
    _refuse_what_rests(collection, source)
    void = HistorySheet.objects.filter(withdrawn_at__isnull=False).exclude(pk=sheet.pk)
    void_until = {pk: until for pk, until in void.values_list("pk", "withdrawn_at") if until}
    sheet.taken_at = sheet.changed = None
    sheet.withdrawn_at, sheet.withdrawn_reason, sheet.withdrawn_by_label = at, reason, actor.label[:300]
    sheet.save_revision("taken_at", "changed", "withdrawn_at", "withdrawn_reason", "withdrawn_by_label")
    found = withdraw_facts(collection_id=collection.pk, source=source, void_until=void_until, actor=actor, at=at)
    changes = {"reason": (None, reason), "facts": (found.gone, None), "restored": (None, found.restored)}
    record(actor=actor, verb="history.withdrawn", thing=sheet, at=at, changes=changes, grant=grant)
    return found


def _refuse_what_rests(collection: Collection, source: Subject) -> None:
    """Raises `NotWithdrawn` where a report took a figure of the sheet, and it stands or was published."""
    brought = Fact.objects.filter(
        collection=collection, delivery__source_kind=source.kind, delivery__source_id=source.id
    )
    places = set(brought.values_list("unit_id", "period__code", "indicator__code").distinct())
    resting = resting_on(collection.pk, places)
    if resting:
        choice, snapshot = resting[0]
        told = {"report": choice.report, "cell": choice.label, "total": len(resting), "snapshot": snapshot}
        if snapshot is not None:
            text = _("%(snapshot)s đã công bố có số “%(cell)s” của %(report)s lấy từ bảng này; không thu hồi được.")
        else:
            text = _(
                "%(report)s đang lấy số “%(cell)s” từ bảng này (%(total)d ô); chọn lại nguồn ở trang đối chiếu rồi mới thu hồi."
            )
        raise NotWithdrawn(text % told)
