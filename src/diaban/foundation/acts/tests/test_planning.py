"""Statements that are planned for their values leave nothing behind."""

import pytest
from django.db import connection

from diaban.foundation.acts.planning import planned_for_its_values

pytestmark = pytest.mark.django_db


def test_the_connection_plans_once_again_afterwards_even_when_it_failed() -> None:
    connection.ensure_connection()
    usual = connection.connection.prepare_threshold

    with pytest.raises(LookupError), planned_for_its_values():
        within = connection.connection.prepare_threshold
        raise LookupError

    assert (within, connection.connection.prepare_threshold) == (None, usual)
