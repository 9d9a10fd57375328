"""The short report before a meeting: filed line by line as its form asks; the form set anew from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import offices_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil
from diaban.foundation.organisations.queries import bodies_of, names_of
from diaban.work.meetings.models import Meeting, Update, UpdateLine
from diaban.work.meetings.permissions import ATTEND, SET_FORM, UPDATE
from diaban.work.meetings.rules import Stage
from diaban.work.meetings.services.steps import NotPossible

LONGEST = 4000
MOST_LINES = 20


class WrongAnswers(NotPossible):
    """What the form asks for was not answered as it asks; `faults` by the code of the line, in Vietnamese."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


def lines_asked(meeting: Meeting) -> list[UpdateLine]:
    """The form as it is on the meeting's day. One query."""
    return list(UpdateLine.objects.filter(valid__contains=meeting.held_on))


@transaction.atomic
def file_update(*, meeting_id: int, answers: Mapping[str, str], actor: Actor, at: datetime) -> Update:
    """File the own body's report; filing again before the meeting ends writes it anew.

    Raises `NotPermitted`, `WrongAnswers`, or `NotPossible` once the meeting has ended.
    """
    grant = actor.require(ATTEND)
    meeting = Meeting.lock(meeting_id)
    ours = offices_of(actor)
    if not meeting.attendees.filter(organisation__in=ours).exists() or actor.organisation_id is None:
        raise NotPermitted(_("Chỉ cơ quan được mời mới gửi báo cáo nhanh."))
    if meeting.stage not in {Stage.CONVENED, Stage.RUNNING}:
        raise NotPossible(_("Gửi báo cáo nhanh trước khi cuộc họp kết thúc."))
    said = _checked(lines_asked(meeting), answers)
    body = bodies_of([actor.organisation_id], actor.today).get(actor.organisation_id, actor.organisation_id)
    update, _is_new = Update.objects.update_or_create(
        meeting=meeting,
        organisation_id=body,
        defaults={"name": names_of([body], actor.today)[body], "answers": said, "at": at, "by": actor.label[:300]},
    )
    record(
        actor=actor, verb="meetings.updated", thing=meeting, at=at, grant=grant, changes={"office": ("", update.name)}
    )
    for owed in Obligation.objects.open().about(*subject_of(meeting)).filter(kind=UPDATE, owner_id__in=ours | {body}):
        fulfil(obligation=owed, actor=actor, at=at)
    return update


@transaction.atomic
def set_update_form(*, lines: Sequence[tuple[str, bool]], actor: Actor, at: datetime) -> list[UpdateLine]:
    """The lines (words, whether one must answer) that reports before the meetings of today and later follow. A line whose words
    stay keeps its code; reports that were filed keep their words. Raises `NotPermitted` or `NotPossible`."""
    grant = actor.require(SET_FORM)
    wanted = {label.strip()[:300]: is_required for label, is_required in lines if label.strip()}
    if not 1 <= len(wanted) <= MOST_LINES:
        raise NotPossible(_("Mẫu có từ 1 đến %(n)d mục.") % {"n": MOST_LINES})
    standing = {
        one.label: one for one in UpdateLine.objects.select_for_update().filter(valid__contains=actor.today).order_by("pk")
    }  # fmt: skip
    codes = set(UpdateLine.objects.values_list("code", flat=True))
    before = [one.label for one in sorted(standing.values(), key=lambda one: one.position)]
    for one in standing.values():
        _end(one, actor.today)
    made = []
    for position, (label, is_required) in enumerate(wanted.items(), start=1):
        code = standing[label].code if label in standing else _new_code(codes)
        made.append(
            UpdateLine.objects.create(
                code=code, position=position, label=label, is_required=is_required, valid=DateRange(actor.today, None)
            )
        )
    changes = {"lines": (", ".join(before), ", ".join(wanted))}
    record(actor=actor, verb="meetings.form_set", thing=made[0], at=at, grant=grant, changes=changes)
    return made


def _checked(lines: Sequence[UpdateLine], answers: Mapping[str, str]) -> list[dict[str, str]]:
    said = {code: text.strip() for code, text in answers.items()}
    faults = {code: _("Mẫu báo cáo nhanh không có mục này.") for code in said.keys() - {one.code for one in lines}}
    for one in lines:
        text = said.get(one.code, "")
        if one.is_required and not text:
            faults[one.code] = _("Ghi mục “%(label)s”.") % {"label": one.label}
        elif len(text) > LONGEST:
            faults[one.code] = _("Mục “%(label)s” dài quá %(n)d ký tự.") % {"label": one.label, "n": LONGEST}
    if not faults and not any(said.values()):
        faults[lines[0].code if lines else ""] = _("Ghi ít nhất một mục.")
    if faults:
        raise WrongAnswers(faults)
    return [{"code": one.code, "label": one.label, "text": said[one.code]} for one in lines if said.get(one.code)]


def _end(one: UpdateLine, on: date) -> None:
    if one.valid.lower == on:
        one.delete()
        return
    one.valid = DateRange(one.valid.lower, on)
    one.save_revision("valid")


def _new_code(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"muc-{number}" in taken:
        number += 1
    taken.add(f"muc-{number}")
    return f"muc-{number}"
