"""Pages of the mandates: who does what, who may do what, and in which position one works."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates import foresight, queries, services
from diaban.foundation.mandates.forms import EndForm, GiveForm, MatrixForm, TokenForm, as_typed, day_of
from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.mandates.permissions import GIVE, can_give, seat_of, visible_mandates, visible_tokens
from diaban.foundation.organisations.queries import search
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.foundation.ui.responses import back_to
from diaban.lib.workbooks import Column


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
        "may_give": can_give(actor, [place.unit_id]),
    }
    return render(request, "mandates/matrix.html", context)


@require_safe
def matrix_file(request: HttpRequest) -> HttpResponse:
    """The matrix as a workbook: functions down, fields across, who leads in each cell."""
    actor = actor_of(request)
    known = queries.terms()
    _form, place, on = _asked(request, known, actor.today, seat_of(actor))
    shown = queries.matrix(known, place.unit_id, on)
    fields = [Column(field.called if field else _("Mọi lĩnh vực"), width=32) for field in shown.fields]
    said = {"conflict": _("Trùng: %(who)s"), "gap": _("Chưa có cơ quan chủ trì"), "none": "–"}
    rows = (
        [
            row.function.called,
            *(said.get(cell.state, "%(who)s") % {"who": "; ".join(cell.organisations)} for cell in row.cells),
        ]
        for row in shown.rows
    )
    return table_file(
        "chuc-nang-nhiem-vu",
        title=_("Cơ quan chủ trì trên địa bàn %(place)s, ngày %(day)s")
        % {"place": place.full_name, "day": f"{on:%d/%m/%Y}"},
        columns=[Column(_("Chức năng"), width=36), *fields],
        rows=rows,
    )


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Mandate an organisation: what would change is shown first, then it is confirmed."""
    actor = actor_of(request)
    grounds = queries.grounds(actor, GIVE, seat_of(actor) or 0, actor.today)
    if not grounds:
        raise NotPermitted(str(act_kind(GIVE).label))
    known = queries.terms()
    form = GiveForm(
        request.POST or None,
        initial={"tu_ngay": actor.today, **request.GET.dict()},
        places=grounds,
        fields=known.fields,
        functions=known.functions,
    )
    effects = None
    if request.method == "POST" and form.is_valid():
        wanted = _wanted(form)
        effects = foresight.of_giving(**wanted, on=form.cleaned_data["tu_ngay"])
        if _is_confirmed(request, form):
            return _given(request, actor, form, wanted)
    context = {
        "form": form,
        "effects": effects,
        "seen": as_typed(form) if effects is not None else "",
        "names": search(actor.today, within=grounds[0].unit_id).values_list("name", flat=True),
    }
    return render(request, "mandates/give.html", context, status=422 if form.errors else 200)


def _wanted(form: GiveForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "organisation_id": typed["organisation_id"],
        "function": typed["chuc_nang"],
        "field": typed["linh_vuc"] or None,
        "unit_id": form.units[typed["dia_ban"]],
        "reach": typed["pham_vi"],
        "part": typed["vai_tro"],
    }


def _given(request: HttpRequest, actor: Actor, form: GiveForm, wanted: dict[str, Any]) -> HttpResponse:
    typed = form.cleaned_data
    services.give_mandate(
        **wanted,
        valid_from=typed["tu_ngay"],
        valid_to=typed["den_ngay"],
        legal_basis=typed["can_cu"],
        assumed=typed["gia_dinh"],
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã phân công. Phân công có trong bảng từ ngày có hiệu lực."))
    return _to_matrix(typed["dia_ban"], typed["tu_ngay"], typed["chuc_nang"])


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """End a mandate on a day: what would change is shown first, then it is confirmed."""
    actor = actor_of(request)
    mandate = get_object_or_404(visible_mandates(actor).select_related("unit"), pk=mandate_id)
    actor.require(GIVE, mandate.field.code if mandate.field else None, mandate.unit_id)
    form = EndForm(request.POST or None, initial={"tu_ngay": actor.today, "revision": mandate.revision})
    effects = None
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["tu_ngay"]
        effects = foresight.of_ending(mandate, on)
        if _is_confirmed(request, form):
            try:
                services.close_mandate(
                    mandate_id=mandate_id,
                    on=on,
                    expected_revision=form.cleaned_data["revision"],
                    actor=actor,
                    at=clock.now(),
                )
            except services.NotPossible as problem:
                form.add_error("tu_ngay", str(problem))
            else:
                messages.success(request, _("Đã kết thúc phân công. Việc đã làm theo phân công vẫn được giữ."))
                return _to_matrix(str(mandate.unit.uid), on, mandate.function.code)
    context = {
        "form": form,
        "line": queries.lines([mandate], actor.today)[0],
        "effects": effects,
        "seen": as_typed(form) if effects is not None else "",
    }
    return render(request, "mandates/end.html", context, status=422 if form.errors else 200)


def _is_confirmed(request: HttpRequest, form: GiveForm | EndForm) -> bool:
    """Whether exactly what is typed now has been shown with what it changes."""
    return request.POST.get("da_xem", "").split() == as_typed(form).split()


def _to_matrix(unit: str, on: date, function: str) -> HttpResponse:
    asked = urlencode({"dia_ban": unit, "ngay": on.isoformat(), "chuc_nang": function})
    return redirect(f"{reverse('mandates:matrix')}?{asked}")


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The one table role × act."""
    actor_of(request)
    roles_across, rows = queries.roles_and_acts()
    return render(request, "mandates/roles.html", {"roles": roles_across, "rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The access tokens of the acting position, or of its office; a new one tells its secret on this page only."""
    actor = actor_of(request)
    form = TokenForm(
        request.POST or None,
        initial={"vi_tri": actor.position_id, "den_ngay": actor.today + services.LONGEST_LIFE},
        choices=queries.token_positions(actor),
    )
    issued = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            issued = services.issue_token(
                position_id=typed["vi_tri"],
                name=typed["ten"],
                expires_on=typed["den_ngay"],
                actor=actor,
                at=clock.now(),
            )
        except services.NotPossible as problem:
            form.add_error(None, str(problem))
    context = {
        "form": form,
        "issued": issued,
        "lines": queries.token_lines(visible_tokens(actor), actor.today, clock.now()),
    }
    return render(request, "mandates/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token at once."""
    actor = actor_of(request)
    token = get_object_or_404(visible_tokens(actor), pk=token_id)
    services.revoke_token(token_id=token.pk, actor=actor, at=clock.now())
    messages.success(
        request, _("Đã thu hồi khóa “%(name)s”. Phần mềm dùng khóa này không vào được nữa.") % {"name": token.name}
    )
    return redirect("mandates:tokens")


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
