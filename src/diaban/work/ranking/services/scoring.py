"""Scoring: a board is opened for a period, automatic criteria are computed, the rest is scored by hand with a reason."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import DOCX, PDF
from diaban.foundation.journal.services import record
from diaban.lib.periods import Period
from diaban.work.ranking.measuring import Measured, measure
from diaban.work.ranking.models import Board, Criterion, Member, Scheme, Score
from diaban.work.ranking.permissions import SCORE, require_on
from diaban.work.ranking.rules import AUTOMATIC, EXTRA, Status, rounded
from diaban.work.ranking.services.steps import NotPossible, locked, must_be, stand_again

EVIDENCE = frozenset({PDF, DOCX, "image/jpeg", "image/png"})
NOT_SCORED = "chưa chấm"


@transaction.atomic
def open_board(*, scheme_id: int, period: Period, data_on: date, title: str, actor: Actor, at: datetime) -> Board:
    """Open the scoring of a period by the newest published version, every score still to come.

    Raises `NotPermitted`, or `NotPossible` where nothing is published, or the period has its board.
    """
    scheme = Scheme.lock(scheme_id)
    grant = require_on(actor, SCORE, scheme)
    version = scheme.versions.filter(published_at__isnull=False).first()
    if version is None:
        raise NotPossible("Bộ tiêu chí chưa ban hành.")
    if period.start > actor.today:
        raise NotPossible("Kỳ chấm chưa bắt đầu.")
    if Board.objects.filter(version__scheme=scheme, period=str(period)).exists():
        raise NotPossible(f"{period.label()} đã có bảng chấm điểm.")
    board = Board.objects.create(
        version=version, title=title.strip()[:250] or scheme.title, period=str(period), data_on=data_on, opened_at=at
    )
    criteria, members = list(version.criteria.all()), list(version.members.all())
    Score.objects.bulk_create(
        Score(
            board=board,
            member=member,
            criterion=criterion,
            points=Decimal(0) if criterion.kind in EXTRA else None,
            why="" if criterion.kind in EXTRA else NOT_SCORED,
        )
        for member in members
        for criterion in criteria
    )
    stand_again(board)
    changes = {"period": ("", str(period)), "version": (None, version.number)}
    record(actor=actor, verb="ranking.board_opened", thing=board, at=at, grant=grant, changes=changes)
    return board


@transaction.atomic
def compute_scores(*, board_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Board:
    """Compute every automatic criterion from the data as known on the board's day. Raises `NotPossible` once announced."""
    board = locked(board_id, expected_revision)
    grant = require_on(actor, SCORE, board.version.scheme)
    must_be(board, Status.SCORING)
    found = measure(board)
    rows = list(Score.objects.filter(board=board, criterion__in=found).select_for_update())
    for row in rows:
        _put(row, found[row.criterion_id][row.member_id], actor, at)
    Score.objects.bulk_update(rows, ["points", "measured", "why", "parts", "scored_by", "scored_at"])
    stand_again(board)
    board.computed_at = at
    board.save_revision("computed_at")
    without = sum(row.points is None for row in rows)
    changes = {"computed": (None, len(rows) - without), "without": (None, without)}
    record(actor=actor, verb="ranking.computed", thing=board, at=at, grant=grant, changes=changes)
    return board


def _put(row: Score, one: Measured, actor: Actor, at: datetime) -> None:
    row.points, row.measured, row.why, row.parts = one.points, one.value, one.why[:300], one.parts
    row.scored_by, row.scored_at = actor.label[:300], at


@transaction.atomic
def score_by_hand(
    *,
    board_id: int,
    member_id: int,
    criterion_id: int,
    points: Decimal,
    reason: str,
    evidence: bytes | None = None,
    evidence_title: str = "minh-chung.pdf",
    actor: Actor,
    at: datetime,
) -> Score:
    """Give points for what no data tells, with the reason and, where there is one, the paper that shows it.

    Raises `NotPermitted`, `NotAccepted` (the file), or `NotPossible`: automatic criteria, points out of range, no reason.
    """
    board = locked(board_id, None)
    grant = require_on(actor, SCORE, board.version.scheme)
    must_be(board, Status.SCORING)
    criterion = Criterion.objects.get(pk=criterion_id, version=board.version_id)
    member = Member.objects.get(pk=member_id, version=board.version_id)
    if criterion.kind in AUTOMATIC:
        raise NotPossible("Tiêu chí này do hệ thống tính từ số liệu; muốn sửa phải qua kiến nghị chấm lại.")
    check_points(points, criterion)
    if not reason.strip():
        raise NotPossible("Ghi lý do cho điểm.")
    score = Score.objects.select_for_update().get(board=board, member=member, criterion=criterion)
    before = score.points
    score.points, score.why, score.reason = rounded(points), "", reason.strip()[:1000]
    score.scored_by, score.scored_at = actor.label[:300], at
    if evidence:
        score.evidence = keep_file(
            content=evidence, title=evidence_title, subject=subject_of(board), accepted=EVIDENCE, actor=actor, at=at
        )
    score.save()
    stand_again(board)
    board.save_revision()
    changes = {f"{member.name}: {criterion.name}": (before, score.points), "reason": ("", score.reason)}
    record(actor=actor, verb="ranking.hand_scored", thing=board, at=at, grant=grant, changes=changes)
    return score


def check_points(points: Decimal, criterion: Criterion) -> None:
    """Raises `NotPossible` for points out of the criterion's range."""
    if not 0 <= points <= criterion.most:
        raise NotPossible(f"Điểm của tiêu chí “{criterion.name}” từ 0 đến {criterion.most.normalize():f}.")
