"""Closing, opening again, giving more time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, extend
from diaban.work.requests.models import Request
from diaban.work.requests.permissions import RECEIVER, require_manage
from diaban.work.requests.rules import link_expires_at
from diaban.work.requests.services.sending import owe
from diaban.work.requests.services.writing import NotPossible


@transaction.atomic
def close_request(*, request_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Request:
    """Chốt số liệu: no further answer is taken. Whoever has not answered stands in the table as missing for good."""
    request = Request.lock(request_id, expected_revision=expected_revision)
    grant = require_manage(actor, request)
    if request.closed_at is not None:
        return request
    if request.is_draft:
        raise NotPossible(_("Yêu cầu chưa gửi thì không có gì để chốt."))
    request.closed_at = at
    request.save_revision("closed_at")
    missing = request.receivers.filter(answers=None).count()
    changes = {"missing": (None, missing)}
    act = record(actor=actor, verb="requests.request_closed", thing=request, at=at, grant=grant, changes=changes)
    for obligation in _open_work(request):
        note = "Đã chốt số liệu khi chưa có trả lời"
        close(obligation=obligation, reason=ClosedReason.WITHDRAWN, note=note, actor=actor, at=at, act=act)
    return request


@transaction.atomic
def reopen_request(*, request_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Request:
    """Take answers again; whoever has not answered owes its answer anew."""
    request = Request.lock(request_id, expected_revision=expected_revision)
    grant = require_manage(actor, request)
    if request.closed_at is None:
        return request
    before, request.closed_at = request.closed_at, None
    request.save_revision("closed_at")
    changes = {"closed_at": (before, None)}
    act = record(actor=actor, verb="requests.request_reopened", thing=request, at=at, grant=grant, changes=changes)
    for receiver in request.receivers.filter(answers=None):
        owe(request, receiver, actor=actor, at=at, act=act)
    return request


@transaction.atomic
def extend_hour(
    *,
    request_id: int,
    due_at: datetime,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> Request:
    """Give everybody until a later hour. The first hour stays beside; answers that came late stay late.

    Raises `NotPossible` where the hour is not later than the one that holds, or has passed.
    """
    request = Request.lock(request_id, expected_revision=expected_revision)
    grant = require_manage(actor, request)
    if not request.is_open:
        raise NotPossible(_("Chỉ gia hạn được yêu cầu đang nhận trả lời; đã chốt thì mở lại trước."))
    if due_at <= request.due_at or due_at <= at:
        raise NotPossible(
            _("Giờ mới phải sau hạn hiện nay (%(due_words)s) và sau giờ này.") % {"due_words": request.due_words}
        )
    before, request.due_at = request.due_at, due_at
    request.save_revision("due_at")
    request.receivers.exclude(link_key="").update(link_expires_at=link_expires_at(due_at))
    changes = {"due_at": (before, due_at), "reason": ("", reason.strip()[:500])}
    act = record(actor=actor, verb="requests.hour_extended", thing=request, at=at, grant=grant, changes=changes)
    for obligation in _open_work(request):
        extend(obligation=obligation, due_on=timezone.localdate(due_at), actor=actor, at=at, act=act)
    return request


def _open_work(request: Request) -> list[Obligation]:
    receivers = request.receivers.values("pk")
    return list(Obligation.objects.open().filter(subject_kind=RECEIVER, subject_id__in=receivers).select_for_update())
