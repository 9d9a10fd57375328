"""Two reports side by side."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.language import period_name
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.comparing import Compared, compared
from diaban.work.reporting.permissions import visible_reports
from diaban.work.reporting.queries.figures import figures_of
from diaban.work.reporting.queries.pages import OneReport
from diaban.work.reporting.views.common import one_or_404

LONGEST_LIST = 200

Choice = tuple[str, str]
OTHERS = gettext_noop("Đơn vị khác, cùng kỳ")


@require_safe
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report beside another (`voi`: another report's uid, or `ban-N` for its own version N), at first with
    what lies nearest: its version before, else its period before; of versions only what differs. Other units are chosen."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    choices = _choices(actor, one)
    known = {value: words for _heading, group in choices for value, words in group}
    own = (value for heading, group in choices for value, _words in group if heading != _(OTHERS))
    asked = request.GET.get("voi", next(own, ""))
    if asked and asked not in known:
        raise Http404
    other = _other(actor, one, asked) if asked else None
    only_different = "khac" in request.GET or ("voi" not in request.GET and asked.startswith("ban-"))
    context = {
        "one": one,
        "report": one.report,
        "period_label": period_name(one.report.period),
        "choices": choices,
        "asked": asked,
        "other_label": known.get(asked, ""),
        "only_different": only_different,
        "rows": _rows(one, other, only_different=only_different) if other else [],
    }
    return render(request, "reporting/compare.html", context)


def _choices(actor: Actor, one: OneReport) -> list[tuple[str, Sequence[Choice]]]:
    report = one.report
    versions = [
        (f"ban-{version.number}", _("Bản %(number)d") % {"number": version.number})
        for version in one.versions
        if version.number != one.version.number
    ]
    same_form = visible_reports(actor).filter(
        schedule__form=report.schedule.form_id, versions__data_sent_at__isnull=False
    )
    earlier = same_form.filter(unit=report.unit_id).exclude(pk=report.pk).distinct().order_by("-period_last_day")[:12]
    beside = same_form.filter(period=report.period).exclude(pk=report.pk).distinct().order_by("sort_key")
    groups = [
        (_("Bản khác của báo cáo này"), versions),
        (_("Kỳ khác của đơn vị"), [(str(found.uid), period_name(found.period)) for found in earlier]),
        (_(OTHERS), [(str(found.uid), found.unit_name) for found in beside[:LONGEST_LIST]]),
    ]
    return [(heading, group) for heading, group in groups if group]


def _other(actor: Actor, one: OneReport, asked: str) -> OneReport:
    if asked.startswith("ban-"):
        return one_or_404(actor, one.report.uid, int(asked.removeprefix("ban-")))
    return one_or_404(actor, UUID(asked))


def _rows(one: OneReport, other: OneReport, *, only_different: bool) -> list[Compared]:
    """The other report is the ground that this one is compared with."""
    before, after = (figures_of(each.version, each.layout, each.report.period_last_day).values for each in (other, one))
    cells = cells_of(one.layout, one.report.period_last_day)
    return compared(cells, before, after, only_different=only_different)
