"""Passing a matter on: to the office it is for, or up. The day it was first received stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.services import fulfil, move_owner, notify_owners
from diaban.foundation.organisations.queries import body_of, version_of
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.work.difficulties.models import Answer, Difficulty, Forwarding
from diaban.work.difficulties.permissions import require_in_hand
from diaban.work.difficulties.rules import Result
from diaban.work.difficulties.services.steps import TO_ANSWER, NotPossible, answer_by, must_stand, owe


@transaction.atomic
def forward(
    *,
    difficulty_id: int,
    to_organisation_id: int,
    reason: str,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Forwarding:
    """Pass the work on to the office it is for. Its deadline goes on from the first receipt: passing on gains no time.

    Raises `NotPermitted`, `StaleRevision` or `NotPossible`.
    """
    difficulty = Difficulty.lock(difficulty_id, expected_revision=expected_revision)
    must_stand(difficulty)
    grant, work = require_in_hand(actor, difficulty)
    passed = _passed(difficulty, work.owner_id, to_organisation_id, reason, is_up=False, actor=actor, at=at)
    difficulty.save_revision()
    names = (version_of(work.owner_id, actor.today).name, version_of(to_organisation_id, actor.today).name)
    changes = {"owner": names, "reason": ("", passed.reason)}
    act = record(actor=actor, verb="difficulties.forwarded", thing=difficulty, at=at, grant=grant, changes=changes)
    move_owner(obligation=work, to_organisation_id=to_organisation_id, actor=actor, at=at, act=act)
    notify_owners(obligations=[work], reason=_("Kiến nghị được chuyển đến"), on=actor.today, at=at)
    return passed


@transaction.atomic
def send_up(
    *,
    difficulty_id: int,
    to_organisation_id: int,
    reason: str,
    document: str = "",
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Forwarding:
    """Chuyển cấp trên: the matter is beyond the office's powers. It has answered so; the superior owes the answer from today,
    the first day of receipt stays. Raises as `forward`.
    """
    difficulty = Difficulty.lock(difficulty_id, expected_revision=expected_revision)
    must_stand(difficulty)
    grant, work = require_in_hand(actor, difficulty)
    passed = _passed(difficulty, work.owner_id, to_organisation_id, reason, is_up=True, actor=actor, at=at)
    Answer.objects.create(
        difficulty=difficulty,
        organisation_id=work.owner_id,
        result=Result.SENT_UP,
        text=passed.reason,
        document=document.strip()[:200],
        by=actor.label[:300],
        at=at,
    )
    difficulty.save_revision()
    changes = {"to": ("", version_of(to_organisation_id, actor.today).name), "reason": ("", passed.reason)}
    act = record(actor=actor, verb="difficulties.sent_up", thing=difficulty, at=at, grant=grant, changes=changes)
    fulfil(obligation=work, actor=actor, at=at, act=act)
    if may_own_obligations(version_of(to_organisation_id, actor.today).kind):
        owe(
            difficulty, TO_ANSWER, owner_id=to_organisation_id, counterpart_id=work.counterpart_id,
            due=answer_by(difficulty.kind_code, actor.today), reason=_("Kiến nghị cấp dưới chuyển lên"), actor=actor, at=at,
            act=act,
        )  # fmt: skip
    return passed


def _passed(
    difficulty: Difficulty, from_id: int, to_id: int, reason: str, *, is_up: bool, actor: Actor, at: datetime
) -> Forwarding:
    if not reason.strip():
        raise NotPossible(_("Ghi lý do chuyển để cơ quan nhận và đơn vị kiến nghị biết."))
    if body_of(from_id, actor.today) == body_of(to_id, actor.today):
        raise NotPossible(_("Cơ quan nhận phải khác cơ quan đang xử lý; trong cơ quan thì dùng Phân công."))
    if not is_up and not may_own_obligations(version_of(to_id, actor.today).kind):
        raise NotPossible(_("Không chuyển có hạn cho cơ quan Đảng; hãy chuyển cấp trên để báo cáo."))
    return Forwarding.objects.create(
        difficulty=difficulty,
        from_organisation_id=from_id,
        to_organisation_id=to_id,
        is_up=is_up,
        reason=reason.strip()[:1000],
        by=actor.label[:300],
        at=at,
    )
