"""Consolidated figures: the table of an area, unit by unit, what a figure is made of, the board by old district, exports."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.wide_files import MAKERS
from diaban.foundation.facts.dhis2 import NotExpressible
from diaban.foundation.facts.sockets import AIMS
from diaban.foundation.ui.exporting import attachment, table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.status import look_of
from diaban.lib.workbooks import Column
from diaban.work.reporting.asking import Choices, NothingInSight, choices
from diaban.work.reporting.consolidated import Consolidated, NothingToConsolidate, OutOfSight, consolidated_of
from diaban.work.reporting.display import coverage_said, written
from diaban.work.reporting.form_paper import form_paper
from diaban.work.reporting.headlines import course_of
from diaban.work.reporting.outputs import TYPES, as_file
from diaban.work.reporting.paper_tables import chart_of, unit_names
from diaban.work.reporting.queries.consolidation import Made, groups_of, made
from diaban.work.reporting.queries.provinces import is_national
from diaban.work.reporting.views.printing import printed

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Page:
    """Whoever asks, what was chosen, and the figures; `query` repeats the choice in every link."""

    actor: Actor
    chosen: Choices
    one: Consolidated

    @property
    def query(self) -> str:
        return urlencode(
            {
                "bieu": self.one.form.code,
                "ky": str(self.one.period),
                "dia_ban": self.one.unit.code,
                **self._known,
                **({"ban_do": self.one.map_on.isoformat()} if self.one.map_on else {}),
            }
        )

    @property
    def _known(self) -> dict[str, str]:
        """As of when, in the words of the address."""
        if self.one.snapshot is not None:
            return {"chot": str(self.one.snapshot.number)}
        return {"den": self.one.as_of.isoformat()} if self.one.as_of else {}

    @property
    def context(self) -> dict[str, Any]:
        return {
            "one": self.one,
            "chosen": self.chosen,
            "query": self.query,
            "coverage_said": coverage_said(self.one),
            "period_label": period_name(self.one.period),
        }


def about_figures(view: View) -> View:
    """Read a page `with_figures`."""
    return require_safe(with_figures(view))


def with_figures(view: View) -> View:
    """Find what the address asks for. Out of sight is 404; what cannot be consolidated says why on an empty page."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        try:
            chosen = choices(actor, request.GET.dict())
            if is_national(chosen):
                return redirect(f"{reverse('reporting:consolidation_provinces')}?{request.GET.urlencode()}")
            page = page_of(actor, chosen)
        except (NothingInSight, OutOfSight):
            raise Http404 from None
        except NothingToConsolidate as problem:
            messages.warning(request, str(problem))
            return render(request, "reporting/consolidated_none.html", {"chosen": chosen}, status=404)
        return view(request, page, **kwargs)

    return found


def page_of(actor: Actor, chosen: Choices) -> Page:
    """The figures that were chosen. Raises `OutOfSight` or `NothingToConsolidate`."""
    if chosen.problems:
        raise NothingToConsolidate(" ".join(chosen.problems))
    one = consolidated_of(
        form_code=chosen.schedule.form.code,
        period=chosen.period,
        unit=chosen.unit,
        as_of=chosen.as_of,
        map_on=chosen.map_on,
        actor=actor,
    )
    return Page(actor, chosen, replace(one, snapshot=chosen.snapshot))


@about_figures
def consolidation(request: HttpRequest, page: Page) -> HttpResponse:
    """The table of the form, section by section."""
    sections = [
        {
            "block": table.block,
            "entries": table.entries,
            "has_chart": len(page.one.expected_ids) > 1 and any(entry.row.reported > 1 for entry in table.totals),
        }
        for table in page.one.tables
    ]
    return render(request, "reporting/consolidated.html", {**page.context, "sections": sections})


@about_figures
def made_of_page(request: HttpRequest, page: Page, indicator: str) -> HttpResponse:
    """What one figure is made of: unit by unit, down to the report that said so."""
    category = request.GET.get("loai", "")
    entry = next(
        (
            entry
            for table in page.one.tables
            for entry in table.entries
            if (entry.row.indicator, entry.row.category) == (indicator, category)
        ),
        None,
    )
    if entry is None:
        raise Http404
    found: Made = made(page.one, entry, page.actor)
    aims = [aim for tell in AIMS() for aim in tell(page.actor, indicator, page.one.unit.unit_id)]
    context = {**page.context, "entry": entry, "written": written(entry), "made": found, "aims": aims}
    return render(request, "reporting/made_of.html", context)


@about_figures
def sending(request: HttpRequest, page: Page) -> HttpResponse:
    """Tình hình gửi báo cáo of the area, grouped by district or old district."""
    groups = groups_of(page.one, page.actor)
    return render(request, "reporting/sending.html", {**page.context, "groups": groups})


@about_figures
def sending_file(request: HttpRequest, page: Page) -> HttpResponse:
    """The same as a workbook; the (old) district has a column of its own."""
    columns = [
        Column(_("Huyện, thành phố (cũ)"), width=28),
        Column(_("Đơn vị"), width=32),
        Column(_("Trạng thái"), width=28),
        Column(_("Hạn gửi"), "date"),
        Column(_("Đúng hạn"), width=18),
    ]
    rows = (
        [
            group.name,
            row.unit_name,
            str(look_of(row.state).label),
            row.due_on,
            str(look_of(row.punctual).label) if row.punctual else "",
        ]
        for group in groups_of(page.one, page.actor)
        for row in group.rows
    )
    title = _("Tình hình gửi báo cáo: %(form)s, %(unit)s, %(period)s") % {
        "form": page.one.form.called,
        "unit": page.one.unit.full_name,
        "period": period_name(page.one.period, inside=True),
    }
    return table_file("tinh-hinh-gui-bao-cao", title=title, columns=columns, rows=rows)


@about_figures
def chart(request: HttpRequest, page: Page, section: int) -> HttpResponse:
    """The section's bars as a picture."""
    if section not in {block.number for block in page.one.filled_blocks}:
        raise Http404
    one = page.one.of_section(section)
    table = one.tables[0]
    figures = one.by_unit([entry.row.indicator for entry in table.totals])
    picture = chart_of(table, figures, unit_names(one, figures), is_titled=True)
    if picture is None:
        raise Http404
    return HttpResponse(picture.svg, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@about_figures
def course_chart(request: HttpRequest, page: Page) -> HttpResponse:
    """The main figures a year ago, the period before and now, as a picture."""
    svg = course_of(page.one)
    if not svg:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=300"})


@about_figures
def form_file(request: HttpRequest, page: Page, kind: str) -> HttpResponse:
    """The table of comparisons alone, to print or to send."""
    if kind not in MAKERS:
        raise Http404
    return printed(page.one, form_paper(page.one, actor=page.actor), kind, "bieu-tong-hop")


@about_figures
def export(request: HttpRequest, page: Page, kind: str) -> HttpResponse:
    """The figures as a file."""
    if kind not in TYPES:
        raise Http404
    try:
        content = as_file(page.one, kind, actor=page.actor)
    except NotExpressible as problem:
        messages.error(request, str(problem))
        return redirect(f"{reverse('reporting:consolidation')}?{request.GET.urlencode()}")
    extension = {"dhis2": "dhis2.json"}.get(kind, kind)
    name = f"tong-hop-{page.one.form.code}-{page.one.period.code}-{page.one.unit.code}.{extension}"
    return attachment(content, TYPES[kind], name)
