"""The same act on many reports: one that cannot be done stops no other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.facts.accepting import NotAFact
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.permissions import RETURN, visible_reports
from diaban.work.reporting.services.receiving import (
    none_waits,
    receive_report,
    receive_together,
    return_section,
    sent_sections,
    waiting,
)
from diaban.work.reporting.services.steps import WrongStep

AT_ONCE: Final = 8  # their facts go in at once, and wait once for the province's sums
GONE: Final = "Báo cáo không còn trong phạm vi được xem."


@dataclass(frozen=True)
class Outcome:
    """What became of one report: done, with so many sections closed now, or `why_not`."""

    report_id: int
    name: str
    why_not: str = ""
    sections: int = 0


Told = Callable[[int, int], None]


def receive_each(
    *,
    report_ids: Iterable[int],
    done_since: datetime | None = None,
    actor: Actor,
    at: datetime,
    tell: Told | None = None,
) -> list[Outcome]:
    """Receive of each report every waiting section that is the actor's, several reports in one transaction: all of those or
    nothing. `tell(done, all)` after each transaction.

    What the actor has done of it since `done_since`, in a run that was cut short, counts as done.
    """
    wanted = list(dict.fromkeys(report_ids))
    found = _in_sight(wanted, actor)
    done = _closed(SectionState.Status.RECEIVED, wanted, done_since, actor)
    outcomes = {pk: Outcome(pk, found[pk].unit_name) if pk in found else _gone(pk) for pk in wanted}
    to_do = [found[pk] for pk in wanted if pk in found and pk not in done]
    finished = len(wanted) - len(to_do)
    for some in _of_one_form(to_do):
        outcomes |= {one.report_id: one for one in _received(some, actor, at)}
        finished += len(some)
        if tell is not None:
            tell(finished, len(wanted))
    return [outcomes[pk] for pk in wanted]


def _of_one_form(reports: Iterable[Report]) -> Iterator[Sequence[Report]]:
    """As many as are received in one transaction."""
    by_form = defaultdict(list)
    for report in reports:
        by_form[report.schedule.form_id].append(report)
    for same in by_form.values():
        for first in range(0, len(same), AT_ONCE):
            yield same[first : first + AT_ONCE]


def _received(reports: Sequence[Report], actor: Actor, at: datetime) -> list[Outcome]:
    """All in one act; where that cannot be, each by itself."""
    try:
        received = receive_together(report_ids=[report.pk for report in reports], actor=actor, at=at)
    except NotAFact:
        return [
            _outcome(report.pk, report, lambda one: len(receive_report(report_id=one.pk, actor=actor, at=at)))
            for report in reports
        ]
    return [
        Outcome(report.pk, report.unit_name, sections=received[report.pk])
        if report.pk in received
        else Outcome(report.pk, report.unit_name, str(none_waits()))
        for report in reports
    ]


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
def _return_all(report: Report, reason: str, due_on: date | None, actor: Actor, at: datetime) -> int:
    mine = [one for one in waiting(sent_sections(report)) if actor.may(RETURN, one.section.field_code, report.unit_id)]
    if not mine:
        raise none_waits()
    for state in mine:
        return_section(
            report_id=report.pk,
            section=state.section.number,
            reason=reason,
            due_on=due_on,
            actor=actor,
            at=at,
        )
    return len(mine)


def _closed(status: str, report_ids: Iterable[int], since: datetime | None, actor: Actor) -> set[int]:
    """The reports of which the actor has brought sections into that status since then."""
    if since is None:
        return set()
    mine = SectionState.objects.filter(status=status, by_id=actor.position_id, at__gte=since)
    return set(mine.filter(version__report__in=list(report_ids)).values_list("version__report_id", flat=True))


def _each(
    report_ids: Iterable[int], act: Callable[[Report], int], done: Set[int], actor: Actor, tell: Told | None
) -> list[Outcome]:
    wanted = list(dict.fromkeys(report_ids))
    found = _in_sight(wanted, actor)
    outcomes = []
    for number, report_id in enumerate(wanted, start=1):
        report = found.get(report_id)
        is_done = report is not None and report_id in done
        outcomes.append(_outcome(report_id, report, _nothing if is_done else act))
        if tell is not None:
            tell(number, len(wanted))
    return outcomes


def _in_sight(report_ids: Sequence[int], actor: Actor) -> dict[int, Report]:
    reports = visible_reports(actor).filter(pk__in=report_ids).select_related("schedule")
    return {report.pk: report for report in reports}


def _nothing(_report: Report) -> int:
    """What is left to do of a report that is done."""
    return 0


def _gone(report_id: int) -> Outcome:
    return Outcome(report_id, str(report_id), GONE)


def _outcome(report_id: int, report: Report | None, act: Callable[[Report], int]) -> Outcome:
    if report is None:
        return _gone(report_id)
    try:
        sections = act(report)
    except (WrongStep, NotPermitted, NotAFact) as problem:
        return Outcome(report_id, report.unit_name, str(problem))
    except StaleRevision:
        return Outcome(report_id, report.unit_name, "Báo cáo vừa được người khác thay đổi; xem lại rồi làm tiếp.")
    return Outcome(report_id, report.unit_name, sections=sections)
