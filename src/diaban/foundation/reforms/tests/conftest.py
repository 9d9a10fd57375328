"""The story, told once for the tests of this folder and taken back after them."""

from collections.abc import Iterator
from typing import Protocol

import pytest
from django.db import connection, transaction

from diaban.foundation.reforms.tests.story import Story, tell


class Blocker(Protocol):
    def unblock(self) -> "transaction.Atomic": ...


@pytest.fixture(scope="package")
def told(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Story]:
    with django_db_blocker.unblock(), transaction.atomic():
        answer = tell()
        connection.check_constraints()
        yield answer
        transaction.set_rollback(True)


@pytest.fixture
def story(told: Story, db: None) -> Story:
    return told
