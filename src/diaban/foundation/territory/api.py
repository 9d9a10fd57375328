"""Units of a day and what became of them, for programs."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from diaban.foundation.acts.programs import Paged, Paging, Problem, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.territory.models import Level, Unit, UnitVersion
from diaban.foundation.territory.permissions import visible_units
from diaban.foundation.territory.queries import Step, UnknownUnit, past_and_future, search, units_on, version_of

router = Router()


class UnitOut(Schema):
    """A unit as it was called from `first_day` to `last_day` (null: no known beginning, no end)."""

    uid: UUID
    code: str
    name: str
    level: Level
    parent: UUID | None
    first_day: date | None
    last_day: date | None


class SuccessionOut(Schema):
    """On the day, `share` (exact, as a fraction) of the predecessor went to the successor; `depth` reforms away."""

    on: date
    predecessor: UnitOut
    successor: UnitOut
    share: str
    assumed: bool
    depth: int


class LineageOut(Schema):
    """All names of a unit by time, what it came from and what became of it."""

    versions: list[UnitOut]
    past: list[SuccessionOut]
    future: list[SuccessionOut]


class UnitsAsked(Paging):
    """`on` is today where it is not given; `under` keeps the units inside one, `text` those whose name holds it."""

    on: date | None = None
    under: UUID | None = None
    level: Level | None = None
    text: str = ""


@router.get("/units", response=Paged[UnitOut], operation_id="list_units", url_name="units")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> Paged[UnitOut]:
    """The units of a day, in order of names."""
    actor = actor_of(request)
    on = asked.on or actor.today
    under = get_object_or_404(visible_units(actor), uid=asked.under).pk if asked.under else None
    if asked.text.strip():
        rows = [one.version for one in search(asked.text, on, limit=1000)]
        return paged(request, rows, asked, _shaped)
    return paged(request, units_on(on, under=under, level=asked.level or ""), asked, _shaped)


@router.get("/units/{uuid:uid}", response=UnitOut, operation_id="get_unit", url_name="unit")
def unit(request: HttpRequest, uid: UUID, on: date | None = None) -> UnitOut:
    """A unit as it was called on a day. 404 where it did not exist then."""
    actor = actor_of(request)
    found = get_object_or_404(visible_units(actor), uid=uid)
    try:
        return _shaped([version_of(found.pk, on or actor.today)])[0]
    except UnknownUnit as unknown:
        raise Problem(404, str(unknown)) from None


@router.get(
    "/units/{uuid:uid}/successions", response=LineageOut, operation_id="get_unit_successions", url_name="successions"
)
def successions(request: HttpRequest, uid: UUID) -> LineageOut:
    """A unit through all reforms."""
    found = get_object_or_404(visible_units(actor_of(request)), uid=uid)
    lineage = past_and_future(found.pk)
    steps = [*lineage.past, *lineage.future]
    around = [*lineage.versions, *(side for step in steps for side in (step.predecessor, step.successor))]
    shaped = {version.pk: one for version, one in zip(around, _shaped(around), strict=True)}

    def told(step: Step) -> SuccessionOut:
        return SuccessionOut(
            on=step.succession.on,
            predecessor=shaped[step.predecessor.pk],
            successor=shaped[step.successor.pk],
            share=str(step.share),
            assumed=step.succession.assumed,
            depth=step.depth,
        )

    return LineageOut(
        versions=[shaped[version.pk] for version in lineage.versions],
        past=[told(step) for step in lineage.past],
        future=[told(step) for step in lineage.future],
    )


def _shaped(versions: list[UnitVersion]) -> list[UnitOut]:
    """One query for the parents."""
    parents = Unit.objects.in_bulk({version.parent_id for version in versions if version.parent_id})
    return [
        UnitOut(
            uid=version.unit.uid,
            code=version.code,
            name=version.full_name,
            level=Level(version.unit.level),
            parent=parents[version.parent_id].uid if version.parent_id else None,
            first_day=version.first_day,
            last_day=version.last_day,
        )
        for version in versions
    ]
