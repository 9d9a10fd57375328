"""Pages of plans: how units go towards them, early warnings; one indicator's allocation, adjustments and quarters."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.permissions import SET_PLAN
from diaban.foundation.facts.services import set_profile
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.models import Instance
from diaban.foundation.ui.status import look_of
from diaban.lib.workbooks import Column
from diaban.work.reporting.asking import NothingInSight, choices
from diaban.work.reporting.consolidated import NothingToConsolidate, OutOfSight
from diaban.work.reporting.forms import ProfileForm
from diaban.work.reporting.queries.provinces import is_national
from diaban.work.reporting.targets.going import Line, Targets, counts, givings
from diaban.work.reporting.targets.wording import definitions, forecast_of, rule_of
from diaban.work.reporting.views.consolidation import Page, about_figures, page_of, with_figures

WARNED = "canh-bao"


@about_figures
def targets(request: HttpRequest, page: Page) -> HttpResponse:
    """Every unit and planned indicator; `xem=canh-bao` only those that are behind; `tai=xlsx` as a workbook."""
    if page.one.map_on is not None or page.one.snapshot is not None:
        said = _(
            "Tiến độ kế hoạch tính theo số liệu hiện nay và đơn vị của kỳ đó, không theo địa giới ngày khác, bản đã công bố."
        )
        messages.warning(request, said)
        return redirect(f"{reverse('reporting:targets')}?bieu={page.one.form.code}&ky={page.one.period}")
    found = Targets(page.one)
    is_warned = request.GET.get("xem") == WARNED
    lines = found.warned if is_warned else found.lines
    if "tai" in request.GET:
        return _download(page, lines)
    context = {
        **page.context,
        "counts": counts(found.lines),
        "rows": [_row(page, line) for line in lines],
        "allotted": found.allotted,
        "is_warned": is_warned,
        "definitions": definitions(),
        "may_set": bool(page.actor.reaches(SET_PLAN)),
    }
    return render(request, "reporting/targets.html", context)


def _row(page: Page, line: Line) -> dict[str, object]:
    return {
        "line": line,
        "rule": rule_of(line, page.one.period),
        "forecast": forecast_of(line),
        "status": f"plan_{line.pace.verdict}",
    }


@require_safe
def hint(request: HttpRequest) -> HttpResponse:
    """A line for the first page: how many plans on one's ground are behind, by the newest period; empty where none is."""
    actor = actor_of(request)
    try:
        chosen = choices(actor, {})
        if is_national(chosen):
            return HttpResponse("")
        page = page_of(actor, chosen)
    except (NothingInSight, OutOfSight, NothingToConsolidate):
        return HttpResponse("")
    return render(request, "reporting/targets_hint.html", {**page.context, "warned": Targets(page.one).warned})


@about_figures
def plan(request: HttpRequest, page: Page, indicator: str) -> HttpResponse:
    """One indicator's plans: allocation, who stands how, every giving with its paper, the share due each quarter."""
    found = Targets(page.one)
    lines = found.lines_of(indicator)
    if not lines:
        raise Http404
    one = lines[0].indicator
    may_set = page.actor.may(SET_PLAN, one.field_code, page.one.unit.unit_id)
    context = {
        **page.context,
        "indicator": one,
        "rows": [_row(page, line) for line in lines],
        "allotted": found.allotted_of(indicator),
        "givings": givings(one, page.one.period.year, found.units),
        "due": lines[0].due,
        "profile": lines[0].profile,
        "form": ProfileForm() if may_set else None,
        "definitions": definitions(),
    }
    return render(request, "reporting/target.html", context)


@require_POST
@with_figures
def set_quarters(request: HttpRequest, page: Page, indicator: str) -> HttpResponse:
    """Say how much of an indicator's plan is due by the end of each quarter in the chosen area."""
    found = page.one.indicators.get(indicator)
    if found is None:
        raise Http404
    form = ProfileForm(request.POST)
    if form.is_valid():
        set_profile(
            indicator=found,
            unit_id=page.one.unit.unit_id,
            year=page.one.period.year,
            ends=form.ends,
            basis=form.cleaned_data["can_cu"],
            actor=page.actor,
            at=now(),
        )
        messages.success(request, _("Đã đặt tiến độ kế hoạch theo quý."))
    else:
        messages.error(request, _("Tiến độ quý phải từ 0 đến 100%, quý sau không thấp hơn quý trước; ghi rõ căn cứ."))
    return redirect(f"{reverse('reporting:target', args=[indicator])}?{page.query}")


def _download(page: Page, lines: list[Line]) -> HttpResponse:
    columns = [
        Column(_("Đơn vị"), width=30),
        Column(_("Mã"), width=9),
        Column(_("Chỉ tiêu"), width=44),
        Column(_("Đơn vị tính"), width=14),
        Column(_("Kế hoạch năm"), "decimal", digits=1),
        Column(_("Từ đầu năm"), "decimal", digits=1),
        Column(_("So với kế hoạch (%)"), "decimal", digits=1),
        Column(_("Phần đến kỳ (%)"), "decimal", digits=1),
        Column(_("Đánh giá"), width=20),
        Column(_("Vì sao"), width=60),
    ]
    rows = (
        (
            line.unit.full_name,
            line.indicator.code,
            line.indicator.called,
            line.indicator.unit_name,
            line.plan,
            line.progress.so_far.value,
            _rounded(line.of_plan),
            line.due,
            str(look_of(f"plan_{line.pace.verdict}").label),
            rule_of(line, page.one.period),
        )
        for line in lines
    )
    title = _("Thực hiện kế hoạch %(year)s đến %(period)s, %(unit)s") % {
        "year": page.one.period.year,
        "period": period_name(page.one.period, inside=True),
        "unit": page.one.unit.full_name,
    }
    notes = [f"{name}: {words}." for name, words in definitions()]
    notices = list(filter(None, Instance.objects.values_list("notice", flat=True)))
    return table_file("thuc-hien-ke-hoach", title=title, columns=columns, rows=rows, notes=[*notices, *notes])


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 1)
