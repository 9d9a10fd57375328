"""The administrator's page of notices that did not arrive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.accounts.channels import channels
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.organisations.reaching import (
    channels_of,
    lines_of,
    require_watching,
    staffed_people,
    unreached,
)
from diaban.foundation.organisations.services import send_notices_again
from diaban.foundation.ui.paging import page_of


@require_safe
def unreached_page(request: HttpRequest) -> HttpResponse:
    """How each channel does, and whom notices did not reach, why, and when they are tried next. What they say is not shown."""
    actor = actor_of(request)
    require_watching(actor)
    people = staffed_people(actor)
    page = page_of(request, unreached(people))
    context = {"channels": channels_of(people), "page": page, "lines": lines_of(page.object_list)}
    return render(request, "organisations/unreached.html", context)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Try anew by the channel `kenh`: for the person `nguoi`, or for all."""
    actor = actor_of(request)
    channel, person = request.POST.get("kenh", ""), request.POST.get("nguoi", "")
    asked = None if not person else [int(person)] if person.isdecimal() and len(person) < 19 else []
    known = channel if channel in channels.names else ""
    number = send_notices_again(channel=known, person_ids=asked, actor=actor, at=now())
    if number:
        said = ngettext(
            "%(n)d thông báo sẽ được gửi lại trong mười phút tới.",
            "%(n)d thông báo sẽ được gửi lại trong mười phút tới.",
            number,
        )
        messages.success(request, said % {"n": number})
    else:
        messages.info(request, _("Không còn thông báo nào phải gửi lại."))
    return redirect("organisations:unreached")
