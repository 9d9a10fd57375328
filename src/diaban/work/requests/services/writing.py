"""Writing a request: it binds nobody until it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import DOCX, JPEG, PDF, PNG
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.queries import body_of
from diaban.work.requests.choosing import Candidate
from diaban.work.requests.models import Column, Receiver, Request
from diaban.work.requests.permissions import ASK, require_manage

LETTERS = frozenset({PDF, DOCX, JPEG, PNG})


class NotPossible(Exception):
    """The request does not stand where this may be done, or lacks something; the message says what, in Vietnamese."""


@dataclass(frozen=True)
class NewColumn:
    """A column as it is written. `indicator_id` ties a number to the catalogue."""

    label: str
    kind: str = "whole"
    unit_name: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()
    indicator_id: int | None = None


@dataclass(frozen=True)
class Content:
    """Everything that a draft says. `letter_file` is (content, title) of the scanned letter."""

    title: str
    field_code: str
    due_at: datetime
    columns: Sequence[NewColumn]
    receivers: Sequence[Candidate]
    audience: str
    sight: str = "ground"
    note: str = ""
    letter_symbol: str = ""
    letter_on: date | None = None
    basis: str = ""
    letter_file: tuple[bytes, str] | None = None


@transaction.atomic
def draft_request(*, content: Content, actor: Actor, at: datetime) -> Request:
    """Write a request down, in the name of the actor's body and for its ground. Raises `NotPossible` or `NotPermitted`."""
    ground = seat_of(actor)
    if ground is None or actor.organisation_id is None:
        raise NotPossible(_("Chỉ lập được yêu cầu khi làm việc ở một vị trí của cơ quan."))
    grant = actor.require(ASK, content.field_code, ground)
    request = Request(
        unit_id=ground,
        organisation_id=body_of(actor.organisation_id, actor.today),
        made_by_id=actor.position_id,
        made_by_label=actor.label[:300],
        made_at=at,
    )
    _fill(request, content)
    request.save()
    _fill_parts(request, content, actor, at)
    record(actor=actor, verb="requests.request_drafted", thing=request, at=at, grant=grant)
    return request


@transaction.atomic
def rewrite_draft(
    *, request_id: int, content: Content, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Request:
    """Write a draft anew. Raises `NotPossible` once it was sent."""
    request = lock_draft(request_id, expected_revision)
    grant = require_manage(actor, request)
    actor.require(ASK, content.field_code, request.unit_id)
    _fill(request, content)
    request.revision += 1
    request.save()
    request.columns.all().delete()
    request.receivers.all().delete()
    _fill_parts(request, content, actor, at)
    record(actor=actor, verb="requests.request_changed", thing=request, at=at, grant=grant)
    return request


@transaction.atomic
def discard_draft(*, request_id: int, actor: Actor, at: datetime) -> None:
    """Delete an own draft. Raises `NotPossible` once it was sent."""
    request = lock_draft(request_id)
    grant = require_manage(actor, request)
    record(actor=actor, verb="requests.request_discarded", thing=request, at=at, grant=grant)
    request.delete()


def lock_draft(request_id: int, expected_revision: int | None = None) -> Request:
    request = Request.lock(request_id, expected_revision=expected_revision)
    if not request.is_draft:
        raise NotPossible(_("Yêu cầu đã gửi; nội dung không sửa được nữa."))
    return request


def _fill(request: Request, content: Content) -> None:
    for name in ("title", "field_code", "audience", "sight", "note", "letter_symbol", "letter_on", "basis"):
        setattr(request, name, getattr(content, name))
    request.due_at = request.original_due_at = content.due_at


def _fill_parts(request: Request, content: Content, actor: Actor, at: datetime) -> None:
    Column.objects.bulk_create(
        Column(
            request=request,
            position=position,
            label=column.label,
            kind=column.kind,
            unit_name=column.unit_name,
            is_required=column.is_required,
            choices=list(column.choices),
            indicator_id=column.indicator_id,
        )
        for position, column in enumerate(content.columns, 1)
    )
    Receiver.objects.bulk_create(
        Receiver(
            request=request,
            position=position,
            code=one.code,
            unit_id=one.unit_id,
            organisation_id=one.organisation_id,
            name=one.name,
            group=one.group,
        )
        for position, one in enumerate(content.receivers, 1)
    )
    if content.letter_file is not None:
        body, title = content.letter_file
        keep_file(content=body, title=title, subject=subject_of(request), accepted=LETTERS, actor=actor, at=at)
