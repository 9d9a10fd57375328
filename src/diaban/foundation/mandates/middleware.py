"""Puts the acting position on each request, and answers what an actor may not do with a kind page."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.requests import NoPosition
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.mandates.actors import Acting, PositionActor
from diaban.foundation.ui.responses import no_position, other_position, refused, stale

SESSION_KEY = "position_id"
FORM_FIELD = "acting_position"
HEADER = "X-Acting-Position"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActingPosition:
    """Sets `request.actor` (None for strangers and for accounts without a position) and `request.positions`.

    Two queries for a signed-in request. A form or htmx request made in another position than the session's is refused
    (409), so that nobody who changed position in another window signs in the wrong name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = _acting(request)
        actor = acting and _chosen(request, acting)
        request.actor = actor  # type: ignore[attr-defined] # read by acts.requests.actor_of
        request.positions = acting.choices if acting else ()  # type: ignore[attr-defined] # read by the shell
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        actor = cast("PositionActor | None", getattr(request, "actor", None))
        claimed = _claimed(request)
        if not claimed or actor is None or claimed == str(actor.position_id):
            return None
        return other_position(request, actor.label)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case NotPermitted():
                return refused(
                    request, _("Việc này không thuộc vị trí bạn đang làm: %(act)s.") % {"act": str(exception)}
                )
            case NoPosition():
                return no_position(request)
            case StaleRevision():
                return stale(request, exception.current)
        return None


acting_position = ActingPosition


def _acting(request: HttpRequest) -> Acting | None:
    if not request.user.is_authenticated:
        return None
    return Acting.of(request.user.pk, clock.today())


def _chosen(request: HttpRequest, acting: Acting) -> PositionActor | None:
    """The actor of the session's position; of the first where the session names none that is still held."""
    held = acting.capacities
    if not held:
        return None
    wanted = request.session.get(SESSION_KEY)
    return acting.as_position(wanted if wanted in held else next(iter(held)))


def _claimed(request: HttpRequest) -> str:
    """The position that the page was made in, as the request says; blank where it does not say."""
    header = request.headers.get(HEADER, "")
    if header or request.method in SAFE:
        return header
    return request.POST.get(FORM_FIELD, "")
