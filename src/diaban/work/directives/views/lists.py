"""The list of directives, and what the own office was given."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.planning import planned_for_its_values
from diaban.foundation.acts.requests import actor_of, uid_typed
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.queries import last_districts, nearest_versions
from diaban.foundation.ui.paging import page_of
from diaban.work.directives.forms import ListForm, ReceivedForm
from diaban.work.directives.permissions import DRAFT
from diaban.work.directives.queries.boards import people_of
from diaban.work.directives.queries.lists import Filters, choices_of, lines_of, listed, received, task_lines


@require_safe
@planned_for_its_values()
def directive_list(request: HttpRequest) -> HttpResponse:
    """Directives in sight, with filters that stay in the address."""
    actor = actor_of(request)
    form = list_form(request, actor)
    page = page_of(request, listed(actor, filters_of(form), actor.today))
    context = {
        "asked": form,
        "page": page,
        "lines": lines_of(actor, page, actor.today),
        "may_draft": actor.may(DRAFT) is not None,
    }
    return render(request, "directives/directives.html", context)


@require_safe
@planned_for_its_values()
def received_list(request: HttpRequest) -> HttpResponse:
    """What the own office was given, asked or required to do."""
    actor = actor_of(request)
    form = ReceivedForm(request.GET if "tinh_trang" in request.GET or "q" in request.GET else {"tinh_trang": "open"})
    typed = form.cleaned_data if form.is_valid() else {"tinh_trang": "open", "q": ""}
    page = page_of(request, received(actor, typed["tinh_trang"], typed["q"], actor.today))
    context = {"asked": form, "page": page, "lines": task_lines(page, actor.today)}
    return render(request, "directives/received.html", context)


def list_form(request: HttpRequest, actor: Actor) -> ListForm:
    """The filters as the address has them, with what there is to choose."""
    choices = choices_of(actor, actor.today)
    person = request.GET.get("nguoi", "")
    people = people_of([int(person)], actor.today) if person.isdecimal() and len(person) < 10 else {}
    return ListForm(
        request.GET,
        chosen={
            "chu_tri": choices.leads,
            "dia_ban": _places(request, actor),
            "nguon": choices.sources,
            "nguoi": sorted(people.items()),
        },
    )


def filters_of(form: ListForm) -> Filters:
    """What the address asks for; what it does not know is left out."""
    form.is_valid()
    typed = form.cleaned_data
    return Filters(
        text=typed.get("q", ""),
        mode=typed.get("cach", ""),
        state=typed.get("tinh_trang", ""),
        lead=_pk_of(Organisation, typed.get("chu_tri", "")),
        place=_pk_of(Unit, typed.get("dia_ban", "")),
        source=typed.get("nguon"),
        person=typed.get("nguoi"),
        by_deadline=typed.get("xep") == "han",
    )


def _pk_of(model: type[Organisation | Unit], text: str) -> int | None:
    """The id of what the address names by its uid."""
    uid = uid_typed(text)
    return None if uid is None else model.objects.filter(uid=uid).values_list("pk", flat=True).first()


def _places(request: HttpRequest, actor: Actor) -> list[tuple[str, str]]:
    """The districts, past ones too, and the place that the address names."""
    seat = seat_of(actor)
    places = [(str(one.unit.uid), one.full_name) for one in last_districts(seat, actor.today)] if seat else []
    asked = _pk_of(Unit, request.GET.get("dia_ban", ""))
    named = nearest_versions([asked], actor.today).values() if asked else ()
    return places + [(str(one.unit.uid), one.full_name) for one in named if str(one.unit.uid) not in dict(places)]
