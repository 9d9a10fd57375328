"""What a delegation takes along: signed papers brought and taken out, what is asked at a stop."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import PDF
from diaban.foundation.journal.services import record
from diaban.work.meetings.models import Asking, Carried, Meeting, Shape, Visit
from diaban.work.meetings.permissions import RECORD
from diaban.work.meetings.services.steps import NotPossible, require_keeper

MOST_OWN = 30


@transaction.atomic
def bring_signed(*, visit_id: int, kind: str, content: bytes, title: str, actor: Actor, at: datetime) -> Carried:
    """Keep a signed paper with a visit, to be bound into its pack.

    Raises `NotPermitted`, `NotAccepted` for what is no PDF or too large, `NotPossible` for a PDF whose pages cannot be read.
    """
    visit = _lock(visit_id)
    grant = require_keeper(actor, RECORD, visit)
    said = Carried.Kind(kind)
    file = keep_file(
        content=content, title=title, subject=subject_of(visit), accepted=frozenset({PDF}), actor=actor, at=at
    )
    if not is_bindable(content):
        raise NotPossible(_("Tệp PDF bị khóa mật khẩu hoặc hỏng, không ghép vào tài liệu đoàn được; lưu lại rồi nạp."))
    changes = {said.value: ("", file.title)}
    record(actor=actor, verb="meetings.signed_brought", thing=visit, at=at, grant=grant, changes=changes)
    return Carried.objects.create(visit=visit, kind=said, file=file)


@transaction.atomic
def take_out_signed(*, carried_id: int, actor: Actor, at: datetime) -> None:
    """Bind a signed paper into the pack no longer; the file itself stays kept. Raises `NotPermitted` or `NotPossible`."""
    carried = Carried.objects.select_related("file").get(pk=carried_id)
    visit = _lock(carried.visit_id)
    grant = require_keeper(actor, RECORD, visit)
    changes = {carried.kind: (carried.file.title, "")}
    carried.delete()
    record(actor=actor, verb="meetings.signed_taken_out", thing=visit, at=at, grant=grant, changes=changes)


@transaction.atomic
def write_questions(
    *, meeting_id: int, struck: Sequence[str], own: Sequence[str], actor: Actor, at: datetime,
    expected_revision: int | None = None,
) -> list[Asking]:  # fmt: skip
    """Write anew what is asked at a stop: the keys of suggested questions that are not, and the delegation's own questions.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible`.
    """
    meeting = Meeting.lock(meeting_id, expected_revision=expected_revision)
    grant = require_keeper(actor, RECORD, meeting)
    if meeting.shape != Shape.STOP or meeting.cancelled_at is not None:
        raise NotPossible(_("Chỉ soạn câu hỏi cho buổi làm việc của đoàn chưa hủy."))
    words = list(dict.fromkeys(" ".join(one.split())[:500] for one in own if one.strip()))
    if len(words) > MOST_OWN:
        raise NotPossible(_("Nhiều nhất %(n)s câu hỏi thêm cho một buổi.") % {"n": MOST_OWN})
    before = meeting.askings.count()
    meeting.askings.all().delete()
    keys = list(dict.fromkeys(one for one in struck if one))
    rows = [Asking(meeting=meeting, key=one) for one in keys] + [Asking(meeting=meeting, text=one) for one in words]
    Asking.objects.bulk_create(rows)
    meeting.save_revision()
    changes = {"struck": (None, len(keys)), "own": (None, len(words)), "decided": (before, len(rows))}
    record(actor=actor, verb="meetings.questions_written", thing=meeting, at=at, grant=grant, changes=changes)
    return rows


def is_bindable(content: bytes) -> bool:
    """Whether the pages of a PDF can be bound with others."""
    try:
        read = PdfReader(BytesIO(content))
        return not read.is_encrypted and len(read.pages) > 0
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):  # of files that are broken
        return False


def _lock(visit_id: int) -> Visit:
    visit = Visit.lock(visit_id)
    if visit.cancelled_at is not None:
        raise NotPossible(_("Đoàn công tác đã hủy."))
    return visit
