"""Who is mandated to do what, and who must, for programs."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from diaban.foundation.acts.programs import Paged, Paging, Problem, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.permissions import seat_of, visible_mandates
from diaban.foundation.mandates.queries import mandates_within
from diaban.foundation.mandates.routing import Gap, Lead, UnknownField, responsible
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Unit

router = Router()


class BodyOut(Schema):
    """An organisation by its identifier and its name of the day that was asked."""

    uid: UUID
    name: str


class MandateOut(Schema):
    """Who does what over which unit, by which law; `field` is null for every field."""

    id: int
    revision: int
    organisation: BodyOut
    function: str
    field: str | None
    unit: UUID
    reach: str
    part: str
    legal_basis: str
    assumed: bool
    first_day: date | None
    last_day: date | None


class ResponsibleOut(Schema):
    """`lead`: one organisation must; `gap`: nobody is mandated; `conflict`: several claim it. `because` is the ground."""

    answer: Literal["lead", "gap", "conflict"]
    organisations: list[BodyOut]
    because: str


class MandatesAsked(Paging):
    """`unit` is the seat of the own office, `on` today, where they are not given."""

    unit: UUID | None = None
    on: date | None = None
    function: str = ""
    field: str = ""


@router.get("/mandates", response=Paged[MandateOut], operation_id="list_mandates", url_name="mandates")
def mandates(request: HttpRequest, asked: Query[MandatesAsked]) -> Paged[MandateOut]:
    """The mandates of a day over a unit, what it contains and what it lies in."""
    actor = actor_of(request)
    on = asked.on or actor.today
    unit_id = get_object_or_404(Unit, uid=asked.unit).pk if asked.unit else seat_of(actor) or 0
    rows = mandates_within(visible_mandates(actor), unit_id, on, function=asked.function, field=asked.field)
    return paged(request, rows.select_related("function", "field", "unit"), asked, lambda found: _shaped(found, on))


@router.get("/mandates/responsible", response=ResponsibleOut, operation_id="get_responsible", url_name="responsible")
def who_must(
    request: HttpRequest, function: str, unit: UUID, field: str | None = None, on: date | None = None
) -> ResponsibleOut:
    """Who leads a function in a field over a unit on a day; without `field`, who leads in all of them."""
    actor = actor_of(request)
    day = on or actor.today
    place = get_object_or_404(Unit, uid=unit)
    try:
        found = responsible(function, field, place.pk, day)
    except UnknownField:
        raise Problem(404, f"Không có lĩnh vực “{field}”.") from None
    if isinstance(found, Gap):
        return ResponsibleOut(answer="gap", organisations=[], because=found.because)
    ids = [found.organisation_id] if isinstance(found, Lead) else list(found.organisation_ids)
    bodies = _bodies(set(ids), day)
    kind: Literal["lead", "conflict"] = "lead" if isinstance(found, Lead) else "conflict"
    return ResponsibleOut(answer=kind, organisations=[bodies[one] for one in ids], because=found.because)


def _shaped(found: list[Mandate], on: date) -> list[MandateOut]:
    bodies = _bodies({one.organisation_id for one in found}, on)
    return [
        MandateOut(
            id=one.pk,
            revision=one.revision,
            organisation=bodies[one.organisation_id],
            function=one.function.code,
            field=one.field.code if one.field else None,
            unit=one.unit.uid,
            reach=one.reach,
            part=one.part,
            legal_basis=one.legal_basis,
            assumed=one.assumed,
            first_day=one.first_day,
            last_day=one.last_day,
        )
        for one in found
    ]


def _bodies(ids: set[int], on: date) -> dict[int, BodyOut]:
    """Two queries."""
    names = names_of(ids, on)
    return {key: BodyOut(uid=row.uid, name=names[key]) for key, row in Organisation.objects.in_bulk(ids).items()}
