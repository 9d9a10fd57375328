"""What this room plugs into others' sockets."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Said, Section
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.ranking.models import Appeal, IndexValue, Result
from diaban.work.ranking.permissions import members_in_sight, visible_boards

BOARDS = 5
INDICES = 6


def appeal_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where an appeal is answered. One query."""
    uids = dict(
        Appeal.objects.filter(pk__in={one.subject_id for one in obligations if one.subject_id}).values_list("pk", "uid")
    )
    return {
        one.pk: reverse("ranking:appeal", args=[uids[one.subject_id]]) for one in obligations if one.subject_id in uids
    }


def places_of(actor: Actor, unit_id: int, on: date) -> Section | None:
    """The unit's points and places on the boards that the reader may see it on; the newest first. None of a unit never ranked."""
    boards = {one.pk: one for one in visible_boards(actor).filter(version__members__unit=unit_id).distinct()}
    found = Result.objects.filter(board__in=boards, member__unit=unit_id).select_related("member__cluster")
    rows = []
    for one in found.order_by("-board__opened_at")[:BOARDS]:
        board = boards[one.board_id]
        if not members_in_sight(actor, board).filter(pk=one.member_id).exists():
            continue
        of = board.results.filter(member__cluster=one.member.cluster_id, points__isnull=False).count()
        rows.append(
            (
                Said(
                    board.title,
                    url=reverse("ranking:member", args=[board.uid, one.member.position]),
                ),
                Said(Period.parse(board.period).label()),
                Said(format_number(one.points) if one.points is not None else _("không xếp hạng"), is_number=True),
                Said(f"{one.rank}/{of}" if one.rank else "", is_number=True),
                Said(one.member.cluster.name),
                Said(status=board.status),
            )
        )
    if not rows:
        return None
    return Section(
        title=_("Xếp hạng, thi đua"),
        heads=(_("Bảng xếp hạng"), _("Kỳ chấm"), _("Điểm"), _("Hạng trong cụm"), _("Cụm"), _("Trạng thái")),
        rows=rows,
        more=reverse("ranking:boards"),
    )


def indices_of(actor: Actor, unit_id: int, on: date) -> Section | None:
    """What others' indices say of the unit, each with its source; never mixed with points. One query."""
    rows = IndexValue.objects.filter(unit=unit_id).select_related("index").order_by("-index__year", "index__name")
    found = list(rows[:INDICES])
    if not found:
        return None
    return Section(
        title=_("Bộ chỉ số của cơ quan khác"),
        lead=_("Lấy nguyên từ nguồn, không tính vào điểm xếp hạng."),
        heads=(_("Bộ chỉ số"), _("Giá trị"), _("Hạng"), _("Nguồn")),
        rows=[
            (
                Said(str(one.index), url=reverse("ranking:index", args=[one.index.uid])),
                Said("" if one.value is None else format_number(one.value), is_number=True),
                Said("" if one.rank is None else f"{one.rank}/{one.of}" if one.of else str(one.rank), is_number=True),
                Said(one.index.source),
            )
            for one in found
        ],
    )
