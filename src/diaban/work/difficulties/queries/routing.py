"""To whom a matter goes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.routing import Lead, responsible_for
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.queries import bodies_of, versions_of
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.foundation.territory.queries import ancestors


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


def candidates(unit_id: int, on: date) -> list[OrganisationVersion]:
    """Offices that a matter may be passed to: whoever leads anything over the unit or above it. Four queries."""
    places = [unit_id, *(one.unit_id for one in ancestors(unit_id, on))]
    leading = (
        Mandate.objects.on(on).leading().filter(unit__in=places, function__code__in=("manage", "direct", "license"))
    )
    found = versions_of(set(leading.values_list("organisation_id", flat=True)), on).values()
    return sorted((one for one in found if may_own_obligations(one.kind)), key=lambda one: one.sort_key)
