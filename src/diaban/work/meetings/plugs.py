"""What this room plugs into others' sockets."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.links.sockets import Standing
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.foundation.territory.models import Coverage
from diaban.lib.vietnamese import format_date
from diaban.work.directives.dossier import tasks_from
from diaban.work.directives.labels import task_url
from diaban.work.directives.queries.lists import TaskLine
from diaban.work.meetings.models import Conclusion, Meeting, Week
from diaban.work.meetings.permissions import visible_meetings

SHOWN = 5
CONCLUSION = "meetings.conclusion"


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


def meetings_here(place: Place) -> list[Meeting]:
    """The last visits and briefings of a place, newest first, for `place.once`. Two queries."""
    asked = Q(attendees__organisation__versions__unit=place.unit_id)
    found = (
        visible_meetings(place.actor)
        .filter(
            Q(unit__in=_covered(place)) | Q(unit=place.unit_id) | asked,
            cancelled_at=None,
            opened_at__isnull=False,
            held_on__lte=place.on,
        )
        .annotate(said=Count("conclusions", filter=Q(conclusions__withdrawn_at=None), distinct=True))
        .order_by("-held_on", "-id")
        .distinct()[:SHOWN]
    )
    return list(found)


def _covered(place: Place) -> QuerySet[Coverage, int]:
    """What the unit is, contains or descends from."""
    return Coverage.objects.filter(unit=place.unit_id).values_list("covered_id", flat=True)


def meetings_of_place(place: Place) -> Section:
    """The last visits and briefings of a place with how much was concluded. Two queries."""
    rows = [
        (
            Said(one.title, url=reverse("meetings:meeting", args=[one.uid])),
            Said(str(one.get_shape_display())),
            Said(format_date(one.held_on)),
            Said(str(one.__dict__["said"]) if one.concluded_at else "", is_number=True),
            Said(status=one.state),
        )
        for one in place.once(meetings_here)
    ]
    return Section(
        title=_("Đoàn công tác, giao ban gần nhất"),
        heads=(_("Cuộc họp"), _("Loại"), _("Ngày"), _("Kết luận"), _("Tình trạng")),
        rows=rows,
        more=reverse("meetings:meetings") if rows else "",
        empty=_("Chưa có cuộc nào khai mạc. Buổi làm việc, giao ban với địa phương sẽ tự đứng ở đây sau ngày họp."),
    )


def conclusions_of_place(place: Place) -> Section | None:
    """What the last meeting whose notice is out concluded for the place, word for word, and how far that is. One query, and those of its tasks."""
    meeting = next((one for one in place.once(meetings_here) if one.concluded_at is not None), None)
    if meeting is None:
        return None
    here = Q(kind=Conclusion.Kind.REMARK) | Q(receivers=None)
    here |= Q(receivers__organisation__versions__unit=place.unit_id)
    here |= Q(receivers__organisation__versions__unit__in=_covered(place))
    found = list(meeting.conclusions.filter(here, withdrawn_at=None).distinct())
    given = tasks_from(place, CONCLUSION, [one.pk for one in found])
    lead = _("%(meeting)s, ngày %(day)s.") % {"meeting": meeting.title, "day": format_date(meeting.held_on)}
    return Section(
        title=_("Kết luận của cuộc họp gần nhất"),
        lead=lead,
        heads=(_("Kết luận"), _("Loại"), _("Hạn"), _("Tình trạng")),
        rows=[_concluded(one, given.get(one.pk)) for one in found],
        more=reverse("meetings:meeting", args=[meeting.uid]),
        empty=_("Thông báo kết luận không giao việc, không trả lời riêng cho địa bàn này."),
    )


def _concluded(one: Conclusion, line: TaskLine | None) -> Sequence[Said]:
    due = line.task.obligation.due_on if line and line.task.obligation else one.due_on
    return (
        Said(one.text, url=task_url(line.task) if line else ""),
        Said(str(one.get_kind_display())),
        Said(format_date(due) if due else ""),
        Said(status=line.state) if line else Said(one.get_result_display()),
    )


def standing_of_meetings(actor: Actor, things: Sequence[Meeting], on: date) -> Mapping[int, Standing]:
    """How far each is."""
    return {one.pk: Standing((one.state,)) for one in things}


def standing_of_conclusions(actor: Actor, things: Sequence[Conclusion], on: date) -> Mapping[int, Standing]:
    """Only of those that were withdrawn: of others, what arose from them tells."""
    return {one.pk: Standing(("withdrawn",)) for one in things if one.withdrawn_at is not None}
