"""What the pages of requests share."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.ui.responses import telling
from diaban.work.requests.models import Receiver, Request
from diaban.work.requests.permissions import tables_in_sight, visible_receivers, visible_requests
from diaban.work.requests.services import NotAnswerable, NotPossible


def request_or_404(actor: Actor, uid: UUID) -> Request:
    return get_object_or_404(visible_requests(actor), uid=uid)


def table_or_404(actor: Actor, uid: UUID) -> Request:
    """A request whose whole table the actor may see."""
    return get_object_or_404(tables_in_sight(actor), uid=uid)


def receiver_or_404(actor: Actor, uid: UUID) -> Receiver:
    return get_object_or_404(visible_receivers(actor), uid=uid)


def asker_of(request: Request) -> str:
    """What the asking office was called when it asked."""
    day = (request.sent_at or request.made_at).date()
    return names_of([request.organisation_id], day).get(request.organisation_id, "")


told = telling(NotPossible, NotAnswerable, NotAccepted)("requests:request")


def link_address(request: HttpRequest) -> Callable[[str], str]:
    """Makes the full address of a link from its token, on the host that the reader uses."""
    return lambda token: request.build_absolute_uri(reverse("requests:link", args=[token]))


def private(response: HttpResponse) -> HttpResponse:
    """Neither kept by anything between nor found by a search engine."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
