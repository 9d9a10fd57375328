"""Boards, schemes and points as pages and papers show them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, show
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.ui.language import period_name
from diaban.lib.periods import Period
from diaban.work.ranking.models import Appeal, Board, Cluster, Criterion, IndexValue, Member, Result, Score
from diaban.work.ranking.permissions import is_own, members_in_sight, visible_appeals
from diaban.work.ranking.rules import EXTRA


@dataclass(frozen=True)
class Row:
    """A member with its result and its scores in the order of the criteria."""

    member: Member
    result: Result | None
    scores: Sequence[Score]
    is_own: bool

    @property
    def missing(self) -> list[Score]:
        return [one for one in self.scores if one.points is None]


@dataclass(frozen=True)
class Group:
    cluster: Cluster
    rows: Sequence[Row]


@dataclass(frozen=True)
class Table:
    """A board as far as the reader may see it. `hidden` counts members left out of sight."""

    board: Board
    criteria: Sequence[Criterion]
    groups: Sequence[Group]
    hidden: int

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def full(self) -> Decimal:
        """What the criteria can give without bonus points."""
        return sum((one.most for one in self.criteria if one.kind not in EXTRA), Decimal(0))

    @property
    def period(self) -> Period:
        return Period.parse(self.board.period)


def table_of(actor: Actor, board: Board) -> Table:
    """The table: clusters in their order, in each the best first, those without a place last. Seven queries."""
    criteria = list(board.version.criteria.select_related("indicator", "schedule"))
    seen = list(members_in_sight(actor, board).select_related("cluster"))
    results = {one.member_id: one for one in Result.objects.filter(board=board, member__in=seen)}
    scores: dict[int, dict[int, Score]] = defaultdict(dict)
    for one in Score.objects.filter(board=board, member__in=seen).select_related("evidence", "criterion"):
        scores[one.member_id][one.criterion_id] = one
    rows: dict[int, list[Row]] = defaultdict(list)
    clusters: dict[int, Cluster] = {}
    for member in seen:
        clusters[member.cluster_id] = member.cluster
        mine = [scores[member.pk][one.pk] for one in criteria if one.pk in scores[member.pk]]
        rows[member.cluster_id].append(Row(member, results.get(member.pk), mine, is_own(actor, member)))
    groups = [
        Group(one, sorted(rows[one.pk], key=_by_place))
        for one in sorted(clusters.values(), key=lambda cluster: cluster.position)
    ]
    return Table(board, criteria, groups, board.version.members.count() - len(seen))


def _by_place(row: Row) -> tuple[int, int]:
    rank = row.result.rank if row.result else None
    return (rank if rank is not None else 10**6, row.member.position)


@dataclass(frozen=True)
class PartLine:
    """One thing that points are made of; `url` is blank where the reader may not open it."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class ScoreLine:
    criterion: Criterion
    score: Score
    parts: Sequence[PartLine]
    appeal: Appeal | None


@dataclass(frozen=True)
class MemberPage:
    row: Row
    lines: Sequence[ScoreLine] = field(default_factory=tuple)


def member_page(actor: Actor, table: Table, row: Row) -> MemberPage:
    """Each criterion of a member with what its points are made of, as addresses the reader may open. Four queries at most."""
    subjects = {Subject(part["kind"], part["id"]) for one in row.scores for part in one.parts if "kind" in part}
    shown = show(actor, subjects)
    urls = {subject: one.url or "" for subject, one in shown.items()}
    appeals = {one.criterion_id: one for one in visible_appeals(actor).filter(board=table.board, member=row.member)}
    criteria = {one.pk: one for one in table.criteria}
    lines = [
        ScoreLine(
            criteria[one.criterion_id],
            one,
            [PartLine(part["label"], part.get("value", ""), _url(part, urls)) for part in one.parts],
            appeals.get(one.criterion_id),
        )
        for one in row.scores
    ]
    return MemberPage(row, lines)


def _url(part: dict[str, Any], urls: dict[Subject, str]) -> str:
    if "kind" in part:
        return urls.get(Subject(part["kind"], part["id"]), "")
    if "figure" in part:
        asked = dict(part["figure"])
        code = asked.pop("indicator")
        return f"{reverse('reporting:made_of', args=[code])}?{urlencode(asked)}"
    return ""


@dataclass(frozen=True)
class BoardLine:
    board: Board
    office: str
    period: str
    own: Result | None
    of: int


def board_lines(actor: Actor, boards: Iterable[Board]) -> list[BoardLine]:
    """Boards of a list with the reader's own place. Three queries."""
    found = list(boards)
    day = actor.today
    names = names_of({one.version.scheme.organisation_id for one in found}, day)
    own: dict[int, Result] = {}
    members: dict[int, int] = {}
    for one in Result.objects.filter(board__in=found).select_related("member"):
        members[one.board_id] = members.get(one.board_id, 0) + 1
        if is_own(actor, one.member):
            own[one.board_id] = one
    return [
        BoardLine(
            one,
            names.get(one.version.scheme.organisation_id, ""),
            period_name(one.period),
            own.get(one.pk),
            members.get(one.pk, 0),
        )
        for one in found
    ]


def appeals_of(actor: Actor, board: Board) -> QuerySet[Appeal]:
    """The appeals on a board that the actor may see."""
    return visible_appeals(actor).filter(board=board)


def beside(board: Board, members: Iterable[Member]) -> list[tuple[Member, list[IndexValue]]]:
    """What other indices of the board's year, or the year before, say of the members' units: never part of the points. One query."""
    year = Period.parse(board.period).year
    seen = list(members)
    values: dict[int, list[IndexValue]] = defaultdict(list)
    rows = IndexValue.objects.filter(
        unit__in=[one.unit_id for one in seen], index__year__in=(year, year - 1)
    ).select_related("index")
    for one in rows.order_by("-index__year", "index__name"):
        values[one.unit_id].append(one)
    return [(one, values[one.unit_id]) for one in seen if values[one.unit_id]]
