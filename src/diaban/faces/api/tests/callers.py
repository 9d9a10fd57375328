"""Programs that call the API in the position of a persona."""

import json
from typing import Any

from django.test import Client

from diaban.foundation.acts import clock
from diaban.foundation.mandates.services import issue_token
from diaban.foundation.mandates.tests.personas import World

JSON = "application/json"


class Program:
    """A client with an access token; without one (`secret` blank) a stranger."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, url: str, asked: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(url, asked or {}, headers=self._with(headers))

    def post(self, url: str, body: object = None, **headers: str) -> Any:
        return self._send("POST", url, body, headers)

    def put(self, url: str, body: object = None, **headers: str) -> Any:
        return self._send("PUT", url, body, headers)

    def call(self, method: str, url: str, body: object = None, **headers: str) -> Any:
        return self.get(url, None, **headers) if method == "GET" else self._send(method, url, body, headers)

    def _send(self, method: str, url: str, body: object, headers: dict[str, str]) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        return self.client.generic(method, url, content, content_type=JSON, headers=self._with(headers))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}


def program(world: World, persona: str) -> Program:
    """A program with a new token of the persona's own position."""
    actor = world.actor(persona)
    _token, secret = issue_token(
        position_id=actor.position_id, name="Phần mềm thử", expires_on=actor.today, actor=actor, at=clock.now()
    )
    return Program(secret)
