"""Questions that a delegation may put at a stop. Each rests on something that stands open, which is named; none is invented."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.db.models import Q
from django.urls import reverse

from diaban.foundation.facts.queries import field_names
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.dossier import IS_OPEN
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.permissions import visible_obligations
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.dossier import Place
from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.permissions import SUBJECT as DIFFICULTY
from diaban.work.difficulties.queries.lists import OPEN, lines_of, listed
from diaban.work.difficulties.rules import State
from diaban.work.directives.models import Task
from diaban.work.meetings.labels import conclusion_url
from diaban.work.meetings.models import Conclusion, Meeting
from diaban.work.meetings.permissions import visible_conclusions
from diaban.work.reporting.unclear import unclear_of

MOST: Final = 6  # of one source at one stop
EVERYTHING: Final = "Công tác chung"
OWN: Final = "Câu hỏi của đoàn"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, why (what stands open, since when), and where that is to be read."""

    field: str
    text: str
    why: str
    url: str

    @property
    def key(self) -> str:
        """What a suggested question is known by from day to day: its reason changes, what it asks of what does not."""
        return sha256(f"{self.url} {self.text}".encode()).hexdigest()[:32]


def questions_at(place: Place, held_on: date) -> list[Question]:
    """By field, those of all fields first; within a field what was concluded, what is late, what is raised, what the report
    leaves unclear. About fifteen queries."""
    fields = field_names()
    concluded, told = _concluded(place, held_on, fields)
    found = [*concluded, *_late(place, told, fields), *_raised(place, fields), *_unclear(place, fields)]
    order = {name: number for number, name in enumerate([EVERYTHING, *fields.values()])}
    return sorted(found, key=lambda one: order.get(one.field, 0))


def asked_at(meeting: Meeting, suggested: Iterable[Question]) -> list[Question]:
    """What the delegation will ask: its own questions first, then the suggested ones that it did not strike. One query."""
    decided = list(meeting.askings.all())
    struck = {one.key for one in decided if one.key}
    own = [Question(OWN, one.text, "", "") for one in decided if one.text]
    return [*own, *(one for one in suggested if one.key not in struck)]


def by_field(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """As `questions_at` gives them, field by field."""
    return [(field, list(several)) for field, several in groupby(questions, attrgetter("field"))]


def _concluded(place: Place, held_on: date, fields: Mapping[str, str]) -> tuple[list[Question], set[int]]:
    """What was asked of offices of the place in conclusions and is not finished; with the obligations that stand for it."""
    rows = list(
        visible_conclusions(place.actor)
        .filter(
            kind=Conclusion.Kind.DIRECTIVE, withdrawn_at=None, meeting__concluded_at__isnull=False,
            meeting__held_on__lt=held_on, receivers__organisation__versions__unit=place.unit_id,
        )
        .order_by("-meeting__held_on", "position").distinct()[: MOST * 2]
    )  # fmt: skip
    owed: dict[int, list[Obligation]] = {}
    tasks = Task.objects.filter(
        directive__origin_kind="meetings.conclusion", directive__origin_id__in=[one.pk for one in rows],
        obligation__isnull=False, obligation__unit=place.unit_id,
    ).select_related("directive", "obligation")  # fmt: skip
    for task in tasks:
        if task.obligation is not None and task.obligation.is_open:
            owed.setdefault(task.directive.origin_id or 0, []).append(task.obligation)
    standing = [one for one in rows if one.pk in owed][:MOST]
    questions = [
        Question(
            fields.get(one.field_code, EVERYTHING),
            f"Kết luận “{_short(one.text)}” đã thực hiện đến đâu?",
            f"Kết luận {one.position}, {one.meeting.title} ngày {format_date(one.meeting.held_on)}; "
            f"{_standing(owed[one.pk], place.on)}",
            conclusion_url(one),
        )
        for one in standing
    ]
    return questions, {each.pk for one in standing for each in owed[one.pk]}


def _late(place: Place, told: set[int], fields: Mapping[str, str]) -> Iterator[Question]:
    """What offices of the place owe and have not done in time; what they were only asked for has not been replied to."""
    rows = (
        visible_obligations(place.actor)
        .filter(Q(subject_kind="") | ~Q(subject_kind=DIFFICULTY), IS_OPEN, unit=place.unit_id, due_on__lt=place.on)
        .exclude(owner__in=sorted(party(place.actor)))
        .exclude(pk__in=told)
        .order_by("due_on", "pk")[:MOST]
    )
    found = list(rows)
    names = names_of({one.owner_id for one in found}, place.on)
    for one in found:
        owner = names.get(one.owner_id, "")
        ask = "có trả lời chưa, ý kiến thế nào?" if one.is_asked else "vướng ở đâu, khi nào xong, cần hỗ trợ gì?"
        yield Question(
            fields.get(one.field_code, EVERYTHING),
            f"{owner}: “{_short(one.title)}” {ask}",
            _standing([one], place.on),
            reverse("obligations:obligation", args=[one.pk]),
        )


def _raised(place: Place, fields: Mapping[str, str]) -> Iterator[Question]:
    rows = list(listed(place.actor, state_word=OPEN, unit_ids=[place.unit_id])[:MOST])
    for line in lines_of(rows, fields, place.on):
        one = line.difficulty
        why = f"Kiến nghị của {line.raised}, tiếp nhận ngày {format_date(one.received_on)}"
        if line.work is not None:
            due = f", hạn {format_date(line.work.due_on)}" if line.work.due_on else ""
            why += f"; {line.owner} đang xử lý{due}"
        ask = "hiện còn vướng ở mức nào, cần cấp nào giải quyết?"
        if line.state is State.CONTESTED:
            why += "; đơn vị chưa đồng ý với trả lời"
            ask = "chưa đồng ý với trả lời ở điểm nào?"
        yield Question(
            fields.get(one.field_code, EVERYTHING),
            f"“{_short(one.title)}” {ask}",
            why,
            reverse("difficulties:difficulty", args=[one.uid]),
        )


def _unclear(place: Place, fields: Mapping[str, str]) -> Iterator[Question]:
    for one in unclear_of(place)[:MOST]:
        text = f"Đề nghị làm rõ: {one.about.rstrip('. ')}."
        yield Question(fields.get(one.field_code, EVERYTHING), text, one.why, one.url)


def _standing(owed: Iterable[Obligation], on: date) -> str:
    """How long the oldest of some open obligations is late, or until when it has time."""
    days = sorted((one.due_on, one.is_asked) for one in owed if one.due_on)
    if not days:
        return "chưa xong, không ghi hạn"
    due_on, is_asked = days[0]
    if due_on >= on:
        return f"chưa xong, hạn {format_date(due_on)}"
    late = "chưa có trả lời" if is_asked else "quá hạn"
    return f"{late} {(on - due_on).days} ngày (hạn {format_date(due_on)})"


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip(". ")
    return line if len(line) <= 160 else f"{line[:160].rsplit(' ', 1)[0]}…"
