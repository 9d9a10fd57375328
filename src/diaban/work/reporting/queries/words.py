"""What the reporters wrote, heading by heading: who said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diaban.foundation.facts.reading import end_of
from diaban.lib.vietnamese import nfc
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.layout import Heading
from diaban.work.reporting.models import ReportVersion

# The fields that a heading speaks of; a heading that is not here speaks of all.
FIELDS_OF_HEADINGS = {
    "TEXT__post": ("post",),
    "TEXT__telecom": ("telecom",),
    "TEXT__infrastructure": ("telecom", "post"),
    "TEXT__it": ("it",),
    "TEXT__digital_government": ("it", "digital_transformation"),
    "TEXT__digital_society": ("digital_transformation", "it"),
    "TEXT__security": ("security",),
    "TEXT__press": ("press_publishing",),
    "TEXT__grassroots": ("press_publishing",),
    "TEXT__inspection": ("administration",),
    "TEXT__staff": ("workforce",),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One unit's words under a heading: a text, or rows of cells by column code."""

    unit_name: str
    text: str = ""
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A heading with all that was said under it, in the order of the units' names."""

    heading: Heading
    voices: tuple[Voice, ...]


def words_of(one: Consolidated) -> list[Words]:
    """The headings of the form that the reader may see, with the words of the newest sent version of each report. One
    query."""
    versions = ReportVersion.objects.filter(
        report__schedule__in=one.schedules,
        report__period=str(one.period),
        report__unit_id__in=one.expected_ids,
        data_sent_at__isnull=False,
    ).order_by("number")
    if one.as_of is not None:
        versions = versions.filter(data_sent_at__lt=end_of(one.as_of))
    newest = dict(versions.values_list("report__unit_id", "texts"))
    fields = {block.field_code for block in one.layout.blocks}
    return [
        Words(heading, tuple(_voices(heading, newest, one)))
        for heading in one.layout.headings
        if heading.code not in FIELDS_OF_HEADINGS or fields.intersection(FIELDS_OF_HEADINGS[heading.code])
    ]


def _voices(heading: Heading, newest: Mapping[int, Mapping[str, Any]], one: Consolidated) -> list[Voice]:
    found = []
    for unit in one.coverage.expected:
        said = newest.get(unit.unit_id, {}).get(heading.code)
        if isinstance(said, str) and said.strip():
            found.append(Voice(unit.full_name, text=nfc(said.strip())))
        elif isinstance(said, list) and said:
            found.append(Voice(unit.full_name, rows=tuple(_plain(row, heading.columns) for row in said)))
    return found


def _plain(row: Mapping[str, Any], columns: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {code: nfc(str(row.get(code) or "").strip()) for code, _label in columns}
