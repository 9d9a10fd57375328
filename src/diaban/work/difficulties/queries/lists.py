"""Lists of difficulties, one difficulty as its page shows it, and counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.queries import named_on, names_of
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.vietnamese import fold
from diaban.work.difficulties.models import Answer, Difficulty, Forwarding, Raising
from diaban.work.difficulties.permissions import SUBJECT, visible_difficulties
from diaban.work.difficulties.rules import Course, Result, State, alike, state_of, told_together
from diaban.work.difficulties.wording import Unanswered

MOST_REMINDED = 500
COMPARED = 400  # the newest that a new matter is compared with
OPEN, ANSWERED, CONTESTED = "open", "answered", "contested"


@dataclass(frozen=True)
class Line:
    """One matter of a list: where it stands, who has it in hand until when, who raised it, and the last answer."""

    difficulty: Difficulty
    state: State
    field: str
    where: str
    raised: str
    raisings: int
    owner: str
    work: Obligation | None
    answer: Answer | None
    answerer: str

    @property
    def answers_or_answered(self) -> str:
        """The office that has it in hand; where nobody has, the one that answered."""
        return self.owner or self.answerer


@dataclass(frozen=True)
class Counts:
    """Matters, and how often they were raised: one matter of seven communes is one, raised seven times."""

    matters: int
    raisings: int


def with_course(rows: QuerySet[Difficulty]) -> QuerySet[Difficulty]:
    """Each with what its state follows from."""
    answers = Answer.objects.standing().filter(difficulty=OuterRef("pk")).order_by("-pk")
    live = Raising.objects.filter(difficulty=OuterRef("pk"), withdrawn_at=None)
    return rows.annotate(
        last_result=Subquery(answers.values("result")[:1]),
        is_contested=Exists(live.filter(stance=Raising.Stance.CONTESTED)),
        is_forwarded=Exists(Forwarding.objects.filter(difficulty=OuterRef("pk"))),
        is_raised=Exists(live),
    )


def state(row: Difficulty) -> State:
    """The state of a row of `with_course`."""
    told = row.__dict__
    last = told["last_result"]
    return state_of(
        Course(
            last_result=Result(last) if last else None,
            is_contested=told["is_contested"],
            is_forwarded=told["is_forwarded"],
            is_joined=row.merged_into_id is not None,
            is_withdrawn=not told["is_raised"] and row.merged_into_id is None,
        )
    )


def with_offices(rows: QuerySet[Difficulty], on: date) -> QuerySet[Difficulty]:
    """Each with what `office_of` tells, in the query of the rows themselves."""
    work = Obligation.objects.open().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk")).order_by("due_on")
    last = Answer.objects.standing().filter(difficulty=OuterRef("pk")).order_by("-pk")
    return rows.annotate(
        in_hand_of=Subquery(work.values("owner_id")[:1]),
        answered_by=Subquery(last.values("organisation_id")[:1]),
    ).annotate(owner_name=named_on("in_hand_of", on), answerer_name=named_on("answered_by", on))


def office_of(row: Difficulty) -> str:
    """The office that has a row of `with_offices` in hand; where nobody has, the one that answered."""
    return row.__dict__["owner_name"] or row.__dict__["answerer_name"] or ""


def listed(
    actor: Actor,
    *,
    text: str = "",
    field: str = "",
    state_word: str = "",
    is_ours: bool = False,
    unit_ids: Iterable[int] | None = None,
) -> QuerySet[Difficulty]:
    """Matters in sight that stand for themselves, newest first. `is_ours`: those the actor's body has in hand."""
    rows = with_course(visible_difficulties(actor)).filter(merged_into=None)
    if text.strip():
        rows = rows.filter(folded__contains=fold(text.strip()))
    if field:
        rows = rows.filter(field_code=field)
    if unit_ids is not None:
        rows = rows.filter(
            Q(unit__in=unit_ids) | Exists(Raising.objects.filter(difficulty=OuterRef("pk"), unit__in=unit_ids))
        )
    work = Obligation.objects.open().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"))
    if is_ours:
        rows = rows.filter(Exists(work.filter(owner_id__in=party(actor))))
    if state_word == OPEN:
        return rows.filter(Exists(work))
    answered = Exists(Answer.objects.standing().filter(difficulty=OuterRef("pk")))
    contested = Exists(
        Raising.objects.filter(difficulty=OuterRef("pk"), withdrawn_at=None, stance=Raising.Stance.CONTESTED)
    )
    if state_word == ANSWERED:
        return rows.filter(answered, ~contested)
    return rows.filter(contested) if state_word == CONTESTED else rows


