"""A day ends at midnight in Việt Nam."""

from datetime import UTC, date, datetime

import pytest

from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.obligations.rules import Status
from diaban.foundation.obligations.services import fulfil
from diaban.foundation.obligations.tests.makers import SETTING_UP, an_obligation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 10, 16, 59, 59, tzinfo=UTC), Status.DONE_ON_TIME),
        (datetime(2026, 3, 10, 17, 0, tzinfo=UTC), Status.DONE_LATE),
    ],
)
def test_the_last_second_of_the_day_is_in_time(at: datetime, expected: Status) -> None:
    obligation = an_obligation(a_world())

    fulfil(obligation=obligation, actor=SETTING_UP, at=at)

    assert obligation.status_on(date(2026, 6, 1)) == expected


def test_the_first_fulfilment_counts() -> None:
    obligation = an_obligation(a_world())
    first = datetime(2026, 3, 9, tzinfo=UTC)

    fulfil(obligation=obligation, actor=SETTING_UP, at=first)
    fulfil(obligation=obligation, actor=SETTING_UP, at=datetime(2026, 4, 9, tzinfo=UTC))

    obligation.refresh_from_db()
    assert obligation.fulfilled_at == first
