"""The dossier of a place to take along: its sections as they need nothing of this site, and as a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.content import (
    Agency,
    Block,
    Column,
    Heading,
    Paragraph,
    Picture,
    Sheet,
    Table,
    rows_of,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.territory.dossier import Said, Section
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.status import look_of
from diaban.lib.vietnamese import format_date

TYPE = "BC"  # whose head stands over the page; a working page bears no type of its own
LINE = 84  # letters of a table that stand side by side on A4


@dataclass(frozen=True, slots=True)
class Taken:
    """A section that needs nothing of this site: words for each status, telephone numbers still to be called, its picture drawn."""

    title: str
    lead: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Said]]
    chart: str
    empty: str
    more: str = ""

    @property
    def lines(self) -> list[list[tuple[str, Said]]]:
        """The rows, each cell under its head."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def to_take_along(sections: Sequence[Section]) -> list[Taken]:
    """The sections without what leads back to this site."""
    return [
        Taken(
            one.title,
            one.lead,
            one.heads,
            [[_alone(said) for said in row] for row in one.rows],
            one.picture.draw() if one.picture else "",
            one.empty,
        )
        for one in sections
    ]


def sheet_of(actor: Actor, place: UnitVersion, sections: Sequence[Taken], on: date) -> Sheet:
    """The dossier as a page to print, under the head of the reader's office."""
    agency = Agency(name="", place=place.name)
    if actor.organisation_id is not None:
        agency = issuer_for(actor.organisation_id, TYPE, on).agency
    said = _("Số liệu đến ngày %(day)s; mỗi phần chỉ gồm những gì người in được xem.") % {"day": format_date(on)}
    blocks: list[Block] = [Paragraph(said)]
    for section in sections:
        blocks += _blocks(section)
    return Sheet(_("Hồ sơ địa bàn"), place.full_name, agency, on, tuple(blocks), notices_of_instance())


def _blocks(section: Taken) -> list[Block]:
    blocks: list[Block] = [Heading(1, section.title)]
    if section.lead:
        blocks.append(Paragraph(section.lead))
    if section.rows:
        blocks.append(_table(section))
    elif section.empty:
        blocks.append(Paragraph(section.empty))
    if section.chart:
        blocks.append(Picture(section.chart))
    return blocks


def _table(section: Taken) -> Table:
    across = [[row[at] for row in section.rows] for at in range(len(section.heads))]
    widths = _widths([(head, [cell.text for cell in cells]) for head, cells in zip(section.heads, across, strict=True)])
    columns = tuple(
        Column(head, width, kind="number" if any(cell.is_number for cell in cells) else "text")
        for head, cells, width in zip(section.heads, across, widths, strict=True)
    )
    return Table(columns, rows_of([[cell.text for cell in row] for row in section.rows]))


def _widths(columns: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
    """Letters for each column: its longest word fits; what is left of the line is shared by how much more each would take."""
    need = [
        float(max(len(word) for text in (head, *cells) for word in (text.split() or [""])) + 2)
        for head, cells in columns
    ]
    more = [
        max(0.0, max(len(head) // 2, *map(len, cells)) + 2 - least)
        for (head, cells), least in zip(columns, need, strict=True)
    ]
    left, wanted = max(0.0, LINE - sum(need)), sum(more)
    share = left / wanted if wanted else 0.0
    return [least + one * share for least, one in zip(need, more, strict=True)]


def _alone(said: Said) -> Said:
    if said.status:
        return Said(str(look_of(said.status).label), is_number=said.is_number)
    return said if said.url.startswith("tel:") else replace(said, url="")
