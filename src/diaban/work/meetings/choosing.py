"""What the forms of this room offer: fields, places, offices and people of the ground, periods."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.queries import field_names
from diaban.foundation.mandates.permissions import offices_of, seat_of
from diaban.foundation.organisations.models import Kind, OrganisationVersion
from diaban.foundation.organisations.queries import body_of, holdings_on, rooms_of
from diaban.foundation.territory.models import Containment
from diaban.foundation.territory.queries import units_on
from diaban.lib.periods import Period
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.queries.lists import listed
from diaban.work.meetings.models import Attendee

Choices = list[tuple[int, str]]
MOST_MATTERS = 300
NOT_ASKED = (Kind.OFFICE.value,)


def fields() -> list[tuple[str, str]]:
    return list(field_names().items())


def places(actor: Actor, on: date) -> Choices:
    """The own seat and every unit in it, as they are that day. Two queries."""
    seat = seat_of(actor)
    if seat is None:
        return []
    own = [(one.unit_id, one.full_name) for one in units_on(on).filter(unit=seat)]
    return own + [(one.unit_id, one.full_name) for one in units_on(on, under=seat) if one.unit_id != seat]


def offices(actor: Actor, on: date) -> Choices:
    """Every office on the own ground that day that may be asked to a meeting, in order. One query."""
    seat = seat_of(actor)
    within = Containment.objects.filter(ancestor=seat, valid__contains=on).values("descendant")
    rows = OrganisationVersion.objects.on(on).filter(unit__in=within).exclude(kind__in=NOT_ASKED).in_order()
    return list(rows.values_list("organisation_id", "name"))


def own_offices(actor: Actor, on: date) -> Choices:
    """The rooms of the own body, itself last. At most three queries."""
    if actor.organisation_id is None:
        return []
    rooms = rooms_of(body_of(actor.organisation_id, on), on)
    return [(one.organisation_id, one.name) for one in (*rooms[1:], rooms[0])]


def there_first(found: Choices, attendees: Iterable[Attendee]) -> list[tuple[str, Choices]]:
    """The same offices in two groups: those asked to the meeting, and the others."""
    asked = {one.organisation_id for one in attendees}
    groups = [
        (_("Được mời họp"), [one for one in found if one[0] in asked]),
        (_("Cơ quan khác"), [one for one in found if one[0] not in asked]),
    ]
    return [(name, ones) for name, ones in groups if ones]


def matters(actor: Actor, attendees: Iterable[Attendee]) -> list[Difficulty]:
    """The difficulties that the own body has in hand, newest first: before others those raised by who is asked to the meeting.
    Two queries."""
    asked = {one.organisation_id for one in attendees if one.organisation_id}
    rows = list(listed(actor, is_ours=True)[:MOST_MATTERS])
    raised = Raising.objects.filter(difficulty__in=rows, organisation__in=asked, withdrawn_at=None)
    theirs = set(raised.values_list("difficulty", flat=True))
    return sorted(rows, key=lambda one: one.pk not in theirs)


def people(actor: Actor, on: date) -> Choices:
    """The people of the own body, leaders first as they stand in the directory. One query."""
    found = (
        holdings_on(on)
        .filter(position__organisation__in=offices_of(actor))
        .order_by("position__organisation", "position", "person__sort_key")
    )
    return list({one.person_id: f"{one.person.name}, {one.position.title}" for one in found}.items())


def periods(on: date) -> list[tuple[str, str]]:
    """The quarters of this and the last year, newest first."""
    codes = [f"stat:{year}-Q{quarter}" for year in (on.year, on.year - 1) for quarter in (4, 3, 2, 1)]
    return [(code, Period.parse(code).label()) for code in codes]
