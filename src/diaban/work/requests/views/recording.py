"""Making facts of what was answered: what would become of it first."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.requests import services
from diaban.work.requests.forms import PeriodForm
from diaban.work.requests.models import Request
from diaban.work.requests.permissions import require_manage
from diaban.work.requests.services.recording import dry_run
from diaban.work.requests.views.common import request_or_404, told


@require_http_methods(["GET", "HEAD", "POST"])
@told
def facts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What would become facts of a period; with a POST, it does."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    require_manage(actor, one)
    if one.is_draft:
        raise Http404
    periods = _periods(one)
    asked = request.POST if request.method == "POST" else {"ky": request.GET.get("ky", str(periods[0]))}
    form = PeriodForm(asked, periods)
    if not form.is_valid():
        raise Http404
    if request.method == "POST":
        made = services.make_facts(request_id=one.pk, period=form.period, actor=actor, at=now())
        said = _("Đã chuyển %(n)d số liệu của %(period)s.") % {"n": len(made.facts), "period": form.period.label()}
        messages.success(request, said)
        return redirect("requests:request", uid)
    context = {"one": one, "form": form, "period": form.period, "dry": dry_run(one, form.period)}
    return render(request, "requests/facts.html", context)


def _periods(one: Request) -> list[Period]:
    """The month, quarter and year of the hour, and the ones before: what a quick figure may be of."""
    day = timezone.localdate(one.due_at)
    found = []
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        period = Period.containing(day, kind, Calendar.STATISTICAL)
        found += [period, period.previous()]
    return found
