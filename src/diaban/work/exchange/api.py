"""Collections, their figures, and files of figures from other systems, for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import FieldProblem, Paged, Paging, Problem, once_only, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.dhis2 import NotExpressible
from diaban.foundation.facts.models import Collection, Fact
from diaban.foundation.facts.permissions import visible_collections
from diaban.foundation.facts.rules.typed import plain
from diaban.foundation.files.services import TooLarge
from diaban.foundation.files.sniffing import CSV, JSON, XLSX
from diaban.foundation.territory.models import Unit
from diaban.foundation.ui.exporting import attachment
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.exchange import queries, services
from diaban.work.exchange.examining import Dry, Outcome, examine
from diaban.work.exchange.models import FactImport
from diaban.work.exchange.permissions import require_bring, visible_imports
from diaban.work.exchange.reading import NotReadable, read_lines
from diaban.work.exchange.writing import ENDINGS, TYPES, as_file

router = Router()
MOST_TOLD = 1000
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES = {CSV: BINARY, XLSX: BINARY, JSON: {"schema": {"type": "object"}}}


class CollectionOut(Schema):
    """A lineage of figures; `kind` says where they come from. Files are taken into those of the kind `import`."""

    code: str
    name: str
    kind: str
    note: str


class FactOut(Schema):
    """A current figure: an exact decimal, or the code of the reason for none. `category` is "" for the total."""

    period: str
    unit: UUID
    unit_code: str
    indicator: str
    category: str
    contributor: str
    value: str | None
    reason: str | None
    estimated: bool


class WhichAsked(Schema):
    """Which figures of a collection. Periods in full (`stat:2026-Q1`) and indicators by code, joined by commas; `unit` keeps
    a unit and what it contains or descends from."""

    collection: str
    periods: str = ""
    indicators: str = ""
    unit: UUID | None = None


class FactsAsked(WhichAsked, Paging):
    """Which figures, page by page."""


class FileAsked(WhichAsked):
    """Which figures, as which file."""

    format: Literal["csv", "xlsx", "dhis2"] = "csv"


class ImportAsked(Schema):
    """`dry` only says what would change. `calendar` reads periods that name none; `name` opens a collection that is not there."""

    collection: str
    name: str = ""
    calendar: Calendar = Calendar.STATISTICAL
    title: str = ""
    dry: bool = True


class ImportOut(Schema):
    """What a file changes, or would: how many figures are new, take the place of another, or stand already. `uid` names
    what was kept; null where it was only tried. `refused` are the first thousand lines that cannot be taken."""

    uid: UUID | None
    collection: str
    taken_at: datetime | None
    added: int
    changed: int
    same: int
    refused: list[FieldProblem]


@router.get("/collections", response=Paged[CollectionOut], operation_id="list_collections", url_name="collections")
def collections(request: HttpRequest, asked: Query[Paging]) -> Paged[CollectionOut]:
    """The collections of figures."""
    rows = visible_collections(actor_of(request)).order_by("code")
    return paged(request, rows, asked, lambda found: [_collection(row) for row in found])


def _collection(row: Collection) -> CollectionOut:
    return CollectionOut(code=row.code, name=row.name, kind=row.kind, note=row.note)


@router.get("/facts", response=Paged[FactOut], operation_id="list_facts", url_name="facts")
def facts(request: HttpRequest, asked: Query[FactsAsked]) -> Paged[FactOut]:
    """The current figures in sight of a collection."""
    return paged(
        request, _facts(actor_of(request), asked), asked, lambda found: list(map(_fact, queries.page_of_rows(found)))
    )


def _fact(row: queries.FactRow) -> FactOut:
    return FactOut(
        period=str(row.period),
        unit=row.unit.unit.uid,
        unit_code=row.unit.code,
        indicator=row.indicator,
        category=row.option,
        contributor=row.contributor,
        value=None if row.value is None else plain(row.value),
        reason=row.reason or None,
        estimated=row.is_estimated,
    )


@router.get(
    "/facts/file",
    operation_id="get_facts_file",
    url_name="facts_file",
    openapi_extra={"responses": {200: {"description": "CSV, XLSX, DHIS2", "content": FILES}}},
)
def facts_file(request: HttpRequest, asked: Query[FileAsked]) -> HttpResponse:
    """The same figures as one file, which `/facts/imports` takes in."""
    actor = actor_of(request)
    try:
        rows = queries.rows_of(_facts(actor, asked))
        content = as_file(_the_collection(actor, asked.collection), rows, asked.format)
    except (queries.TooMany, NotExpressible) as refusal:
        raise Problem(422, str(refusal)) from None
    return attachment(content, TYPES[asked.format], f"so-lieu.{ENDINGS[asked.format]}")


def _the_collection(actor: Actor, code: str) -> Collection:
    return get_object_or_404(visible_collections(actor), code=code)


def _facts(actor: Actor, asked: WhichAsked) -> QuerySet[Fact]:
    try:
        periods = [Period.parse(text) for text in asked.periods.split(",") if text.strip()]
    except BadPeriod as problem:
        raise Problem(422, str(problem)) from None
    return queries.facts_of(
        actor,
        _the_collection(actor, asked.collection),
        periods=periods,
        under=get_object_or_404(Unit, uid=asked.unit).pk if asked.unit else None,
        indicators=[code.strip() for code in asked.indicators.split(",") if code.strip()],
    )


@router.post(
    "/facts/imports",
    response=ImportOut,
    operation_id="import_facts",
    url_name="imports",
    openapi_extra={"requestBody": {"required": True, "content": FILES}},
)
def import_facts(request: HttpRequest, asked: Query[ImportAsked]) -> ImportOut:
    """Try a file (the body of the request: CSV, XLSX, DHIS2 data value sets), or take it in whole; 422 says which lines are
    refused and why, and nothing is kept."""
    actor = actor_of(request)
    require_bring(actor)
    if not asked.dry:
        return ImportOut(**once_only(request, actor, lambda: _take_in(request, actor, asked)))
    try:
        services.importable(asked.collection, asked.name)
        dry = examine(read_lines(request.body, asked.calendar), asked.collection, actor)
    except (NotReadable, services.NotForImports) as refusal:
        raise Problem(422, str(refusal)) from None
    return ImportOut(**_told(dry, asked.collection), uid=None, taken_at=None)


@transaction.atomic
def _take_in(request: HttpRequest, actor: Actor, asked: ImportAsked) -> dict[str, Any]:
    try:
        brought = services.bring_file(
            content=request.body,
            file_name=asked.title or "so-lieu",
            collection=asked.collection,
            collection_name=asked.name,
            calendar=asked.calendar,
            actor=actor,
            at=now(),
        )
        dry = services.take_in(import_id=brought.imported.pk, actor=actor, at=now())
    except services.NotTaken as refusal:
        raise Problem(422, str(refusal), _refusals(refusal.refused)) from None
    except TooLarge as refusal:
        raise Problem(413, str(refusal)) from None
    except (NotReadable, services.NotForImports) as refusal:
        raise Problem(422, str(refusal)) from None
    one = FactImport.objects.get(pk=brought.imported.pk)
    taken_at = one.taken_at.isoformat() if one.taken_at else None
    return {**_told(dry, asked.collection), "uid": str(one.uid), "taken_at": taken_at}


@router.get("/facts/imports/{uuid:uid}", response=ImportOut, operation_id="get_import", url_name="import")
def get_import(request: HttpRequest, uid: UUID) -> ImportOut:
    """A file that was kept, compared with what stands now."""
    actor = actor_of(request)
    one = get_object_or_404(visible_imports(actor), uid=uid)
    return ImportOut(**_told(queries.examined(one, actor), one.collection.code), uid=one.uid, taken_at=one.taken_at)


def _told(dry: Dry, collection: str) -> dict[str, Any]:
    counts = {name: number for name, number in dry.counts.items() if name != "refused"}
    refused = [one.model_dump() for one in _refusals(dry.refused)]
    return {"collection": collection, **counts, "refused": refused}


def _refusals(outcomes: Sequence[Outcome]) -> list[FieldProblem]:
    return [FieldProblem(place=one.line.place, detail=one.why, code="refused") for one in outcomes[:MOST_TOLD]]
