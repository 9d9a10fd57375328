"""Who asks: the position of an access token; and how often it may ask."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from diaban.foundation.acts import clock
from diaban.foundation.mandates.actors import NotHeld, acting_as
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.services import use_token

RATE = "600/m"


def asked_language(request: HttpRequest) -> str:
    """The most wanted language of `Accept-Language` that there is; Vietnamese where none is asked for."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = wanted.partition("-")[0]
        if language in dict(settings.LANGUAGES):
            return language
    return settings.LANGUAGE_CODE


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`: the request acts in the token's position, as a page would (`request.actor`)."""

    openapi_bearerFormat = "diaban_…"  # noqa: N815 (a name of OpenAPI)

    def __call__(self, request: HttpRequest) -> Any | None:
        """A program says in `Accept-Language` what it wants to read; `own_language` puts the language back afterwards."""
        translation.activate(asked_language(request))
        return super().__call__(request)

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
