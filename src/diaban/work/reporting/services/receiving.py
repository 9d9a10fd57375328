"""Receiving section by section: figures are closed and become facts, or go back with remarks at their cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.services import accept_deliveries
from diaban.foundation.journal.services import Note, in_one_statement, record, record_all
from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.services import open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.remarks.services import open_thread
from diaban.lib.periods import Period
from diaban.work.reporting.cells import compute
from diaban.work.reporting.flowing import facts_of_sections
from diaban.work.reporting.labels import report_label
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import FIELD, RECEIVE, RETURN
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.queries.layouts import layouts_of
from diaban.work.reporting.rules import SUPPLEMENT
from diaban.work.reporting.services.reception import done_receiving
from diaban.work.reporting.services.steps import WrongStep

SUPPLEMENT_DAYS = 3  # working days to answer a return, where the receiver names no day


@dataclass(frozen=True)
class _Receiving:
    """Of one report: every section of what was sent, and those that the act closes, each with what allows it."""

    report: Report
    sections: Sequence[SectionState]
    closing: Sequence[tuple[SectionState, Grant]]

    @property
    def states(self) -> list[SectionState]:
        return [state for state, _grant in self.closing]

    @property
    def version(self) -> ReportVersion:
        return self.closing[0][0].version


@transaction.atomic
def receive_section(
    *, report_id: int, section: int, expected_revision: int | None = None, actor: Actor, at: datetime
) -> SectionState:
    """Tiếp nhận, chốt số liệu of one section: its figures become facts. Raises `WrongStep`, `NotPermitted`, `StaleRevision`."""
    report = Report.lock(report_id, expected_revision=expected_revision)
    sections = sent_sections(report)
    state = _waiting(sections, section)
    grant = actor.require(RECEIVE, state.section.field_code, report.unit_id)
    _receive([_Receiving(report, sections, [(state, grant)])], actor=actor, at=at)
    return state


@transaction.atomic
def receive_report(
    *, report_id: int, expected_revision: int | None = None, actor: Actor, at: datetime
) -> list[SectionState]:
    """Receive every waiting section that is the actor's to receive, in one act. Raises `NotPermitted` where there is none."""
    report = Report.lock(report_id, expected_revision=expected_revision)
    mine = _all_mine(report, sent_sections(report), actor)
    if not mine.closing:
        raise none_waits()
    _receive([mine], actor=actor, at=at)
    return mine.states


@transaction.atomic
def receive_together(*, report_ids: Iterable[int], actor: Actor, at: datetime) -> dict[int, int]:
    """As `receive_report`, for several reports of one form in one act: all of it or nothing.

    How many sections of each report were received; those of which none waits for the actor are left out.
    """
    reports = Report.lock_all(report_ids)
    if isinstance(actor, PositionActor):
        actor.foresee(report.unit_id for report in reports)
    sections = sections_sent(reports)
    found = [_all_mine(report, sections[report.pk], actor) for report in reports]
    receiving = [one for one in found if one.closing]
    if receiving:
        _receive(receiving, actor=actor, at=at)
    return {one.report.pk: len(one.closing) for one in receiving}


def none_waits() -> NotPermitted:
    """To be raised, or told, where no section of a report waits for the actor."""
    return NotPermitted(_("Không có phần nào của báo cáo đang chờ vị trí này tiếp nhận."))


def sent_sections(report: Report) -> list[SectionState]:
    """The sections of the newest sent version, in their order; none before anything was sent."""
    return sections_sent([report])[report.pk]


def sections_sent(reports: Iterable[Report]) -> dict[int, list[SectionState]]:
    """Those of several reports, by the report's id. Two queries."""
    by_report: dict[int, list[SectionState]] = {report.pk: [] for report in reports}
    sent = ReportVersion.objects.filter(report__in=by_report, data_sent_at__isnull=False)
    newest = {version.pk: version for version in sent.order_by("report_id", "-number").distinct("report_id")}
    states = SectionState.objects.filter(version__in=newest).select_related("section").order_by("section__number")
    for state in states if newest else ():
        state.version = newest[state.version_id]
        by_report[state.version.report_id].append(state)
    return by_report


def waiting(sections: Iterable[SectionState]) -> list[SectionState]:
    """Those that nobody has received or returned yet."""
    return [state for state in sections if state.status == SectionState.Status.WAITING]


def _waiting(sections: Iterable[SectionState], number: int) -> SectionState:
    found = [state for state in waiting(sections) if state.section.number == number]
    if not found:
        raise WrongStep(_("Phần này không ở trạng thái chờ tiếp nhận."))
    return found[0]


