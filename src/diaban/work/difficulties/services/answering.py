"""Answers, and what whoever raised the matter says to them."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import Files, keep_evidence
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import party
from diaban.foundation.mandates.routing import holder_today
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close
from diaban.work.difficulties.models import Answer, Difficulty, Raising
from diaban.work.difficulties.permissions import HANDLE, SUBJECT, require_in_hand, require_own
from diaban.work.difficulties.rules import PROMISES, Result
from diaban.work.difficulties.services.steps import (
    AGAIN,
    PROMISED,
    NotPossible,
    answer_by,
    end_work,
    lock_raising,
    must_stand,
    open_work,
    owe,
    tell_raisers,
)


@transaction.atomic
def answer(
    *,
    difficulty_id: int,
    result: str,
    text: str,
    document: str = "",
    promised_on: date | None = None,
    files: Files = (),
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Answer:
    """Answer everybody who raised the matter. What is promised (đang, sẽ giải quyết) is owed by the day that is named.

    Raises `NotPermitted`, `StaleRevision`, `NotAccepted` (a file) or `NotPossible`.
    """
    difficulty = Difficulty.lock(difficulty_id, expected_revision=expected_revision)
    must_stand(difficulty)
    grant, work = require_in_hand(actor, difficulty)
    _check(result, text, promised_on, actor.today)
    given = Answer.objects.create(
        difficulty=difficulty,
        organisation_id=work.owner_id,
        result=result,
        text=text.strip(),
        document=document.strip()[:200],
        promised_on=promised_on if result in PROMISES else None,
        by=actor.label[:300],
        at=at,
    )
    keep_evidence(files=files, subject=subject_of(given), actor=actor, at=at)
    difficulty.save_revision()
    _forget_stances(difficulty)
    changes = {"result": (None, result), "text": ("", given.text[:500]), "promised_on": (None, given.promised_on)}
    act = record(actor=actor, verb="difficulties.answered", thing=difficulty, at=at, grant=grant, changes=changes)
    end_work(difficulty, actor=actor, at=at, act=act)
    if given.promised_on is not None:
        owe(
            difficulty, PROMISED, owner_id=work.owner_id, counterpart_id=work.counterpart_id, due=given.promised_on,
            reason=_("Việc đã hứa khi trả lời kiến nghị"), actor=actor, at=at, act=act,
        )  # fmt: skip
    tell_raisers(difficulty, actor=actor, at=at)
    return given


@transaction.atomic
def withdraw_answer(
    *, answer_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Answer:
    """Take an answer back: it stays, with the reason. Unless a later one stands, the office owes an answer again: by the day
    that was first set while that is to come, else on the kind's clock from today. What the answer fulfilled stays fulfilled.

    Raises `NotPermitted`, `StaleRevision` (of the matter) or `NotPossible`.
    """
    matter_id = Answer.objects.values_list("difficulty", flat=True).get(pk=answer_id)
    difficulty = Difficulty.lock(matter_id, expected_revision=expected_revision)
    given = Answer.objects.select_for_update().get(pk=answer_id)
    owner = holder_today(given.organisation_id, difficulty.field_code, actor.today)
    grant = actor.require(HANDLE)
    if owner not in party(actor):
        raise NotPermitted(_("Chỉ cơ quan đã trả lời mới thu hồi trả lời."))
    if given.withdrawn_at is not None:
        raise NotPossible(_("Trả lời này đã thu hồi."))
    if not reason.strip():
        raise NotPossible(_("Ghi lý do thu hồi trả lời."))
    given.withdrawn_at, given.withdrawn_reason = at, reason.strip()[:300]
    given.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    difficulty.save_revision()
    changes = {"reason": ("", given.withdrawn_reason), "text": (given.text[:500], "")}
    act = record(
        actor=actor, verb="difficulties.answer_withdrawn", thing=difficulty, at=at, grant=grant, changes=changes
    )
    if not difficulty.answers.filter(pk__gt=given.pk).standing().exists():
        _forget_stances(difficulty)
        _owe_again(difficulty, owner, given.withdrawn_reason, actor=actor, at=at, act=act)
    tell_raisers(difficulty, actor=actor, at=at, text=_("Đã thu hồi trả lời: %(title)s"))
    return given


def _owe_again(
    difficulty: Difficulty, owner_id: int, reason: str, *, actor: Actor, at: datetime, act: uuid.UUID
) -> None:
    """What was promised by the withdrawn answer ends with it; the answer is owed, where somebody still raises the matter."""
    for work in open_work(difficulty):
        if work.kind == PROMISED:
            close(obligation=work, reason=ClosedReason.WITHDRAWN, note=reason, actor=actor, at=at, act=act)
    raiser = difficulty.raisings.filter(withdrawn_at=None).first()
    if raiser is None or difficulty.merged_into_id is not None or open_work(difficulty):
        return
    first = Obligation.objects.about(SUBJECT, difficulty.pk).order_by("pk").first()
    is_ahead = first is not None and first.due_on is not None and first.due_on >= actor.today
    due = first.due_on if first is not None and is_ahead else answer_by(difficulty.kind_code, actor.today)
    owe(
        difficulty, AGAIN, owner_id=owner_id,
        counterpart_id=holder_today(raiser.organisation_id, difficulty.field_code, actor.today), due=due,
        reason=_("Trả lời đã thu hồi, phải trả lời lại"), actor=actor, at=at, act=act,
    )  # fmt: skip


def _forget_stances(difficulty: Difficulty) -> None:
    """What was said to an earlier answer does not hold for the next."""
    live = difficulty.raisings.filter(withdrawn_at=None)
    live.exclude(stance=Raising.Stance.NONE).update(stance=Raising.Stance.NONE, stance_at=None)


def _check(result: str, text: str, promised_on: date | None, today: date) -> None:
    if result not in set(Result) - {Result.SENT_UP}:
        raise NotPossible(_("Chọn một kết quả: đã giải quyết, đang, sẽ giải quyết hoặc giải trình."))
    if not text.strip():
        raise NotPossible(_("Ghi nội dung trả lời."))
    if result in PROMISES and (promised_on is None or promised_on <= today):
        raise NotPossible(_("Trả lời đang hoặc sẽ giải quyết phải ghi ngày hoàn thành, sau hôm nay."))


@transaction.atomic
def accept_answer(
    *, raising_id: int, text: str = "", expected_revision: int | None = None, actor: Actor, at: datetime
) -> Raising:
    """Whoever raised it agrees with the answer. `expected_revision` is that of the matter, read with the answer.

    Raises `NotPermitted`, `StaleRevision` or `NotPossible`.
    """
    return _take_stance(raising_id, Raising.Stance.ACCEPTED, text, expected_revision, actor, at)


@transaction.atomic
def contest_answer(
    *, raising_id: int, text: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Raising:
    """Whoever raised it does not agree, saying why: the office that answered owes a second answer, on the kind's clock from
    today. What the first answer fulfilled stays fulfilled. Raises as `accept_answer`.
    """
    if not text.strip():
        raise NotPossible(_("Ghi lý do chưa đồng ý để cơ quan trả lời xem xét lại."))
    raising = _take_stance(raising_id, Raising.Stance.CONTESTED, text, expected_revision, actor, at)
    difficulty = raising.difficulty
    last = _last_answer(difficulty)
    owner = holder_today(last.organisation_id, difficulty.field_code, actor.today)
    owe(
        difficulty, AGAIN, owner_id=owner,
        counterpart_id=holder_today(raising.organisation_id, difficulty.field_code, actor.today),
        due=answer_by(difficulty.kind_code, actor.today), reason=_("Đơn vị kiến nghị chưa đồng ý với trả lời"), actor=actor,
        at=at,
    )  # fmt: skip
    return raising


def _take_stance(
    raising_id: int, stance: str, text: str, expected_revision: int | None, actor: Actor, at: datetime
) -> Raising:
    raising = lock_raising(raising_id, expected_revision)
    grant = require_own(actor, raising)
    if raising.withdrawn_at is not None:
        raise NotPossible(_("Kiến nghị này đã rút."))
    _last_answer(raising.difficulty)
    before, raising.stance = raising.stance, stance
    raising.stance_text, raising.stance_at = text.strip()[:2000], at
    raising.save_revision("stance", "stance_text", "stance_at")
    raising.difficulty.save_revision()
    verb = "difficulties.accepted" if stance == Raising.Stance.ACCEPTED else "difficulties.contested"
    changes = {"stance": (before, stance), "text": ("", raising.stance_text[:500])}
    record(actor=actor, verb=verb, thing=raising.difficulty, at=at, grant=grant, changes=changes)
    return raising


def _last_answer(difficulty: Difficulty) -> Answer:
    last = difficulty.answers.standing().order_by("-pk").first()
    if last is None:
        raise NotPossible(_("Kiến nghị chưa có trả lời."))
    return last
