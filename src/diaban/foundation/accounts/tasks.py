"""What the queue does for notices. Procrastinate finds this module by its name."""

from procrastinate import App
from procrastinate.contrib.django import app

from diaban.foundation.accounts.services import send_notices
from diaban.foundation.acts import clock

queue: App = app


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="accounts.send_notices", queueing_lock="accounts.send_notices")
def send(timestamp: int) -> None:
    """Send what waits. What fails is tried again at the next turn."""
    send_notices(at=clock.now())
