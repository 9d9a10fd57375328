"""What the reports of a place say of it: how they came, what came back, the newest figures with their trend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.territory.dossier import Picture, Place, Said, Section
from diaban.foundation.ui.language import period_name
from diaban.lib.charts import Line, Point, small_multiples
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_date, format_number
from diaban.work.reporting.cells import Cell, cells_of
from diaban.work.reporting.labels import report_url
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import visible_reports
from diaban.work.reporting.quality.course import OfPlace, course_of_place
from diaban.work.reporting.quality.keeping import tally
from diaban.work.reporting.queries.figures import brought_figures, figures_of
from diaban.work.reporting.queries.layouts import layouts_of
from diaban.work.reporting.queries.places import Places, places_in
from diaban.work.reporting.queries.reports import Line as ReportLine
from diaban.work.reporting.queries.reports import line_of, with_states
from diaban.work.reporting.sight import sees_any

REPORTS: Final = 8
READ: Final = 24  # of which the figures come from those on the form of the newest
COURSE: Final = 8
PERIODS: Final = 6
OF_A_SECTION: Final = 3  # figures shown of each section of the form
PANELS: Final = 6


def lately(place: Place) -> list[ReportLine]:
    """The newest reports of the unit in sight, for `place.once`. One query."""
    rows = with_states(visible_reports(place.actor).filter(unit=place.unit_id)).order_by("-period_last_day", "-pk")
    return [line_of(report, place.on) for report in rows[:READ]]


@dataclass(frozen=True)
class Sent:
    """The newest reports of one form that came, oldest first, with their figures."""

    versions: Sequence[ReportVersion]
    layouts: Mapping[int, Layout]
    figures: Sequence[Mapping[str, Decimal]]

    @property
    def report(self) -> Report:
        """The newest."""
        return self.versions[-1].report

    @property
    def layout(self) -> Layout:
        """That of the newest."""
        return self.layouts[self.versions[-1].form_version_id]


def newest_sent(place: Place) -> Sent | None:
    """The newest report that the reader may see and those on the same form before it, for `place.once`; None where nothing came.
    One query, and one for each version of the form."""
    came = [line.report for line in place.once(lately) if line.report.status == Report.Status.SENT]
    alike = [one for one in came if one.schedule.form_id == came[0].schedule.form_id and _sent_version(one)][:PERIODS]
    found = ReportVersion.objects.in_bulk([_sent_version(one) for one in alike]) if alike else {}
    if not found:
        return None
    versions = []
    for report in reversed(alike):
        version = found[_sent_version(report)]
        version.report = report
        versions.append(version)
    layouts = layouts_of(one.form_version_id for one in versions)
    figures = [figures_of(one, layouts[one.form_version_id], one.report.period_last_day).values for one in versions]
    return Sent(versions, layouts, figures)


def _sent_version(report: Report) -> int:
    """The id of the version that came, of a report of `with_states`; 0 where none did."""
    return report.__dict__["sent_version"] or 0


def reports_sent(place: Place) -> Section | None:
    """The newest reports of the unit: in time or not, received or sent back. Two queries."""
    lines = place.once(lately)[:REPORTS]
    returned = [line.report.pk for line in lines if line.state == "returned"]
    back = SectionState.objects.filter(version__report__in=returned, status="returned").values_list(
        "version__report", "section__title", "reason"
    )
    why: dict[int, list[str]] = {}
    for report_id, title, reason in back:
        why.setdefault(report_id, []).append(f"{title}: {reason}" if reason else title)
    rows = []
    for line in lines:
        sent = getattr(line.report, "data_sent_at", None)
        rows.append(
            (
                Said(period_name(line.report.period), url=report_url(line.report)),
                Said(status=line.state),
                Said(format_date(timezone.localdate(sent)) if sent else ""),
                Said(status=line.punctual),
                Said("; ".join(why.get(line.report.pk, []))),
            )
        )
    return Section(
        title=_("Báo cáo đã gửi"),
        heads=(_("Kỳ báo cáo"), _("Trạng thái"), _("Ngày gửi"), _("Đúng hạn"), _("Nội dung cần bổ sung")),
        rows=rows,
        more=reverse("reporting:reports"),
        empty=_("Chưa có báo cáo nào được lập. Đến kỳ, báo cáo tự hiện ở “Việc của tôi” của đơn vị phải gửi."),
    )


def course_kept(place: Place) -> Section | None:
    """How the unit kept its deadlines and filled its forms over the last periods, those in which it sent nothing too. None of a
    unit that never owed a report. Four queries."""
    schedules = {line.report.schedule_id: line.report.schedule for line in place.once(lately)}
    found = course_of_place(place.actor, place.unit_id, place.on, periods=COURSE, known=schedules.values())
    if not found:
        return None
    all_kept = tally(kept for one in found for _owed, kept in one.kept)
    lead = _("Chưa có kỳ nào đến hạn.")
    if all_kept.ended:
        lead = _(
            "Đúng hạn %(on_time)d/%(ended)d lượt đến hạn; chậm %(late)d, chưa gửi %(missing)d, được miễn %(waived)d."
        ) % {
            "on_time": all_kept.on_time,
            "ended": all_kept.ended,
            "late": all_kept.late,
            "missing": all_kept.missing,
            "waived": all_kept.waived,
        }
    if all_kept.fullness is not None:
        lead += _(" Đầy đủ %(share)s%% số ô phải có của phần đã tiếp nhận.") % {
            "share": format_number(all_kept.fullness, 0)
        }
    lead += "".join(_place_said(one) for one in found)
    return Section(
        title=_("Gửi báo cáo qua các kỳ"),
        lead=lead,
        heads=(_("Chế độ báo cáo"), _("Kỳ"), _("Hạn gửi"), _("Gửi ngày"), _("Đúng hạn"), _("Ô có số / phải có")),
        rows=[row for one in found for row in _kept_rows(one)],
        more=reverse("reporting:course", args=[found[-1].schedule.uid])
        if sees_any(place.actor, found[-1].schedule.unit_id)
        else "",
    )


def _place_said(one: OfPlace) -> str:
    """The unit's place by the share in time, among the units that owe the same report now."""
    if one.place is None:
        return ""
    said = _(" Về tỷ lệ đúng hạn của “%(title)s”: thứ %(place)d trong %(count)d đơn vị (đơn vị bằng nhau cùng thứ).")
    return said % {"title": one.schedule.title, "place": one.place[0], "count": one.place[1]}


