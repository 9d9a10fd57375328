"""The database says in time and late as the rule does, to the second of midnight here."""

from datetime import UTC, datetime

import pytest

from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.obligations.models import Obligation, done_in_time, done_late
from diaban.foundation.obligations.rules import Status
from diaban.foundation.obligations.tests.makers import an_obligation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (datetime(2026, 3, 9, 17, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 10, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 10, 17, tzinfo=UTC), False),
    ],
)
def test_a_day_ends_at_midnight_here(moment: datetime, in_time: bool) -> None:
    owed = an_obligation(a_world())
    Obligation.objects.filter(pk=owed.pk).update(fulfilled_at=moment)
    owed.refresh_from_db()

    found = [Obligation.objects.filter(where, pk=owed.pk).exists() for where in (done_in_time(), done_late())]

    assert found == [in_time, not in_time]
    assert owed.status_on(moment.date()) is (Status.DONE_ON_TIME if in_time else Status.DONE_LATE)


def test_what_has_no_day_or_is_not_done_is_neither() -> None:
    an_obligation(a_world(), due_on=None)

    assert not Obligation.objects.filter(done_in_time() | done_late()).exists()
