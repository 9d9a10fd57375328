"""To whom a matter goes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.routing import Lead, responsible_for
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.queries import bodies_of
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import ancestors, descendants, nearest_versions
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import SUBJECT

LEADING = ("manage", "direct", "license")


@dataclass(frozen=True)
class Way:
    """The office that must answer, and why it is that one; None where nobody could be found."""

    organisation_id: int | None
    because: str


def way_of(field_code: str, unit_id: int, on: date, *, but_not: int) -> Way:
    """Whoever leads the management of the field over the unit on the day, the nearest first, but not who raises the matter.

    Where there is none, or two, whoever directs the ground must say who answers. At most seven queries.
    """
    places = [unit_id, *(one.unit_id for one in ancestors(unit_id, on))]
    managing, directing = ("manage", field_code), ("direct", None)
    found = responsible_for([managing, directing], places, on)
    answers = [answer for place in places for answer in (found[managing][place],)]
    leads = [one for one in answers if isinstance(one, Lead)]
    rulers = [one for place in places if isinstance(one := found[directing][place], Lead)]
    bodies = bodies_of({one.organisation_id for one in (*leads, *rulers)} | {but_not}, on)
    own = bodies.get(but_not, but_not)
    for lead in leads:
        if bodies.get(lead.organisation_id) != own:
            return Way(lead.organisation_id, lead.because)
    why = answers[0].because if answers and not isinstance(answers[0], Lead) else ""
    for ruler in rulers:
        if bodies.get(ruler.organisation_id) != own:
            told = _("%(why)s Cơ quan chỉ đạo chung trên địa bàn xác định cơ quan trả lời.") % {"why": why}
            return Way(ruler.organisation_id, told.strip())
    return Way(None, _("Chưa có cơ quan nào được giao trả lời; quản trị chức năng, nhiệm vụ cần xác định."))


def own_places(actor: Actor) -> list[UnitVersion]:
    """The ground that the actor raises matters of: its office's, itself first, then what lies in it."""
    seat = seat_of(actor)
    if seat is None:
        return []
    return [*nearest_versions([seat], actor.today).values(), *descendants(seat, actor.today)]


def kind_of(actor: Actor) -> str:
    """Which clock runs for what the actor raises: that of an enterprise or of a locality."""
    return "enterprise" if actor.may("reporting.supply") is not None else "locality"


def candidates(difficulty: Difficulty, on: date) -> list[OrganisationVersion]:
    """Offices that a matter may be passed to: whoever leads anything over its unit or above it, but none that raised it or has
    it in hand. Eight queries at most."""
    places = [difficulty.unit_id, *(one.unit_id for one in ancestors(difficulty.unit_id, on))]
    leading = Mandate.objects.on(on).leading().filter(unit__in=places, function__code__in=LEADING)
    offices = set(leading.values_list("organisation_id", flat=True))
    parties = {one.organisation_id for one in difficulty.raisings.all() if one.withdrawn_at is None}
    parties |= set(Obligation.objects.open().about(SUBJECT, difficulty.pk).values_list("owner_id", flat=True))
    bodies = bodies_of(offices | parties, on)
    concerned = {bodies.get(one, one) for one in parties}
    rows = OrganisationVersion.objects.on(on).filter(organisation__in=offices).select_related("organisation")
    found = [one for one in rows if bodies.get(one.organisation_id, one.organisation_id) not in concerned]
    return sorted((one for one in found if may_own_obligations(one.kind)), key=lambda one: one.sort_key)
