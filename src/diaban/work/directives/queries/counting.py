"""Tasks counted in the database, by the same rule as `rules.slot_of`."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from diaban.foundation.obligations.models import done_in_time, done_late
from diaban.work.directives.models import Completion, Directive, Part, Task
from diaban.work.directives.rules import FourWay, Result, Slot, slot_of, state_of


def in_slot(slot: Slot, on: date) -> Q:
    """Tasks in one slot on a day, each in exactly one. What is fulfilled was never closed, nor the other way round."""
    late = Q(obligation__closed_at=None, obligation__fulfilled_at=None, obligation__due_on__lt=on)
    match slot:
        case Slot.OUT:
            return Q(obligation__closed_at__isnull=False)
        case Slot.NO_DEADLINE:
            return Q(obligation__isnull=False, obligation__closed_at=None, obligation__due_on=None)
        case Slot.DONE_ON_TIME:
            return done_in_time("obligation__")
        case Slot.DONE_LATE:
            return done_late("obligation__")
        case Slot.OPEN_IN_TIME:
            return Q(obligation__closed_at=None, obligation__fulfilled_at=None, obligation__due_on__gte=on)
        case Slot.NO_REPLY:
            return late & Q(obligation__is_asked=True)
    return late & Q(obligation__is_asked=False)


def counted(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What the counts are over: issued, owed by somebody, not only coordinated."""
    return tasks.filter(obligation__isnull=False, directive__issued_at__isnull=False).exclude(part=Part.COORDINATES)


def counts(tasks: QuerySet[Task], on: date) -> FourWay:
    """The four-way count of tasks on a day. One query."""
    numbers: dict[str, int] = counted(tasks).order_by().aggregate(**_numbers(on))
    return FourWay(**numbers)


def counts_of(tasks: Iterable[Task], on: date) -> FourWay:
    """As `counts`, of tasks at hand, each with its directive and obligation."""
    return FourWay.of(
        slot_of(one.obligation.standing, on)
        for one in tasks
        if one.obligation and one.directive.issued_at and one.part != Part.COORDINATES
    )


def grouped(tasks: QuerySet[Task], by: Sequence[str], on: date) -> dict[tuple[object, ...], FourWay]:
    """The count by the values of columns. One query; a count for each slot, not a row, which two processes can share."""
    numbers = _numbers(on)
    rows = counted(tasks).order_by().values(*by).annotate(**numbers)
    return {tuple(row[name] for name in by): FourWay(**{name: row[name] for name in numbers}) for row in rows}


def _numbers(on: date) -> dict[str, Count]:
    return {slot.value: Count("pk", filter=in_slot(slot, on)) for slot in Slot}


def ungiven() -> QuerySet[Directive]:
    """Issued and standing directives that nobody was given: chưa giao đơn vị.

    Told apart before who sees them is asked: two indexes are compared, and no row is read but theirs.
    """
    given = Task.objects.filter(directive=OuterRef("pk")).exclude(part=Part.COORDINATES)
    return Directive.objects.filter(~Exists(given), issued_at__isnull=False, withdrawn_at=None).order_by()


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
