"""One world for each module of hostile tests; what a test does in it is taken back."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Reporting]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        yield a_reporting_world()
        transaction.set_rollback(True)


@pytest.fixture
def here(world: Reporting) -> Iterator[Reporting]:
    """The module's world, as it was when it was made."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)
