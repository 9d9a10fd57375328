"""Who may open what."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world


def nothing(world: World) -> dict[str, object]:
    return {}


def no_notice(world: World) -> dict[str, object]:
    return {"notice_id": 1}


def a_provider(world: World) -> dict[str, object]:
    return {"provider_id": "province"}


# The pages of an account are open to every account, with or without a position; None is a stranger.
OWN = {None: 302, "specialist": 200, "enterprise": 200, "auditor": 200, "nobody": 200}
BUTTON = {None: 302, "specialist": 405, "nobody": 405}
# The personas have no password: they came in by the province's sign-in, and there is nothing to ask for again.
NO_PASSWORD = {None: 302, "specialist": 403, "nobody": 403}
Table = dict[str | None, int]
ACCESS: list[tuple[str, Callable[[World], dict[str, object]], Table]] = [
    ("accounts:preferences", nothing, OWN),
    ("accounts:notices", nothing, OWN),
    ("accounts:language", nothing, {None: 405, "specialist": 405}),
    ("accounts:mark_all_read", nothing, BUTTON),
    ("accounts:open_notice", no_notice, BUTTON),
    ("account_login", nothing, {None: 200, "specialist": 302}),
    ("account_logout", nothing, {None: 302, "specialist": 200, "nobody": 200}),
    ("account_inactive", nothing, {None: 200}),
    ("account_change_password", nothing, {None: 302, "specialist": 302}),
    ("account_set_password", nothing, OWN),
    ("account_reauthenticate", nothing, NO_PASSWORD),
    ("mfa_index", nothing, OWN),
    ("mfa_authenticate", nothing, {None: 302}),
    ("mfa_reauthenticate", nothing, NO_PASSWORD),
    ("mfa_activate_totp", nothing, OWN),
    ("mfa_deactivate_totp", nothing, {None: 302, "specialist": 404}),
    ("mfa_view_recovery_codes", nothing, {None: 302, "specialist": 404}),
    ("mfa_generate_recovery_codes", nothing, OWN),
    ("mfa_download_recovery_codes", nothing, {None: 302, "specialist": 404}),
    ("socialaccount_connections", nothing, OWN),
    ("socialaccount_signup", nothing, {None: 302}),
    ("socialaccount_login_cancelled", nothing, {None: 200}),
    ("socialaccount_login_error", nothing, {None: 401}),
    ("openid_connect_login", a_provider, {None: 404}),
    ("openid_connect_callback", a_provider, {None: 404}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "persona", "status"),
    [(name, persona, status) for name, _make, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, persona: str | None, status: int) -> None:
    world = a_world()
    make = next(make for place, make, _table in ACCESS if place == name)
    client = world.client(persona) if persona else Client()

    assert client.get(reverse(name, kwargs=make(world))).status_code == status
