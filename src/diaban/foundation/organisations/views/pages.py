"""Pages of organisations: the list, one of them, the directory of contacts, who is in charge of which ground."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import LEADERS, act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.organisations import queries, services
from diaban.foundation.organisations.charges import in_charge
from diaban.foundation.organisations.forms import ChargeForm, ContactForm, FilterForm
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.office import rooms_of
from diaban.foundation.organisations.parts import PARTS
from diaban.foundation.organisations.permissions import (
    CONFIRM_OWN,
    FOUND,
    GIVE_CHARGE,
    STAFF_OWN,
    can_change,
    can_confirm_contact,
    can_staff,
    visible_organisations,
    visible_people,
)
from diaban.foundation.organisations.rules import is_contact_current
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import OldDistrict, descendants, old_districts
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.lib.workbooks import Column


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of a day, by name, kind and ground."""
    form, on, found = _filtered(request, actor_of(request))
    page = page_of(request, found)
    units = queries.unit_names((version.unit_id for version in page.object_list), on)
    rows = [(one, units[one.unit_id]) for one in page]
    context = {"form": form, "on": on, "page": page, "rows": rows, "may_found": bool(actor_of(request).reaches(FOUND))}
    return render(request, "organisations/list.html", context)


@require_safe
def organisations_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, with the same filters."""
    _form, on, found = _filtered(request, actor_of(request))
    units = queries.unit_names(found.order_by().values_list("unit_id", flat=True).distinct(), on)
    return table_file(
        "co-quan-don-vi",
        title=_("Cơ quan, đơn vị ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        columns=[
            Column(_("Tên"), width=60),
            Column(_("Tên viết tắt"), width=20),
            Column(_("Loại"), width=26),
            Column(_("Địa bàn"), width=30),
        ],
        rows=((one.name, one.short, one.get_kind_display(), units[one.unit_id]) for one in found.iterator()),
    )


@require_safe
def organisation(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One organisation: its names, its line and guidance, its posts, what it took over and passed on."""
    actor = actor_of(request)
    thing = get_object_or_404(visible_organisations(actor), uid=uid)
    context = {
        "organisation": thing,
        "about": queries.about(thing, actor.today),
        "parts": [part(actor, thing.pk, actor.today) for part in PARTS()],
        "timeline": timeline(actor, thing),
        "can_change": can_change(actor, thing.pk),
        "can_staff": actor.may(STAFF_OWN) and can_staff(actor, thing.pk),
    }
    return render(request, "organisations/organisation.html", context)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Who is reached how: posts, names, telephones, confirmed each quarter."""
    actor = actor_of(request)
    form, on, found = _filtered(request, actor)
    page = page_of(request, queries.contacts(visible_people(actor), on, found))
    own = set(rooms_of(actor)) if actor.may(STAFF_OWN) else set()
    rows = [
        (
            holding,
            is_contact_current(holding.person.contact_confirmed_on, actor.today),
            holding.position.organisation_id in own or holding.person.account_id == actor.account_id,
        )
        for holding in page
    ]
    return render(request, "organisations/directory.html", {"form": form, "on": on, "page": page, "rows": rows})


@require_safe
def directory_file(request: HttpRequest) -> HttpResponse:
    """The directory as a workbook, with the same filters."""
    actor = actor_of(request)
    _form, on, found = _filtered(request, actor)
    columns = [
        Column(_("Cơ quan"), width=48),
        Column(_("Chức vụ"), width=28),
        Column(_("Họ và tên"), width=28),
        Column(_("Điện thoại"), width=16),
        Column(_("Zalo"), width=16),
        Column(_("Thư điện tử"), width=32),
        Column(_("Xác nhận ngày"), "date"),
    ]
    listed: Iterator[Any] = queries.contacts(visible_people(actor), on, found).iterator(2000)
    rows = (
        (
            holding.organisation_name,
            holding.position.title,
            holding.person.name,
            holding.person.phone,
            holding.person.zalo,
            holding.person.email,
            holding.person.contact_confirmed_on,
        )
        for holding in listed
    )
    return table_file(
        "danh-ba-dau-moi",
        title=_("Danh bạ đầu mối ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        columns=columns,
        rows=rows,
    )


@require_http_methods(["GET", "POST"])
def confirm_contact(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say that someone's contact is right, after changing what is not."""
    actor = actor_of(request)
    person = get_object_or_404(visible_people(actor), uid=uid)
    if can_confirm_contact(actor, person) is None:
        raise NotPermitted(str(act_kind(CONFIRM_OWN).label))
    known = {"phone": person.phone, "zalo": person.zalo, "email": person.email, "revision": person.revision}
    form = ContactForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        services.confirm_contact(
            person_id=person.pk,
            phone=typed["phone"],
            zalo=typed["zalo"],
            email=typed["email"],
            on=actor.today,
            expected_revision=typed["revision"],
            actor=actor,
            at=clock.now(),
        )
        messages.success(request, _("Đã xác nhận thông tin liên hệ của %(name)s.") % {"name": person.name})
        return redirect("organisations:directory")
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/confirm_contact.html", {"form": form, "person": person}, status=status)


