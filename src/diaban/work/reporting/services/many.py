"""The same act on many reports: each in a transaction of its own, so that one that cannot be done stops no other."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.permissions import RETURN, visible_reports
from diaban.work.reporting.services.receiving import receive_report, return_section, sent_sections, waiting
from diaban.work.reporting.services.steps import WrongStep

GONE: Final = "Báo cáo không còn trong phạm vi được xem."


@dataclass(frozen=True)
class Outcome:
    """What became of one report: done, or `why_not`."""

    report_id: int
    name: str
    why_not: str = ""


Told = Callable[[int, int], None]


def receive_each(
    *,
    report_ids: Iterable[int],
    done_since: datetime | None = None,
    actor: Actor,
    at: datetime,
    tell: Told | None = None,
) -> list[Outcome]:
    """Receive of each report every waiting section that is the actor's. `tell(done, all)` after each.

    What the actor has done of it since `done_since`, in a run that was cut short, counts as done.
    """
    done = _closed(SectionState.Status.RECEIVED, report_ids, done_since, actor)
    return _each(report_ids, lambda report: receive_report(report_id=report.pk, actor=actor, at=at), done, actor, tell)


def return_each(
    *,
    report_ids: Iterable[int],
    reason: str,
    due_on: date | None,
    done_since: datetime | None = None,
    actor: Actor,
    at: datetime,
    tell: Told | None = None,
) -> list[Outcome]:
    """Ask each unit to complete its report, for one reason: every waiting section that is the actor's goes back.

    `done_since` as in `receive_each`.
    """
    return _each(
        report_ids,
        lambda report: _return_all(report, reason, due_on, actor, at),
        _closed(SectionState.Status.RETURNED, report_ids, done_since, actor),
        actor,
        tell,
    )


@transaction.atomic
def _return_all(report: Report, reason: str, due_on: date | None, actor: Actor, at: datetime) -> None:
    mine = [one for one in waiting(sent_sections(report)) if actor.may(RETURN, one.section.field_code, report.unit_id)]
    if not mine:
        raise NotPermitted(_("Không có phần nào của báo cáo đang chờ vị trí này tiếp nhận."))
    for state in mine:
        return_section(
            report_id=report.pk,
            section=state.section.number,
            reason=reason,
            due_on=due_on,
            actor=actor,
            at=at,
        )


def _closed(status: str, report_ids: Iterable[int], since: datetime | None, actor: Actor) -> set[int]:
    """The reports of which the actor has brought sections into that status since then."""
    if since is None:
        return set()
    mine = SectionState.objects.filter(status=status, by_id=actor.position_id, at__gte=since)
    return set(mine.filter(version__report__in=list(report_ids)).values_list("version__report_id", flat=True))


def _each(
    report_ids: Iterable[int], act: Callable[[Report], object], done: Set[int], actor: Actor, tell: Told | None
) -> list[Outcome]:
    wanted = list(dict.fromkeys(report_ids))
    found = {report.pk: report for report in visible_reports(actor).filter(pk__in=wanted)}
    outcomes = []
    for number, report_id in enumerate(wanted, start=1):
        report = found.get(report_id)
        is_done = report is not None and report_id in done
        outcomes.append(_outcome(report_id, report, _nothing if is_done else act))
        if tell is not None:
            tell(number, len(wanted))
    return outcomes


def _nothing(_report: Report) -> None:
    """What is left to do of a report that is done."""


def _outcome(report_id: int, report: Report | None, act: Callable[[Report], object]) -> Outcome:
    if report is None:
        return Outcome(report_id, str(report_id), GONE)
    try:
        act(report)
    except (WrongStep, NotPermitted) as problem:
        return Outcome(report_id, report.unit_name, str(problem))
    except StaleRevision:
        return Outcome(report_id, report.unit_name, "Báo cáo vừa được người khác thay đổi; xem lại rồi làm tiếp.")
    return Outcome(report_id, report.unit_name)
