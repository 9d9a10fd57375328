"""The list and the table of difficulties as workbooks and on paper."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.wide_files import wide_file
from diaban.foundation.organisations.queries import body_of
from diaban.foundation.ui.exporting import table_file
from diaban.lib.workbooks import Column
from diaban.work.difficulties.forms import FilterForm
from diaban.work.difficulties.papers import list_paper, result_said, table_paper
from diaban.work.difficulties.queries.lists import Line, counted, field_by_place, lines_of
from diaban.work.difficulties.views.common import asked, field_names

MOST_LINES = 2000


@require_safe
def printed_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Biểu tổng hợp kiến nghị và phân công trả lời, as the list is filtered: a workbook, or on paper."""
    actor = actor_of(request)
    fields = field_names()
    form, rows = asked(request, actor, fields)
    lines = lines_of(list(rows[:MOST_LINES]), fields, actor.today)
    if kind == "xlsx":
        return _workbook(lines)
    counts = counted(rows)
    paper = list_paper(
        lines, counts, shown_of=counts.matters,
        organisation_id=_body(actor), on=actor.today, said=_narrowed(form),
    )  # fmt: skip
    return wide_file(paper, kind, "kien-nghi")


@require_safe
def matrix_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The table field × locality, as a workbook or on paper."""
    actor = actor_of(request)
    used, units, numbers, matters = field_by_place(actor, field_names())
    paper = table_paper(used, units, numbers, matters, organisation_id=_body(actor), on=actor.today)
    return wide_file(paper, kind, "kien-nghi-linh-vuc-dia-ban")


def _workbook(lines: Sequence[Line]) -> HttpResponse:
    columns = [
        Column(_("STT"), width=6), Column(_("Địa phương, đơn vị kiến nghị"), width=32), Column(_("Nội dung"), width=70),
        Column(_("Lĩnh vực"), width=22), Column(_("Ngày tiếp nhận"), width=13), Column(_("Cơ quan trả lời"), width=34),
        Column(_("Hạn trả lời"), width=13), Column(_("Kết quả"), width=40),
    ]  # fmt: skip
    return table_file(
        "kien-nghi",
        title=_("Biểu tổng hợp kiến nghị và phân công trả lời"),
        columns=columns,
        rows=(_row(number, line) for number, line in enumerate(lines, start=1)),
        notes=notices_of_instance(),
    )


def _row(number: int, line: Line) -> tuple[object, ...]:
    one, due = line.difficulty, line.work.due_on if line.work else None
    return (
        number, line.raised, one.content, line.field, one.received_on, line.answers_or_answered, due, result_said(line),
    )  # fmt: skip


def _narrowed(form: FilterForm) -> str:
    """How the list was narrowed, by the labels of the filters."""
    if not form.is_valid():
        return ""
    said = []
    for name in ("linh_vuc", "tinh_trang"):
        value = form.cleaned_data[name]
        label = dict(form.fields[name].choices).get(value)  # type: ignore[attr-defined] # both are choices
        if value and label:
            said.append(f"{form.fields[name].label}: {label}")
    if form.cleaned_data["cua_toi"]:
        said.append(str(form.fields["cua_toi"].label))
    if form.cleaned_data["q"]:
        said.append(f"“{form.cleaned_data['q']}”")
    return "; ".join(said)


def _body(actor: Actor) -> int:
    return body_of(actor.organisation_id, actor.today) if actor.organisation_id is not None else 0
