"""Organisations of a day, for programs. People and their contacts are not given out here."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from diaban.foundation.acts.programs import Paged, Paging, Problem, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.organisations.models import Kind, Organisation, OrganisationVersion
from diaban.foundation.organisations.permissions import visible_organisations
from diaban.foundation.organisations.queries import UnknownOrganisation, search, version_of
from diaban.foundation.territory.models import Unit

router = Router()


class OrganisationOut(Schema):
    """An organisation as it was from `first_day` to `last_day`; `code` is its official identifier where it is known."""

    uid: UUID
    code: str
    name: str
    kind: Kind
    unit: UUID
    parent: UUID | None
    guided_by: UUID | None
    first_day: date | None
    last_day: date | None


class OrganisationsAsked(Paging):
    """`on` is today where it is not given; `text` is found in the name, whatever its diacritics."""

    on: date | None = None
    text: str = ""
    kind: Kind | None = None
    within: UUID | None = None


@router.get(
    "/organisations", response=Paged[OrganisationOut], operation_id="list_organisations", url_name="organisations"
)
def organisations(request: HttpRequest, asked: Query[OrganisationsAsked]) -> Paged[OrganisationOut]:
    """The organisations of a day, in order of names; `within` keeps those seated in a unit."""
    actor = actor_of(request)
    within = get_object_or_404(Unit, uid=asked.within).pk if asked.within else None
    rows = search(asked.on or actor.today, text=asked.text, kind=asked.kind or "", within=within)
    return paged(request, rows.filter(organisation__in=visible_organisations(actor).values("pk")), asked, _shaped)


@router.get(
    "/organisations/{uuid:uid}", response=OrganisationOut, operation_id="get_organisation", url_name="organisation"
)
def organisation(request: HttpRequest, uid: UUID, on: date | None = None) -> OrganisationOut:
    """An organisation as it was on a day. 404 where it did not exist then."""
    actor = actor_of(request)
    found = get_object_or_404(visible_organisations(actor), uid=uid)
    try:
        return _shaped([version_of(found.pk, on or actor.today)])[0]
    except UnknownOrganisation as unknown:
        raise Problem(404, str(unknown)) from None


def _shaped(versions: list[OrganisationVersion]) -> list[OrganisationOut]:
    """Two queries."""
    wanted = {one for row in versions for one in (row.organisation_id, row.parent_id, row.guided_by_id) if one}
    known = Organisation.objects.in_bulk(wanted)
    units = Unit.objects.in_bulk({row.unit_id for row in versions})
    return [
        OrganisationOut(
            uid=known[row.organisation_id].uid,
            code=known[row.organisation_id].code,
            name=row.name,
            kind=Kind(row.kind),
            unit=units[row.unit_id].uid,
            parent=known[row.parent_id].uid if row.parent_id else None,
            guided_by=known[row.guided_by_id].uid if row.guided_by_id else None,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        for row in versions
    ]
