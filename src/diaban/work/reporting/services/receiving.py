"""Receiving section by section: figures are closed and become facts, or go back with remarks at their cells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.services import accept_facts
from diaban.foundation.journal.services import Note, in_one_statement, record, record_all
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.services import open_obligation
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.remarks.services import open_thread
from diaban.lib.periods import Period
from diaban.work.reporting.cells import compute
from diaban.work.reporting.flowing import facts_of_sections
from diaban.work.reporting.labels import report_label
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import FIELD, RECEIVE, RETURN
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.rules import SUPPLEMENT
from diaban.work.reporting.services.reception import done_receiving
from diaban.work.reporting.services.steps import WrongStep

SUPPLEMENT_DAYS = 3  # working days to answer a return, where the receiver names no day


@transaction.atomic
def receive_section(
    *, report_id: int, section: int, expected_revision: int | None = None, actor: Actor, at: datetime
) -> SectionState:
    """Tiếp nhận, chốt số liệu of one section: its figures become facts. Raises `WrongStep`, `NotPermitted`, `StaleRevision`."""
    report = Report.lock(report_id, expected_revision=expected_revision)
    sections = sent_sections(report)
    state = _waiting(sections, section)
    grant = actor.require(RECEIVE, state.section.field_code, report.unit_id)
    _receive(report, sections, [(state, grant)], actor=actor, at=at)
    return state


@transaction.atomic
def receive_report(
    *, report_id: int, expected_revision: int | None = None, actor: Actor, at: datetime
) -> list[SectionState]:
    """Receive every waiting section that is the actor's to receive, in one act. Raises `NotPermitted` where there is none."""
    report = Report.lock(report_id, expected_revision=expected_revision)
    sections = sent_sections(report)
    asked = [(state, actor.may(RECEIVE, state.section.field_code, report.unit_id)) for state in waiting(sections)]
    mine = [(state, grant) for state, grant in asked if grant is not None]
    if not mine:
        raise NotPermitted(_("Không có phần nào của báo cáo đang chờ vị trí này tiếp nhận."))
    _receive(report, sections, mine, actor=actor, at=at)
    return [state for state, _grant in mine]


def sent_sections(report: Report) -> list[SectionState]:
    """The sections of the newest sent version, in their order; none before anything was sent."""
    newest = report.versions.filter(data_sent_at__isnull=False).order_by("-number").first()
    return list(newest.sections.select_related("section").order_by("section__number")) if newest else []


def waiting(sections: Iterable[SectionState]) -> list[SectionState]:
    """Those that nobody has received or returned yet."""
    return [state for state in sections if state.status == SectionState.Status.WAITING]


def _waiting(sections: Iterable[SectionState], number: int) -> SectionState:
    found = [state for state in waiting(sections) if state.section.number == number]
    if not found:
        raise WrongStep(_("Phần này không ở trạng thái chờ tiếp nhận."))
    return found[0]


def _receive(
    report: Report,
    sections: Sequence[SectionState],
    states: Sequence[tuple[SectionState, Grant]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Close some of the version's sections."""
    version = states[0][0].version
    _close([state for state, _grant in states], SectionState.Status.RECEIVED, actor, at)
    notes = [
        Note(report, {"section": (None, state.section.title), "version": (None, version.number)}, grant)
        for state, grant in states
    ]
    report.save_revision()
    with in_one_statement():
        act = record_all(actor=actor, verb="reporting.section_received", notes=notes, at=at)
        done_receiving(report, sections, actor=actor, at=at, act=act)
    _flow(report, version, {state.section.number for state, _grant in states}, actor=actor, at=at)


def _close(states: Sequence[SectionState], status: str, actor: Actor, at: datetime, reason: str = "") -> None:
    said = {"status": status, "at": at, "reason": reason, "by_id": actor.position_id, "by_label": actor.label[:300]}
    SectionState.objects.filter(pk__in=[state.pk for state in states]).update(**said)
    for state in states:
        for name, value in said.items():
            setattr(state, name, value)


def _flow(report: Report, version: ReportVersion, sections: set[int], *, actor: Actor, at: datetime) -> None:
    layout = layout_of(version.form_version_id)
    day = report.period_last_day
    entry = entry_of(version)
    figures = compute(layout, day, entry.values, entry.reasons)
    flows = facts_of_sections(layout, day, figures, sections, entry.estimated)
    period = Period.parse(report.period)
    accept_facts(
        collection_id=report.schedule.form.collection_id,
        rows=[
            NewFact(
                indicator=flow.indicator,
                unit_id=report.unit_id,
                period=period,
                category=flow.category,
                value=flow.value,
                reason=flow.reason,
                is_estimated=flow.is_estimated,
            )
            for flow in flows
        ],
        source=Subject("reporting.report", report.pk),
        actor=actor,
        at=at,
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
    done_receiving(report, sections, actor=actor, at=at, act=act)
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
