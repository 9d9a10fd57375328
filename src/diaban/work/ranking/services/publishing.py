"""From scored to published: announced for appeals, signed by a leader, published with the number, day and file of the paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.workdays import work_calendar
from diaban.work.ranking.models import Board, Score
from diaban.work.ranking.permissions import PUBLISH, SCORE, SIGN, require_on
from diaban.work.ranking.services.scoring import NOT_SCORED
from diaban.work.ranking.services.steps import NotPossible, locked, step

PAPERS = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class SignedPaper:
    """The signed paper that the result is published by."""

    number: str
    signed_on: date
    content: bytes
    title: str = "ket-qua-xep-hang.pdf"


@transaction.atomic
def announce(*, board_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Board:
    """Tell each member its own points; appeals are taken until so many working days later as the scheme says.

    Raises `NotPossible` while a criterion is not scored.
    """
    board = locked(board_id, expected_revision)
    grant = require_on(actor, SCORE, board.version.scheme)
    left = Score.objects.filter(board=board, why=NOT_SCORED, points=None)
    if names := sorted(set(left.values_list("criterion__name", flat=True))):
        raise NotPossible(f"Còn tiêu chí chưa chấm đủ các đơn vị: {'; '.join(names[:5])}.")
    step(board, "announce")
    board.announced_at = at
    board.appeals_until = work_calendar().add_working_days(timezone.localdate(at), board.version.appeal_days)
    board.save_revision("status", "announced_at", "appeals_until")
    changes = {"appeals_until": (None, board.appeals_until)}
    record(actor=actor, verb="ranking.announced", thing=board, at=at, grant=grant, changes=changes)
    return board


@transaction.atomic
def sign(*, board_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Board:
    """A leader approves the result; its points stand still from then on. Raises `NotPossible` while appeals may come or
    wait for an answer."""
    board = locked(board_id, expected_revision)
    grant = require_on(actor, SIGN, board.version.scheme)
    step(board, "sign")
    if board.appeals_until is not None and timezone.localdate(at) <= board.appeals_until:
        raise NotPossible(f"Các đơn vị còn được kiến nghị đến hết ngày {board.appeals_until:%d/%m/%Y}.")
    if board.appeals.filter(decision="").exists():
        raise NotPossible("Còn kiến nghị chưa trả lời.")
    board.signed_at, board.signed_by = at, actor.label[:300]
    board.save_revision("status", "signed_at", "signed_by")
    record(actor=actor, verb="ranking.signed", thing=board, at=at, grant=grant)
    return board


@transaction.atomic
def take_back_signature(
    *, board_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Board:
    """A leader takes the approval back before the result is published. Raises `NotPossible` without a reason."""
    board = locked(board_id, expected_revision)
    grant = require_on(actor, SIGN, board.version.scheme)
    if not reason.strip():
        raise NotPossible("Ghi lý do rút ký duyệt.")
    step(board, "take_back")
    board.signed_at, board.signed_by = None, ""
    board.save_revision("status", "signed_at", "signed_by")
    changes = {"reason": ("", reason.strip())}
    record(actor=actor, verb="ranking.signature_taken_back", thing=board, at=at, grant=grant, changes=changes)
    return board


@transaction.atomic
def publish(
    *, board_id: int, paper: SignedPaper, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Board:
    """Publish a signed result by its paper; nothing of it changes ever after.

    Raises `NotPermitted`, `NotAccepted` (the file), or `NotPossible`: unsigned, no number, a day to come.
    """
    board = locked(board_id, expected_revision)
    grant = require_on(actor, PUBLISH, board.version.scheme)
    step(board, "publish")
    if not paper.number.strip():
        raise NotPossible("Ghi số, ký hiệu của văn bản công bố đã ký.")
    if paper.signed_on > timezone.localdate(at):
        raise NotPossible("Ngày ký không được sau hôm nay.")
    board.document_number, board.signed_on = paper.number.strip()[:60], paper.signed_on
    board.signed_file = keep_file(
        content=paper.content, title=paper.title, subject=subject_of(board), accepted=PAPERS, actor=actor, at=at
    )
    board.published_at, board.published_by = at, actor.label[:300]
    board.save_revision("status", "document_number", "signed_on", "signed_file", "published_at", "published_by")
    changes = {"number": ("", board.document_number), "signed_on": (None, board.signed_on)}
    record(actor=actor, verb="ranking.published", thing=board, at=at, grant=grant, changes=changes)
    return board
