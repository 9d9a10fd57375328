"""Requests as lists, and what is to be known before one is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Exists, OuterRef, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.sockets import ASKED_IN, Asked
from diaban.foundation.organisations.queries import names_of
from diaban.lib.vietnamese import fold
from diaban.work.requests.models import Answer, Column, Receiver, Request
from diaban.work.requests.permissions import receivers_of, visible_requests


@dataclass(frozen=True)
class Line:
    """A line of the list: the request, how many answered, and the own row where the reader's office is asked."""

    request: Request
    asker: str
    asked: int
    answered: int
    own: Receiver | None
    has_answered: bool
    state: str


def state_of(request: Request, at: datetime) -> str:
    """As the vocabulary of statuses calls it."""
    if request.is_draft:
        return "draft"
    if request.closed_at is not None:
        return "settled"
    return "past_hour" if at > request.due_at else "collecting"


def found_requests(actor: Actor, text: str = "") -> QuerySet[Request]:
    """The requests in sight whose title or letter holds the text, newest first."""
    rows = visible_requests(actor).order_by("-made_at", "-id")
    words = fold(text).split()
    if not words:
        return rows
    ids = [
        one.pk
        for one in rows.only("pk", "title", "letter_symbol")
        if all(word in fold(f"{one.title} {one.letter_symbol}") for word in words)
    ]
    return rows.filter(pk__in=ids)


def lines_of(actor: Actor, requests: Sequence[Request], at: datetime) -> list[Line]:
    """Three queries."""
    ids = [one.pk for one in requests]
    answers = Answer.objects.filter(receiver=OuterRef("pk"))
    counted = Receiver.objects.filter(request__in=ids).annotate(is_in=Exists(answers)).order_by()
    numbers: dict[int, list[bool]] = {}
    for request_id, is_in in counted.values_list("request_id", "is_in"):
        numbers.setdefault(request_id, []).append(is_in)
    own = {one.request_id: one for one in receivers_of(actor).filter(request__in=ids).annotate(is_in=Exists(answers))}
    names = names_of({one.organisation_id for one in requests}, actor.today)
    return [
        Line(
            request=one,
            asker=names.get(one.organisation_id, ""),
            asked=len(numbers.get(one.pk, ())),
            answered=sum(numbers.get(one.pk, ())),
            own=own.get(one.pk),
            has_answered=bool(getattr(own.get(one.pk), "is_in", False)),
            state=state_of(one, at),
        )
        for one in requests
    ]


@dataclass(frozen=True)
class Burden:
    """What a request costs, and what its receivers were asked in quick requests earlier this year, by any office."""

    columns: int
    receivers: int
    usual_before: int
    most_before: int
    most_of: str
    requests_before: int

    @property
    def cells(self) -> int:
        return self.columns * self.receivers


def burden_of(request: Request, on_year: int) -> Burden:
    """Three queries."""
    receivers = list(request.receivers.all())
    before = (
        Receiver.objects.filter(
            organisation__in={one.organisation_id for one in receivers}, request__sent_at__year=on_year
        )
        .exclude(request=request)
        .order_by()
        .values("organisation_id", "unit_id")
        .annotate(cells=Count("request__columns"), times=Count("request", distinct=True))
    )
    cells = {(row["organisation_id"], row["unit_id"]): row["cells"] for row in before}
    each = [(cells.get((one.organisation_id, one.unit_id), 0), one.name) for one in receivers]
    most, most_of = max(each, default=(0, ""))
    return Burden(
        columns=request.columns.count(),
        receivers=len(receivers),
        usual_before=int(median(number for number, _name in each)) if each else 0,
        most_before=most,
        most_of=most_of if most else "",
        requests_before=max((row["times"] for row in before), default=0),
    )


@dataclass(frozen=True)
class AskedElsewhere:
    """A column whose indicator is asked in other places as well."""

    column: Column
    places: Sequence[Asked]


def asked_elsewhere(actor: Actor, request: Request) -> list[AskedElsewhere]:
    """Tied columns that are asked already: two letters for one figure. One query, and what other rooms answer."""
    own = {request.title}
    found = []
    for column in request.columns.filter(indicator__isnull=False).select_related("indicator"):
        code = column.indicator.code if column.indicator else ""
        places = [place for ask in ASKED_IN() for place in ask(actor, code) if place.title not in own]
        if places:
            found.append(AskedElsewhere(column, places))
    return found
