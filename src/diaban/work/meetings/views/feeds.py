"""One's calendar for the programs people carry: a file of a week, and an address that a calendar program asks by itself."""

import hashlib
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates.actors import NotHeld, acting_as
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.permissions import visible_tokens
from diaban.foundation.mandates.services import LONGEST_LIFE, issue_token, use_token
from diaban.work.meetings.ics import calendar_of
from diaban.work.meetings.queries.weeks import body_in, lines_between, mine, own_person
from diaban.work.meetings.rules import SUNDAY, monday_of
from diaban.work.meetings.views.weeks import day_asked

BACK, AHEAD = timedelta(days=28), timedelta(days=182)


@require_safe
def my_week(request: HttpRequest) -> HttpResponse:
    """One's own lines of a week (`?tuan=`) as a file."""
    actor = actor_of(request)
    starts_on = monday_of(day_asked(request, actor))
    return _file(request, actor, starts_on, starts_on + SUNDAY)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The addresses at which calendar programs read one's calendar; a new one is told on this page only."""
    actor = actor_of(request)
    address = ""
    if request.method == "POST" and actor.position_id is not None:
        _token, secret = issue_token(
            position_id=actor.position_id, name=request.POST.get("ten", "").strip() or _("Lịch công tác của tôi"),
            expires_on=actor.today + LONGEST_LIFE, purpose=AccessToken.Purpose.CALENDAR, actor=actor, at=clock.now(),
        )  # fmt: skip
        address = request.build_absolute_uri(reverse("meetings:feed", args=[secret]))
    own = visible_tokens(actor).filter(purpose=AccessToken.Purpose.CALENDAR, position=actor.position_id)
    tokens = [one for one in own if one.is_usable(clock.now())]
    context = {"address": address, "tokens": tokens}
    return render(request, "meetings/subscribe.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One's calendar from four weeks ago to half a year ahead, for whoever holds the secret address."""
    token = use_token(secret=secret, at=clock.now(), purpose=AccessToken.Purpose.CALENDAR)
    if token is None:
        raise Http404
    try:
        actor = acting_as(token.position_id, token.account_id, clock.today())
    except NotHeld:
        raise Http404 from None
    return _file(request, actor, actor.today - BACK, actor.today + AHEAD)


def _file(request: HttpRequest, actor: Actor, first: date, last: date) -> HttpResponse:
    body = body_in(actor)
    lines = lines_between(body, first, last) if body is not None else []
    own = mine(lines, own_person(actor), actor.organisation_id)
    content = calendar_of(own, name=_("Lịch công tác"), address=request.build_absolute_uri)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lich-cong-tac-{first.isoformat()}.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response
