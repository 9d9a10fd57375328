"""Who asks: the position of an access token; and how often it may ask."""

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from diaban.foundation.acts import clock
from diaban.foundation.mandates.actors import NotHeld, acting_as
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.services import use_token

RATE = "600/m"


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`: the request acts in the token's position, as a page would (`request.actor`)."""

    openapi_bearerFormat = "diaban_…"  # noqa: N815 (a name of OpenAPI)

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        known = use_token(secret=token, at=clock.now())
        if known is None:
            return None
        try:
            actor = acting_as(known.position_id, known.account_id, clock.today())
        except NotHeld:
            return None
        request.actor = actor  # type: ignore[attr-defined] # read by acts.requests.actor_of
        return known


class ByToken(SimpleRateThrottle):
    """So many requests a minute for each token, counted in each process."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        token: AccessToken = request.auth  # type: ignore[attr-defined] # set by ninja after authentication
        return f"api-token-{token.pk}"
