"""Which period a leader's figures are of: an early report of the next one does not blank the last."""

from datetime import date

import pytest
import time_machine

from diaban.work.reporting.models import Report
from diaban.work.reporting.queries.reports import newest_of, newest_told_of
from diaban.work.reporting.tests.consolidation_world import a_consolidating_world
from diaban.work.reporting.tests.worlds import NOW, Q4, a_reporting_world

pytestmark = pytest.mark.django_db
FOLLOWING = Q4.next()
IN_IT = date(2010, 1, 20)


def test_a_period_of_which_nothing_was_received_does_not_take_the_place_of_one_that_was() -> None:
    with time_machine.travel(NOW, tick=False):
        world = a_consolidating_world()
        early = world.here.opened("other_officer", "D2")
    Report.objects.filter(pk=early.pk).update(
        period=str(FOLLOWING), period_last_day=FOLLOWING.last_day, status=Report.Status.SENT
    )
    asked = world.report.schedule, [FOLLOWING, Q4], IN_IT

    assert newest_of(*asked) == FOLLOWING
    assert newest_told_of(*asked) == Q4


def test_before_anything_was_received_it_is_the_newest_period() -> None:
    with time_machine.travel(NOW, tick=False):
        report = a_reporting_world().sent()
    asked = report.schedule, [FOLLOWING, Q4], IN_IT

    assert newest_told_of(*asked) == newest_of(*asked) == Q4
