"""The register of tasks and the officers' products as rows of a workbook, and the register as it is printed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.composing import date_in_words
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.ui.status import look_of
from diaban.lib.vietnamese import format_date, format_number
from diaban.lib.workbooks import Column
from diaban.work.directives.models import Task
from diaban.work.directives.queries.lists import TaskLine
from diaban.work.directives.queries.weeks import Product
from diaban.work.directives.rules import FourWay

REGISTER = (
    Column("STT", "integer", width=6), Column("Văn bản nguồn", width=28), Column("Mục", width=8),
    Column("Nội dung", width=60), Column("Cách thức", width=20), Column("Cơ quan thực hiện", width=30),
    Column("Vai trò", width=12), Column("Sản phẩm", width=28), Column("Ngày giao", "date"),
    Column("Hạn", "date"), Column("Hạn ban đầu", "date"), Column("Ngày xong", "date"),
    Column("Tình trạng", width=24), Column("Kết quả, tiến độ", width=50), Column("Minh chứng, lý do", width=36),
)  # fmt: skip
PRODUCTS = (
    Column("STT", "integer", width=6), Column("Công chức", width=32), Column("Công việc", width=60),
    Column("Sản phẩm", width=36), Column("Vai trò", width=12), Column("Ngày giao", "date"), Column("Hạn", "date"),
    Column("Ngày xong", "date"), Column("Đúng hạn", width=14), Column("Hệ số (cơ quan ghi)", "decimal", digits=2, width=16),
)  # fmt: skip


def register_rows(lines: Sequence[TaskLine]) -> Iterator[Sequence[object]]:
    for number, line in enumerate(lines, 1):
        task = line.task
        one, owed = task.directive, task.obligation
        done = timezone.localdate(owed.fulfilled_at) if owed and owed.fulfilled_at else None
        yield (
            number,
            str(one.source) if one.source else "",
            one.source_item,
            one.text,
            str(one.get_mode_display()),
            f"{task.name} (nay: {line.holder})" if line.is_moved else task.name,
            str(task.get_part_display()),
            one.product,
            one.issued_on,
            owed.due_on if owed else None,
            owed.original_due_on if owed and owed.is_extended else None,
            done,
            str(look_of(line.state).label),
            _said(task),
            _evidence(task),
        )


def _said(task: Task) -> str:
    """The newest that was said: a result, else progress."""
    done, on_the_way = list(task.completions.all()), list(task.progress.all())
    if done:
        return done[0].text
    return on_the_way[0].text if on_the_way else ""


def _evidence(task: Task) -> str:
    papers = [one.paper for one in task.completions.all() if one.paper]
    closed = task.obligation.closed_note if task.obligation else ""
    return "; ".join([*papers, *([closed] if closed else [])])


def product_rows(products: Sequence[Product]) -> Iterator[Sequence[object]]:
    said = {True: "đúng hạn", False: "quá hạn", None: "không đặt hạn"}
    for number, one in enumerate(products, 1):
        yield (
            number, one.person, one.title, one.product, one.part, one.given_on, one.due_on, one.done_on,
            said[one.is_on_time], None,
        )  # fmt: skip


def counts_said(found: FourWay) -> str:
    """The counts in one sentence, in the reader's language; every share names what it is of."""
    numbers = {
        "total": found.total, "done": found.done, "on_time": found.done_on_time, "late": found.done_late, "open": found.open,
        "in_time": found.open_in_time, "overdue": found.open_overdue, "no_reply": found.no_reply,
        "no_deadline": found.no_deadline, "out": found.out,
    }  # fmt: skip
    told = {name: format_number(number) for name, number in numbers.items()}
    parts = [
        _("Tổng số %(total)s nhiệm vụ có hạn: đã hoàn thành %(done)s (đúng hạn %(on_time)s, quá hạn %(late)s).") % told,
        _("Đang thực hiện %(open)s (trong hạn %(in_time)s, quá hạn %(overdue)s).") % told,
    ]
    if found.no_reply:
        parts.append(_("Đề nghị chưa có trả lời %(no_reply)s.") % told)
    if (share := found.overdue_share) is not None:
        told["share"] = format_number(share, 2)
        parts.append(_("Quá hạn chưa xong %(overdue)s/%(total)s (%(share)s%% tổng số có hạn).") % told)
    if (share := found.on_time_share) is not None:
        told["share"] = format_number(share, 2)
        parts.append(_("Đúng hạn %(on_time)s/%(done)s (%(share)s%% số đã hoàn thành).") % told)
    if found.no_deadline or found.out:
        parts.append(_("Ngoài tổng số: không đặt hạn %(no_deadline)s; thu hồi, gộp, miễn %(out)s (có lý do).") % told)
    return " ".join(parts)


def printed_register(
    lines: Sequence[TaskLine], counts: FourWay, *, organisation_id: int, on: date, actor: Actor
) -> WideTable:
    """The register (sổ theo dõi nhiệm vụ) on A3, lying."""
    issuer = issuer_for(organisation_id, "BC", on)
    widths = (9, 28, 22, 60, 20, 34, 15, 26, 19, 19, 19, 19, 22, 44, 28)
    return WideTable(
        title="Sổ theo dõi nhiệm vụ",
        subtitles=(f"{names_of([organisation_id], on).get(organisation_id, '')}, đến ngày {format_date(on)}",),
        columns=tuple(
            WideColumn((column.title,), width, "center" if width <= 20 else "left")
            for column, width in zip(REGISTER, widths, strict=True)
        ),
        rows=tuple(WideRow(tuple(_figure(cell) for cell in row)) for row in register_rows(lines)),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        notices=notices_of_instance(),
        notes=(counts_said(counts),),
        place_date=f"{issuer.agency.place}, {date_in_words(None, actor.today)}",
        frozen=1,
    )


def _figure(cell: object) -> Figure:
    if isinstance(cell, date):
        return Figure(format_date(cell))
    return Figure("" if cell is None else str(cell), cell if isinstance(cell, int) else None)
