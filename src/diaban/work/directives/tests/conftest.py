"""Hà Giang from 2009 over the reforms of 2025 with open tasks in it, told once for the slow tests and taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from diaban.foundation.reforms.tests.conftest import Blocker
from diaban.work.directives.tests.story import Told, tell


@pytest.fixture(scope="module")
def _told(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Told]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield tell()
        transaction.set_rollback(True)


@pytest.fixture
def told(_told: Told, db: None) -> Told:
    return _told