def _kept_rows(one: OfPlace) -> list[Sequence[Said]]:
    return [
        (
            Said(one.schedule.title),
            Said(period_name(owed.period)),
            Said(format_date(owed.due_on) if owed.due_on else ""),
            Said(format_date(timezone.localdate(owed.fulfilled_at)) if owed.fulfilled_at else ""),
            Said(status=kept.standing),
            Said(f"{kept.filled}/{kept.asked}" if kept.asked else "", is_number=True),
        )
        for owed, kept in reversed(one.kept)
    ]


def newest_figures(place: Place) -> Section | None:
    """The first figures of each section of the newest sent report, beside those of the period before, each with the place that
    it takes among the units of the same report. Three queries, two for a period without report, and those of places nobody has
    asked for yet."""
    sent = place.once(newest_sent)
    if sent is None:
        return Section(title=_("Số liệu chính"), more=reverse("reporting:reports"), empty=_(
            "Chưa có báo cáo nào gửi đến. Số liệu tự hiện ở đây sau khi đơn vị của địa bàn gửi báo cáo đầu tiên."
        ))  # fmt: skip
    cells = _first_of_each_section(sent.versions[-1], sent.layout, sent.figures[-1])
    now, before = sent.figures[-1], _before(sent)
    places = places_in(sent.report.schedule, Period.parse(sent.report.period), sent.layout)
    lead = _("Theo báo cáo %(period)s. Thứ hạng theo số liệu đã tiếp nhận của các đơn vị cùng báo cáo; 1 là tốt nhất.")
    return Section(
        title=_("Số liệu chính"),
        lead=lead % {"period": period_name(sent.report.period)},
        heads=(_("Chỉ tiêu"), _("Kỳ này"), _("Kỳ trước"), _("Tăng, giảm"), _("Thứ hạng")),
        rows=[
            (*_row(cell, now.get(cell.name), before.get(cell.name)), _ranked(cell, places, place.unit_id))
            for cell in cells
        ],
        picture=_trend(cells[:PANELS], sent) if len(sent.figures) > 1 else None,
        more=report_url(sent.report),
    )


