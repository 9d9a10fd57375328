"""A department under a People's Committee, an enterprise, and actors of both."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import Grant, NotPermitted, Reach
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.organisations.models import Kind, Organisation, OrganisationVersion
from diaban.foundation.territory.models import Level, Unit

AT = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
ABOUT = Subject("reporting.report", 7)


@dataclass(frozen=True)
class Worker:
    """An actor of one organisation who may do the acts named."""

    organisation_id: int | None
    acts: frozenset[str] = frozenset({"documents.draft", "documents.record_issue", "documents.recall"})
    today: date = date(2026, 10, 6)
    account_id: None = None
    position_id: None = None
    label: str = "Văn thư Sở"

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        return Grant(None, self.label) if act in self.acts else None

    def reaches(self, act: str) -> tuple[Reach, ...]:
        return ()

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        grant = self.may(act, field, unit_id)
        if grant is None:
            raise NotPermitted(act)
        return grant


@dataclass(frozen=True)
class Offices:
    committee: int
    department: int
    enterprise: int


def offices() -> Offices:
    unit = Unit.objects.create(uid=uuid.uuid4(), level=Level.PROVINCE)
    committee = _found(unit, "UBND tỉnh Hà Giang", Kind.PEOPLE_COMMITTEE)
    department = _found(unit, "Sở Thông tin và Truyền thông", Kind.DEPARTMENT, parent=committee)
    return Offices(committee.pk, department.pk, _found(unit, "VNPT Hà Giang", Kind.ENTERPRISE).pk)


def _found(unit: Unit, name: str, kind: Kind, parent: Organisation | None = None) -> Organisation:
    organisation = Organisation.objects.create(uid=uuid.uuid4())
    OrganisationVersion.objects.create(
        organisation=organisation,
        valid=DateRange(date(2008, 1, 1), None),
        name=name,
        kind=kind,
        parent=parent,
        unit=unit,
    )
    return organisation
