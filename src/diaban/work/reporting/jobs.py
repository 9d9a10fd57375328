"""Long work on reports, done by the worker."""

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts import clock
from diaban.foundation.jobs.running import Run, job
from diaban.foundation.mandates.working import acting_for
from diaban.work.reporting.services.many import Outcome, receive_each, return_each

RECEIVE_MANY: Final = "reporting.receive_many"
RETURN_MANY: Final = "reporting.return_many"


@job(RECEIVE_MANY)
def receive_many(run: Run) -> None:
    """Arguments: `reports` (ids), `schedule` (uid) and `period` to go back to."""
    outcomes = receive_each(
        report_ids=run.arguments["reports"],
        done_since=run.job.asked_at,
        actor=acting_for(run),
        at=clock.now(),
        tell=run.tick,
    )
    _finish(run, outcomes, _("Đã tiếp nhận, chốt số liệu %(done)d/%(all)d báo cáo."))


@job(RETURN_MANY)
def return_many(run: Run) -> None:
    """Arguments: those of `receive_many`, `reason` and `due_on` (ISO, or blank)."""
    due_on = run.arguments["due_on"]
    outcomes = return_each(
        report_ids=run.arguments["reports"],
        reason=run.arguments["reason"],
        due_on=date.fromisoformat(due_on) if due_on else None,
        done_since=run.job.asked_at,
        actor=acting_for(run),
        at=clock.now(),
        tell=run.tick,
    )
    _finish(run, outcomes, _("Đã gửi đề nghị bổ sung, hoàn chỉnh %(done)d/%(all)d báo cáo."))


def _finish(run: Run, outcomes: list[Outcome], said: str) -> None:
    refused = [[outcome.name, outcome.why_not] for outcome in outcomes if outcome.why_not]
    url = f"{reverse('reporting:board', args=[run.arguments['schedule']])}?ky={run.arguments['period']}"
    message = said % {"done": len(outcomes) - len(refused), "all": len(outcomes)}
    run.finish({"url": url, "refused": refused}, message)
