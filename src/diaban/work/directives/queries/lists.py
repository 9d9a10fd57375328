"""Directives as a list, and the tasks that the own office was given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.rules import SOON_DAYS
from diaban.foundation.organisations.queries import names_of, organisation_uids, with_successors
from diaban.foundation.territory.models import Containment, Coverage
from diaban.lib.vietnamese import fold
from diaban.work.directives.models import Completion, Directive, Part, Task
from diaban.work.directives.permissions import own_tasks, visible_directives, visible_tasks
from diaban.work.directives.queries.counting import in_slot, states_of, ungiven
from diaban.work.directives.rules import FourWay, Slot, slot_of
from diaban.work.directives.wording import Late


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; blank is everything. `lead`, `place`, `source`, `person` are ids."""

    text: str = ""
    mode: str = ""
    state: str = ""
    field_code: str = ""
    lead: int | None = None
    place: int | None = None
    source: int | None = None
    person: int | None = None
    by_deadline: bool = False


@dataclass(frozen=True)
class Line:
    """A directive in a list: who issued it, who does it, how its tasks stand; `state` where there is one task only."""

    directive: Directive
    issuer: str
    who: str
    others: int
    counts: FourWay
    state: str
    due_on: date | None
    original_due_on: date | None
    flags: tuple[str, ...] = field(default=())


IN_SLOT = {
    "overdue": Slot.OPEN_OVERDUE, "no_reply": Slot.NO_REPLY, "in_time": Slot.OPEN_IN_TIME, "late": Slot.DONE_LATE,
    "on_time": Slot.DONE_ON_TIME, "no_deadline": Slot.NO_DEADLINE, "out": Slot.OUT,
}  # fmt: skip


def listed(actor: Actor, filters: Filters, on: date) -> QuerySet[Directive]:
    """The directives in sight that meet the filters, newest first (or by deadline)."""
    rows = visible_directives(actor)
    for word in fold(filters.text).split():
        rows = rows.filter(Q(folded__contains=word) | Q(source__symbol__icontains=word))
    if filters.mode:
        rows = rows.filter(mode=filters.mode)
    if filters.field_code:
        rows = rows.filter(field_code=filters.field_code)
    if filters.source is not None:
        rows = rows.filter(source=filters.source)
    rows = _in_state(rows, filters.state, on)
    narrowed = tasks_met(Task.objects.all(), filters, on)
    if narrowed is not None:
        rows = rows.filter(Exists(narrowed.filter(directive=OuterRef("pk"))))
    if filters.by_deadline:
        return rows.order_by(F("due_on").asc(nulls_last=True), "-id")
    return rows.order_by("-drafted_at", "-id")


def _in_state(rows: QuerySet[Directive], state: str, on: date) -> QuerySet[Directive]:
    """What a word of the filter means for the directive itself; the words for tasks are met by `tasks_met`."""
    match state:
        case "draft":
            return rows.filter(issued_at=None, withdrawn_at=None)
        case "withdrawn":
            return rows.filter(withdrawn_at__isnull=False)
        case "no_receiver":
            return rows.filter(pk__in=ungiven().values("pk"))
        case "measured":
            return rows.filter(indicator__isnull=False, issued_at__isnull=False)
    return rows


def tasks_met(tasks: QuerySet[Task], filters: Filters, on: date) -> QuerySet[Task] | None:
    """The tasks that the filters on tasks leave; None where none is set."""
    wanted = _state_of_task(filters.state, on)
    if filters.lead is not None:
        wanted &= Q(organisation=filters.lead) | Q(obligation__owner=filters.lead)
    if filters.place is not None:
        inside = Containment.objects.filter(ancestor=filters.place).values("descendant")
        descent = Coverage.objects.filter(unit=filters.place).values("covered")
        wanted &= Q(unit__in=inside) | Q(unit__in=descent)
    if filters.person is not None:
        wanted &= Q(obligation__assignments__to_position=filters.person, obligation__assignments__withdrawn_at=None)
    return tasks.filter(wanted) if wanted else None


def _state_of_task(state: str, on: date) -> Q:
    if state in IN_SLOT:
        return ~Q(part=Part.COORDINATES) & in_slot(IN_SLOT[state], on)
    is_open = Q(obligation__fulfilled_at=None, obligation__closed_at=None, obligation__isnull=False)
    if state == "open":
        return is_open
    if state == "soon":
        return is_open & Q(
            obligation__due_on__gte=on, obligation__due_on__lte=date.fromordinal(on.toordinal() + SOON_DAYS)
        )
    if state == "waiting":
        return Q(pk__in=Completion.objects.filter(confirmed_at=None, returned_at=None).values("task_id"))
    return Q()


