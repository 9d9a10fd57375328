"""The rows of the room's large tables as HTML: thousands of cells, too many for template nodes. `{% load reporting_rows %}`."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from diaban.foundation.documents.composing import roman
from diaban.foundation.ui.elements import element, joined
from diaban.foundation.ui.icons import icon
from diaban.foundation.ui.language import figures_read, period_name
from diaban.foundation.ui.status import look_of
from diaban.foundation.ui.templatetags.ui import date_vi, status
from diaban.work.reporting.asking import Choices
from diaban.work.reporting.consolidated import Entry
from diaban.work.reporting.display import written
from diaban.work.reporting.quality.keeping import MISSING, ON_TIME, SENT_LATE, WAIVED, Kept
from diaban.work.reporting.queries.provinces import ProvinceRow, Three
from diaban.work.reporting.queries.reports import Line
from diaban.work.reporting.queries.units import Cell, UnitTable
from diaban.work.reporting.sheet import SheetLine

register = template.Library()


@register.filter
def consolidated_rows(entries: Iterable[Entry], query: str) -> SafeString:
    """The lines of a section, each figure a link to what it is made of; `query` repeats what was chosen."""
    return joined(_consolidated_row(entry, query) for entry in entries)


def _consolidated_row(entry: Entry, query: str) -> SafeString:
    texts, row = written(entry), entry.row
    plan, previous, value, cumulative, last_year, *compared, note = map(figures_read, texts.columns)
    address = f"{reverse('reporting:made_of', args=[row.indicator])}?{query}&loai={quote(row.category, safe='')}"
    title, css = _("Xem số này từ đâu"), "estimated" if row.estimated else ""
    return element(
        "tr",
        element("td", entry.number),
        element("th", entry.label, scope="row", css="ps-4 fw-normal" if entry.is_part else "fw-bold"),
        element("td", "" if entry.is_part else entry.measure.unit_name),
        element("td", plan, css="num"),
        element("td", previous, css="num text-secondary"),
        element(
            "td",
            element("a", value, css=css, href=address, title=title) if value else "",
            css="num" if entry.is_part else "num fw-bold",
        ),
        element("td", cumulative, css="num"),
        element("td", last_year, css="num text-secondary"),
        *(element("td", one, css="num") for one in compared),
        element("td", note),
    )


@register.simple_tag
def unit_table_heads(table: UnitTable, has_places: bool) -> SafeString:
    """Number, unit, then each indicator with its unit of measure and the place by it."""
    heads = [element("th", _("STT"), scope="col"), element("th", _("Đơn vị"), scope="col")]
    for column in table.columns:
        measure = element("span", f"({column.unit_name})", css="fw-normal")
        heads.append(element("th", column.name, SafeString("<br>"), measure, scope="col", css="num text-wrap"))
        if has_places and column.is_ranked:
            said = _("Thứ hạng: %(name)s") % {"name": column.name}
            heads.append(element("th", _("Hạng"), scope="col", css="num", aria_label=said))
    return element("tr", *heads)


@register.simple_tag
def unit_table_rows(table: UnitTable, has_places: bool) -> SafeString:
    """The whole, then units under their groups; a group that is known by itself has its own figures."""
    marks = _("Cao nhất"), _("Thấp nhất")
    ranked = [has_places and column.is_ranked for column in table.columns]
    rows = [_unit_row("", _("Tổng số"), table.whole, ranked, marks, css="total")]
    groups = units = 0
    for group in table.groups:
        if group.name:
            groups += 1
            cells = group.cells or [Cell("") for _column in table.columns]
            rows.append(_unit_row(roman(groups), group.name, cells, ranked, marks, css="group"))
        for row in group.rows:
            units += 1
            rows.append(_unit_row(str(units), row.unit.full_name, row.cells, ranked, marks))
    return joined(rows)


def _unit_row(
    number: str, name: str, cells: Sequence[Cell], ranked: Sequence[bool], marks: tuple[str, str], css: str = ""
) -> SafeString:
    found = [element("td", number), element("th", name, scope="row", css="" if css else "fw-normal")]
    for cell, is_ranked in zip(cells, ranked, strict=True):
        found.append(_unit_cell(cell, *marks))
        if is_ranked:
            found.append(element("td", "" if cell.rank is None else cell.rank, css="num text-secondary"))
    return element("tr", *found, css=css)


def _unit_cell(cell: Cell, highest: str, lowest: str) -> SafeString:
    said = figures_read(cell.shown)
    if cell.is_highest:
        shown: object = element("strong", f"▲ {said}", title=highest)
    elif cell.is_lowest:
        shown = element("em", f"▼ {said}", title=lowest)
    else:
        shown = said
    css = "estimated" if cell.is_estimated and cell.value is not None else ""
    return element("td", element("span", shown, css=css), css="num")


@register.simple_tag
def province_table_rows(rows: Iterable[ProvinceRow], chosen: Choices) -> SafeString:
    """The country, then each province with the link to its own table."""
    said, whole = _("%(reported)s/%(expected)s đơn vị có số liệu"), _("Cả nước")
    query = {"bieu": chosen.schedule.form.code, "ky": str(chosen.period)}
    if chosen.map_on:
        query["ban_do"] = chosen.map_on.isoformat()
    address = f"{reverse('reporting:consolidation')}?{urlencode(query)}"
    return joined(
        element(
            "tr",
            element("th", whole, scope="row", css="fw-bold")
            if row.unit is None
            else element(
                "th",
                element("a", row.unit.full_name, href=f"{address}&dia_ban={row.unit.code}"),
                scope="row",
                css="fw-normal text-nowrap",
            ),
            *(cell for three in row.cells for cell in _three_cells(three, said)),
            css="fw-bold" if row.unit is None else "",
        )
        for row in rows
    )


def _three_cells(three: Three, said: str) -> tuple[SafeString, ...]:
    sign = "" if three.is_whole else "*"
    title = said % {"reported": three.reported, "expected": three.expected} if sign else ""
    now = element(
        "span", f"{figures_read(three.now)}{sign}", css="estimated" if three.is_estimated else "", title=title
    )
    return (
        element("td", now, css="num"),
        element("td", figures_read(three.so_far), css="num"),
        element("td", figures_read(three.last_year), css="num text-secondary"),
    )


@register.filter
def report_rows(lines: Iterable[Line]) -> SafeString:
    """Reports of a list, each with the link to its page."""
    return joined(_report_row(line) for line in lines)


def _report_row(line: Line) -> SafeString:
    report = line.report
    name = element("a", report.organisation_name, href=reverse("reporting:report", args=[report.uid]))
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", report.schedule.form.called),
        element("td", period_name(report.period), data_label=_("Kỳ")),
        element("td", status(line.state), *([" ", status("typed_for")] if line.is_typed_for else [])),
        element("td", date_vi(line.due_on) or "-", data_label=_("Hạn gửi")),
        element("td", status(line.punctual)),
    )


@register.filter
def sheet_rows(lines: Iterable[SheetLine]) -> SafeString:
    """The lines of a section of a report, as they are read."""
    return joined(_sheet_row(line) for line in lines)


def _sheet_row(line: SheetLine) -> SafeString:
    has_unit = line.is_total or line.cell.member in {"num", "den"}
    return element(
        "tr",
        element("td", line.number),
        element("th", line.label, scope="row", css="fw-bold" if line.is_total else "ps-4 fw-normal"),
        element("td", line.cell.unit_name if has_unit else ""),
        element("td", line.previous, css="text-end text-secondary"),
        element("td", *_figure(line), css="text-end fw-bold" if line.is_total else "text-end"),
        element("td", line.last_year, css="text-end text-secondary"),
        element("td", *_words(line)),
        id=f"o-{line.cell.name}",
        css="table-warning" if line.remarks else "",
    )


def _figure(line: SheetLine) -> list[object]:
    """The figure, with "ước" before an estimated one and why it is not asked behind it."""
    estimated = [element("small", _("ước")), " "] if line.is_estimated and line.shown else []
    not_asked = [" ", element("small", line.not_asked, css="text-secondary")] if line.not_asked else []
    return [*estimated, line.shown, *not_asked]


def _words(line: SheetLine) -> list[object]:
    """Reason, note and name, then what others said about the figure."""
    said = " ".join(filter(None, [f"{line.reason_said}." if line.reason_said else "", line.note, line.name_typed]))
    remarks = [element("p", icon("message"), " ", remark, css="mb-0") for remark in line.remarks]
    if not line.objection:
        return [said, *remarks]
    wrong = element("p", element("strong", _("Số liệu chưa đúng:")), " ", line.objection, css="mb-0")
    return [said, *remarks, wrong]


SIGNS = {ON_TIME: "Đ", SENT_LATE: "C", MISSING: "T", WAIVED: "M"}


@register.simple_tag
def kept_sign(kept: Kept) -> SafeString:
    """How one unit stood in one period: a letter and the shape of its status; nothing where it owed nothing."""
    if not kept.is_owed:
        return SafeString()
    said = str(look_of(kept.standing).label)
    return element("span", status(kept.standing, SIGNS.get(kept.standing, "…")), title=said)
