"""Statements that are planned for their values leave nothing behind."""

import pytest
from django.db import connection

from diaban.foundation.acts.planning import planned_for_its_values

pytestmark = pytest.mark.django_db


def test_the_connection_plans_once_again_afterwards_even_when_it_failed() -> None:
    connection.ensure_connection()
    usual, within = connection.connection.prepare_threshold, []

    @planned_for_its_values()
    def fails() -> None:
        within.append(connection.connection.prepare_threshold)
        raise LookupError

    with pytest.raises(LookupError):
        fails()

    assert within == [None]
    assert connection.connection.prepare_threshold == usual
