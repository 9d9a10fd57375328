"""Conclusions: written while one remembers, sent out by the notice, followed as directives; withdrawn with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie, untie
from diaban.foundation.mandates.permissions import party
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil
from diaban.foundation.organisations.queries import names_of, versions_of
from diaban.lib.vietnamese import format_date
from diaban.work.difficulties import services as difficulties
from diaban.work.difficulties.models import Answer, Difficulty
from diaban.work.difficulties.permissions import in_hand_of
from diaban.work.difficulties.rules import PROMISES, Result
from diaban.work.directives import services as directives
from diaban.work.directives.choosing import modes_towards
from diaban.work.directives.models import Directive
from diaban.work.directives.rules import Mode
from diaban.work.meetings.models import Attendee, Brought, Conclusion, Meeting, Receiver, Shape
from diaban.work.meetings.permissions import BRIEFING, CONCLUDE, NOTICE, RECORD
from diaban.work.meetings.rules import faults_of_conclusion, may_now
from diaban.work.meetings.services.convening import bring_file
from diaban.work.meetings.services.steps import NotPossible, lock_meeting, require_keeper, tell_asked

ANSWERS = set(Result) - {Result.SENT_UP}
NEVER_BY_CONCLUSION = Mode.REQUIRE  # names an article, which no conclusion does


@dataclass(frozen=True)
class Said:
    """What a conclusion says and for whom. An answer to a difficulty of the register says with which result; what it promises
    is promised by `due_on`."""

    kind: str
    text: str
    field_code: str
    receivers: Sequence[int] = ()
    due_on: date | None = None
    product: str = ""
    proposal: str = ""
    difficulty_id: int | None = None
    result: str = ""


@transaction.atomic
def conclude(
    *, meeting_id: int, said: Said, actor: Actor, at: datetime, conclusion_id: int | None = None,
    expected_revision: int | None = None,
) -> Conclusion:  # fmt: skip
    """Write a conclusion down, or write a draft anew; it binds nobody before the notice.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible`.
    """
    meeting = lock_meeting(meeting_id, "record")
    grant = require_keeper(actor, RECORD, meeting)
    matter = _matter(said, actor)
    proposal = said.proposal.strip() or (matter.content if matter else "")
    faults = faults_of_conclusion(said.kind, said.receivers, proposal)
    if faults or not said.text.strip():
        raise NotPossible(" ".join(faults) or _("Ghi nội dung kết luận."))
    if conclusion_id is None:
        last = meeting.conclusions.aggregate(last=Max("position"))["last"] or 0
        conclusion = Conclusion(meeting=meeting, position=last + 1)
    else:
        if not meeting.conclusions.filter(pk=conclusion_id).exists():
            raise NotPossible(_("Kết luận này không thuộc cuộc họp."))
        conclusion = Conclusion.lock(conclusion_id, expected_revision=expected_revision)
        conclusion.revision += 1
    for name in ("kind", "field_code", "due_on"):
        setattr(conclusion, name, getattr(said, name))
    conclusion.text, conclusion.product = said.text.strip(), said.product.strip()[:300]
    conclusion.proposal = proposal[:500]
    conclusion.difficulty, conclusion.result = matter, said.result if matter else ""
    conclusion.save()
    _set_receivers(conclusion, said.receivers, actor.today)
    verb = "meetings.concluded" if conclusion_id is None else "meetings.conclusion_changed"
    changes = {"due_on": (None, conclusion.due_on), "receivers": (0, len(said.receivers))}
    record(actor=actor, verb=verb, thing=conclusion, at=at, grant=grant, changes=changes)
    tie(source=subject_of(conclusion), kind=Link.Kind.BELONGS_TO, target=subject_of(meeting), on=actor.today)
    return conclusion


@transaction.atomic
def issue_notice(*, meeting_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Meeting:
    """Send the conclusions out: what they ask for becomes directives in the mode that each receiver may be turned to, the duty
    of the period and of the notice are fulfilled, difficulties are answered, everybody asked is told.

    Raises `NotPermitted`, or `NotPossible` without a conclusion or a receiver that may be turned to.
    """
    meeting = lock_meeting(meeting_id, "conclude", expected_revision=expected_revision)
    grant = require_keeper(actor, CONCLUDE, meeting)
    conclusions = list(meeting.conclusions.filter(withdrawn_at=None).prefetch_related("receivers"))
    if not conclusions:
        raise NotPossible(_("Chưa ghi kết luận nào."))
    meeting.concluded_at = at
    meeting.save_revision("concluded_at")
    changes = {"conclusions": (0, len(conclusions))}
    record(actor=actor, verb="meetings.notice_issued", thing=meeting, at=at, grant=grant, changes=changes)
    for one in conclusions:
        if one.kind == Conclusion.Kind.DIRECTIVE:
            _direct(meeting, one, actor, at)
        elif one.difficulty_id is not None:
            _answer(meeting, one, actor, at)
    for owed in Obligation.objects.open().about(*subject_of(meeting)).filter(kind=NOTICE):
        fulfil(obligation=owed, actor=actor, at=at)
    _fulfil_duty(meeting, actor, at)
    tell_asked(
        meeting, list(meeting.attendees.all()), text=f"Thông báo kết luận: {meeting.title}",
        reason="Đã dự hoặc được mời họp", on=actor.today, at=at,
    )  # fmt: skip
    return meeting


@transaction.atomic
def withdraw_conclusion(
    *, conclusion_id: int, reason: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Conclusion:
    """Take a conclusion back. A draft goes; after the notice its directives and its answer are withdrawn, everybody asked is
    told, and the conclusion stays, struck through, with the reason. Raises `NotPermitted`, `StaleRevision` or
    `NotPossible`."""
    conclusion = Conclusion.lock(conclusion_id, expected_revision=expected_revision)
    meeting = Meeting.lock(conclusion.meeting_id)
    is_out = meeting.concluded_at is not None
    grant = require_keeper(actor, CONCLUDE if is_out else RECORD, meeting)
    if conclusion.withdrawn_at is not None or not (is_out or may_now("record", meeting.stage)):
        raise NotPossible(_("Kết luận đã thu hồi."))
    if not is_out:
        record(actor=actor, verb="meetings.conclusion_dropped", thing=conclusion, at=at, grant=grant)
        conclusion.delete()
        return conclusion
    if not reason.strip():
        raise NotPossible(_("Ghi lý do thu hồi."))
    conclusion.withdrawn_at, conclusion.withdrawn_reason = at, reason.strip()[:300]
    conclusion.save_revision("withdrawn_at", "withdrawn_reason")
    changes = {"reason": ("", conclusion.withdrawn_reason)}
    record(actor=actor, verb="meetings.conclusion_withdrawn", thing=conclusion, at=at, grant=grant, changes=changes)
    for one in Directive.objects.filter(
        origin_kind="meetings.conclusion", origin_id=conclusion.pk, issued_at__isnull=False, withdrawn_at=None
    ):
        directives.withdraw(directive_id=one.pk, reason=f"Kết luận thu hồi: {reason.strip()}"[:300], actor=actor, at=at)
    if conclusion.answer is not None and conclusion.answer.withdrawn_at is None:
        _take_back(conclusion, conclusion.answer.pk, actor, at)
    tell_asked(
        meeting, list(meeting.attendees.all()), text=f"Thu hồi kết luận số {conclusion.position}: {meeting.title}",
        reason="Đã dự hoặc được mời họp", on=actor.today, at=at,
    )  # fmt: skip
    return conclusion


@transaction.atomic
def record_combined(
    *, obligation_id: int, held_on: date, combined_with: str, summary: str, content: bytes, title: str, actor: Actor,
    at: datetime,
) -> Meeting:  # fmt: skip
    """Say that the briefing of a period was held within another meeting (lồng ghép) and file that meeting's minutes: the duty
    is fulfilled. Raises `NotPermitted`, `NotAccepted` (the file), or `NotPossible`."""
    grant = actor.require(RECORD)
    owed = Obligation.objects.open().filter(pk=obligation_id, kind=BRIEFING).first()
    if owed is None or owed.owner_id not in party(actor):
        raise NotPermitted(_("Kỳ giao ban này không phải việc của cơ quan."))
    if not combined_with.strip() or not summary.strip() or held_on > actor.today:
        raise NotPossible(_("Ghi cuộc họp đã lồng ghép, ngày họp và kết quả."))
    meeting = Meeting.objects.create(
        shape=Shape.BRIEFING, organisation_id=owed.owner_id, unit_id=owed.unit_id, field_code=owed.field_code,
        title=owed.title, period=owed.period, held_on=held_on, starts_at=time(8), ends_at=time(11, 30),
        place=combined_with.strip()[:250], combined_with=combined_with.strip()[:250], planned_at=at,
        planned_by=actor.label[:300], convened_at=at, opened_at=at, closed_at=at, concluded_at=at,
    )  # fmt: skip
    remark = Conclusion.objects.create(
        meeting=meeting, position=1, kind=Conclusion.Kind.REMARK, field_code=owed.field_code, text=summary.strip()
    )
    Attendee.objects.create(
        meeting=meeting, position=1, capacity="chair", organisation_id=owed.owner_id,
        office=names_of([owed.owner_id], held_on)[owed.owner_id], code="0000", presence="present",
    )  # fmt: skip
    changes = {"held_on": (None, held_on), "combined_with": ("", meeting.combined_with)}
    record(actor=actor, verb="meetings.combined", thing=meeting, at=at, grant=grant, changes=changes)
    tie(source=subject_of(remark), kind=Link.Kind.BELONGS_TO, target=subject_of(meeting), on=actor.today)
    tie(source=subject_of(meeting), kind=Link.Kind.ANSWERS, target=subject_of(owed), on=actor.today)
    bring_file(meeting_id=meeting.pk, kind=Brought.Kind.PAPER, content=content, title=title, actor=actor, at=at)
    fulfil(obligation=owed, actor=actor, at=at)
    return meeting


def _set_receivers(conclusion: Conclusion, receivers: Sequence[int], on: date) -> None:
    names = names_of(set(receivers), on)
    conclusion.receivers.all().delete()
    Receiver.objects.bulk_create(
        Receiver(conclusion=conclusion, organisation_id=one, name=names[one]) for one in dict.fromkeys(receivers)
    )


def _direct(meeting: Meeting, conclusion: Conclusion, actor: Actor, at: datetime) -> None:
    """One directive for each way that its receivers may be turned to. Who was merged or abolished since the meeting is turned
    to in the person of his successor in the field."""
    receivers = list(conclusion.receivers.all())
    alive = versions_of([one.organisation_id for one in receivers], actor.today)
    standing = {
        one.organisation_id: one.organisation_id
        if one.organisation_id in alive
        else successor_in(one.organisation_id, conclusion.field_code, actor.today)
        for one in receivers
    }
    gone = [one.name for one in receivers if standing[one.organisation_id] is None]
    if gone:
        raise NotPossible(_("Nơi nhận không còn và chưa có cơ quan kế thừa: %(names)s.") % {"names": ", ".join(gone)})
    offices = versions_of({one for one in standing.values() if one is not None}, actor.today)
    modes = modes_towards(meeting.organisation_id, list(offices.values()), conclusion.field_code, actor.today, actor)
    groups: dict[Mode, list[int]] = {}
    for pk in offices:
        mode = next((mode for mode in modes[pk] if mode is not NEVER_BY_CONCLUSION), None)  # the usual one first
        if mode is None:
            raise NotPossible(_("Không giao việc, đề nghị được với %(name)s.") % {"name": offices[pk].name})
        groups.setdefault(mode, []).append(pk)
    for mode, found in groups.items():
        directives.draft_and_issue(
            content=directives.Content(
                mode=mode.value,
                text=conclusion.text,
                field_code=conclusion.field_code,
                receivers=tuple(directives.Receiver(one) for one in found),
                due_on=conclusion.due_on,
                product=conclusion.product,
                source_item=f"kết luận {conclusion.position}, {format_date(meeting.held_on)}",
            ),
            actor=actor,
            at=at,
            origin=subject_of(conclusion),
        )


def _matter(said: Said, actor: Actor) -> Difficulty | None:
    """The difficulty that is answered. Raises `NotPossible` for one that the own body has not in hand, and for a promise without
    its day."""
    if said.kind != Conclusion.Kind.ANSWER or said.difficulty_id is None:
        return None
    matter = Difficulty.objects.get(pk=said.difficulty_id)
    if in_hand_of(actor, matter) is None:
        raise NotPossible(_("Cơ quan không còn xử lý kiến nghị: %(title)s.") % {"title": matter.title})
    if said.result not in ANSWERS:
        raise NotPossible(_("Chọn kết quả trả lời kiến nghị."))
    if said.result in PROMISES and (said.due_on is None or said.due_on <= actor.today):
        raise NotPossible(_("Trả lời đang hoặc sẽ giải quyết phải ghi hạn, sau hôm nay."))
    return matter


def _answer(meeting: Meeting, conclusion: Conclusion, actor: Actor, at: datetime) -> None:
    """The difficulty is answered by the notice. Raises `NotPossible` where it is no longer the own body's to answer."""
    matter = conclusion.difficulty
    if matter is None or in_hand_of(actor, matter) is None:
        said = _("Kết luận %(number)d: cơ quan không còn xử lý kiến nghị này; sửa hoặc bỏ kết luận.")
        raise NotPossible(said % {"number": conclusion.position})
    try:
        conclusion.answer = difficulties.answer(
            difficulty_id=matter.pk, result=conclusion.result, text=conclusion.text, document=_notice_said(meeting),
            promised_on=conclusion.due_on if conclusion.result in PROMISES else None, actor=actor, at=at,
        )  # fmt: skip
    except difficulties.NotPossible as problem:
        raise NotPossible(f"{conclusion.position}. {problem}") from problem
    conclusion.save_revision("answer")
    tie(source=subject_of(conclusion), kind=Link.Kind.ANSWERS, target=subject_of(matter), on=actor.today)


def _notice_said(meeting: Meeting) -> str:
    """The conclusion notice by its number and day where the office's register has given them, else by its meeting."""
    paper = meeting.notice
    if paper is not None and paper.issued_on is not None:
        return f"Thông báo {paper.number} ngày {format_date(paper.issued_on)}"
    return f"Thông báo kết luận {meeting.title}, họp ngày {format_date(meeting.held_on)}"


def _take_back(conclusion: Conclusion, answer_id: int, actor: Actor, at: datetime) -> None:
    reason = f"Kết luận thu hồi: {conclusion.withdrawn_reason}"[:300]
    if Answer.objects.standing().filter(pk=answer_id).exists():  # its office may have taken it back before
        difficulties.withdraw_answer(answer_id=answer_id, reason=reason, actor=actor, at=at)
    own = subject_of(conclusion)
    for link in Link.objects.filter(kind=Link.Kind.ANSWERS, source_kind=own.kind, source_id=own.id, untied_on=None):
        untie(link_id=link.pk, on=actor.today)


def _fulfil_duty(meeting: Meeting, actor: Actor, at: datetime) -> None:
    own = subject_of(meeting)
    owed = Link.objects.filter(
        kind=Link.Kind.ANSWERS, source_kind=own.kind, source_id=own.id, target_kind="obligations.obligation",
        untied_on=None,
    ).values_list("target_id", flat=True)  # fmt: skip
    for one in Obligation.objects.open().filter(pk__in=list(owed), kind=BRIEFING):
        fulfil(obligation=one, actor=actor, at=at)
