"""Reading what forms are designed from: the catalogue, versions as records, drafts, where an indicator is asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import IndicatorDimension, Member
from diaban.foundation.facts.sockets import ASKED_IN, Asked
from diaban.foundation.mandates.models import Field
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.records import NO, YES, Record, Records, plain
from diaban.work.reporting.layout import Part, Valid
from diaban.work.reporting.models import Form, FormDraft, FormVersion, Narrative, Row, RowMember, Schedule
from diaban.work.reporting.permissions import DESIGN_FORMS, visible_forms
from diaban.work.reporting.queries.layouts import measures


def catalogue_now() -> Catalogue:
    """The whole catalogue. Four queries."""
    dimensions: dict[str, list[Part]] = defaultdict(list)
    names: dict[str, str] = {}
    for member in Member.objects.select_related("dimension").order_by("dimension_id", "position"):
        part = Part(member.code, member.name, Valid(member.valid.lower, member.valid.upper))
        dimensions[member.dimension.code].append(part)
        names[member.dimension.code] = member.dimension.called
    divisions = IndicatorDimension.objects.order_by("indicator_id", "position")
    return Catalogue(
        measures=measures(),
        dimensions={code: tuple(parts) for code, parts in dimensions.items()},
        divisions={
            (code, by): mode for code, by, mode in divisions.values_list("indicator__code", "dimension__code", "mode")
        },
        fields={one.code: one.called for one in Field.objects.all()},
        names=names,
    )


def visible_drafts(actor: Actor) -> QuerySet[FormDraft]:
    """Drafts are for those who design forms; nobody else sees them."""
    if actor.may(DESIGN_FORMS) is None:
        return FormDraft.objects.none()
    return FormDraft.objects.select_related("form")


@dataclass(frozen=True)
class FormLine:
    """A form of the list: its versions, newest first, and its open drafts."""

    form: Form
    versions: Sequence[FormVersion]
    drafts: Sequence[FormDraft]


def form_lines(actor: Actor) -> list[FormLine]:
    """Every form. Three queries."""
    forms = list(visible_forms(actor).prefetch_related("versions"))
    drafts: dict[int | None, list[FormDraft]] = defaultdict(list)
    for draft in visible_drafts(actor).filter(status=FormDraft.Status.OPEN):
        drafts[draft.form_id].append(draft)
    return [FormLine(form, sorted(form.versions.all(), key=lambda one: -one.number), drafts[form.pk]) for form in forms]


def records_of(version: FormVersion) -> Records:
    """A version as records. Seven queries."""
    form = version.form
    members = RowMember.objects.filter(row__version=version).order_by("row__position", "position")
    headings = list(Narrative.objects.filter(version=version))
    return {
        "head": [head_of(form)],
        "sections": [
            {
                "number": str(one.number),
                "title": one.title,
                "title_en": one.title_en,
                "recipient": one.recipient,
                "field": one.field_code,
            }
            for one in version.sections.all()
        ],
        "lines": [_line(row) for row in version.rows.select_related("section", "indicator", "dimension")],
        "members": [
            {"indicator": indicator, "dimension": dimension, "code": code, "label": label}
            for indicator, dimension, code, label in members.values_list(
                "row__indicator__code", "row__dimension__code", "member__code", "label"
            )
        ],
        "headings": [
            {
                "part": one.part,
                "code": one.code,
                "heading": one.heading,
                "kind": one.kind,
                "required": YES if one.required else NO,
            }
            for one in headings
        ],
        "columns": [
            {"heading": one.code, "code": str(code), "label": str(label)}
            for one in headings
            for code, label in one.columns
        ],
        "rules": [
            {"code": one.code, "kind": one.kind, "expression": one.expression, "message": one.message}
            for one in version.checks.all()
        ],
    }


def head_of(form: Form) -> Record:
    return {
        "code": form.code,
        "name": form.name,
        "name_en": form.name_en,
        "number": form.number,
        "level": form.level,
        "calendar": form.calendar,
        "period_kind": form.period_kind,
    }


def _line(row: Row) -> Record:
    return {
        "section": str(row.section.number),
        "indicator": row.indicator.code,
        "dimension": row.dimension.code if row.dimension else "",
        "mode": row.mode,
        "required": row.required,
        "provider": row.provider,
        "frequency": row.frequency,
        "prefill_last": YES if row.prefill_last else NO,
        "least": plain(row.least),
        "most": plain(row.most),
        "note": row.note,
    }


def asked_elsewhere(actor: Actor, code: str, form_id: int | None) -> list[Asked]:
    """Where an indicator is asked already, the form itself left out."""
    own = (
        {str(uid) for uid in Schedule.objects.filter(form_id=form_id).values_list("uid", flat=True)}
        if form_id
        else set()
    )
    found = [place for ask in ASKED_IN() for place in ask(actor, code)]
    return [place for place in found if not any(uid in (place.url or "") for uid in own)]


def asked_by_others(codes: Collection[str], level: str, form_id: int | None, on: date) -> dict[str, list[str]]:
    """By indicator, the names of other forms in force that ask it of units of the level themselves. One query.

    Background figures and figures somebody else fills in cost the unit nothing and are not told.
    """
    others = FormVersion.objects.on(on).filter(form__level=level)
    others = others.exclude(form=form_id) if form_id else others
    rows = (
        Row.objects.filter(indicator__code__in=codes, version__in=others, provider="locality")
        .exclude(required__in=["auto", "prefill"])
        .order_by("version__form__code")
        .values_list("indicator__code", "version__form__name")
        .distinct()
    )
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in rows:
        found[code].append(name)
    return dict(found)
