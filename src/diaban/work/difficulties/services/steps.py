"""What acts on difficulties share: the work they open and end, and whom it is told."""

import uuid
from datetime import date, datetime

from django.utils.translation import gettext as _

from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import OFFICE, Role
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.mandates.routing import holder_today
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, fulfil, open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import accounts_of
from diaban.work.difficulties.models import Difficulty, Kind, Raising
from diaban.work.difficulties.permissions import SUBJECT
from diaban.work.difficulties.rules import due_on

TO_ANSWER = "difficulties.answer"
AGAIN = "difficulties.again"  # contested: answer once more
PROMISED = "difficulties.promised"  # what an answer promised by a day
TITLES = {
    TO_ANSWER: "Trả lời kiến nghị: {title}",
    AGAIN: "Xem xét lại trả lời kiến nghị: {title}",
    PROMISED: "Thực hiện điều đã trả lời kiến nghị: {title}",
}


class NotPossible(ValueError):
    """The act cannot be done to this difficulty now; the message says why in Vietnamese."""


def lock_raising(raising_id: int, expected_revision: int | None = None) -> Raising:
    """A raising under the lock of its matter, whose revision is asked. Raises `StaleRevision`."""
    difficulty_id = Raising.objects.values_list("difficulty", flat=True).get(pk=raising_id)
    difficulty = Difficulty.lock(difficulty_id, expected_revision=expected_revision)
    raising = Raising.lock(raising_id)
    if raising.difficulty_id != difficulty_id:
        raise StaleRevision(difficulty)
    raising.difficulty = difficulty
    return raising


def clock_of(kind_code: str, on: date) -> Kind:
    """The kind with the clock that ran on a day. Raises `NotPossible`."""
    found = Kind.objects.filter(code=kind_code, valid__contains=on).first()
    if found is None:
        raise NotPossible(_("Ngày %(on)s chưa có thời hạn trả lời cho loại kiến nghị này.") % {"on": f"{on:%d/%m/%Y}"})
    return found


def answer_by(kind_code: str, received_on: date) -> date:
    """When an answer to what was received that day is due. Raises `NotPossible`."""
    clock = clock_of(kind_code, received_on)
    return due_on(received_on, clock.days, work_calendar(), is_working=clock.is_working)


def owe(
    difficulty: Difficulty,
    kind: str,
    *,
    owner_id: int,
    counterpart_id: int,
    due: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> Obligation:
    """Let an office owe something about the matter, and tell its people why."""
    return open_obligation(
        kind=kind,
        title=TITLES[kind].format(title=difficulty.title),
        unit_id=difficulty.unit_id,
        field_code=difficulty.field_code,
        owner_id=owner_id,
        counterpart_id=counterpart_id,
        on=actor.today,
        due_on=due,
        subject=subject_of(difficulty),
        actor=actor,
        at=at,
        act=act,
        reason=reason,
    )


def open_work(difficulty: Difficulty) -> list[Obligation]:
    return list(Obligation.objects.open().about(SUBJECT, difficulty.pk).order_by("pk"))


def end_work(
    difficulty: Difficulty, note: str = "", *, actor: Actor, at: datetime, act: uuid.UUID | None = None
) -> None:
    """Whatever was open about the matter is done; with a note it is over undone, for that reason."""
    for work in open_work(difficulty):
        if note:
            close(obligation=work, reason=ClosedReason.WITHDRAWN, note=note, actor=actor, at=at, act=act)
        else:
            fulfil(obligation=work, actor=actor, at=at, act=act)


def must_stand(difficulty: Difficulty) -> None:
    """Raises `NotPossible` for a matter that was joined to another: acts go to that one."""
    if difficulty.merged_into_id is not None:
        raise NotPossible(_("Kiến nghị này đã gộp vào kiến nghị khác; hãy xử lý ở kiến nghị đó."))


def tell_raisers(difficulty: Difficulty, *, actor: Actor, at: datetime, text: str = "") -> None:
    """A notice that there is an answer (or `text` with the `title`), to everybody who raised the matter, or who
    took it over."""
    raisers = set(difficulty.raisings.filter(withdrawn_at=None).values_list("organisation_id", flat=True))
    heirs = {holder_today(one, difficulty.field_code, actor.today) for one in raisers}
    accounts = accounts_of(heirs, actor.today, OFFICE | {Role.ENTERPRISE})
    tell(
        account_ids=set().union(*accounts.values()),
        subject=subject_of(difficulty),
        text=(text or _("Đã có trả lời: %(title)s")) % {"title": difficulty.title},
        reason=_("Kiến nghị của đơn vị đồng chí"),
        at=at,
    )