def _before(sent: Sent) -> Mapping[str, Decimal]:
    """Of the very period before: from its report, else from what was brought from elsewhere."""
    report, period = sent.report, Period.parse(sent.report.period).previous()
    own = (row for one, row in zip(sent.versions, sent.figures, strict=True) if one.report.period == str(period))
    found = next(own, None)
    if found is not None:
        return found
    return brought_figures(report.schedule.form_id, report.unit_id, [period], sent.layout).get(period, {})


def _ranked(cell: Cell, places: Places, unit_id: int) -> Said:
    """Blank where neither more nor less is good."""
    if not places.is_ranked(cell.indicator):
        return Said(is_number=True)
    found = places.of(cell.indicator, unit_id)
    return Said(f"{found[0]}/{found[1]}" if found else _("chưa đủ số liệu để xếp"), is_number=True)


def enterprises(place: Place) -> Section | None:
    """The enterprises that work there by the newest report that lists them, each with its own figures. No query of its own."""
    sent = place.once(newest_sent)
    if sent is None:
        return None
    rows: list[Sequence[Said]] = []
    for dimension in dict.fromkeys(line.dimension for line in sent.layout.lines if line.mode == "list"):
        rows += _present(sent, dimension)
    return Section(
        title=_("Doanh nghiệp hoạt động trên địa bàn"),
        heads=(_("Doanh nghiệp"), _("Dịch vụ"), _("Theo báo cáo"), _("Số liệu tại địa bàn")),
        rows=rows,
        more=report_url(sent.report),
        empty=_("Báo cáo chưa chọn doanh nghiệp nào; đơn vị báo cáo tích chọn ở phần bưu chính, viễn thông của biểu."),
    )


def _present(sent: Sent, dimension: str) -> Iterator[Sequence[Said]]:
    """The enterprises of one kind that the newest report with such a list names: a list is not asked in every period."""
    for version, figures in zip(reversed(sent.versions), reversed(sent.figures), strict=True):
        layout, day = sent.layouts[version.form_version_id], version.report.period_last_day
        lists = [line for line in layout.lines if line.mode == "list" and line.dimension == dimension]
        named = [part for line in lists for part in line.parts if figures.get(f"{line.indicator}__{part.code}")]
        if not named:
            continue
        section = next(block.called for line in lists for block in layout.blocks if block.number == line.section)
        own = [cell for cell in cells_of(layout, day) if cell.mode != "list" and cell.indicator and cell.member]
        measured = {line.indicator for line in layout.lines if line.dimension == dimension and line.mode != "list"}
        for part in named:
            said = [
                f"{layout.measures[cell.indicator].name}: {_written(cell, figures[cell.name])} {cell.unit_name}"
                for cell in own
                if cell.indicator in measured and cell.member == part.code and cell.name in figures
            ]
            yield Said(part.label), Said(section), Said(period_name(version.report.period)), Said("; ".join(said))
        return


def _first_of_each_section(version: ReportVersion, layout: Layout, values: Mapping[str, Decimal]) -> list[Cell]:
    taken: dict[int, list[Cell]] = {}
    for cell in cells_of(layout, version.report.period_last_day):
        chosen = taken.setdefault(cell.section, [])
        if cell.is_total and cell.name in values and len(chosen) < OF_A_SECTION:
            chosen.append(cell)
    return [cell for chosen in taken.values() for cell in chosen]


def _row(cell: Cell, value: Decimal | None, before: Decimal | None) -> Sequence[Said]:
    change = "" if value is None or before is None else _change(cell, value - before)
    return (
        Said(f"{cell.label} ({cell.unit_name})"),
        Said(_written(cell, value), is_number=True),
        Said(_written(cell, before), is_number=True),
        Said(change, is_number=True),
    )


def _change(cell: Cell, difference: Decimal) -> str:
    sign = "+" if difference > 0 else ""
    unit = _(" điểm %") if cell.unit_name == "%" else ""
    return f"{sign}{format_number(difference, cell.digits)}{unit}"


def _written(cell: Cell, value: Decimal | None) -> str:
    return "" if value is None else format_number(value, cell.digits)


def _trend(cells: Sequence[Cell], sent: Sent) -> Picture:
    title = _("Diễn biến các chỉ tiêu chính")
    course = list(zip((period_name(one.report.period) for one in sent.versions), sent.figures, strict=True))
    lines = [
        Line(
            f"{cell.label} ({cell.unit_name})",
            tuple(Point(label, values.get(cell.name)) for label, values in course),
        )
        for cell in cells
    ]
    return Picture(title, partial(small_multiples, lines, title=title))
