"""What the queue does for the territory. Procrastinate finds this module by its name."""

from procrastinate import App
from procrastinate.contrib.django import app

from diaban.foundation.acts import clock
from diaban.foundation.territory.derived import rebuild_derived

queue: App = app


@queue.periodic(cron="5 17 * * *")  # five past midnight in Viet Nam
@queue.task(name="territory.rebuild_derived", queueing_lock="territory.rebuild_derived")
def rebuild(timestamp: int) -> None:
    """Coverage is of today: on the day that a redrawing begins to hold it changes."""
    rebuild_derived(clock.today())
