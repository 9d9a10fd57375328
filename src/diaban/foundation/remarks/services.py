"""Saying something on a subject. Whoever may see a subject may speak in its threads."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import Subject, visible_thing
from diaban.foundation.journal.services import record
from diaban.foundation.remarks.models import Remark, Thread

LONGEST = 4000


class EmptyRemark(ValueError):
    """A remark says something, in at most 4,000 characters; the message says so in Vietnamese."""


@transaction.atomic
def open_thread(*, subject: Subject, text: str, actor: Actor, at: datetime, cell: str = "") -> Thread:
    """Raise a matter. Raises `NotPermitted` where the subject is out of the actor's sight, or `EmptyRemark`."""
    thing = visible_thing(actor, subject)
    if thing is None:
        raise NotPermitted(_("Không thấy nội dung cần trao đổi trong phạm vi của vị trí đang làm việc."))
    thread = Thread.objects.create(subject_kind=subject.kind, subject_id=subject.id, cell=cell, opened_at=at)
    _say(thread, text, actor, at)
    record(
        actor=actor, verb="remarks.thread_opened", thing=thing, at=at, changes={"cell": ("", cell), "text": ("", text)}
    )
    return thread


@transaction.atomic
def add_remark(*, thread: Thread, text: str, actor: Actor, at: datetime) -> Remark:
    """Answer in a thread. Raises as `open_thread`."""
    thing = visible_thing(actor, Subject(thread.subject_kind, thread.subject_id))
    if thing is None:
        raise NotPermitted(_("Không thấy nội dung cần trao đổi trong phạm vi của vị trí đang làm việc."))
    remark = _say(thread, text, actor, at)
    record(actor=actor, verb="remarks.remark_added", thing=thing, at=at, changes={"text": ("", text)})
    return remark


@transaction.atomic
def settle_thread(*, thread_id: int, actor: Actor, at: datetime) -> Thread:
    """Mark a matter as settled. Settling twice changes nothing."""
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    thing = visible_thing(actor, Subject(thread.subject_kind, thread.subject_id))
    if thing is None:
        raise NotPermitted(_("Không thấy nội dung cần trao đổi trong phạm vi của vị trí đang làm việc."))
    if thread.settled_at is None:
        thread.settled_at, thread.settled_by = at, actor.label[:300]
        thread.save(update_fields=["settled_at", "settled_by"])
        record(
            actor=actor, verb="remarks.thread_settled", thing=thing, at=at, changes={"cell": (thread.cell, thread.cell)}
        )
    return thread


def _say(thread: Thread, text: str, actor: Actor, at: datetime) -> Remark:
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise EmptyRemark(_("Hãy ghi nội dung trao đổi, tối đa %(longest)s ký tự.") % {"longest": LONGEST})
    return Remark.objects.create(
        thread=thread,
        text=said,
        account_id=actor.account_id,
        organisation_id=actor.organisation_id,
        author=actor.label[:300],
        at=at,
    )
