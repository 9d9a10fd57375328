"""What an account is told, for programs."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from diaban.foundation.accounts.models import Notice
from diaban.foundation.accounts.queries import notices_of
from diaban.foundation.accounts.services import mark_read
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Paged, Paging, once_only, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, show

router = Router()


class AboutOut(Schema):
    """What a notice is about: its kind, its name, and the address of its page where it has one."""

    kind: str
    label: str
    page: str | None


class NoticeOut(Schema):
    """`reason` is why one is told. `about` is null where the thing is gone, or out of the position's sight."""

    id: int
    text: str
    reason: str
    created_at: datetime
    read_at: datetime | None
    about: AboutOut | None


class ReadOut(Schema):
    """How many were not yet read."""

    marked: int


class NoticesAsked(Paging):
    """`unread`: only those not yet read, or only those read; all where it is not given."""

    unread: bool | None = None


@router.get("/notices", response=Paged[NoticeOut], operation_id="list_notices", url_name="notices")
def notices(request: HttpRequest, asked: Query[NoticesAsked]) -> Paged[NoticeOut]:
    """The notices of the account that the key acts as, newest first. Reading the list marks none as read."""
    actor = actor_of(request)
    rows = notices_of(actor.account_id, unread=asked.unread)
    return paged(request, rows, asked, lambda found: _told(actor, found))


@router.post("/notices/read", response=ReadOut, operation_id="read_all_notices", url_name="notices_read")
def read_all(request: HttpRequest) -> dict[str, Any]:
    """Mark every notice of the account as read."""
    actor = actor_of(request)

    def act() -> dict[str, Any]:
        marked = mark_read(account_id=actor.account_id, at=now()) if actor.account_id is not None else 0
        return ReadOut(marked=marked).model_dump(mode="json")

    return once_only(request, actor, act)


@router.post("/notices/{int:notice_id}/read", response=NoticeOut, operation_id="read_notice", url_name="notice_read")
def read(request: HttpRequest, notice_id: int) -> dict[str, Any]:
    """Mark one as read; one that was read keeps its moment. Of another account there is none (404)."""
    actor = actor_of(request)
    own = notices_of(actor.account_id).filter(pk=notice_id)
    if actor.account_id is None or not own.exists():
        raise Http404
    account_id = actor.account_id

    def act() -> dict[str, Any]:
        mark_read(account_id=account_id, notice_id=notice_id, at=now())
        return _told(actor, [own.get()])[0].model_dump(mode="json")

    return once_only(request, actor, act)


def _told(actor: Actor, found: list[Notice]) -> list[NoticeOut]:
    """One query for each kind of thing that they are about."""
    about = show(actor, {_subject(one) for one in found})
    return [
        NoticeOut(
            id=one.pk,
            text=one.text,
            reason=one.reason,
            created_at=one.created_at,
            read_at=one.read_at,
            about=AboutOut(kind=shown.subject.kind, label=shown.label, page=shown.url)
            if (shown := about.get(_subject(one)))
            else None,
        )
        for one in found
    ]


def _subject(notice: Notice) -> Subject:
    return Subject(notice.subject_kind, notice.subject_id)
