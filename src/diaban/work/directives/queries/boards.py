"""The board: tasks in sight counted by who leads, where, from which paper, on whose desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from diaban.foundation.acts.actor import Actor
from diaban.foundation.obligations.models import Assignment
from diaban.foundation.organisations.models import Position
from diaban.foundation.organisations.queries import holdings_on, names_of, organisation_uids
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.vietnamese import fold
from diaban.work.directives.models import SourcePaper
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.queries.counting import counted, counts, grouped, ungiven
from diaban.work.directives.rules import FourWay

By = Literal["lead", "locality", "source", "person"]
COLUMNS: dict[str, str] = {
    "lead": "obligation__owner_id", "locality": "unit_id", "source": "directive__source_id",
    "person": "obligation__assignments__to_position_id",
}  # fmt: skip
FILTERS = {"lead": "chu_tri", "locality": "dia_ban", "source": "nguon", "person": "nguoi"}


@dataclass(frozen=True)
class Row:
    """One line of the board. `word` is what the list is narrowed by; blank where there is nothing to name."""

    word: str
    label: str
    counts: FourWay


@dataclass(frozen=True)
class Board:
    by: str
    rows: Sequence[Row]
    total: FourWay
    no_receiver: int

    @property
    def filter_name(self) -> str:
        return FILTERS[self.by]


def board(actor: Actor, by: By = "lead", on: date | None = None) -> Board:
    """Tasks in sight counted; most overdue first. Six queries. By person, a task on two desks counts on both, in the total once."""
    day = on or actor.today
    tasks = visible_tasks(actor)
    if by == "person":
        own = Assignment.objects.filter(withdrawn_at=None, part=Assignment.Part.LEADS)
        found = grouped(tasks.filter(obligation__assignments__in=own), (COLUMNS[by],), day)
        total = counts(tasks.filter(pk__in=counted(tasks).values("pk")), day)
    else:
        found = grouped(tasks, (COLUMNS[by],), day)
        total = FourWay()
        for each in found.values():
            total += each
    keys = [key for (key,) in found if isinstance(key, int)]
    named = _named(by, keys, day)
    rows = [
        Row(*(named.get(key) or ("", NONE[by]) if isinstance(key, int) else ("", NONE[by])), one)
        for (key,), one in found.items()
    ]
    rows.sort(key=lambda row: (-row.counts.open_overdue, -row.counts.no_reply, -row.counts.open, fold(row.label)))
    no_receiver = visible_directives(actor).filter(pk__in=ungiven().values("pk")).count()
    return Board(by, rows, total, no_receiver)


NONE = {
    "lead": "Chưa giao đơn vị",
    "locality": "Không rõ địa bàn",
    "source": "Không ghi văn bản nguồn",
    "person": "Chưa phân công",
}


def _named(by: str, keys: Sequence[int], on: date) -> dict[int, tuple[str, str]]:
    """By key: how the list's address names it, and its label."""
    match by:
        case "lead":
            uids = organisation_uids(keys)
            return {key: (uids[key], name) for key, name in names_of(keys, on).items()}
        case "locality":
            return {key: (str(one.unit.uid), one.full_name) for key, one in nearest_versions(keys, on).items()}
        case "source":
            return {one.pk: (str(one.pk), str(one)) for one in SourcePaper.objects.filter(pk__in=keys)}
    return {key: (str(key), said) for key, said in people_of(keys, on).items()}


def people_of(position_ids: Sequence[int], on: date) -> dict[int, str]:
    """By position: its title with whoever holds it that day. Two queries."""
    holders: dict[int, list[str]] = {}
    for one in holdings_on(on).filter(position__in=position_ids):
        holders.setdefault(one.position_id, []).append(one.person.name)
    return {
        one.pk: f"{', '.join(holders[one.pk])} ({one.title})" if one.pk in holders else one.title
        for one in Position.objects.filter(pk__in=position_ids)
    }
