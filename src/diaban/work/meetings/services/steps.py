"""What the acts of this room share."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import STAFF, Role
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.organisations.models import Holding, Person
from diaban.foundation.organisations.queries import accounts_of
from diaban.work.meetings.models import Attendee, Entry, Meeting, Participant, Visit, Week
from diaban.work.meetings.permissions import is_keeper
from diaban.work.meetings.rules import Slot, Stage, clashes, key_of, may_now, monday_of

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


def accounts_asked(people: Iterable[int | None], offices: Iterable[int | None], on: date) -> set[int]:
    """The accounts of the people, and of the offices' staff."""
    named = Person.objects.filter(pk__in=[one for one in people if one], account__isnull=False)
    accounts = {one for one in named.values_list("account_id", flat=True) if one is not None}
    return accounts.union(*accounts_of({one for one in offices if one}, on, TOLD).values())


def tell_asked(meeting: Meeting, attendees: list[Attendee], *, text: str, reason: str, on: date, at: datetime) -> None:
    """A notice to everybody asked who has an account: those named, else the office."""
    offices = [one.organisation_id for one in attendees if not one.person_id]
    accounts = accounts_asked([one.person_id for one in attendees], offices, on)
    tell(account_ids=accounts, subject=subject_of(meeting), text=text, reason=reason, at=at)


def is_published(meeting: Meeting) -> bool:
    """Whether the organiser's calendar of the week it stands in is published: what changes from then on is told."""
    week = Week.objects.filter(organisation=meeting.organisation_id, starts_on=monday_of(meeting.held_on))
    return week.filter(published_at__isnull=False).exists()


def refuse_clashes(meeting: Meeting, newcomers: list[Attendee]) -> None:
    """Raises `NotPossible` where a newcomer would be in two places at once."""
    here = Slot(meeting.held_on, meeting.starts_at, meeting.ends_at, meeting.title)
    keys = {
        key: one.name for one in newcomers if (key := key_of(one.person_id, one.organisation_id, one.name)) is not None
    }
    refuse_two_places(here, keys, besides=meeting)


def refuse_two_places(here: Slot, keys: dict[tuple[object, ...], str], *, besides: Meeting | Entry) -> None:
    """Raises `NotPossible` where one of `keys` (by name) is elsewhere in that time, be it at a meeting or by a line of a
    weekly calendar that says both its hours; `besides` is what they are asked to. Locks the people, so that two secretaries
    who ask the same person at once see one another."""
    ids = sorted(key[1] for key in keys if key[0] == "person" and isinstance(key[1], int))
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    places = [place for place in _elsewhere(here.on, besides) if place[0] in keys]
    found = [
        clash for key, name, there in places for clash in clashes([(key, name, there), (key, keys[key], here)])
    ]  # fmt: skip
    if found:
        lines = [
            _("%(name)s đã có mặt ở “%(what)s” lúc %(hour)s ngày %(day)s")
            % {"name": one.name, "what": one.one.what, "hour": f"{one.one.starts_at:%H:%M}", "day": f"{one.one.on:%d/%m/%Y}"}
            for one in found
        ]  # fmt: skip
        raise NotPossible("; ".join(dict.fromkeys(lines)) + ".")


def _elsewhere(on: date, besides: Meeting | Entry) -> Iterator[tuple[tuple[object, ...], str, Slot]]:
    """Who is where that day, by standing meetings and by lines of calendars with hours. Two queries."""
    asked = (
        Attendee.objects.filter(meeting__held_on=on, meeting__cancelled_at=None)
        .exclude(presence="absent")
        .select_related("meeting")
    )
    for one in asked.exclude(meeting=besides.pk) if isinstance(besides, Meeting) else asked:
        key = key_of(one.person_id, one.organisation_id, one.name)
        if key is not None:
            yield key, one.name, Slot(on, one.meeting.starts_at, one.meeting.ends_at, one.meeting.title)
    written = Participant.objects.filter(
        person__isnull=False, entry__on=on, entry__struck_at=None, entry__ends_at__isnull=False
    ).select_related("entry")
    for each in written.exclude(entry=besides.pk) if isinstance(besides, Entry) else written:
        entry = each.entry
        if entry.starts_at is not None and entry.ends_at is not None:
            yield ("person", each.person_id), each.name, Slot(on, entry.starts_at, entry.ends_at, entry.content)


def holding_of(person: Person, on: date) -> Holding | None:
    """The first position of a person that day."""
    return person.holdings.filter(valid__contains=on).select_related("position").order_by("pk").first()
