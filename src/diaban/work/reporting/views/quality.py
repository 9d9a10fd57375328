"""Chất lượng số liệu: what may be doubted in the reports of a period, the worst first."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.paging import page_of
from diaban.lib.periods import Period
from diaban.lib.workbooks import Column
from diaban.work.reporting.quality.queries import Doubted, doubts_of_period
from diaban.work.reporting.queries.reports import newest_of, periods_of, schedules_in_sight
from diaban.work.reporting.sight import sees_any

KINDS = {
    "unit": gettext_lazy("Nghi nhầm đơn vị tính"),
    "digit": gettext_lazy("Nghi thừa, thiếu chữ số"),
    "swapped": gettext_lazy("Nghi nhập nhầm dòng"),
    "composition": gettext_lazy("Cơ cấu khác hẳn"),
    "jump": gettext_lazy("Khác hẳn các kỳ trước"),
    "fall": gettext_lazy("Số thời điểm giảm"),
    "peers": gettext_lazy("Khác hẳn các đơn vị cùng kỳ"),
    "share": gettext_lazy("Tỷ lệ ngoài 0–100%"),
    "copied": gettext_lazy("Trùng số kỳ trước"),
}


@require_safe
def quality_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The doubts of a period (`ky`; at first the newest that is over), narrowed by kind (`loai`), unit (`don-vi`) and
    indicator (`chi-tieu`); `tai=xlsx` gives all of them as a workbook."""
    actor = actor_of(request)
    schedule = get_object_or_404(schedules_in_sight(actor).select_related("unit"), uid=uid)
    periods = [(code, period_name(code)) for code in periods_of([schedule])[:24]]
    known = [Period.parse(code) for code, _words in periods]
    asked = request.GET.get("ky", "")
    period = next((one for one in known if str(one) == asked), None)
    if period is None and known:
        period = newest_of(schedule, known, actor.today)
    found = doubts_of_period(actor, schedule, period) if period else []
    wanted = {name: request.GET.get(name, "") for name in ("loai", "don-vi", "chi-tieu")}
    rows = [one for one in found if _is_wanted(one, wanted)]
    label = dict(periods).get(str(period), "")
    if "tai" in request.GET:
        return _download(f"{schedule.title}, {label}", rows)
    counts = Counter(one.doubt.code for one in found)
    context = {
        "schedule": schedule,
        "periods": periods,
        "period": str(period or ""),
        "period_label": label,
        "found": found,
        "page": page_of(request, rows),
        "count": len(rows),
        "kinds": [(code, words, counts[code]) for code, words in KINDS.items() if counts[code]],
        "units": list(dict.fromkeys((str(one.report.uid), one.report.unit_name) for one in found)),
        "indicators": sorted({(one.cell.indicator, one.cell.label) for one in found}),
        "kind": wanted["loai"],
        "unit": wanted["don-vi"],
        "indicator": wanted["chi-tieu"],
        "sees_sources": sees_any(actor, schedule.unit_id),
    }
    return render(request, "reporting/quality.html", context)


def _is_wanted(one: Doubted, wanted: dict[str, str]) -> bool:
    has = {"loai": one.doubt.code, "don-vi": str(one.report.uid), "chi-tieu": one.cell.indicator}
    return all(not value or has[name] == value for name, value in wanted.items())


def _download(title: str, rows: Sequence[Doubted]) -> HttpResponse:
    columns = [
        Column(_("Đơn vị"), width=28),
        Column(_("Chỉ tiêu"), width=12),
        Column(_("Điều cần xem"), width=24),
        Column(_("Đã so sánh"), width=80),
        Column(_("Đơn vị giải thích"), width=40),
    ]
    lines = (
        [
            one.report.unit_name,
            one.cell.indicator,
            str(KINDS.get(one.doubt.code, one.doubt.code)),
            one.doubt.message,
            one.explained,
        ]
        for one in rows
    )
    heading = _("Chất lượng số liệu: %(title)s") % {"title": title}
    return table_file("chat-luong-so-lieu", title=heading, columns=columns, rows=lines)
