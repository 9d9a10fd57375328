"""Papers of meetings and visits are put to signature: drafts among the office's documents, numbered by its own register."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.services import draft_document, revise_document
from diaban.foundation.journal.services import record
from diaban.work.meetings.models import Meeting, Visit
from diaban.work.meetings.permissions import RECORD
from diaban.work.meetings.rules import Stage
from diaban.work.meetings.services.steps import NotPossible, require_keeper

OVER: Final = frozenset({Stage.HELD, Stage.CONCLUDED})


@transaction.atomic
def put_to_signature(*, of: Meeting | Visit, what: str, paper: Paper, actor: Actor, at: datetime) -> Document:
    """Draft the minutes (`minutes`) or the notice (`notice`) of a meeting, or the report (`report`) of a visit; what was drafted
    and not issued yet is written anew.

    Raises `NotPermitted`, or `NotPossible` before there is anything to tell, or once the paper is issued.
    """
    one = type(of).lock(of.pk)
    grant = require_keeper(actor, RECORD, one)
    _require_over(one)
    kept: Document | None = getattr(one, what)
    if kept is not None and kept.status != Document.Status.DRAFT:
        raise NotPossible(_("Văn bản này đã ban hành; đính chính, thay thế hoặc thu hồi ở trang của văn bản."))
    if kept is not None:
        return revise_document(document_id=kept.pk, paper=paper, expected_revision=kept.revision, actor=actor, at=at)
    document = draft_document(
        paper=paper, organisation_id=one.organisation_id, subject=subject_of(one), actor=actor, at=at
    )
    setattr(one, what, document)
    one.save_revision(what)
    changes = {what: ("", document.title)}
    record(actor=actor, verb=f"meetings.{what}_drafted", thing=one, at=at, grant=grant, changes=changes)
    return document


def _require_over(one: Meeting | Visit) -> None:
    if isinstance(one, Meeting):
        if one.stage not in OVER:
            raise NotPossible(_("Lập biên bản, thông báo sau khi họp xong."))
    elif not one.stops.filter(closed_at__isnull=False).exists():
        raise NotPossible(_("Lập báo cáo kết quả sau khi đoàn đã làm việc xong ở ít nhất một nơi."))