def lines_of(actor: Actor, directives: Iterable[Directive], on: date) -> list[Line]:
    """Three queries."""
    found = list(directives)
    tasks = list(
        visible_tasks(actor).filter(directive__in=[one.pk for one in found]).order_by("directive_id", "position")
    )
    of: dict[int, list[Task]] = {}
    for task in tasks:
        of.setdefault(task.directive_id, []).append(task)
    states = states_of(tasks, on)
    names = names_of(
        {one.organisation_id for one in found}
        | {task.obligation.owner_id if task.obligation else task.organisation_id for task in tasks},
        on,
    )
    return [_line(one, of.get(one.pk, []), states, names, on) for one in found]


def _line(one: Directive, tasks: Sequence[Task], states: dict[int, str], names: dict[int, str], on: date) -> Line:
    main = [task for task in tasks if task.part != Part.COORDINATES]
    first = main[0] if main else None
    owed = first.obligation if first is not None else None
    holder = (owed.owner_id if owed else first.organisation_id) if first is not None else None
    return Line(
        directive=one,
        issuer=names.get(one.organisation_id, ""),
        who=names.get(holder, "") if holder is not None else "",
        others=len(main) - 1,
        counts=FourWay.of(slot_of(task.obligation.standing, on) for task in main if one.issued_at and task.obligation),
        state=states[main[0].pk] if len(main) == 1 and one.is_issued else one.state,
        due_on=owed.due_on if owed else one.due_on,
        original_due_on=owed.original_due_on if owed else one.due_on,
        flags=flags_of(one, bool(main)),
    )


def flags_of(one: Directive, is_given: bool) -> tuple[str, ...]:
    """What a directive lacks, as the vocabulary of statuses calls it."""
    flags = [] if is_given or one.withdrawn_at else ["no_receiver"]
    if one.due_on is None and not one.recurring and one.how.is_order:
        flags.append("no_date")
    return tuple(flags)


@dataclass(frozen=True)
class TaskLine:
    """A task as a line: its state, who has it in hand now."""

    task: Task
    state: str
    holder: str
    is_moved: bool


def task_lines(tasks: Iterable[Task], on: date) -> list[TaskLine]:
    """Two queries."""
    found = list(tasks)
    states = states_of(found, on)
    owners = {
        one.obligation.owner_id for one in found if one.obligation and one.obligation.owner_id != one.organisation_id
    }
    names = names_of(owners, on)
    lines = []
    for one in found:
        owner = one.obligation.owner_id if one.obligation else one.organisation_id
        lines.append(TaskLine(one, states[one.pk], names.get(owner, one.name), owner != one.organisation_id))
    return lines


def late_for(actor: Actor, on: date) -> list[Late]:
    """The tasks that are owed to the actor's body past their day, whoever has them in hand now. Three queries."""
    late = in_slot(Slot.OPEN_OVERDUE, on) | in_slot(Slot.NO_REPLY, on)
    tasks = visible_tasks(actor).exclude(part=Part.COORDINATES).filter(late, obligation__counterpart__in=party(actor))
    rows = [
        (one, one.obligation, one.obligation.due_on)
        for one in tasks.select_related("directive__source")
        if one.obligation is not None
    ]
    names = names_of({owed.owner_id for _one, owed, _day in rows}, on)
    return [
        Late(
            holder=names.get(owed.owner_id, one.name),
            title=one.directive.title,
            source=one.directive.source.symbol if one.directive.source else "",
            due_on=day,
            is_asked=owed.is_asked,
        )
        for one, owed, day in rows
        if day is not None
    ]


def received(actor: Actor, state: str, text: str, on: date) -> QuerySet[Task]:
    """The tasks that the own office has or had, most urgent first."""
    rows = own_tasks(actor).filter(_state_of_task(state, on))
    for word in fold(text).split():
        rows = rows.filter(directive__folded__contains=word)
    return rows.order_by(F("obligation__due_on").asc(nulls_last=True), "-id")


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: (uid of an office, name), (id of a paper, name)."""

    leads: list[tuple[str, str]]
    sources: list[tuple[int, str]]


def choices_of(actor: Actor, on: date) -> Choices:
    """Who was asked, whoever took over from them, and which papers there are in sight; five queries.

    Whom a task was first asked of is read from an index; who has it in hand, from each obligation.
    """
    visible = visible_directives(actor)
    in_sight = Task.objects.filter(directive__in=visible.values("pk"))
    asked = in_sight.order_by().values_list("organisation_id", flat=True).distinct()
    names = names_of(with_successors(asked, on), on)
    uids = organisation_uids(names)
    sources = (
        visible.filter(source__isnull=False)
        .order_by()
        .values_list("source_id", "source__symbol", "source__issued_on")
        .distinct()
    )
    return Choices(
        leads=sorted(((uids[pk], name) for pk, name in names.items()), key=lambda one: fold(one[1])),
        sources=[
            (pk, f"{symbol} ({issued_on:%d/%m/%Y})")
            for pk, symbol, issued_on in sorted(sources, key=lambda row: row[2], reverse=True)
            if pk is not None
        ],
    )
