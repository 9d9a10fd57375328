"""Who acts in long work: whoever asked for it, as they may act when it is done."""

from django.utils.translation import gettext as _

from diaban.foundation.acts import clock
from diaban.foundation.jobs.running import JobRefused, Run
from diaban.foundation.mandates.actors import NotHeld, PositionActor, acting_as


def acting_for(run: Run) -> PositionActor:
    """Whoever asked for the job, as they may act today. Raises `JobRefused`."""
    if run.job.position_id is None or run.job.account_id is None:
        raise JobRefused(_("Người yêu cầu không còn tài khoản."))
    try:
        return acting_as(run.job.position_id, run.job.account_id, clock.today())
    except NotHeld:
        raise JobRefused(_("Người yêu cầu không còn giữ vị trí đã chọn.")) from None
