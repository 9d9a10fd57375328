"""Meetings by day, for whoever shows or sends a calendar."""

from dataclasses import dataclass
from datetime import date, time

from diaban.foundation.acts.actor import Actor
from diaban.work.meetings.models import Attendee, Capacity, Meeting, Move
from diaban.work.meetings.permissions import visible_meetings


@dataclass(frozen=True)
class Entry:
    """A line of a calendar. `moved_to` is set on a day that a meeting was moved away from: shown struck through, as one that
    `is_cancelled` is."""

    meeting: Meeting
    on: date
    starts_at: time
    ends_at: time
    place: str
    chair: str
    moved_to: date | None
    is_cancelled: bool

    @property
    def is_struck(self) -> bool:
        return self.moved_to is not None or self.is_cancelled


def in_days(actor: Actor, first: date, last: date) -> list[Entry]:
    """The meetings in sight from the first day to the last, both inside, by hour, old days of moved ones too. Three queries.

    A cancelled meeting is left out unless its invitations had gone out.
    """
    visible = visible_meetings(actor)
    meetings = [
        one
        for one in visible.filter(held_on__range=(first, last))
        if one.cancelled_at is None or one.convened_at is not None
    ]
    moves = list(
        Move.objects.filter(held_on__range=(first, last), meeting__in=visible.values("pk")).select_related("meeting")
    )
    chairs = dict(
        Attendee.objects.filter(
            meeting__in={one.pk for one in meetings} | {one.meeting_id for one in moves}, capacity=Capacity.CHAIR
        ).values_list("meeting_id", "name")
    )
    entries = [
        Entry(one, one.held_on, one.starts_at, one.ends_at, one.place, chairs.get(one.pk, ""), None, bool(one.cancelled_at))
        for one in meetings
    ] + [
        Entry(
            one.meeting, one.held_on, one.starts_at, one.ends_at, one.place, chairs.get(one.meeting_id, ""),
            one.meeting.held_on, bool(one.meeting.cancelled_at),
        )
        for one in moves
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: (entry.on, entry.starts_at, entry.meeting.pk))
