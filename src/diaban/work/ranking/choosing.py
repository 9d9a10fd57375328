"""Who may stand in a scheme: whoever reports for each unit of the ground, and other bodies there; never a Party body."""

from dataclasses import dataclass
from datetime import date

from diaban.foundation.mandates.routing import Lead, responsible_many
from diaban.foundation.organisations.models import Kind, OrganisationVersion
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import descendants, old_districts
from diaban.work.ranking.services.schemes import NewMember

OTHERS = (Kind.DEPARTMENT, Kind.ENTERPRISE, Kind.PUBLIC_SERVICE_UNIT)
ALL_UNITS = "Khối các huyện, thành phố"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be ranked; `key` is how a form names it, `cluster` the cluster proposed."""

    key: str
    member: NewMember
    cluster: str


def candidates(ground_id: int, on: date, *, without: int | None = None) -> list[Candidate]:
    """Units first: districts while there are any, else communes by old district; then other bodies but the scoring one (`without`). Ten queries at most."""
    districts = descendants(ground_id, on, Level.DISTRICT)
    if districts:
        units = [(unit, ALL_UNITS) for unit in districts]
    else:
        units = [
            (unit, f"Cụm {group.district.name}" if group.district else "")
            for group in old_districts(ground_id, on)
            for unit in group.communes
        ]
    leads = responsible_many("report", "reporting", [unit.unit_id for unit, _cluster in units], on)
    found = [
        Candidate(unit.code, NewMember(lead.organisation_id, unit.unit_id, unit.full_name), cluster)
        for unit, cluster in units
        if isinstance(lead := leads[unit.unit_id], Lead)
    ]
    others = (
        OrganisationVersion.objects.on(on)
        .filter(kind__in=OTHERS, unit=ground_id)
        .exclude(organisation_id=without or 0)
        .in_order()
    )
    return found + [
        Candidate(f"o{one.organisation_id}", NewMember(one.organisation_id, one.unit_id, one.name), "")
        for one in others
    ]
