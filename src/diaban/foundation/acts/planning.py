"""When the database plans a statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_for_its_values() -> Iterator[None]:
    """Within, or in the function it decorates, each statement is planned for the values it carries, which takes a millisecond.

    Elsewhere a statement is planned once for a connection, without its values: best for the many small ones. What counts or
    lists all that somebody sees then takes two to four times as long, because how much he sees stands in the values.
    """
    connection.ensure_connection()
    server = connection.connection
    before = server.prepare_threshold
    server.prepare_threshold = None
    try:
        yield
    finally:
        server.prepare_threshold = before
