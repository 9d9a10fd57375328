"""Answering: by link, on the page, by workbook; every correction is a version, and nothing that came is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.facts.models import Reason
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil
from diaban.work.requests.models import Answer, Receiver, Request
from diaban.work.requests.permissions import RECEIVER, is_asker, may_answer, require_answer, require_manage
from diaban.work.requests.rules import Read, Typed, read
from diaban.work.requests.workbook import Fault, ReadRow, read_filled

IS_OPEN = "SELECT sent_at IS NOT NULL AND closed_at IS NULL FROM requests_request WHERE id = %s FOR SHARE"
CLOSED = "Yêu cầu này đã chốt số liệu, không nhận thêm câu trả lời."


class NotAnswerable(Exception):
    """No answer is taken: not sent yet, or closed. The message says so kindly."""


class NotFit(ValueError):
    """Some cells are wrong. `read` says which, and why."""

    def __init__(self, read_of: Read) -> None:
        super().__init__("; ".join(read_of.faults.values()))
        self.read = read_of


class Changed(Exception):
    """Somebody else answered since the page was opened; `current` is that answer."""

    def __init__(self, current: Answer) -> None:
        super().__init__(f"{current}")
        self.current = current


@dataclass(frozen=True)
class Answerer:
    """Who answers, and how."""

    name: str
    via: str
    phone: str = ""


@transaction.atomic
def answer(
    *,
    receiver_id: int,
    typed: Typed,
    by: Answerer,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
) -> Answer:
    """Take an answer, or a correction of one. The same again changes nothing and gives the version there is.

    `seen` is the number of the version that was on the page (0: none). Raises `NotAnswerable`, `NotFit`, `Changed` or
    `NotPermitted`.
    """
    receiver = Receiver.objects.select_for_update(of=("self",)).select_related("request").get(pk=receiver_id)
    request = receiver.request
    grant = require_answer(actor, receiver)
    _require_open(request)
    columns = [column.asked for column in request.columns.all()]
    found = read(columns, typed, Reason.values)
    if found.faults:
        raise NotFit(found)
    return _keep(receiver, found, by, seen, grant, actor=actor, at=at)


def _require_open(request: Request) -> None:
    """Asked anew under a lock that answers share and closing does not, so that no answer slips in behind a closing."""
    with connection.cursor() as cursor:
        cursor.execute(IS_OPEN, [request.pk])
        found = cursor.fetchone()
    if not found or not found[0]:
        raise NotAnswerable(CLOSED)


def _keep(
    receiver: Receiver, found: Read, by: Answerer, seen: int | None, grant: Grant, *, actor: Actor, at: datetime
) -> Answer:
    current = receiver.answers.order_by("-number").first()
    if current and (current.values, current.reasons) == (found.values, found.reasons):
        return current
    if current and seen is not None and seen != current.number:
        raise Changed(current)
    number = current.number + 1 if current else 1
    kept = Answer.objects.create(
        receiver=receiver,
        number=number,
        values=dict(found.values),
        reasons=dict(found.reasons),
        answered_at=at,
        due_at=receiver.request.due_at,
        via=by.via,
        by_name=by.name[:100],
        by_phone=by.phone[:20],
        by_position_id=actor.position_id,
    )
    verb = "requests.typed_for_unit" if by.via == Answer.Via.TYPED_FOR else "requests.answered"
    if current and verb == "requests.answered":
        verb = "requests.answer_corrected"
    changes = {"version": (current.number if current else None, number), "via": ("", by.via)}
    act = record(actor=actor, verb=verb, thing=receiver, at=at, grant=grant, changes=changes)
    for obligation in Obligation.objects.open().about(RECEIVER, receiver.pk):
        fulfil(obligation=obligation, actor=actor, at=at, act=act)
    return kept


class WorkbookNotTaken(Exception):
    """Nothing of the workbook was taken; `faults` say why, at which cells."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message if faults else "")
        self.faults = list(faults)


def take_workbook(*, request: Request, content: bytes, by: Answerer, actor: Actor, at: datetime) -> int:
    """Take the rows of a filled workbook in, all or none; the number of answers that are new or changed.

    The asking office types for any unit; anybody else for the own rows. Raises `WorkbookNotTaken`, `NotAnswerable`,
    `NotPermitted` or `WorkbookRefused`.
    """
    columns = [column.asked for column in request.columns.all()]
    receivers = {one.code: one for one in request.receivers.select_related("request")}
    rows, faults = read_filled(content, request.uid, columns, receivers.keys())
    faults = [*faults, *_of_rows(rows, receivers, actor)]
    if faults:
        raise WorkbookNotTaken(faults)
    before = Answer.objects.filter(receiver__request=request).count()
    with transaction.atomic():
        if is_asker(actor, request):
            grant = require_manage(actor, request)
        _require_open(request)
        for row in rows:
            answer(receiver_id=receivers[row.code].pk, typed=row.typed, by=_by(row, by), actor=actor, at=at)
        taken = Answer.objects.filter(receiver__request=request).count() - before
        if taken and is_asker(actor, request):
            changes = {"answers": (None, taken)}
            record(actor=actor, verb="requests.workbook_taken", thing=request, at=at, grant=grant, changes=changes)
    return taken


def _of_rows(rows: Sequence[ReadRow], receivers: Mapping[str, Receiver], actor: Actor) -> list[Fault]:
    foreign = "Dòng này của đơn vị khác; tệp chỉ được điền dòng của đơn vị mình."
    return [
        Fault(row.row, 1, foreign)
        for row in rows
        if not is_asker(actor, receivers[row.code].request) and not may_answer(actor, receivers[row.code])
    ]


def _by(row: ReadRow, by: Answerer) -> Answerer:
    return Answerer(row.by_name or by.name, by.via, row.by_phone or by.phone)
