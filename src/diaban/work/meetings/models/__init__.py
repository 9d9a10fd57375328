"""The tables of this room: visits and meetings, the weekly calendar of an office."""

from diaban.work.meetings.models.meetings import (
    AgendaItem,
    Attendee,
    Brought,
    Capacity,
    Conclusion,
    Meeting,
    Member,
    Move,
    Presence,
    Receiver,
    Shape,
    Statement,
    Timing,
    Update,
    Visit,
)
from diaban.work.meetings.models.weeks import Arrangement, Change, Entry, Participant, Week

__all__ = [
    "AgendaItem",
    "Arrangement",
    "Attendee",
    "Brought",
    "Capacity",
    "Change",
    "Conclusion",
    "Entry",
    "Meeting",
    "Member",
    "Move",
    "Participant",
    "Presence",
    "Receiver",
    "Shape",
    "Statement",
    "Timing",
    "Update",
    "Visit",
    "Week",
]
