"""A draft of the week goes back to its writers with what is to be mended, and comes in again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.queries import who_did
from diaban.foundation.journal.services import record
from diaban.work.meetings.models import Week
from diaban.work.meetings.permissions import WEEK_APPROVE, WEEK_WRITE
from diaban.work.meetings.rules import WeekStage
from diaban.work.meetings.services.steps import NotPossible
from diaban.work.meetings.services.weeks import lock_week

WRITTEN = (
    "meetings.week_drafted", "meetings.week_changed", "meetings.entry_written", "meetings.entry_changed",
    "meetings.entry_struck", "meetings.week_handed_in",
)  # fmt: skip
LONGEST_REASON = 1000


@transaction.atomic
def send_back_week(
    *, week_id: int, reason: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Week:
    """Send a draft, approved or not, back to whoever wrote it, saying what to mend; they are told. An approval lapses.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` once it is published, lies with them already, or without words.
    """
    week, grant = lock_week(week_id, WEEK_APPROVE, actor, expected_revision)
    if week.stage == WeekStage.PUBLISHED:
        raise NotPossible(_("Lịch tuần đã công bố: sửa từng nội dung, ghi lý do."))
    if week.sent_back_at is not None:
        raise NotPossible(_("Lịch tuần đã chuyển lại, đang chờ sửa."))
    if not reason.strip():
        raise NotPossible(_("Ghi nội dung cần sửa."))
    week.approved_at, week.approved_by = None, ""
    week.sent_back_at, week.sent_back_by = at, actor.label[:300]
    week.sent_back_reason = reason.strip()[:LONGEST_REASON]
    week.save_revision("approved_at", "approved_by", "sent_back_at", "sent_back_by", "sent_back_reason")
    changes = {"reason": ("", week.sent_back_reason)}
    record(actor=actor, verb="meetings.week_sent_back", thing=week, at=at, grant=grant, changes=changes)
    writers = who_did(subject_of(week), WRITTEN) - {actor.account_id}
    text = f"Dự thảo lịch công tác tuần được chuyển lại để sửa: {week.sent_back_reason}"
    tell(account_ids=writers, subject=subject_of(week), text=text, reason="Anh, chị đã soạn lịch tuần này", at=at)
    return week


@transaction.atomic
def hand_in_week(*, week_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Week:
    """Hand a mended draft in again; whoever sent it back is told. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    week, grant = lock_week(week_id, WEEK_WRITE, actor, expected_revision)
    if week.sent_back_at is None:
        raise NotPossible(_("Lịch tuần này không phải sửa lại."))
    week.sent_back_at = None
    week.save_revision("sent_back_at")
    record(actor=actor, verb="meetings.week_handed_in", thing=week, at=at, grant=grant)
    askers = who_did(subject_of(week), ("meetings.week_sent_back",)) - {actor.account_id}
    text = "Dự thảo lịch công tác tuần đã sửa, trình lại để duyệt"
    tell(account_ids=askers, subject=subject_of(week), text=text, reason="Anh, chị đã đề nghị sửa lịch tuần này", at=at)
    return week
