"""Appeals: a scored member asks in time, the scorers owe an answer, with a reason, by a day."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil, open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.work.ranking.models import Appeal, Board, Criterion, Member, Score
from diaban.work.ranking.permissions import ANSWER, require_appeal, require_on
from diaban.work.ranking.rules import Status, rounded
from diaban.work.ranking.services.scoring import EVIDENCE, check_points
from diaban.work.ranking.services.steps import NotPossible, locked, stand_again

OBLIGATION = "ranking.appeal"


@transaction.atomic
def appeal(
    *,
    board_id: int,
    member_id: int,
    criterion_id: int,
    text: str,
    content: bytes | None = None,
    file_title: str = "minh-chung.pdf",
    actor: Actor,
    at: datetime,
) -> Appeal:
    """Ask to be scored again in one criterion, while appeals are taken; the scoring office owes an answer from then on.

    Raises `NotPermitted` for another body's points, `NotAccepted` (the file), `NotPossible`.
    """
    board = locked(board_id, None)
    member = Member.objects.get(pk=member_id, version=board.version_id)
    criterion = Criterion.objects.get(pk=criterion_id, version=board.version_id)
    grant = require_appeal(actor, member)
    today = timezone.localdate(at)
    _must_take(board, today)
    if not text.strip():
        raise NotPossible("Ghi nội dung kiến nghị.")
    if Appeal.objects.filter(board=board, member=member, criterion=criterion).exists():
        raise NotPossible("Đã kiến nghị tiêu chí này; mỗi tiêu chí một lần trong một đợt.")
    one = Appeal.objects.create(
        board=board,
        member=member,
        criterion=criterion,
        text=text.strip()[:2000],
        asked_by=actor.label[:300],
        asked_at=at,
        due_on=work_calendar().add_working_days(today, board.version.answer_days),
    )
    if content:
        one.file = keep_file(
            content=content, title=file_title, subject=subject_of(one), accepted=EVIDENCE, actor=actor, at=at
        )
        one.save(update_fields=["file"])
    _owe(one, board, member, actor, at)
    record(actor=actor, verb="ranking.appealed", thing=one, at=at, grant=grant, changes={"text": ("", one.text)})
    return one


def _must_take(board: Board, today: date) -> None:
    if board.state is not Status.ANNOUNCED or board.appeals_until is None:
        raise NotPossible("Bảng xếp hạng không ở bước nhận kiến nghị.")
    if today > board.appeals_until:
        raise NotPossible(f"Thời hạn kiến nghị đã hết ngày {board.appeals_until:%d/%m/%Y}.")


def _owe(one: Appeal, board: Board, member: Member, actor: Actor, at: datetime) -> None:
    scheme = board.version.scheme
    open_obligation(
        kind=OBLIGATION,
        title=f"Trả lời kiến nghị chấm lại của {member.name}: {one.criterion.name}",
        unit_id=member.unit_id,
        field_code=scheme.field_code,
        owner_id=scheme.organisation_id,
        counterpart_id=member.organisation_id,
        on=timezone.localdate(at),
        due_on=one.due_on,
        subject=subject_of(one),
        actor=actor,
        at=at,
        reason=_("Kiến nghị chấm lại điểm xếp hạng"),
    )


@transaction.atomic
def answer_appeal(
    *,
    appeal_id: int,
    decision: str,
    answer: str,
    points: Decimal | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Appeal:
    """Answer with a reason; where the appeal is accepted, `points` are the criterion's from then on.

    Raises `NotPermitted`, `StaleRevision`, `NotPossible`.
    """
    board_id = Appeal.objects.values_list("board_id", flat=True).get(pk=appeal_id)
    board = locked(board_id, None)
    one = Appeal.lock(appeal_id, expected_revision=expected_revision)
    grant = require_on(actor, ANSWER, board.version.scheme)
    if one.decision or board.state is not Status.ANNOUNCED:
        raise NotPossible("Kiến nghị đã trả lời, hoặc kết quả đã ký duyệt.")
    if decision not in Appeal.Decision.values or not answer.strip():
        raise NotPossible("Chọn kết quả và ghi lý do trả lời.")
    one.decision, one.answer = decision, answer.strip()[:2000]
    one.answered_by, one.answered_at = actor.label[:300], at
    one.save_revision("decision", "answer", "answered_by", "answered_at")
    if decision == Appeal.Decision.ACCEPTED:
        _rescore(board, one, points, actor, at)
    for owed in Obligation.objects.open().about(*subject_of(one)):
        fulfil(obligation=owed, actor=actor, at=at)
    changes = {"decision": ("", decision), "answer": ("", one.answer)}
    record(actor=actor, verb="ranking.appeal_answered", thing=one, at=at, grant=grant, changes=changes)
    return one


def _rescore(board: Board, one: Appeal, points: Decimal | None, actor: Actor, at: datetime) -> None:
    if points is None:
        raise NotPossible("Ghi điểm chấm lại.")
    check_points(points, one.criterion)
    score = Score.objects.select_for_update().get(board=board, member=one.member_id, criterion=one.criterion_id)
    before = score.points
    score.before_appeal, score.points, score.why = before, rounded(points), ""
    score.reason = f"Chấm lại theo kiến nghị: {one.answer}"[:1000]
    score.scored_by, score.scored_at = actor.label[:300], at
    score.save()
    stand_again(board)
    board.save_revision()
    changes = {f"{one.member.name}: {one.criterion.name}": (before, score.points)}
    record(actor=actor, verb="ranking.rescored", thing=board, at=at, changes=changes)
