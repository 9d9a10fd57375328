"""Units × indicators: as a page, with the columns that a person chose and keeps, and as files."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_POST

from diaban.foundation.accounts.models import Account
from diaban.foundation.accounts.services import choices_of, keep_choice
from diaban.foundation.documents.wide_files import MAKERS
from diaban.work.reporting.queries.units import unit_table
from diaban.work.reporting.unit_asking import KEPT, Columns, columns_of, in_sight
from diaban.work.reporting.unit_paper import unit_paper
from diaban.work.reporting.views.consolidation import Page, about_figures, with_figures
from diaban.work.reporting.views.printing import printed


@about_figures
def units(request: HttpRequest, page: Page) -> HttpResponse:
    """Units down, the chosen indicators across; by old district where the units are communes."""
    one, columns = page.one, _columns(request, page)
    chosen = set(columns.codes)
    context = {
        **page.context,
        "blocks": one.filled_blocks,
        "columns": columns,
        "table": unit_table(one, columns.codes),
        "columns_query": f"{page.query}&{urlencode(columns.address)}",
        "offered": [
            (
                block,
                [
                    (code, one.layout.measures[code].name, code in chosen)
                    for code in dict.fromkeys(
                        line.indicator for line in one.layout.lines if line.section == block.number
                    )
                ],
            )
            for block in one.filled_blocks
        ],
    }
    return render(request, "reporting/consolidated_units.html", context)


@require_POST
@with_figures
def choose_columns(request: HttpRequest, page: Page) -> HttpResponse:
    """Keep which columns the person wants of this form, and show them at an address that can be sent on."""
    codes = in_sight(page.one, request.POST.getlist("ct"))
    typed = {"ct": ",".join(codes), "hang": request.POST.get("hang", "0"), "bieu_so": request.POST.get("bieu_so", "")}
    columns = columns_of(page.one, typed, {})
    account = _account(request)
    kept = {**choices_of(account).get(KEPT, {}), page.one.form.code: columns.kept}
    keep_choice(account_id=account.pk, place=KEPT, value=kept)
    return redirect(f"{reverse('reporting:consolidation_units')}?{page.query}&{urlencode(columns.address)}")


@about_figures
@override("vi")
def units_file(request: HttpRequest, page: Page, kind: str) -> HttpResponse:
    """The table to print, to work on or to send."""
    if kind not in MAKERS:
        raise Http404
    columns = _columns(request, page)
    table = unit_table(page.one, columns.codes)
    paper = unit_paper(page.one, table, number=columns.number, has_places=columns.has_places, actor=page.actor)
    return printed(page.one, paper, kind, "bieu-theo-don-vi")


def _columns(request: HttpRequest, page: Page) -> Columns:
    kept: dict[str, Any] = choices_of(_account(request)).get(KEPT, {})
    return columns_of(page.one, request.GET.dict(), kept.get(page.one.form.code, {}))


def _account(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return account
