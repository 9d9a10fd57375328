"""What the plans of the year say of one place."""

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.foundation.ui.language import period_name
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.dossier import newest_sent
from diaban.work.reporting.sight import blocks_in_sight
from diaban.work.reporting.targets.going import Line, lines_of_unit
from diaban.work.reporting.targets.wording import rule_of

MOST = 12


def plans_of_place(place: Place) -> Section | None:
    """The unit's plans beside the newest period it reported; warnings first. None of a unit that has no plan this year.

    One query where there is nothing to tell; eight where there is.
    """
    newest = place.once(newest_sent)
    if newest is None:
        return None
    form, period = newest.report.schedule.form, Period.parse(newest.report.period)
    blocks = blocks_in_sight(place.actor, place.unit_id, newest.layout.blocks)
    lines = lines_of_unit(form, period, place.version, newest.layout.only(blocks), place.above)
    if not lines:
        return None
    warned = sum(line.pace.is_warned for line in lines)
    address = f"{reverse('reporting:targets')}?bieu={form.code}&ky={period}&dia_ban={place.version.code}"
    lead = _("%(warned)d/%(all)d chỉ tiêu chậm, khó đạt hoặc không đạt, theo số liệu %(period)s.")
    return Section(
        title=_("Kế hoạch năm"),
        lead=lead % {"warned": warned, "all": len(lines), "period": period_name(period, inside=True)},
        heads=(_("Chỉ tiêu"), _("Kế hoạch"), _("Từ đầu năm"), _("Đánh giá"), _("Vì sao")),
        rows=[_row(line, period) for line in lines[:MOST]],
        more=address,
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
