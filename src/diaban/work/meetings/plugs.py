"""What this room plugs into others' sockets."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.foundation.territory.models import Coverage
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Meeting, Week
from diaban.work.meetings.permissions import visible_meetings

SHOWN = 5


def meeting_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a notice is made or an update filed. One query."""
    uids = dict(
        Meeting.objects.filter(pk__in={one.subject_id for one in obligations if one.subject_id}).values_list(
            "pk", "uid"
        )
    )
    return {
        one.pk: reverse("meetings:meeting", args=[uids[one.subject_id]])
        for one in obligations
        if one.subject_id in uids
    }


def briefing_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where the briefing of a period is planned."""
    return {one.pk: f"{reverse('meetings:new')}?viec={one.pk}" for one in obligations}


def week_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """The calendar of the week after the one that the obligation follows. One query."""
    weeks = Week.objects.in_bulk([one.subject_id for one in obligations if one.subject_id])
    return {
        one.pk: f"{reverse('meetings:week')}?tuan={(weeks[one.subject_id].starts_on + timedelta(days=7)).isoformat()}"
        for one in obligations
        if one.subject_id in weeks
    }


def meetings_of_place(place: Place) -> Section:
    """The last visits and briefings of a place with what was concluded. Two queries."""
    unit_id, places = place.unit_id, Coverage.objects.filter(unit=place.unit_id).values("covered")
    asked = Q(attendees__organisation__versions__unit=unit_id)
    found = (
        visible_meetings(place.actor)
        .filter(
            Q(unit__in=places) | Q(unit=unit_id) | asked,
            cancelled_at=None,
            opened_at__isnull=False,
            held_on__lte=place.on,
        )
        .annotate(said=Count("conclusions", filter=Q(conclusions__withdrawn_at=None), distinct=True))
        .order_by("-held_on", "-id")
        .distinct()[:SHOWN]
    )
    rows = [
        (
            Said(one.title, url=reverse("meetings:meeting", args=[one.uid])),
            Said(str(one.get_shape_display())),
            Said(format_date(one.held_on)),
            Said(str(one.said) if one.concluded_at else "", is_number=True),
            Said(status=one.state),
        )
        for one in found
    ]
    return Section(
        title=_("Đoàn công tác, giao ban gần nhất"),
        heads=(_("Cuộc họp"), _("Loại"), _("Ngày"), _("Kết luận"), _("Tình trạng")),
        rows=rows,
        more=reverse("meetings:meetings") if rows else "",
        empty=_("Chưa có cuộc nào khai mạc. Buổi làm việc, giao ban với địa phương sẽ tự đứng ở đây sau ngày họp."),
    )