def _filtered(request: HttpRequest, actor: Actor) -> tuple[FilterForm, date, QuerySet[OrganisationVersion]]:
    """The filter form, its day and the organisations it asks for."""
    visible = visible_organisations(actor)
    places = queries.places(visible, actor.today)
    form = FilterForm(request.GET, places=places)
    form.is_valid()
    typed = form.cleaned_data
    on = typed.get("ngay") or actor.today
    within = next((place.unit_id for place in places if str(place.unit.uid) == typed.get("dia_ban")), None)
    found = queries.search(on, text=typed.get("q", ""), kind=typed.get("loai", ""), within=within)
    return form, on, found.filter(organisation__in=visible)


@require_http_methods(["GET", "HEAD", "POST"])
def charges(request: HttpRequest) -> HttpResponse:
    """Phụ trách địa bàn: the office's ground divided among its leaders; on `on`, or today."""
    actor = actor_of(request)
    actor.require(GIVE_CHARGE)
    body = queries.body_of(actor.organisation_id or 0, actor.today)
    posts = [post for post in queries.positions_of(body, actor.today) if post.position.role in LEADERS]
    form = ChargeForm(request.POST or None, posts=posts, initial={"on": actor.today})
    groups = _ground(queries.version_of(body, actor.today).unit_id, actor.today)
    chosen = _chosen(request, groups)
    if request.method == "POST" and form.is_valid():
        try:
            _give(actor, form.cleaned_data, chosen, posts)
        except services.NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã ghi phân công phụ trách %(count)d địa bàn.") % {"count": len(chosen)})
            return redirect("organisations:charges")
    holders = in_charge([body], [unit.unit_id for group in groups for unit in group.communes], actor.today)
    shown = [(group, [(unit, holders.get(unit.unit_id)) for unit in group.communes]) for group in groups]
    context = {"form": form, "groups": shown, "chosen": chosen}
    return render(request, "organisations/charges.html", context, status=422 if form.errors else 200)


def _ground(unit_id: int, on: date) -> list[OldDistrict]:
    """What is divided: the communes of a province by old district; where there are districts, those."""
    districts = descendants(unit_id, on, level=Level.DISTRICT)
    return [OldDistrict(None, districts)] if districts else old_districts(unit_id, on)


def _chosen(request: HttpRequest, groups: Sequence[OldDistrict]) -> set[int]:
    """The units that are ticked, alone (`don-vi`) or with their whole group (`nhom`)."""
    ticked, whole = set(request.POST.getlist("don-vi")), set(request.POST.getlist("nhom"))
    return {
        unit.unit_id
        for group in groups
        for unit in group.communes
        if str(unit.unit.uid) in ticked or (group.district is not None and str(group.district.unit.uid) in whole)
    }


def _give(actor: Actor, typed: dict[str, Any], units: set[int], posts: Sequence[queries.Post]) -> None:
    """Raises `NotPossible`."""
    if not units:
        raise services.NotPossible(_("Chọn ít nhất một địa bàn."))
    if typed["position"] != ChargeForm.NOBODY:
        services.put_in_charge(
            position_id=int(typed["position"]),
            unit_ids=units,
            valid_from=typed["on"],
            basis=typed["basis"],
            actor=actor,
            at=clock.now(),
        )
        return
    for post in posts:
        services.end_charge(position_id=post.position.pk, unit_ids=units, on=typed["on"], actor=actor, at=clock.now())
