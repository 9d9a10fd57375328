"""Who may do what through the API: every operation by every persona; and by whoever has no key."""

import json
from functools import cache
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaban.faces.api.api import api
from diaban.faces.api.tests.callers import Program, program
from diaban.faces.api.tests.operations import OPERATIONS
from diaban.faces.api.tests.operations.asking import PERSONAS, Asked
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
CEILING = 30
OPEN = ("openapi-json", "api-root")
ACCESS = [(f"api:v1:{name}",) for name in {*(row[0] for row in OPERATIONS.values()), *OPEN}]


@cache
def described(place: str = "path") -> dict[str, set[str]]:
    """The parameters of each operation in its address, or among its headers."""
    return {
        one["operationId"]: {given["name"] for given in one.get("parameters", ()) if given["in"] == place}
        for methods in api.get_openapi_schema()["paths"].values()
        for one in methods.values()
    }


def test_every_operation_stands_in_the_table() -> None:
    assert set(described()) == set(OPERATIONS)


def answers(here: Reporting, name: str, method: str, asked: Asked) -> dict[str, int]:
    """The status for each persona; what one changes is taken back before the next."""
    url = reverse(f"api:v1:{name}", kwargs=asked.kwargs)
    headers = {} if asked.revision is None or method == "GET" else {"If-Match": f'"{asked.revision}"'}
    found = {}
    for persona in PERSONAS:
        with transaction.atomic():
            caller = program(here.world, persona)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = (
                    caller.get(url, asked.query)
                    if method == "GET"
                    else caller.call(method, f"{url}?{urlencode(asked.query)}", asked.body, **headers)
                )
            transaction.set_rollback(True)
        assert "Set-Cookie" not in answer.headers
        assert method != "GET" or len(queries) <= CEILING, [one["sql"][:120] for one in queries]
        found[persona] = answer.status_code
    return found


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_answers_each_persona(operation: str) -> None:
    name, method, make, table = OPERATIONS[operation]
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        asked = make(here)

        assert answers(here, name, method, asked) == table
        if method != "GET":
            assert ("If-Match" in described("header")[operation]) == (asked.revision is not None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_wants_a_key(operation: str) -> None:
    name, method, _make, _table = OPERATIONS[operation]
    kwargs = {
        "uid": "00000000-0000-4000-8000-000000000000", "obligation_id": 1, "notice_id": 1, "code": "X", "form": "X", "period": "2009-Q4",
        "section": 1, "day": "2009-10-21", "key": "khong-co", "number": 1, "point": 1,
    }  # fmt: skip
    parameters = [one for one in kwargs if one in described()[operation]]

    answer = Program().call(method, reverse(f"api:v1:{name}", kwargs={one: kwargs[one] for one in parameters}))

    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["status"] == 401
