"""Whom a request may be sent to: units with whoever must report there, enterprises with a mandate to provide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.routing import Lead, responsible_many
from diaban.foundation.organisations.models import Kind as OrganisationKind
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.territory.models import Containment, Level, UnitVersion
from diaban.foundation.territory.queries import descendants, old_districts
from diaban.work.requests.models import Audience

REPORTS, PROVIDES, REPORTING = "report", "provide", "reporting"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked. `code` is the unit's, or the enterprise's place in the list (`DN01`)."""

    code: str
    unit_id: int
    organisation_id: int
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates of one old district (no name: all of them)."""

    name: str
    candidates: tuple[Candidate, ...]

    @property
    def key(self) -> str:
        """How a form names it."""
        return self.candidates[0].code


@dataclass(frozen=True)
class Candidates:
    """Everybody of one audience. `left_out` names units where nobody is mandated to report."""

    groups: tuple[Group, ...]
    left_out: tuple[str, ...] = field(default=())

    @property
    def all(self) -> list[Candidate]:
        return [one for group in self.groups for one in group.candidates]


def candidates(audience: str, ground_id: int, on: date) -> Candidates:
    """Everybody of an audience on the ground that day, in order; ten queries at most."""
    if audience == Audience.ENTERPRISE:
        return _enterprises(ground_id, on)
    if audience == Audience.DISTRICT:
        groups: Sequence[tuple[str, Sequence[UnitVersion]]] = [("", descendants(ground_id, on, Level.DISTRICT))]
    else:
        groups = [
            (group.district.name if group.district else "", group.communes) for group in old_districts(ground_id, on)
        ]
    return _units(groups, on)


def _units(groups: Iterable[tuple[str, Sequence[UnitVersion]]], on: date) -> Candidates:
    groups = list(groups)
    answers = responsible_many(REPORTS, REPORTING, [unit.unit_id for _name, units in groups for unit in units], on)
    found, left_out = [], []
    for name, units in groups:
        inside = []
        for unit in units:
            lead = answers[unit.unit_id]
            if isinstance(lead, Lead):
                inside.append(Candidate(unit.code, unit.unit_id, lead.organisation_id, unit.full_name, name))
            else:
                left_out.append(unit.full_name)
        if inside:
            found.append(Group(name, tuple(inside)))
    return Candidates(tuple(found), tuple(left_out))


def _enterprises(ground_id: int, on: date) -> Candidates:
    within = Containment.objects.filter(ancestor=ground_id, valid__contains=on).values("descendant")
    providing = Mandate.objects.on(on).filter(function__code=PROVIDES, unit__in=within).values("organisation")
    versions = OrganisationVersion.objects.on(on).filter(
        organisation__in=providing, kind=OrganisationKind.ENTERPRISE
    )  # fmt: skip
    found = tuple(
        Candidate(f"DN{number:02}", version.unit_id, version.organisation_id, version.name, "")
        for number, version in enumerate(versions.in_order(), 1)
    )
    return Candidates((Group("", found),) if found else ())
