"""The year's programme as it stands: each row by what carries it out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Shown, Subject, show
from diaban.foundation.documents.models import Document
from diaban.foundation.links.models import Link
from diaban.foundation.obligations.rules import Standing, Status, status
from diaban.foundation.organisations.queries import names_of
from diaban.lib.vietnamese import format_date
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.queries.counting import counted
from diaban.work.meetings.models import Item, Meeting, Programme, Visit
from diaban.work.meetings.permissions import visible_programmes
from diaban.work.meetings.rules import finished_on

ITEM = "meetings.programme_item"
DONE = (Status.DONE_ON_TIME, Status.DONE_LATE)


@dataclass(frozen=True)
class Means:
    """Something that carries a row out, as far as the reader may see it. `link` is None where it cannot be untied."""

    link: int | None
    shown: Shown | None
    done_on: date | None


@dataclass(frozen=True)
class Row:
    """A row of the programme and how it stands."""

    number: int
    item: Item
    status: Status
    done_on: date | None
    means: tuple[Means, ...]

    @property
    def when(self) -> str:
        """The month, the quarter or the day."""
        if self.item.month:
            return _("Tháng %(n)s") % {"n": self.item.month}
        if self.item.quarter:
            return _("Quý %(n)s") % {"n": ("I", "II", "III", "IV")[self.item.quarter - 1]}
        return format_date(self.item.due_on)


@dataclass(frozen=True)
class Counts:
    """Rows that stand in the programme, by how they stand."""

    total: int
    on_time: int
    late: int
    open: int
    overdue: int


def programmes_of(actor: Actor) -> list[tuple[Programme, str]]:
    """The programmes in sight with their office, newest year first. Two queries."""
    found = list(visible_programmes(actor).order_by("-year", "organisation", "kind"))
    names = names_of({one.organisation_id for one in found}, actor.today)
    return [(one, names.get(one.organisation_id, "")) for one in found]


def rows_of(actor: Actor, programme: Programme, on: date, *, only: Item | None = None) -> list[Row]:
    """The rows by deadline, struck ones too. A row is done when everything tied to it is; of nothing it is not. At most ten
    queries."""
    items = [only] if only is not None else list(programme.items.all())
    means = means_of(actor, items)
    return [_row(number, item, means.get(item.pk, ()), on) for number, item in enumerate(items, 1)]


def counts_of(rows: Iterable[Row]) -> Counts:
    """Counted over the rows that were not struck."""
    by = Counter(row.status for row in rows if row.item.struck_at is None)
    late = by[Status.OVERDUE]
    done = sum(by[one] for one in DONE)
    return Counts(sum(by.values()), by[Status.DONE_ON_TIME], by[Status.DONE_LATE], sum(by.values()) - done - late, late)


def means_of(actor: Actor, items: Sequence[Item]) -> dict[int, tuple[Means, ...]]:
    """What carries each row out; what was called off or withdrawn counts no more."""
    links = list(
        Link.objects.filter(target_kind=ITEM, target_id__in=[one.pk for one in items], untied_on=None).order_by(
            "on", "pk"
        )
    )
    ids: dict[str, set[int]] = {}
    for link in links:
        ids.setdefault(link.source_kind, set()).add(link.source_id)
    finishes: dict[Subject, date | None] = {}
    for kind, reader in READERS.items():
        if kind in ids:
            finishes |= {Subject(kind, pk): day for pk, day in reader(ids[kind]).items()}
    shown = show(actor, finishes)
    found: dict[int, list[Means]] = {}
    for link in links:
        source = Subject(link.source_kind, link.source_id)
        if source in finishes:
            can_go = link.pk if link.kind == Link.Kind.BELONGS_TO else None
            found.setdefault(link.target_id, []).append(Means(can_go, shown.get(source), finishes[source]))
    return {pk: tuple(several) for pk, several in found.items()}


def _row(number: int, item: Item, means: Sequence[Means], on: date) -> Row:
    done_on = finished_on([one.done_on for one in means])
    standing = Standing(due_on=item.due_on, original_due_on=item.due_on, done_on=done_on)
    return Row(number, item, status(standing, on), done_on, tuple(means))


def _meetings(ids: set[int]) -> dict[int, date | None]:
    rows = Meeting.objects.filter(pk__in=ids, cancelled_at=None).values_list("pk", "held_on", "closed_at")
    return {pk: held_on if closed_at else None for pk, held_on, closed_at in rows}


def _visits(ids: set[int]) -> dict[int, date | None]:
    """A visit is done when each of its stops is."""
    stops: dict[int, list[date | None]] = {}
    for visit, held_on, closed_at in Meeting.objects.filter(visit__in=ids, cancelled_at=None).values_list(
        "visit_id", "held_on", "closed_at"
    ):
        stops.setdefault(visit, []).append(held_on if closed_at else None)
    standing = Visit.objects.filter(pk__in=ids, cancelled_at=None).values_list("pk", flat=True)
    return {pk: finished_on(stops.get(pk, [])) for pk in standing}


def _directives(ids: set[int]) -> dict[int, date | None]:
    """A directive is done when each task that counts is."""
    tasks: dict[int, list[date | None]] = {}
    rows = counted(Task.objects.filter(directive__in=ids, obligation__closed_at=None))
    for directive, moment in rows.values_list("directive_id", "obligation__fulfilled_at"):
        tasks.setdefault(directive, []).append(timezone.localdate(moment) if moment else None)
    standing: QuerySet[Directive, int] = Directive.objects.filter(pk__in=ids, withdrawn_at=None).values_list(
        "pk", flat=True
    )
    return {pk: finished_on(tasks.get(pk, [])) for pk in standing}


def _documents(ids: set[int]) -> dict[int, date | None]:
    """A paper is done once it is issued; a recalled one counts no more."""
    rows = Document.objects.filter(pk__in=ids).exclude(status=Document.Status.RECALLED)
    return dict(rows.values_list("pk", "issued_on"))


READERS = {
    "meetings.meeting": _meetings,
    "meetings.visit": _visits,
    "directives.directive": _directives,
    "documents.document": _documents,
}


def to_tie(actor: Actor, programme: Programme) -> list[tuple[str, list[tuple[str, str]]]]:
    """What of the programme's year may be tied to a row, newest first: meetings, visits and issued papers of the office.
    Three queries."""
    body, year = programme.organisation_id, programme.year
    meetings = Meeting.objects.filter(organisation=body, held_on__year=year, cancelled_at=None, visit=None)[:100]
    visits = Visit.objects.filter(organisation=body, starts_on__year=year, cancelled_at=None)[:50]
    papers = Document.objects.filter(
        organisation=body, issued_on__year=year, status=Document.Status.ISSUED
    ).order_by("-issued_on", "-pk")[:100]  # fmt: skip
    groups = [
        (
            _("Cuộc họp"),
            [(f"meetings.meeting:{one.pk}", f"{format_date(one.held_on)} {one.title}") for one in meetings],
        ),
        (
            _("Đoàn công tác"),
            [(f"meetings.visit:{one.pk}", f"{format_date(one.starts_on)} {one.title}") for one in visits],
        ),
        (_("Văn bản"), [(f"documents.document:{one.pk}", f"{one.number} {one.title}") for one in papers]),
    ]
    return [(name, several) for name, several in groups if several]
