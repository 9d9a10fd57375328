"""Whatever a program sends: no error of ours, answers as described, nothing taken that is not asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks

from diaban.config.wsgi import application
from diaban.faces.api.access import ByToken
from diaban.faces.api.api import api
from diaban.faces.api.tests.callers import program
from diaban.faces.api.tests.operations import OPERATIONS
from diaban.foundation.files.sniffing import XLSX
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 8
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
FEW = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@schemathesis.serializer(XLSX)
def _as_it_is(_context: object, value: object) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value) if isinstance(value, bytes) else b""


@pytest.fixture(scope="module")
def described() -> Any:
    return schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The server's habit of closing connections between requests would end the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_request_is_answered_as_described(operation: str, described: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _name, _method, make, _table = OPERATIONS[operation]
    monkeypatch.setattr(ByToken, "allow_request", lambda _self, _request: True)
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        asked = make(here)
        headers = {
            **program(here.world, "district_leader").headers,
            "Accept-Encoding": "identity",
            "If-Match": f'"{asked.revision}"',
        }
        one = described.find_operation_by_id(operation)
        real = {name: str(value) for name, value in asked.kwargs.items()} or None
        query = {name: str(value) for name, value in asked.query.items()} or None

        @FEW
        @given(case=st.one_of(one.as_strategy(path_parameters=real, query=query), one.as_strategy()))
        def holds(case: Any) -> None:
            with transaction.atomic():
                answer = case.call(app=application, headers=headers)
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

        holds()
