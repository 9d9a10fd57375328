"""Many offices report at once: nobody waits in a circle, and no figure is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.facts.models import Fact, Rollup
from diaban.foundation.facts.services import check_rollups, rebuild_rollups
from diaban.foundation.facts.tests.figures import NOW, Reporter, collection
from diaban.foundation.mandates.tests.personas import a_world

WRITERS, ROUNDS = 16, 6
CODES = ("BC07", "BC08", "BC02", "VT04", "VT05", "VT07", "CN02", "TT11", "QL01a", "NL05a")


@pytest.mark.slow
def test_sixteen_writers_at_once_leave_sums_that_hold(own_database: str) -> None:
    world = a_world()
    units = [world.units[name].pk for name in ("C11", "C12", "C21", "C22", "D1", "D2")]
    reporter = Reporter(collection().pk)

    def work(number: int) -> int:
        random = Random(number)
        accepted = 0
        try:
            for _round in range(ROUNDS):
                cells = dict.fromkeys(random.sample(CODES, k=7), random.randint(0, 99))
                at = NOW + timedelta(seconds=random.randint(0, 99))
                accepted += reporter.report(random.choice(units), cells, at=at).accepted
        finally:
            connection.close()
        return accepted

    with ThreadPoolExecutor(WRITERS) as pool:
        accepted = sum(pool.map(work, range(WRITERS)))

    assert Fact.objects.count() == accepted
    assert check_rollups().different == 0
    before = Rollup.objects.count()
    assert rebuild_rollups(actor=SettingUp("tests", NOW.date())) == before
