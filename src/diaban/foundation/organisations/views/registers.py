"""Keeping the register of organisations: one founded, one renamed. Ending and joining them is a reform."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.organisations import services
from diaban.foundation.organisations.forms import FoundForm, RenameForm
from diaban.foundation.organisations.permissions import (
    CHANGE,
    FOUND,
    can_change,
    grounds_of_founding,
    visible_organisations,
)
from diaban.foundation.organisations.queries import version_of
from diaban.foundation.organisations.services import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """A new organisation on the ground that the actor keeps the registers of; what it does is given to it next."""
    actor = actor_of(request)
    grounds = grounds_of_founding(actor)
    if not grounds:
        raise NotPermitted(str(act_kind(FOUND).label))
    form = FoundForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": request.GET.get("loai", "")},
        grounds=grounds,
        on=actor.today,
    )
    if request.method == "POST" and form.is_valid():
        made = services.found_organisation(**form.cleaned_data, actor=actor, at=clock.now())
        said = _("Đã lập “%(name)s”. Việc tiếp theo: giao chức năng, thêm người.")
        messages.success(request, said % {"name": form.cleaned_data["name"]})
        return redirect("organisations:organisation", made.uid)
    return render(request, "organisations/found.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another name from a day on; what was done before stays under the old one."""
    actor = actor_of(request)
    thing = get_object_or_404(visible_organisations(actor), uid=uid)
    if can_change(actor, thing.pk) is None:
        raise NotPermitted(str(act_kind(CHANGE).label))
    now = version_of(thing.pk, actor.today)
    known = {
        "name": now.name,
        "short": now.short,
        "name_en": now.name_en,
        "on": actor.today,
        "revision": thing.revision,
    }
    form = RenameForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            services.rename_organisation(
                organisation_id=thing.pk, expected_revision=typed.pop("revision"), **typed, actor=actor, at=clock.now()
            )
        except NotPossible as problem:
            form.add_error("on", str(problem))
        else:
            messages.success(request, _("Đã ghi tên mới."))
            return redirect("organisations:organisation", uid)
    context = {"form": form, "organisation": thing, "now": now}
    return render(request, "organisations/rename.html", context, status=422 if form.errors else 200)
