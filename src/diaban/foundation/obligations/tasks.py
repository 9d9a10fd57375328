"""What the queue does for obligations. Procrastinate finds this module by its name."""

from procrastinate import App
from procrastinate.contrib.django import app

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.obligations.services import generate_obligations, send_reminders

queue: App = app


@queue.periodic(cron="10 * * * *")
@queue.task(name="obligations.keep", queueing_lock="obligations.keep")
def keep(timestamp: int) -> None:
    """Make the obligations of periods that have begun, then remind. Every hour, so that a worker that was down catches up;
    doing it again does nothing."""
    worker = SystemActor("worker", clock.today())
    generate_obligations(on=worker.today, actor=worker, at=clock.now())
    send_reminders(on=worker.today, actor=worker, at=clock.now())
