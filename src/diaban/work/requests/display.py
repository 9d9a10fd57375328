"""The rows of the live table as HTML. Put together here: the template engine takes a tenth of a second for 1.240 cells,
and the table is asked for every few seconds by everybody who watches."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from diaban.foundation.ui.templatetags.ui import status
from diaban.work.requests.queries.answers import Row, Shown, Table

NO_UID = UUID(int=0)


def body_of(table: Table) -> SafeString:
    """The rows of every unit asked, under the name of each old district."""
    return mark_safe("".join(_lines(table)))  # noqa: S308 (every part is escaped where it is made)


def _lines(table: Table) -> Iterator[str]:
    group, width = "", len(table.columns) + 2
    before, after = reverse("requests:answer", args=[NO_UID]).split(str(NO_UID))  # found once, not for every unit
    states = {state: status(state) for state in ("not_answered", "answered_late")}
    for row in table.rows:
        receiver = row.receiver
        if receiver.group != group:
            group = receiver.group
            yield f'<tr><th scope="rowgroup" colspan="{width}" class="text-secondary">{escape(group)}</th></tr>'
        link = f'<a href="{before}{receiver.uid}{after}">{escape(receiver.name)}</a>'
        cells = "".join(map(_cell, row.cells)) if row.answer else _blank(row)
        yield f'<tr><th scope="row" class="fw-normal">{link}</th><td>{_answered(row, states)}</td>{cells}</tr>'


def _answered(row: Row, states: Mapping[str, str]) -> str:
    """When it came, after the state where that is not simply answered."""
    at = f"<small>{timezone.localtime(row.answer.answered_at):%H:%M %d/%m}</small>" if row.answer else ""
    return f"{states.get(row.state, '')} {at}"


def _blank(row: Row) -> str:
    return "<td></td>" * len(row.cells)


def _cell(cell: Shown) -> str:
    look = ' class="text-end"' if cell.is_number else ""
    why = f' title="{escape(cell.why)}"' if cell.why else ""
    return f"<td{look}{why}>{escape(cell.text)}</td>"
