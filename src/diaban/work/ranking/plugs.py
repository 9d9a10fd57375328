"""What this room plugs into others' sockets."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.ranking.models import Appeal, IndexValue, Result
from diaban.work.ranking.permissions import visible_results

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


def places_of(place: Place) -> Section | None:
    """The unit's points and places on the boards that the reader may see it on; the newest first. None of a unit never ranked.
    One query."""
    ranked = Result.objects.filter(
        board=OuterRef("board"), member__cluster=OuterRef("member__cluster"), points__isnull=False
    )
    number = ranked.order_by().values("board").annotate(number=Count("pk")).values("number")
    found = visible_results(place.actor).filter(member__unit=place.unit_id).annotate(among=Subquery(number))
    rows = [
        (
            Said(one.board.title, url=reverse("ranking:member", args=[one.board.uid, one.member.position])),
            Said(Period.parse(one.board.period).label()),
            Said(format_number(one.points) if one.points is not None else _("không xếp hạng"), is_number=True),
            Said(f"{one.rank}/{one.among}" if one.rank else "", is_number=True),
            Said(one.member.cluster.name),
            Said(status=one.board.status),
        )
        for one in found.order_by("-board__opened_at")[:BOARDS]
    ]
    if not rows:
        return None
    return Section(
        title=_("Xếp hạng, thi đua"),
        heads=(_("Bảng xếp hạng"), _("Kỳ chấm"), _("Điểm"), _("Hạng trong cụm"), _("Cụm"), _("Trạng thái")),
        rows=rows,
        more=reverse("ranking:boards"),
    )


def indices_of(place: Place) -> Section | None:
    """What others' indices say of the unit, each with its source; never mixed with points. One query."""
    rows = IndexValue.objects.filter(unit=place.unit_id).select_related("index").order_by("-index__year", "index__name")
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
