"""What acts on boards share: the lock, the way from status to status, and where members stand by their points."""

from collections import defaultdict

from diaban.work.ranking.models import Board, Result, Score
from diaban.work.ranking.rules import NEXT, WORDS, IfMissing, Place, Scored, Status, Sum, fault_of_step, places, summed


class NotPossible(ValueError):
    """The act cannot be done to this scheme or board now; the message says why, in Vietnamese."""


def locked(board_id: int, expected_revision: int | None) -> Board:
    return Board.lock(board_id, expected_revision=expected_revision)


def must_be(board: Board, *statuses: Status) -> None:
    if board.state not in statuses:
        raise NotPossible(f"Bảng xếp hạng {WORDS[board.state]}; điểm không sửa được nữa.")


def step(board: Board, name: str) -> None:
    """Take the board to the next status, unsaved. Raises `NotPossible`."""
    if fault := fault_of_step(name, board.state):
        raise NotPossible(fault)
    board.status = NEXT[name][1].value


def standings(board: Board) -> dict[int, Place]:
    """Where every member stands by the scores as they are stored. Three queries."""
    scores: dict[int, list[Scored]] = defaultdict(list)
    for one in Score.objects.filter(board=board).select_related("criterion"):
        scores[one.member_id].append(
            Scored(one.criterion.kind, one.criterion.most, one.points, IfMissing(one.criterion.if_missing))
        )
    clusters: dict[int, list[int]] = defaultdict(list)
    for member_id, cluster_id in board.version.members.values_list("pk", "cluster_id"):
        clusters[cluster_id].append(member_id)
    sums: dict[int, Sum] = {member: summed(scores[member]) for members in clusters.values() for member in members}
    return places(sums, clusters)


def stand_again(board: Board) -> None:
    """Store where members stand by the scores as they are now; part of every act that changes one."""
    rows = [
        Result(
            board=board,
            member_id=member,
            points=place.sum.points,
            attainable=place.sum.attainable,
            full=place.sum.full,
            rank=place.in_cluster,
            overall=place.overall,
        )
        for member, place in standings(board).items()
    ]
    Result.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["board", "member"],
        update_fields=["points", "attainable", "full", "rank", "overall"],
    )
