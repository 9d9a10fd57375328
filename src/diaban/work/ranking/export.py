"""A board as a workbook: a row a member, a column a criterion."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from diaban.lib.vietnamese import format_date
from diaban.lib.workbooks import Column
from diaban.work.ranking.papers import LEGEND
from diaban.work.ranking.queries import Table


def columns_of(table: Table) -> list[Column]:
    return [
        Column(_("Cụm"), width=26),
        Column(_("Hạng trong cụm"), "integer"),
        Column(_("Hạng chung"), "integer"),
        Column(_("Đơn vị"), width=30),
        Column(_("Tổng điểm"), "decimal", digits=2),
        Column(_("Điểm tối đa tính được"), "decimal", digits=2),
        *(Column(f"{one.name} ({one.most.normalize():f})", "decimal", digits=2, width=16) for one in table.criteria),
        Column(_("Không tính được"), width=50),
    ]


def rows_of(table: Table) -> Iterator[Sequence[object]]:
    names = {one.pk: one.name for one in table.criteria}
    for group in table.groups:
        for row in group.rows:
            found = row.result
            yield (
                group.cluster.name,
                found.rank if found else None,
                found.overall if found else None,
                row.member.name,
                found.points if found else None,
                found.attainable if found else None,
                *(one.signed for one in row.scores),
                "; ".join(f"{names[one.criterion_id]}: {one.why}" for one in row.missing),
            )


def notes_of(table: Table, notices: Sequence[str]) -> list[str]:
    """Where the table comes from and how far it is."""
    board, version = table.board, table.board.version
    state = _("%(state)s. Số liệu tính đến hết ngày %(day)s.") % {
        "state": board.get_status_display(),
        "day": format_date(board.data_on),
    }
    basis = _("Theo %(scheme)s, bản %(number)s (%(basis)s).") % {
        "scheme": version.scheme.title,
        "number": version.number,
        "basis": version.basis,
    }
    return [*notices, basis, state, LEGEND]
