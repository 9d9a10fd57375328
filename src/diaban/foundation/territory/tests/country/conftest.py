"""The whole country, loaded once for the tests of this folder and taken back after them."""

from collections.abc import Iterator
from typing import Protocol

import pytest
from django.db import connection, transaction

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.territory.loading import Loaded, load_country
from diaban.foundation.territory.tests.makers import NOW, TODAY


class Blocker(Protocol):
    def unblock(self) -> "transaction.Atomic": ...


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Loaded]:
    """What `load_country` answered. Each test works in a savepoint of the transaction that holds the country."""
    with django_db_blocker.unblock(), transaction.atomic():
        answer = load_country(actor=SettingUp("tests", TODAY), at=NOW)
        connection.check_constraints()  # now, or each test would check the deferred ones again at its end
        yield answer
        transaction.set_rollback(True)


@pytest.fixture
def country(loaded: Loaded, db: None) -> Loaded:
    return loaded
