"""Sending: each receiver owes an answer, has a link of its own, and is told."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import notify_owners, open_obligation
from diaban.work.requests.links import new_key
from diaban.work.requests.models import Receiver, Request
from diaban.work.requests.permissions import require_manage
from diaban.work.requests.rules import link_expires_at
from diaban.work.requests.services.writing import NotPossible, lock_draft

OBLIGATION = "requests.answer"


@transaction.atomic
def send_request(*, request_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Request:
    """Send a draft. Raises `NotPossible` with what it lacks, `NeverOwes` for a receiver that owes nothing."""
    request = lock_draft(request_id, expected_revision)
    grant = require_manage(actor, request)
    receivers = list(request.receivers.all())
    if faults := faults_of(request, at):
        raise NotPossible(" ".join(faults))
    request.sent_at = at
    request.save_revision("sent_at")
    for receiver in receivers:
        receiver.link_key, receiver.link_expires_at = new_key(), link_expires_at(request.due_at)
    Receiver.objects.bulk_update(receivers, ["link_key", "link_expires_at"])
    columns = request.columns.count()
    changes = {
        "letter": ("", request.letter),
        "due_at": (None, request.due_at),
        "receivers": (None, len(receivers)),
        "cells": (None, columns * len(receivers)),
    }
    act = record(actor=actor, verb="requests.request_sent", thing=request, at=at, grant=grant, changes=changes)
    opened = [owe(request, receiver, actor=actor, at=at, act=act) for receiver in receivers]
    reason = f"Yêu cầu số liệu mới, trả lời trước {request.due_words}"
    notify_owners(obligations=opened, reason=reason, on=actor.today, at=at)
    return request


def faults_of(request: Request, at: datetime) -> list[str]:
    """Why a draft cannot be sent, in Vietnamese; nothing where it can."""
    faults = []
    if not request.letter_symbol or request.letter_on is None:
        faults.append("Chưa ghi số, ký hiệu và ngày của công văn đề nghị.")
    if not request.basis:
        faults.append("Chưa ghi căn cứ, thẩm quyền yêu cầu.")
    if not request.columns.exists():
        faults.append("Chưa có cột nào để hỏi.")
    if not request.receivers.exists():
        faults.append("Chưa chọn đơn vị nào.")
    if request.due_at <= at:
        faults.append("Giờ hạn trả lời đã qua; chọn giờ khác.")
    return faults


def owe(
    request: Request, receiver: Receiver, *, actor: Actor, at: datetime, act: uuid.UUID | None = None
) -> Obligation:
    """Let a receiver owe its answer by the day of the hour; one that owes it already goes on owing it."""
    receiver.request = request
    return open_obligation(
        kind=OBLIGATION,
        title=f"Trả lời số liệu nhanh: {request.title}",
        unit_id=receiver.unit_id,
        field_code=request.field_code,
        owner_id=receiver.organisation_id,
        counterpart_id=request.organisation_id,
        on=actor.today,
        due_on=timezone.localdate(request.due_at),
        actor=actor,
        at=at,
        subject=subject_of(receiver),
        act=act,
    )
