"""Tasks counted in the database, by the same rule as `rules.slot_of`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from diaban.work.directives.models import Completion, Part, Task
from diaban.work.directives.rules import FourWay, Result, Slot, state_of


def conditions(on: date) -> dict[Slot, Q]:
    """What puts a task into each slot on a day, in the order that they are asked."""
    done = Q(obligation__fulfilled_at__isnull=False)
    return {
        Slot.OUT: Q(obligation__closed_at__isnull=False),
        Slot.NO_DEADLINE: Q(obligation__due_on=None),
        Slot.DONE_ON_TIME: done & Q(obligation__fulfilled_at__date__lte=F("obligation__due_on")),
        Slot.DONE_LATE: done,
        Slot.OPEN_IN_TIME: Q(obligation__due_on__gte=on),
        Slot.NO_REPLY: Q(obligation__is_asked=True),
        Slot.OPEN_OVERDUE: Q(obligation__is_asked=False),
    }


def slot_on(on: date) -> Case:
    return Case(
        *(When(where, then=Value(slot.value)) for slot, where in conditions(on).items()), output_field=CharField()
    )


def in_slot(slot: Slot, on: date) -> Q:
    """Tasks in one slot on a day."""
    where, before = Q(obligation__isnull=False), Q()
    for each, condition in conditions(on).items():
        if each is slot:
            return where & condition & ~before if before else where & condition
        before |= condition
    return where


def counted(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What the counts are over: issued, owed by somebody, not only coordinated."""
    return tasks.filter(obligation__isnull=False, directive__issued_at__isnull=False).exclude(part=Part.COORDINATES)


def counts(tasks: QuerySet[Task], on: date) -> FourWay:
    """The four-way count of tasks on a day. One query."""
    return grouped(tasks, (), on).get((), FourWay())


def grouped(tasks: QuerySet[Task], by: Sequence[str], on: date) -> dict[tuple[object, ...], FourWay]:
    """The count by the values of columns. One query."""
    rows = counted(tasks).order_by().annotate(slot=slot_on(on)).values_list(*by, "slot").annotate(number=Count("pk"))
    found: dict[tuple[object, ...], FourWay] = {}
    for *key, slot, number in rows:
        place = tuple(key)
        found[place] = found.get(place, FourWay()) + FourWay(**{cast("str", slot): number})
    return found


def without_receiver() -> Q:
    """Directives that nobody was given: chưa giao đơn vị."""
    return ~Q(Exists(Task.objects.filter(directive=OuterRef("pk")).exclude(part=Part.COORDINATES)))


def states_of(tasks: Iterable[Task], on: date) -> dict[int, str]:
    """How each task stands, by id. One query."""
    found = list(tasks)
    results: dict[int, Result] = {
        one.obligation_id: one.result
        for one in Completion.objects.filter(obligation__in=[one.obligation_id for one in found if one.obligation_id])
    }
    return {
        one.pk: state_of(
            one.obligation.standing if one.obligation else None,
            on,
            result=results.get(one.obligation_id) if one.obligation_id else None,
            is_issued=one.directive.issued_at is not None,
        )
        for one in found
    }