def _all_mine(report: Report, sections: Sequence[SectionState], actor: Actor) -> _Receiving:
    asked = [(state, actor.may(RECEIVE, state.section.field_code, report.unit_id)) for state in waiting(sections)]
    return _Receiving(report, sections, [(state, grant) for state, grant in asked if grant is not None])


def _receive(receiving: Sequence[_Receiving], *, actor: Actor, at: datetime) -> None:
    """Close sections of reports of one form."""
    _close([state for one in receiving for state in one.states], SectionState.Status.RECEIVED, actor, at)
    notes = [
        Note(one.report, {"section": (None, state.section.title), "version": (None, one.version.number)}, grant)
        for one in receiving
        for state, grant in one.closing
    ]
    Report.count_up(one.report for one in receiving)
    with in_one_statement():
        act = record_all(actor=actor, verb="reporting.section_received", notes=notes, at=at)
        done_receiving([(one.report, one.sections) for one in receiving], actor=actor, at=at, act=act)
    layouts = layouts_of(one.version.form_version_id for one in receiving)
    accept_deliveries(
        collection_id=receiving[0].report.schedule.form.collection_id,
        deliveries=[
            (Subject("reporting.report", one.report.pk), _facts(one, layouts[one.version.form_version_id]))
            for one in receiving
        ],
        actor=actor,
        at=at,
    )


def _close(states: Sequence[SectionState], status: str, actor: Actor, at: datetime, reason: str = "") -> None:
    said = {"status": status, "at": at, "reason": reason, "by_id": actor.position_id, "by_label": actor.label[:300]}
    SectionState.objects.filter(pk__in=[state.pk for state in states]).update(**said)
    for state in states:
        for name, value in said.items():
            setattr(state, name, value)


def _facts(one: _Receiving, layout: Layout) -> Iterator[NewFact]:
    """What the figures of the sections that are closed become."""
    report = one.report
    day, period = report.period_last_day, Period.parse(report.period)
    entry = entry_of(one.version)
    figures = compute(layout, day, entry.values, entry.reasons)
    closing = {state.section.number for state in one.states}
    for flow in facts_of_sections(layout, day, figures, closing, entry.estimated):
        yield NewFact(
            indicator=flow.indicator,
            unit_id=report.unit_id,
            period=period,
            category=flow.category,
            value=flow.value,
            reason=flow.reason,
            is_estimated=flow.is_estimated,
        )


@transaction.atomic
def return_section(
    *,
    report_id: int,
    section: int,
    reason: str,
    remarks: Mapping[str, str] | None = None,
    due_on: date | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> SectionState:
    """Đề nghị bổ sung, hoàn chỉnh: why, and remarks by cell. The sender owes a supplement, by `due_on` or in three working days.

    The obligation that the sending fulfilled stays fulfilled.
    """
    report = Report.lock(report_id, expected_revision=expected_revision)
    sections = sent_sections(report)
    state = _waiting(sections, section)
    grant = actor.require(RETURN, state.section.field_code, report.unit_id)
    said = {cell: text.strip() for cell, text in (remarks or {}).items() if text.strip()}
    if not reason.strip() and not said:
        raise WrongStep(_("Ghi rõ nội dung cần bổ sung, hoàn chỉnh, ở cả phần hoặc tại ô số liệu."))
    _close([state], SectionState.Status.RETURNED, actor, at, reason.strip())
    report.save_revision()
    subject = Subject("reporting.report", report.pk)
    for cell, text in said.items():
        open_thread(subject=subject, cell=cell, text=text, actor=actor, at=at)
    changes: dict[str, tuple[object, object]] = {
        "section": (None, state.section.title),
        "reason": ("", reason.strip()),
        "cells": ([], sorted(said)),
    }
    act = record(actor=actor, verb="reporting.section_returned", thing=report, at=at, grant=grant, changes=changes)
    done_receiving([(report, sections)], actor=actor, at=at, act=act)
    _owe_supplement(report, state, due_on, actor=actor, at=at, act=act)
    return state


def _owe_supplement(
    report: Report, state: SectionState, due_on: date | None, *, actor: Actor, at: datetime, act: UUID
) -> None:
    open_obligation(
        kind=SUPPLEMENT,
        title=f"Bổ sung, hoàn chỉnh: {report_label(report)}",
        unit_id=report.unit_id,
        field_code=FIELD,
        owner_id=successor_in(report.organisation_id, FIELD, actor.today) or report.organisation_id,
        counterpart_id=state.recipient_id or report.schedule.counterpart_id,
        on=actor.today,
        due_on=due_on or work_calendar().add_working_days(actor.today, SUPPLEMENT_DAYS),
        subject=Subject("reporting.report", report.pk),
        actor=actor,
        at=at,
        act=act,
        reason=_("Báo cáo được đề nghị bổ sung, hoàn chỉnh"),
    )
