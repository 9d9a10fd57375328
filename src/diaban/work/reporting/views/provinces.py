"""The country: its provinces beside one another."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.paging import page_of
from diaban.work.reporting.asking import NothingInSight, choices
from diaban.work.reporting.queries.layouts import NoVersion, layout_of, version_on
from diaban.work.reporting.queries.provinces import is_national, measures_of, province_rows
from diaban.work.reporting.sight import blocks_in_sight

COLUMNS = 8  # indicators on a page, each with three figures


@require_safe
def provinces(request: HttpRequest) -> HttpResponse:
    """Provinces down, the indicators of one section across; 404 where no form is asked of the whole country."""
    actor = actor_of(request)
    try:
        chosen = choices(actor, request.GET.dict())
        if not is_national(chosen):
            raise NothingInSight
        layout = layout_of(version_on(chosen.schedule.form_id, chosen.period.last_day).pk)
    except (NothingInSight, NoVersion):
        raise Http404 from None
    seen = blocks_in_sight(actor, chosen.unit.unit_id, layout.blocks)
    blocks = [block for block in seen if measures_of(layout, block)]
    if not blocks:
        raise Http404
    block = next((one for one in blocks if str(one.number) == request.GET.get("phan", "")), blocks[0])
    page = page_of(request, measures_of(layout, block), size=COLUMNS)
    problems = list(chosen.problems)
    if chosen.as_of:
        problems.append(_("Bảng các tỉnh chỉ có số liệu hiện hành, không xem lại được theo ngày tiếp nhận."))
    context = {"chosen": chosen, "blocks": blocks, "block": block, "page": page, "problems": problems}
    if not problems:
        context["rows"] = province_rows(chosen, list(page))
    return render(request, "reporting/provinces.html", context, status=400 if problems else 200)
