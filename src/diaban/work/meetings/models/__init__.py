"""The tables of this room: visits and meetings, the weekly calendar and the year's programme of an office."""

from diaban.work.meetings.models.carrying import Asking, Carried
from diaban.work.meetings.models.holders import Holder, Membership
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
    Visit,
)
from diaban.work.meetings.models.programmes import Item, Programme
from diaban.work.meetings.models.updates import Update, UpdateLine
from diaban.work.meetings.models.weeks import Arrangement, Change, Entry, Participant, Week

__all__ = [
    "AgendaItem",
    "Arrangement",
    "Asking",
    "Attendee",
    "Brought",
    "Capacity",
    "Carried",
    "Change",
    "Conclusion",
    "Entry",
    "Holder",
    "Item",
    "Meeting",
    "Member",
    "Membership",
    "Move",
    "Participant",
    "Presence",
    "Programme",
    "Receiver",
    "Shape",
    "Statement",
    "Timing",
    "Update",
    "UpdateLine",
    "Visit",
    "Week",
]
