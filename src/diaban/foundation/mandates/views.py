"""Pages of the mandates: who does what, who may do what, and in which position one works."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates import queries
from diaban.foundation.mandates.forms import MatrixForm, day_of
from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.mandates.permissions import seat_of, visible_mandates
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.paging import page_of
from diaban.foundation.ui.responses import back_to


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Who leads what for a locality (`dia_ban`) on a day (`ngay`), what changed since another (`so_voi`), each mandate."""
    actor = actor_of(request)
    known = queries.terms()
    form, place, on = _asked(request, known, actor.today, seat_of(actor))
    typed, visible = form.cleaned_data, visible_mandates(actor)
    earlier = typed.get("so_voi")
    found = queries.mandates_within(
        visible, place.unit_id, on, function=typed.get("chuc_nang", ""), field=typed.get("linh_vuc", "")
    )
    page = page_of(request, found)
    context = {
        "form": form,
        "place": place,
        "on": on,
        "earlier": earlier,
        "matrix": queries.matrix(known, place.unit_id, on, earlier),
        "conflicts": queries.conflicts(place.unit_id, on),
        "gaps": queries.gaps(known, place.unit_id, on),
        "difference": queries.difference(visible, place.unit_id, earlier, on) if earlier else None,
        "page": page,
        "lines": queries.lines(page.object_list, on),
    }
    return render(request, "mandates/matrix.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The one table role × act."""
    actor_of(request)
    roles_across, rows = queries.roles_and_acts()
    return render(request, "mandates/roles.html", {"roles": roles_across, "rows": rows})


@require_http_methods(["GET", "POST"])
def switch_position(request: HttpRequest) -> HttpResponse:
    """Choose the position to act in. Only positions that the account holds today can be chosen."""
    positions = getattr(request, "positions", ())
    wanted = request.POST.get("position_id", "")
    if wanted in {str(choice.position_id) for choice in positions}:
        request.session[SESSION_KEY] = int(wanted)
        return back_to(request)
    return render(
        request, "mandates/switch_position.html", {"positions": positions, "next": request.GET.get("next", "/")}
    )


def _asked(
    request: HttpRequest, known: queries.Terms, today: date, seat_id: int | None
) -> tuple[MatrixForm, UnitVersion, date]:
    """The form, the unit and the day it asks for; without a choice the actor's own ground, today."""
    on = day_of(request.GET.get("ngay", "")) or today
    places = queries.places(seat_id, on) if seat_id else []
    if not places:
        raise Http404
    form = MatrixForm(request.GET, places=places, fields=known.fields, functions=known.functions)
    form.is_valid()
    wanted = form.cleaned_data.get("dia_ban", "")
    return form, next((place for place in places if str(place.unit.uid) == wanted), places[0]), on
