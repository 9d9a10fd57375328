"""Extensions and exemptions: asked for with a reason, granted by a leader of whoever is owed."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import DeadlineRequest, Obligation
from diaban.foundation.obligations.permissions import ground_to_decide, is_counterparts_office, is_owners_office
from diaban.foundation.obligations.rules import ClosedReason, may_ask_until
from diaban.foundation.obligations.services.obligations import close
from diaban.foundation.obligations.services.telling import notify_counterpart, notify_owners


class BadRequest(ValueError):
    """What was asked for cannot be asked; the message says in Vietnamese what to mend."""


class AlreadyAsked(BadRequest):
    """An undecided request stands already."""


def ask_extension(
    *, obligation_id: int, reason: str, wanted_due_on: date, actor: Actor, at: datetime
) -> DeadlineRequest:
    """Ask for a later deadline. Raises `NotPermitted` or `BadRequest`."""
    return _ask(obligation_id, DeadlineRequest.Kind.EXTENSION, reason, wanted_due_on, actor, at)


def ask_exemption(*, obligation_id: int, reason: str, actor: Actor, at: datetime) -> DeadlineRequest:
    """Ask to be exempted. Raises as `ask_extension`."""
    return _ask(obligation_id, DeadlineRequest.Kind.EXEMPTION, reason, None, actor, at)


@transaction.atomic
def decide_request(
    *, request_id: int, granted: bool, answer: str, due_on: date | None, actor: Actor, at: datetime
) -> DeadlineRequest:
    """Grant or refuse a request. A granted extension keeps the deadline first set beside the new one.

    `due_on` is the day granted (the day asked for where None). Raises `NotPermitted` or `BadRequest`.
    """
    asked = DeadlineRequest.objects.select_for_update().get(pk=request_id)
    obligation = Obligation.lock(asked.obligation_id)
    grant = ground_to_decide(actor, obligation) or actor.require("obligations.decide_own")
    if not is_counterparts_office(actor, obligation):
        raise NotPermitted(_("Chỉ cơ quan nhận kết quả mới quyết định gia hạn, miễn."))
    if asked.granted is not None:
        raise BadRequest(_("Đề nghị này đã được giải quyết."))
    _check_decision(obligation, granted, answer, due_on)
    before = obligation.due_on
    asked.granted, asked.answer = granted, answer.strip()[:1000]
    asked.decided_by, asked.decided_at = actor.label[:300], at
    asked.granted_due_on = (due_on or asked.wanted_due_on) if granted else None
    asked.save()
    if granted:
        _carry_out(asked, obligation, actor, at)
    changes = {"granted": (None, granted), "due_on": (before, obligation.due_on)}
    record(actor=actor, verb="obligations.request_decided", thing=obligation, at=at, grant=grant, changes=changes)
    answered = _("Đề nghị về thời hạn được đồng ý") if granted else _("Đề nghị về thời hạn không được đồng ý")
    notify_owners(obligations=[obligation], reason=answered, on=actor.today, at=at)
    return asked


def _ask(
    obligation_id: int, kind: DeadlineRequest.Kind, reason: str, wanted: date | None, actor: Actor, at: datetime
) -> DeadlineRequest:
    with transaction.atomic():
        obligation = Obligation.lock(obligation_id)
        grant = actor.require("obligations.ask")
        if not is_owners_office(actor, obligation):
            raise NotPermitted(_("Chỉ cơ quan đang thực hiện việc này mới xin gia hạn, xin miễn."))
        _check(obligation, reason, wanted, actor.today)
        try:
            with transaction.atomic():
                asked = DeadlineRequest.objects.create(
                    obligation=obligation,
                    kind=kind,
                    reason=reason.strip()[:1000],
                    wanted_due_on=wanted,
                    asked_by=actor.label[:300],
                    asked_at=at,
                )
        except IntegrityError:
            raise AlreadyAsked(_("Đã có một đề nghị đang chờ trả lời.")) from None
        record(
            actor=actor,
            verb="obligations.asked",
            thing=obligation,
            at=at,
            grant=grant,
            changes={"reason": ("", reason)},
        )
        waits = _("Đề nghị gia hạn, miễn đang chờ đồng chí quyết định")
        notify_counterpart(obligation=obligation, reason=waits, on=actor.today, at=at)
        return asked


def _check(obligation: Obligation, reason: str, wanted: date | None, today: date) -> None:
    if not reason.strip():
        raise BadRequest(_("Hãy ghi lý do."))
    if not obligation.is_open or obligation.due_on is None:
        raise BadRequest(_("Việc này không còn hạn để xin gia hạn hoặc miễn."))
    if wanted is not None and wanted <= obligation.due_on:
        raise BadRequest(
            _("Ngày xin gia hạn phải sau hạn hiện nay (%(due_on)s).") % {"due_on": f"{obligation.due_on:%d/%m/%Y}"}
        )
    if wanted is not None and not may_ask_until(obligation.due_on, today):
        raise BadRequest(_("Đã quá hạn: không xin gia hạn được nữa. Hãy gửi kết quả và giải trình lý do chậm."))


def _check_decision(obligation: Obligation, granted: bool, answer: str, due_on: date | None) -> None:
    if not granted:
        if not answer.strip():
            raise BadRequest(_("Hãy ghi lý do không đồng ý."))
        return
    if not obligation.is_open:  # a later deadline must not make a late result look timely
        raise BadRequest(_("Việc này đã kết thúc: không gia hạn, miễn được nữa."))
    if due_on is not None and obligation.due_on is not None and due_on <= obligation.due_on:
        raise BadRequest(_("Hạn mới phải sau hạn hiện nay (%(due_on)s).") % {"due_on": f"{obligation.due_on:%d/%m/%Y}"})


def _carry_out(asked: DeadlineRequest, obligation: Obligation, actor: Actor, at: datetime) -> None:
    if asked.kind == DeadlineRequest.Kind.EXEMPTION:
        close(obligation=obligation, reason=ClosedReason.WAIVED, note=asked.reason, actor=actor, at=at)
        return
    obligation.due_on = asked.granted_due_on
    obligation.save_revision("due_on")
