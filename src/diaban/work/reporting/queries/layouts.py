"""Form versions as plain layouts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from diaban.foundation.facts.catalogue import STAMP, Stamp
from diaban.foundation.facts.models import Indicator, Member
from diaban.work.reporting.layout import Block, Heading, Layout, Line, Measure, Part, Rule, Valid
from diaban.work.reporting.models import Check, FormVersion, Narrative, Row, RowMember, Section

# Built by hand: whoever opens, checks or receives a report waits for it.
# A used version is closed; one that is not may be taken down and written anew, part by part, never changed in place.
_STAMPS = f"""
    SELECT version.id, catalogue.stamp,
        CASE WHEN version.used_at IS NULL THEN (
            SELECT concat_ws(' ', count(part.id), max(part.id)) FROM reporting_row part WHERE part.version_id = version.id
        ) END,
        CASE WHEN version.used_at IS NULL THEN (
            SELECT concat_ws(' ', count(part.id), sum(part.id)) FROM (
                SELECT id FROM reporting_section WHERE version_id = version.id UNION ALL
                SELECT id FROM reporting_narrative WHERE version_id = version.id UNION ALL
                SELECT id FROM reporting_check WHERE version_id = version.id
            ) part
        ) END
    FROM reporting_formversion version, ({STAMP}) catalogue
    WHERE version.id = ANY(%s)
"""  # noqa: S608 (a constant of the catalogue)


class NoVersion(LookupError):
    """The form has no version that holds on a period's last day. The message is in Vietnamese."""


def version_on(form_id: int, last_day: date) -> FormVersion:
    """The form's version on a period's last day. Raises `NoVersion`."""
    version = FormVersion.objects.on(last_day).filter(form_id=form_id).first()
    if version is None:
        raise NoVersion(
            _("Biểu mẫu này không áp dụng cho kỳ kết thúc ngày %(last_day)s.") % {"last_day": f"{last_day:%d/%m/%Y}"}
        )
    return version


def layout_of(version_id: int) -> Layout:
    """The form version with everything its cells and checks need.

    One query for a version that is known already in this process, six more otherwise.
    """
    return layouts_of([version_id])[version_id]


def layouts_of(version_ids: Iterable[int]) -> dict[int, Layout]:
    """As `layout_of`, of several form versions at once; of none without a query."""
    wanted, database = list(set(version_ids)), connection.settings_dict["NAME"]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, [wanted])
        stamps = [(version_id, tuple(catalogue), own) for version_id, catalogue, *own in cursor]
    return {version_id: _remembered(database, version_id, catalogue, *own) for version_id, catalogue, own in stamps}


@lru_cache(maxsize=64)
def _remembered(database: str, version_id: int, stamp: Stamp, *own: str | None) -> Layout:
    """What a version depends on: the catalogue; its own parts as long as it is not used."""
    return replace(_read(version_id), stamp=stamp)


def _read(version_id: int) -> Layout:
    rows = list(
        Row.objects.filter(version_id=version_id)
        .select_related("dimension", "section")
        .annotate(indicator_code=F("indicator__code"))
    )
    labels: dict[int, dict[int, RowMember]] = defaultdict(dict)
    for shown in RowMember.objects.filter(row__version_id=version_id):
        labels[shown.row_id][shown.member_id] = shown
    members: dict[int, list[Member]] = defaultdict(list)
    for member in Member.objects.filter(dimension_id__in={row.dimension_id for row in rows if row.dimension_id}):
        members[member.dimension_id].append(member)
    return Layout(
        version_id=version_id,
        blocks=tuple(
            Block(row.number, row.title, row.recipient, row.field_code, row.pk, row.title_en)
            for row in Section.objects.filter(version_id=version_id)
        ),
        lines=tuple(_line(row, members[row.dimension_id or 0], labels[row.pk]) for row in rows),
        measures=measures(),
        headings=tuple(_heading(row) for row in Narrative.objects.filter(version_id=version_id)),
        rules=tuple(
            Rule(row.code, row.kind, row.expression, row.message) for row in Check.objects.filter(version_id=version_id)
        ),
    )


def _line(row: Row, members: Iterable[Member], labels: dict[int, RowMember]) -> Line:
    ordered = sorted(
        members, key=lambda member: (labels[member.pk].position if member.pk in labels else 999, member.position)
    )
    return Line(
        position=row.position,
        section=row.section.number,
        indicator=getattr(row, "indicator_code"),  # noqa: B009 (an annotation)
        dimension=row.dimension.code if row.dimension else "",
        mode=row.mode,
        required=row.required,
        provider=row.provider,
        frequency=row.frequency,
        prefill_last=row.prefill_last,
        least=row.least,
        most=row.most,
        note=row.note,
        parts=tuple(
            Part(member.code, labels[member.pk].label if member.pk in labels else member.name, _valid(member))
            for member in ordered
        ),
    )


def measures() -> dict[str, Measure]:
    """Every indicator of the catalogue by its code. One query."""
    columns = Indicator.objects.order_by("position").values_list(
        "code", "name", "unit_name", "value_type", "digits", "least", "most", "numerator__code", "denominator__code", "scale",
        "formula", "valid",
    )  # fmt: skip
    return {
        code: Measure(
            code=code,
            name=name,
            unit_name=unit_name,
            value_type=value_type,
            digits=digits,
            least=least,
            most=most,
            numerator=numerator or "",
            denominator=denominator or "",
            scale=Decimal(scale),
            formula=formula,
            valid=Valid(valid.lower, valid.upper),
        )
        for code, name, unit_name, value_type, digits, least, most, numerator, denominator, scale, formula, valid in columns
    }


def _valid(row: Member) -> Valid:
    return Valid(row.valid.lower, row.valid.upper)


def _heading(row: Narrative) -> Heading:
    columns = tuple((str(code), str(label)) for code, label in row.columns)
    return Heading(row.code, row.part, row.heading, row.kind, row.required, columns)
