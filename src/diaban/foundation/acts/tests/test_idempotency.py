"""An act that comes twice from outside happens once."""

from typing import Any

import pytest
from django.db import IntegrityError

from diaban.foundation.acts.idempotency import KeyReused, once
from diaban.foundation.acts.models import IdempotencyKey
from diaban.foundation.obligations.tests.makers import NOW

pytestmark = pytest.mark.django_db


def test_a_repeat_gets_the_first_answer() -> None:
    runs: list[int] = []

    def act() -> dict[str, Any]:
        runs.append(1)
        return {"number": len(runs)}

    first = once(account_id=1, key="k", request=b"a", at=NOW, act=act)
    again = once(account_id=1, key="k", request=b"a", at=NOW, act=act)
    other = once(account_id=2, key="k", request=b"a", at=NOW, act=act)

    assert (first, again, other) == (({"number": 1}, False), ({"number": 1}, True), ({"number": 2}, False))


def test_the_key_of_another_request_is_refused() -> None:
    once(account_id=1, key="k", request=b"a", at=NOW, act=dict)

    with pytest.raises(KeyReused):
        once(account_id=1, key="k", request=b"b", at=NOW, act=dict)


@pytest.mark.parametrize("failure", [ZeroDivisionError, IntegrityError])
def test_an_act_that_fails_keeps_no_key_and_tells_its_own_failure(failure: type[Exception]) -> None:
    def act() -> dict[str, Any]:
        raise failure

    with pytest.raises(failure):
        once(account_id=1, key="k", request=b"a", at=NOW, act=act)

    assert not IdempotencyKey.objects.exists()
