"""Evidence: files beside what was raised or answered, with it or afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.models import File
from diaban.foundation.files.services import Files, keep_evidence
from diaban.foundation.journal.services import record
from diaban.work.difficulties.models import Answer, Difficulty
from diaban.work.difficulties.permissions import HANDLE, SPEAK, own_words
from diaban.work.difficulties.services.steps import NotPossible, must_stand


@transaction.atomic
def add_evidence(*, difficulty_id: int, files: Files, actor: Actor, at: datetime) -> list[File]:
    """Add files to what the own body said of the matter last: its answer, else what it raised.

    Raises `NotPermitted`, `NotAccepted` (a file), or `NotPossible` without one or for a matter that was joined.
    """
    difficulty = Difficulty.lock(difficulty_id)
    must_stand(difficulty)
    words = own_words(actor, difficulty.raisings.all(), difficulty.answers.all())
    if words is None:
        raise NotPermitted(_("Chỉ đơn vị đã nêu hoặc đã trả lời kiến nghị mới gửi thêm minh chứng."))
    grant = actor.require(HANDLE if isinstance(words, Answer) else SPEAK)
    if not files:
        raise NotPossible(_("Chọn tệp minh chứng."))
    kept = keep_evidence(files=files, subject=subject_of(words), actor=actor, at=at)
    changes = {"files": ("", "; ".join(one.title for one in kept)[:500])}
    record(actor=actor, verb="difficulties.evidence_added", thing=difficulty, at=at, grant=grant, changes=changes)
    return kept
