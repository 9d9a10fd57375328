"""What the acts of this room share."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import STAFF, Role
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.organisations.models import Holding, Person
from diaban.foundation.organisations.queries import accounts_of
from diaban.work.meetings.models import Attendee, Meeting, Visit
from diaban.work.meetings.permissions import is_keeper
from diaban.work.meetings.rules import Clash, Slot, Stage, clashes, key_of, may_now

TOLD = STAFF | {Role.CLERK, Role.ENTERPRISE}


class NotPossible(ValueError):
    """The meeting does not stand where this may be done, or lacks something; the message says what, in Vietnamese."""


SAID = {
    Stage.PLANNED: "chưa gửi giấy mời",
    Stage.CONVENED: "đã gửi giấy mời, chưa họp",
    Stage.RUNNING: "đang họp",
    Stage.HELD: "đã họp xong",
    Stage.CONCLUDED: "đã ban hành thông báo kết luận",
    Stage.CANCELLED: "đã hủy",
}


def require_keeper(actor: Actor, act: str, thing: Meeting | Visit) -> Grant:
    """The ground on which the organiser does an act. Raises `NotPermitted`."""
    grant = actor.require(act)
    if not is_keeper(actor, thing.organisation_id, thing.field_code):
        raise NotPermitted(_("Chỉ cơ quan tổ chức cuộc họp mới làm việc này."))
    return grant


def lock_meeting(meeting_id: int, act: str, *, expected_revision: int | None = None) -> Meeting:
    """The meeting, locked, where the act has its time. Raises `NotPossible` or `StaleRevision`."""
    meeting = Meeting.lock(meeting_id, expected_revision=expected_revision)
    if not may_now(act, meeting.stage):
        raise NotPossible(_("Cuộc họp %(state)s nên không làm được việc này.") % {"state": SAID[meeting.stage]})
    return meeting


def tell_asked(meeting: Meeting, attendees: list[Attendee], *, text: str, reason: str, on: date, at: datetime) -> None:
    """A notice to everybody asked who has an account: those named, else the office."""
    named = Person.objects.filter(
        pk__in=[one.person_id for one in attendees if one.person_id], account__isnull=False
    ).values_list("account_id", flat=True)
    offices = {one.organisation_id for one in attendees if one.organisation_id and not one.person_id}
    accounts = {one for one in named if one is not None}
    for found in accounts_of(offices, on, TOLD).values():
        accounts |= found
    tell(account_ids=accounts, subject=subject_of(meeting), text=text, reason=reason, at=at)


def refuse_clashes(meeting: Meeting, newcomers: list[Attendee]) -> None:
    """Raises `NotPossible` where a newcomer would be in two places at once. Locks the people, so that two secretaries who
    ask the same person at once see one another."""
    ids = sorted({one.person_id for one in newcomers if one.person_id})
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    found = clashes_of(meeting, newcomers)
    if found:
        lines = [
            _("%(name)s đã có mặt ở “%(what)s” lúc %(hour)s ngày %(day)s")
            % {"name": one.name, "what": one.one.what, "hour": f"{one.one.starts_at:%H:%M}", "day": f"{one.one.on:%d/%m/%Y}"}
            for one in found
        ]  # fmt: skip
        raise NotPossible("; ".join(dict.fromkeys(lines)) + ".")


def clashes_of(meeting: Meeting, newcomers: list[Attendee]) -> list[Clash]:
    """The clashes of some attendees of a meeting with every other standing meeting of its day. One query."""
    here = Slot(meeting.held_on, meeting.starts_at, meeting.ends_at, meeting.title)
    keys = {
        key: one.name for one in newcomers if (key := key_of(one.person_id, one.organisation_id, one.name)) is not None
    }
    others = (
        Attendee.objects.filter(meeting__held_on=meeting.held_on, meeting__cancelled_at=None)
        .exclude(meeting=meeting.pk)
        .exclude(presence="absent")
        .select_related("meeting")
    )
    places = []
    for one in others:
        key = key_of(one.person_id, one.organisation_id, one.name)
        if key in keys and key is not None:
            there = Slot(one.meeting.held_on, one.meeting.starts_at, one.meeting.ends_at, one.meeting.title)
            if there.meets(here):
                places.append((key, one.name, there))
    return [clash for place in places for clash in clashes([place, (place[0], keys[place[0]], here)])]


def holding_of(person: Person, on: date) -> Holding | None:
    """The first position of a person that day."""
    return person.holdings.filter(valid__contains=on).select_related("position").order_by("pk").first()