def lines_of(rows: Sequence[Difficulty], fields: Mapping[str, str], on: date) -> list[Line]:
    """The lines of some rows of `listed`. Six queries, seven with answers."""
    ids = [row.pk for row in rows]
    raisings: dict[int, list[Raising]] = {}
    for one in Raising.objects.filter(difficulty__in=ids, withdrawn_at=None):
        raisings.setdefault(one.difficulty_id, []).append(one)
    work = {
        one.subject_id: one
        for one in Obligation.objects.open().filter(subject_kind=SUBJECT, subject_id__in=ids).order_by("-due_on")
    }
    answered = [row.pk for row in rows if row.__dict__["last_result"]]
    last = {one.difficulty_id: one for one in Answer.objects.standing().filter(difficulty__in=answered)}
    offices = {one.organisation_id for each in raisings.values() for one in each}
    offices |= {one.owner_id for one in work.values()} | {one.organisation_id for one in last.values()}
    names = names_of(offices, on)
    places = nearest_versions({row.unit_id for row in rows}, on)
    return [
        Line(
            difficulty=row,
            state=state(row),
            field=fields.get(row.field_code, row.field_code),
            where=places[row.unit_id].full_name if row.unit_id in places else "",
            raised=told_together([names.get(one.organisation_id, "") for one in raisings.get(row.pk, [])], "đơn vị"),
            raisings=len(raisings.get(row.pk, [])),
            owner=names.get(work[row.pk].owner_id, "") if row.pk in work else "",
            work=work.get(row.pk),
            answer=last.get(row.pk),
            answerer=names.get(last[row.pk].organisation_id, "") if row.pk in last else "",
        )
        for row in rows
    ]


def unanswered(actor: Actor, on: date) -> list[Unanswered]:
    """The matters in sight that other offices have in hand; those due first, `MOST_REMINDED` of them. Seven queries."""
    others = (
        Obligation.objects.open()
        .filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"))
        .exclude(owner_id__in=party(actor))
    )
    rows = listed(actor, state_word=OPEN).filter(Exists(others))
    rows = rows.annotate(first_due=Subquery(others.order_by("due_on").values("due_on")[:1])).order_by("first_due", "pk")
    return [
        Unanswered(line.owner, line.difficulty.title, line.raised, line.work.due_on if line.work else None)
        for line in lines_of(list(rows[:MOST_REMINDED]), {}, on)
    ]


def inherited_from(work: Obligation | None, passed: Sequence[Forwarding]) -> int | None:
    """The organisation from which a reform brought the open work to whoever has it now; None where it was given to him."""
    if work is None:
        return None
    given = [work.original_owner_id, *(one.to_organisation_id for one in passed)]
    return given[-1] if work.owner_id not in given else None


def counted(rows: QuerySet[Difficulty]) -> Counts:
    """Two queries."""
    live = Raising.objects.filter(difficulty__in=rows.values("pk"), withdrawn_at=None)
    return Counts(rows.count(), live.count())


def like_this(actor: Actor, text: str) -> list[Difficulty]:
    """Matters in sight that say the same as a text, the most alike first. Two queries."""
    newest = visible_difficulties(actor).filter(merged_into=None).order_by("-received_on", "-pk")
    pairs = list(newest.values_list("pk", "content")[:COMPARED])
    found = alike(text, pairs)
    rows = Difficulty.objects.in_bulk(found)
    return [rows[pk] for pk in found]


def field_by_place(
    actor: Actor, fields: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[UnitVersion], Counter[tuple[str, int]], Counter[str]]:
    """The fields in use, the units in order, and the numbers of `table` of what is in sight."""
    numbers, matters = table(listed(actor))
    units = nearest_versions({unit for _field, unit in numbers}, actor.today).values()
    used = [(code, name) for code, name in fields.items() if matters[code]]
    return used, sorted(units, key=lambda one: one.sort_key), numbers, matters


def table(rows: QuerySet[Difficulty]) -> tuple[Counter[tuple[str, int]], Counter[str]]:
    """How many matters of each field each unit raised; and how many there are of each field, one raised by many once."""
    live = Raising.objects.filter(difficulty__in=rows.values("pk"), withdrawn_at=None)
    places = live.values_list("difficulty__field_code", "unit_id", "difficulty_id").distinct()
    return Counter((field, unit) for field, unit, _one in places), Counter(rows.values_list("field_code", flat=True))
