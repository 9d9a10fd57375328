"""The table as a page, and as files."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.pdf import svg_to_png
from diaban.foundation.ui.exporting import attachment
from diaban.foundation.ui.models import Instance
from diaban.work.analysis import tables
from diaban.work.analysis.asking import Choice, choice_of, dimensions_of
from diaban.work.analysis.drawing import drawn
from diaban.work.analysis.forms import ViewForm
from diaban.work.analysis.permissions import KEEP
from diaban.work.analysis.pictures import NotDrawable, chosen_column
from diaban.work.analysis.pivot import Pivot, page_size, pivot_of
from diaban.work.analysis.queries import current_view
from diaban.work.analysis.rules import Axis, Grain, Picture
from diaban.work.reporting.asking import NothingInSight

View = Callable[..., HttpResponse]
PICTURES = {
    Picture.NONE: gettext_lazy("Không vẽ"),
    Picture.LINES: gettext_lazy("Đường theo thời gian"),
    Picture.BARS: gettext_lazy("Cột theo hàng"),
    Picture.PANELS: gettext_lazy("Nhiều hình nhỏ theo thời gian"),
    Picture.STACKS: gettext_lazy("Chồng các phần"),
    Picture.SHARES: gettext_lazy("Cơ cấu phần trăm"),
    Picture.MAP: gettext_lazy("Bản đồ"),
}
GRAINS = {
    Grain.WHOLE: gettext_lazy("Chỉ cả địa bàn"),
    Grain.PROVINCES: gettext_lazy("Từng tỉnh, thành phố"),
    Grain.DISTRICTS: gettext_lazy("Từng huyện (cũ)"),
    Grain.REPORTERS: gettext_lazy("Từng đơn vị báo cáo"),
}
AXES = {
    Axis.UNITS: gettext_lazy("Đơn vị"),
    Axis.CELLS: gettext_lazy("Chỉ tiêu"),
    Axis.PERIODS: gettext_lazy("Kỳ"),
}


def about_a_table(view: View) -> View:
    """Find what the address asks for. Out of sight is 404."""

    @require_safe
    @wraps(view)
    def found(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            choice = choice_of(actor_of(request), request.GET)
        except NothingInSight:
            raise Http404 from None
        return view(request, choice, **kwargs)

    return found


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The table, its picture above it."""
    actor = actor_of(request)
    try:
        choice = choice_of(actor, request.GET)
    except NothingInSight:
        if request.GET:
            raise Http404 from None
        return render(request, "analysis/nothing.html")
    for problem in choice.problems:
        messages.warning(request, problem)
    number = request.GET.get("page", "1")
    pivot = pivot_of(choice, int(number) if number.isdecimal() and len(number) < 6 else 1)
    pages = Paginator(range(pivot.number_of_places), page_size(choice))
    context = {
        "pivot": pivot,
        "choice": choice,
        "columns": pivot.columns,
        "rows": tables.rows_of(pivot),
        "title": tables.title_of(pivot),
        "said": tables.context_said(pivot),
        "page": pages.get_page(number) if choice.axes[2] is not Axis.UNITS else None,
        "is_paged": choice.axes[2] is not Axis.UNITS and pages.num_pages > 1,
        "column": chosen_column(pivot),
        "axis_names": [AXES[axis] for axis in choice.axes],
        "query": choice.query(),
        "may_keep": actor.may(KEEP) is not None,
        "view": current_view(actor, request.GET.get("bang", "")),
        "save_form": ViewForm(initial={"duong_dan": choice.query(bieu=choice.form.code)}),
        **_offers(choice, pivot),
        **_picture(pivot),
    }
    return render(request, "analysis/table.html", context)


def _offers(choice: Choice, pivot: Pivot) -> dict[str, object]:
    """What may be chosen."""
    codes = set(choice.codes)

    def first(name: str) -> str:
        return next(iter(choice.address.get(name, ())), "")

    blocks = [
        (
            block.title,
            [
                (code, choice.layout.measures[code].name, code in codes)
                for code in dict.fromkeys(
                    line.indicator for line in choice.layout.lines if line.section == block.number
                )
            ],
        )
        for block in choice.layout.blocks
    ]
    third = choice.axes[2]
    layers = [(head.key, head.label) for head in pivot.layers]
    if third is Axis.UNITS:
        layers = [("", pivot.ground.whole.name), *((place.key, place.name) for place in pivot.ground.places)]
    return {
        "blocks": [(title, found) for title, found in blocks if found],
        "dimensions": list(dimensions_of(choice.layout).items()),
        "dimension": first("chia"),
        "ways": first("lop_mau"),
        "bands": first("bac"),
        "bounds": first("moc"),
        "grains": [(grain.value, GRAINS[grain]) for grain in choice.grains],
        "axes": [(axis.value, AXES[axis]) for axis in Axis],
        "layers": layers,
        "pictures": [(one.value, words) for one, words in PICTURES.items()],
    }


def _picture(pivot: Pivot) -> dict[str, object]:
    """The picture, or why there is none."""
    if pivot.choice.picture is Picture.NONE:
        return {}
    try:
        picture = drawn(pivot, title=tables.title_of(pivot))
    except NotDrawable as problem:
        return {"not_drawn": str(problem)}
    return {
        "picture": picture,
        "picture_svg": mark_safe(picture.svg),  # noqa: S308 (an XML tree written out: every text in it is escaped)
        "draws_column": pivot.choice.picture in {Picture.BARS, Picture.MAP},
    }


@about_a_table
def picture(request: HttpRequest, choice: Choice, kind: str) -> HttpResponse:
    """The picture as a file, its heading drawn in it."""
    pivot = pivot_of(choice)
    try:
        svg = drawn(pivot, title=tables.title_of(pivot), look="paper", heading=True).svg
    except NotDrawable as problem:
        raise Http404(str(problem)) from problem
    if not svg or kind not in {"svg", "png"}:
        raise Http404
    content: str | bytes = svg if kind == "svg" else svg_to_png(svg)
    media_type = "image/svg+xml" if kind == "svg" else "image/png"
    return attachment(content, media_type, f"phan-tich-{choice.unit.code}.{kind}")


@about_a_table
def file(request: HttpRequest, choice: Choice, kind: str) -> HttpResponse:
    """The table as a workbook or as text, all its places."""
    pivot = pivot_of(choice, is_whole=True)
    name = f"phan-tich-{choice.form.code}-{choice.unit.code}"
    notices = [notice for notice in Instance.objects.values_list("notice", flat=True) if notice]
    if kind == "xlsx":
        return tables.workbook(pivot, name, notices)
    if kind != "csv":
        raise Http404(_("Không có loại tệp này."))
    return attachment(tables.as_csv(pivot), "text/csv; charset=utf-8", f"{name}.csv")
