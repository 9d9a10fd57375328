"""Loading the forms that come with the product."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Dimension, Indicator, Member
from diaban.foundation.facts.services import open_collection
from diaban.foundation.journal.services import record
from diaban.work.reporting.loading import DATA, FormFile, columns, number, read_forms
from diaban.work.reporting.models import Check, Form, FormVersion, Narrative, Row, RowMember, Section
from diaban.work.reporting.permissions import LOAD_FORMS


class CatalogueMissing(LookupError):
    """A form names an indicator, dimension or member that the catalogue has not; the catalogue is loaded first."""


@transaction.atomic
def load_forms(*, actor: Actor, at: datetime, folder: Path = DATA) -> list[Form]:
    """Load the forms of a folder as their first versions. A form that is there already is left as it is."""
    grant = actor.require(LOAD_FORMS)
    forms: list[Form] = []
    for source in read_forms(folder):
        form = Form.objects.filter(code=source.code).first()
        if form is None:
            form = _load(source, actor, at)
            record(
                actor=actor,
                verb="reporting.form_loaded",
                thing=form,
                at=at,
                grant=grant,
                changes={"version": (None, 1)},
            )
        forms.append(form)
    return forms


def _load(source: FormFile, actor: Actor, at: datetime) -> Form:
    head = source.head
    collection = open_collection(code=source.code, name=head["name_vi"], kind="form", actor=actor, at=at)
    form = Form.objects.create(
        code=source.code,
        name=head["name_vi"],
        name_en=head["name_en"],
        number=head["number"],
        collection=collection,
        level=head["level"],
        calendar=head["calendar"],
        period_kind=head["period_kind"],
    )
    version = FormVersion.objects.create(form=form, number=1, valid=DateRange(*source.valid))
    _load_rows(source, version, _load_sections(source, version))
    Narrative.objects.bulk_create(
        Narrative(
            version=version,
            part=record["part"],
            code=record["code"],
            heading=record["heading_vi"],
            kind=record["kind"],
            columns=columns(record["columns"]),
            required=record["required"] == "yes",
            position=position,
        )
        for position, record in enumerate(source.narratives, 1)
    )
    Check.objects.bulk_create(
        Check(
            version=version,
            code=record["id"],
            kind=record["kind"],
            expression=record["expression"],
            message=record["message_vi"],
        )
        for record in source.checks
    )
    return form


def _load_sections(source: FormFile, version: FormVersion) -> dict[int, Section]:
    heads = {int(record["section_no"]): record for record in source.rows}
    sections = Section.objects.bulk_create(
        Section(
            version=version,
            number=number_,
            title=record["section_vi"],
            title_en=source.titles_en.get(number_, ""),
            recipient=record["recipient"],
            field_code=source.fields[number_],
        )
        for number_, record in heads.items()
    )
    return {section.number: section for section in sections}


def _load_rows(source: FormFile, version: FormVersion, sections: dict[int, Section]) -> None:
    indicators = {row.code: row for row in Indicator.objects.all()}
    dimensions = {row.code: row for row in Dimension.objects.all()}
    try:
        rows = Row.objects.bulk_create(
            Row(
                version=version,
                section=sections[int(record["section_no"])],
                position=int(record["order"]),
                indicator=indicators[record["indicator"]],
                dimension=dimensions[record["dimension"]] if record["dimension"] else None,
                mode=record["mode"],
                required=record["required"],
                provider=record["provider"],
                frequency=record["row_frequency"],
                prefill_last=record["prefill_last"] == "yes",
                least=number(record["plausible_min"]),
                most=number(record["plausible_max"]),
                note=record["note_vi"],
            )
            for record in source.rows
        )
        members = {(row.dimension_id, row.code): row for row in Member.objects.all()}
        RowMember.objects.bulk_create(
            RowMember(
                row=row,
                member=members[row.dimension_id, record["code"]],
                position=int(record["order"]),
                label=record["label_vi"],
            )
            for row in rows
            if row.dimension is not None and row.dimension_id is not None
            for record in source.members.get((row.indicator.code, row.dimension.code), ())
        )
    except KeyError as error:
        raise CatalogueMissing(f"{source.code}: {error.args[0]}") from error
