"""Tiến trình gửi báo cáo: completeness and timeliness over the last periods."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.status import look_of
from diaban.lib.charts import Bar, Stack, stacked_bar
from diaban.lib.vietnamese import format_date
from diaban.lib.workbooks import Column
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.quality.course import Course, Group, course_of
from diaban.work.reporting.quality.keeping import Tally
from diaban.work.reporting.queries.reports import schedules_in_sight

LENGTHS = (4, 8, 12)


@require_safe
def course_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The last periods (`so_ky`: 4, 8 or 12) unit by unit; `tai=xlsx` gives the same as a workbook."""
    actor = actor_of(request)
    schedule = get_object_or_404(schedules_in_sight(actor).select_related("unit"), uid=uid)
    asked = request.GET.get("so_ky", "")
    length = int(asked) if asked in {str(one) for one in LENGTHS} else LENGTHS[-1]
    course = course_of(actor, schedule, actor.today, periods=length)
    if "tai" in request.GET:
        return _download(schedule, course)
    context = {
        "schedule": schedule,
        "course": course,
        "chart": _chart(course),
        "definitions": definitions(),
        "length": length,
        "lengths": LENGTHS,
    }
    return render(request, "reporting/course.html", context)


def definitions() -> list[tuple[str, str]]:
    """What each word counts, and over what; printed under every table of it."""
    return [
        (_("Đúng hạn (Đ)"), _("ngày gửi số liệu không sau hạn đang có hiệu lực (hạn đã gia hạn nếu được gia hạn)")),
        (_("Chậm (C)"), _("đã gửi, sau hạn đó")),
        (_("Chưa gửi (T)"), _("đã quá hạn mà chưa gửi")),
        (_("Được miễn (M)"), _("được cơ quan nhận miễn gửi kỳ đó; không tính vào tỷ lệ")),
        (_("Tỷ lệ đúng hạn"), _("Đ / (Đ + C + T); kỳ chưa đến hạn và được miễn không ở mẫu số")),
        (_("Tỷ lệ gửi"), _("(Đ + C) / (Đ + C + T)")),
        (
            _("Đầy đủ"),
            _("số ô có số / số ô phải có của các phần đã tiếp nhận; không kể ô không áp dụng, chưa đến kỳ"),
        ),
        (
            _("Ô trống"),
            _("đơn vị không phải báo cáo kỳ đó; đơn vị trước và sau sắp xếp là các đơn vị khác nhau, không cộng nối"),
        ),
    ]


def _chart(course: Course) -> str:
    """A bar for each period: nothing is joined from one period to the next."""
    parts = (
        (_("Đúng hạn"), "on_time"),
        (_("Chậm"), "late"),
        (_("Chưa gửi"), "missing"),
        (_("Được miễn"), "waived"),
    )
    stacks = [
        Stack(
            _("%(period)s (%(count)d đơn vị)") % {"period": period_name(one.period), "count": one.tally.owed},
            tuple(Bar(label, Decimal(getattr(one.tally, name))) for label, name in parts),
        )
        for one in course.columns
    ]
    return stacked_bar(stacks, title=_("Tình hình gửi báo cáo qua các kỳ"), unit=_("đơn vị"), digits=0, share=False)


def _download(schedule: Schedule, course: Course) -> HttpResponse:
    columns = [
        Column(_("Nhóm"), width=30),
        Column(_("Đơn vị"), width=30),
        *(Column(period_name(one.period), width=18) for one in course.columns),
        Column(_("Phải gửi"), "integer"),
        Column(_("Đúng hạn"), "integer"),
        Column(_("Chậm"), "integer"),
        Column(_("Chưa gửi"), "integer"),
        Column(_("Được miễn"), "integer"),
        Column(_("Tỷ lệ đúng hạn"), "percent", digits=1),
        Column(_("Ô có số"), "integer"),
        Column(_("Ô phải có"), "integer"),
        Column(_("Đầy đủ"), "percent", digits=1),
    ]
    notes = [f"{name}: {words}." for name, words in definitions()]
    return table_file(
        "tien-trinh-gui-bao-cao",
        title=_("Tiến trình gửi báo cáo: %(title)s") % {"title": schedule.title},
        columns=columns,
        rows=_lines(course),
        notes=notes,
    )


def _lines(course: Course) -> Iterator[list[object]]:
    for group in course.groups:
        for row in group.rows:
            stands = [str(look_of(kept.standing).label) if kept.is_owed else "" for kept in row.cells]
            yield [group_name(group), row.unit.full_name, *stands, *_counts(row.tally)]
    totals = [f"{one.tally.on_time + one.tally.late}/{one.tally.ended}" for one in course.columns]
    yield ["", _("Cả địa bàn: đã gửi / đến hạn"), *totals, *_counts(course.tally)]


def _counts(found: Tally) -> list[object]:
    return [
        found.owed,
        found.on_time,
        found.late,
        found.missing,
        found.waived,
        found.punctuality,
        found.filled,
        found.asked,
        found.fullness,
    ]


def group_name(group: Group) -> str:
    if group.until is None:
        return group.name
    until = _("đến %(day)s") % {"day": format_date(group.until)}
    return f"{group.name} ({until})" if group.name else until
