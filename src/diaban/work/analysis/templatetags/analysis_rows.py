"""The rows of the table as HTML: up to two thousand cells, too many for template nodes. `{% load analysis_rows %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from diaban.foundation.ui.elements import element, joined
from diaban.work.analysis.tables import Cell, Row

register = template.Library()


@register.filter
def table_rows(rows: Iterable[Row]) -> SafeString:
    """Each figure a link to what it is made of; under it what is estimated or how much is in it."""
    return joined(_row(row) for row in rows)


def _row(row: Row) -> SafeString:
    note = element("small", row.head.note, css="text-secondary fw-normal") if row.head.note else ""
    css = "ps-4 fw-normal" if row.head.is_part else ""
    head = element("th", row.head.label, " ", note, scope="row", css=css)
    return element("tr", head, *map(_cell, row.cells), css="fw-bold" if row.head.is_total else "")


def _cell(cell: Cell) -> SafeString:
    marks = [_("ước")] if cell.is_estimated else []
    marks += [cell.coverage] if cell.coverage else []
    figure = element("a", cell.shown, href=cell.href, title=_("Xem số này từ đâu")) if cell.href else cell.shown
    below = element("small", " · ".join(marks), css="d-block text-secondary fw-normal") if marks else ""
    return element("td", figure, below, css="num", title=cell.said)
