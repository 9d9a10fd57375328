"""What the plans of the year say of one place."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Plan
from diaban.foundation.territory.dossier import Said, Section
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.consolidated import NothingToConsolidate, OutOfSight, consolidated
from diaban.work.reporting.models import Report
from diaban.work.reporting.permissions import visible_reports
from diaban.work.reporting.targets.going import Line, Targets
from diaban.work.reporting.targets.wording import rule_of

MOST = 12


def plans_of_place(actor: Actor, unit_id: int, on: date) -> Section | None:
    """The unit's plans beside the newest period it reported; warnings first. None of a unit that has no plan this year.

    One query where there is nothing to tell; sixteen where there is.
    """
    newest = (
        visible_reports(actor)
        .filter(unit=unit_id, status=Report.Status.SENT)
        .order_by("-period_last_day", "pk")
        .first()
    )
    if newest is None:
        return None
    period = Period.parse(newest.period)
    if not Plan.objects.filter(unit=unit_id, year=period.year).exists():
        return None
    try:
        one = consolidated(form_code=newest.schedule.form.code, period=period, unit_id=unit_id, actor=actor)
    except (NothingToConsolidate, OutOfSight):
        return None
    lines = Targets(one).lines
    warned = sum(line.pace.is_warned for line in lines)
    address = f"{reverse('reporting:targets')}?bieu={one.form.code}&ky={period}&dia_ban={one.unit.code}"
    lead = _("%(warned)d/%(all)d chỉ tiêu chậm, khó đạt hoặc không đạt, theo số liệu %(period)s.")
    return Section(
        title=_("Kế hoạch năm"),
        lead=lead % {"warned": warned, "all": len(lines), "period": period.label(inside=True)},
        heads=(_("Chỉ tiêu"), _("Kế hoạch"), _("Từ đầu năm"), _("Đánh giá"), _("Vì sao")),
        rows=[_row(line, period) for line in lines[:MOST]],
        more=address,
        empty=_("Chưa có chỉ tiêu nào được giao kế hoạch."),
    )


def _row(line: Line, period: Period) -> tuple[Said, ...]:
    value, digits = line.progress.so_far.value, line.indicator.digits
    return (
        Said(f"{line.indicator.called} ({line.indicator.unit_name})"),
        Said(format_number(line.plan, digits), is_number=True),
        Said("…" if value is None else format_number(value, digits), is_number=True),
        Said(status=f"plan_{line.pace.verdict}"),
        Said(rule_of(line, period)),
    )
