"""Forms as they are in force: the list, a form, a version as it is filled, what reporting costs a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import descendants, version_of
from diaban.lib.periods import Kind
from diaban.work.reporting.designing.queries import form_lines, records_of, visible_drafts
from diaban.work.reporting.designing.records import HEAD
from diaban.work.reporting.designing.views.common import REASONS, may_design, workbook_response
from diaban.work.reporting.designing.workbook import form_workbook
from diaban.work.reporting.models import FormVersion, OfficialPlace
from diaban.work.reporting.permissions import visible_forms
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.queries.schedules import burden_by, levels_asked, regimes_of
from diaban.work.reporting.sheet import Beside, sheet_of
from diaban.work.reporting.validation import Entry


@require_safe
def form_list(request: HttpRequest) -> HttpResponse:
    """Every form with its versions, and the drafts of those who design."""
    actor = actor_of(request)
    context = {
        "lines": form_lines(actor),
        "new_drafts": visible_drafts(actor).filter(form=None, status="open"),
        "may_design": may_design(actor),
        "today": actor.today,
    }
    return render(request, "reporting/designing/forms.html", context)


@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """One form: its versions, its drafts, who did what."""
    actor = actor_of(request)
    one = get_object_or_404(visible_forms(actor), code=code)
    places = OfficialPlace.objects.now(one, actor.today)
    context = {
        "form": one,
        "head": [
            (column.title, dict(column.options).get(value, value))
            for column in HEAD.columns
            if (value := getattr(one, column.key))
        ],
        "versions": one.versions.order_by("-number"),
        "drafts": visible_drafts(actor).filter(form=one),
        "schedules": [(row, places.get(row.pk)) for row in one.schedules.order_by("-is_on", "title")],
        "may_design": may_design(actor),
        "today": actor.today,
        "timeline": timeline(actor, one),
    }
    return render(request, "reporting/designing/form.html", context)


def _version_or_404(request: HttpRequest, code: str, number: int) -> FormVersion:
    forms = visible_forms(actor_of(request)).filter(code=code)
    return get_object_or_404(FormVersion.objects.select_related("form"), form__in=forms, number=number)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as whoever fills it sees it."""
    one = _version_or_404(request, code, number)
    layout = layout_of(one.pk)
    today = actor_of(request).today
    day = today if today in one.valid else one.last_day or one.valid.lower or today
    context = {
        "version": one,
        "sheet": sheet_of(layout, day, Entry(), Beside()),
        "rules": layout.rules,
        "burden": burden_by(layout, day, Kind(one.form.period_kind)),
        "reasons": REASONS,
    }
    return render(request, "reporting/designing/version.html", context)


@require_safe
def workbook(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version's definition as a workbook."""
    return workbook_response(form_workbook(records_of(_version_or_404(request, code, number))), f"{code}-{number}")


@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """What all regimes in force cost one unit in a year."""
    actor = actor_of(request)
    seat = seat_of(actor)
    units = [version_of(seat, actor.today), *descendants(seat, actor.today)] if seat else []
    chosen = _chosen(request.GET.get("dia_ban", ""), units, levels_asked(actor, actor.today))
    regimes = regimes_of(actor, chosen.unit, actor.today) if chosen else []
    known = [one.burden for one in regimes if one.burden]
    context = {
        "groups": [(level.label, [one for one in units if one.unit.level == level]) for level in Level],
        "chosen": chosen,
        "regimes": regimes,
        "typed": sum(one.a_year for one in known),
        "confirmed": sum(one.confirmed * one.times for one in known),
        "times": sum(one.times for one in known),
        "problem": "" if chosen or not units else _("Không có địa bàn này trong phạm vi của bạn."),
    }
    return render(request, "reporting/designing/burden.html", context)


def _chosen(code: str, units: list[UnitVersion], levels: set[str]) -> UnitVersion | None:
    """The unit that is asked for; without one, the first that anything is asked of."""
    if code:
        return next((one for one in units if one.code == code), None)
    asked = [one for one in units if one.unit.level in levels] or units
    return asked[0] if asked else None
