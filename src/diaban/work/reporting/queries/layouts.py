"""Form versions as plain layouts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from diaban.foundation.facts.models import Indicator, Member
from diaban.work.reporting.layout import Block, Heading, Layout, Line, Measure, Part, Rule, Valid
from diaban.work.reporting.models import Check, FormVersion, Narrative, Row, RowMember, Section


class NoVersion(LookupError):
    """The form has no version that holds on a period's last day. The message is in Vietnamese."""


def version_on(form_id: int, last_day: date) -> FormVersion:
    """The form's version on a period's last day. Raises `NoVersion`."""
    version = FormVersion.objects.on(last_day).filter(form_id=form_id).first()
    if version is None:
        raise NoVersion(f"Biểu mẫu này không áp dụng cho kỳ kết thúc ngày {last_day:%d/%m/%Y}.")
    return version


def layout_of(version_id: int) -> Layout:
    """The form version with everything its cells and checks need. Seven queries, whatever its size."""
    rows = list(Row.objects.filter(version_id=version_id).select_related("indicator", "dimension", "section"))
    labels: dict[int, dict[int, RowMember]] = defaultdict(dict)
    for shown in RowMember.objects.filter(row__version_id=version_id):
        labels[shown.row_id][shown.member_id] = shown
    members: dict[int, list[Member]] = defaultdict(list)
    for member in Member.objects.filter(dimension_id__in={row.dimension_id for row in rows if row.dimension_id}):
        members[member.dimension_id].append(member)
    return Layout(
        version_id=version_id,
        blocks=tuple(
            Block(row.number, row.title, row.recipient, row.field_code, row.pk)
            for row in Section.objects.filter(version_id=version_id)
        ),
        lines=tuple(_line(row, members[row.dimension_id or 0], labels[row.pk]) for row in rows),
        measures=_measures(Indicator.objects.select_related("numerator", "denominator")),
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
        indicator=row.indicator.code,
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


def _measures(indicators: Iterable[Indicator]) -> dict[str, Measure]:
    return {
        row.code: Measure(
            code=row.code,
            name=row.name,
            unit_name=row.unit_name,
            value_type=row.value_type,
            digits=row.digits,
            least=row.least,
            most=row.most,
            numerator=row.numerator.code if row.numerator else "",
            denominator=row.denominator.code if row.denominator else "",
            scale=Decimal(row.scale),
            formula=row.formula,
            valid=_valid(row),
        )
        for row in indicators
    }


def _valid(row: Indicator | Member) -> Valid:
    return Valid(row.valid.lower, row.valid.upper)


def _heading(row: Narrative) -> Heading:
    columns = tuple((str(code), str(label)) for code, label in row.columns)
    return Heading(row.code, row.part, row.heading, row.kind, row.required, columns)
