"""Choosing between sources: a decision with its reason; what the unit sent is never written over."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.services import accept_facts
from diaban.foundation.journal.services import record
from diaban.foundation.remarks.services import open_thread
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.cells import compute
from diaban.work.reporting.flowing import Flow, cells_of_facts, facts_of_sections
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, SectionState, SourceChoice
from diaban.work.reporting.permissions import CHOOSE
from diaban.work.reporting.quality.sources import CHOICE_KIND, LOCALITY, SUPPLIED, Compared, Source, sources_of_cell
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.services.receiving import return_section
from diaban.work.reporting.services.steps import WrongStep
from diaban.work.reporting.validation import Entry, check_values

Outcome = SourceChoice.Outcome


@transaction.atomic
def choose_source(
    *,
    report_id: int,
    cell: str,
    source: str,
    reason: str,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> SourceChoice:
    """Lấy số của một nguồn: which source's figure of a cell counts, and why.

    The report's own figure is kept as it is. Another one, of a section that was received, becomes a newer fact of the same
    collection (with the totals that follow from it), so that the consolidation goes on reading one collection and
    `--as-of` the figure of that day; of a section that waits, the section goes back to the unit with the reason at the
    cell. Either way the unit reads the decision at its cell. Raises `WrongStep`, `NotPermitted` or `StaleRevision`.
    """
    report = Report.lock(report_id, expected_revision=expected_revision)
    found = sources_of_cell(report, cell)
    chosen = found.source(source) if found else None
    if found is None or chosen is None or chosen.value is None:
        raise WrongStep(
            _("Không có nguồn số liệu này ở ô đã chọn, hoặc báo cáo đã có bản khác; hãy mở lại trang đối chiếu.")
        )
    if not reason.strip():
        raise WrongStep(_("Ghi lý do lấy số của nguồn này."))
    state = found.version.sections.select_related("section").get(section__number=found.cell.section)
    grant = actor.require(CHOOSE, state.section.field_code, report.unit_id)
    outcome = _outcome(found, chosen, state)
    choice = _keep(found, chosen, outcome, reason.strip()[:1000], actor, at)
    report.save_revision()
    act = record(
        actor=actor,
        verb="reporting.source_chosen",
        thing=report,
        at=at,
        grant=grant,
        changes={
            "cell": (cell, cell),
            "value": (choice.before, choice.value),
            "source": ("", chosen.label),
            "outcome": ("", outcome.value),
            "reason": ("", choice.reason),
        },
    )
    _carry_out(choice, found, state, actor=actor, at=at, act=act)
    return choice


def _outcome(found: Compared, chosen: Source, state: SectionState) -> SourceChoice.Outcome:
    """Raises `WrongStep`."""
    if state.status == SectionState.Status.RETURNED:
        raise WrongStep(_("Phần này đã được đề nghị bổ sung; chờ đơn vị gửi lại rồi đối chiếu."))
    is_received = state.status == SectionState.Status.RECEIVED
    own = found.source(LOCALITY) or found.source(SUPPLIED)
    now = found.standing if is_received else own.value if own else None
    if chosen.value == now:
        return Outcome.KEPT
    if not is_received:
        return Outcome.RETURNED
    if not found.can_take:
        raise WrongStep(_("Đây là tổng được cộng từ các dòng chi tiết; chọn nguồn ở từng dòng chi tiết."))
    return Outcome.CORRECTED


def _keep(
    found: Compared, chosen: Source, outcome: SourceChoice.Outcome, reason: str, actor: Actor, at: datetime
) -> SourceChoice:
    assert chosen.value is not None  # noqa: S101 (asked above)
    own = found.source(LOCALITY) or found.source(SUPPLIED)
    return SourceChoice.objects.create(
        report=found.report,
        version=found.version,
        cell=found.cell.name,
        label=found.cell.label[:300],
        source=chosen.key,
        source_label=chosen.label[:300],
        value=chosen.value,
        before=found.standing if found.standing is not None or own is None else own.value,
        is_estimated=chosen.is_estimated,
        told=[
            {"label": one.label, "value": None if one.value is None else format(one.value, "f"), "days": one.days}
            for one in found.sources
        ],
        reason=reason,
        outcome=outcome,
        at=at,
        by_id=actor.position_id,
        by_label=actor.label[:300],
    )


def _carry_out(
    choice: SourceChoice, found: Compared, state: SectionState, *, actor: Actor, at: datetime, act: UUID
) -> None:
    value, before = (format_number(one) if one is not None else "…" for one in (choice.value, choice.before))
    if choice.outcome == Outcome.RETURNED:
        said = f"Nguồn khác ({choice.source_label}) là {value}, báo cáo ghi {before}. {choice.reason}"
        return_section(
            report_id=found.report.pk,
            section=state.section.number,
            reason="Rà soát số liệu khác nhau giữa các nguồn, gửi lại.",
            remarks={choice.cell: said},
            actor=actor,
            at=at,
        )
        return
    verdict = (
        "Giữ số đã báo cáo" if choice.outcome == Outcome.KEPT else f"Số tổng hợp lấy {value} (báo cáo ghi {before})"
    )
    open_thread(
        subject=Subject("reporting.report", found.report.pk),
        cell=choice.cell,
        text=f"{verdict}, theo nguồn: {choice.source_label}. Lý do: {choice.reason}",
        actor=actor,
        at=at,
    )
    if choice.outcome == Outcome.CORRECTED:
        _correct(choice, found, actor=actor, at=at)


def _correct(choice: SourceChoice, found: Compared, *, actor: Actor, at: datetime) -> None:
    """The fact of the figure taken, and of every total that follows from it and is another than without it."""
    report, layout = found.report, layout_of(found.version.form_version_id)
    entry, earlier = entry_of(found.version), _decided(found.version, without=choice.pk)
    before, after = _with(entry, earlier), _with(entry, earlier | {choice.cell: choice})
    _refuse_new_errors(report, layout, before, after)
    states = found.version.sections.filter(status=SectionState.Status.RECEIVED)
    received = set(states.values_list("section__number", flat=True))
    stood = {(one.indicator, one.category): one.value for one in _flows(report, layout, before, received)}
    cells = cells_of_facts(layout, report.period_last_day)
    period = Period.parse(report.period)
    rows = [
        NewFact(one.indicator, report.unit_id, period, one.value, one.category, one.reason, one.is_estimated)
        for one in _flows(report, layout, after, received)
        if (place := (one.indicator, one.category)) and (one.value != stood[place] or cells[place] == choice.cell)
    ]
    accept_facts(
        collection_id=report.schedule.form.collection_id,
        rows=rows,
        source=Subject(CHOICE_KIND, choice.pk),
        actor=actor,
        at=at,
    )


def _decided(version: ReportVersion, *, without: int) -> dict[str, SourceChoice]:
    """What was taken before about the cells of the version, the newest of each."""
    rows = SourceChoice.objects.filter(version=version, outcome=Outcome.CORRECTED).exclude(pk=without)
    return {one.cell: one for one in rows.order_by("at", "pk")}


def _with(entry: Entry, taken: Mapping[str, SourceChoice]) -> Entry:
    estimated = {name for name, one in taken.items() if one.is_estimated}
    return Entry(
        values={**entry.values, **{name: one.value for name, one in taken.items()}},
        unread=entry.unread,
        reasons={name: reason for name, reason in entry.reasons.items() if name not in taken},
        texts=entry.texts,
        explanations=entry.explanations,
        estimated=(entry.estimated - taken.keys()) | estimated,
    )


def _flows(report: Report, layout: Layout, entry: Entry, sections: Collection[int]) -> list[Flow]:
    day = report.period_last_day
    figures = compute(layout, day, entry.values, entry.reasons)
    return facts_of_sections(layout, day, figures, sections, entry.estimated)


def _refuse_new_errors(report: Report, layout: Layout, before: Entry, after: Entry) -> None:
    """A figure that contradicts the rest of the report is not put into it from outside. Raises `WrongStep`."""
    known = {(one.cell, one.code) for one in check_values(layout, report.period_last_day, before) if one.is_error}
    new = [
        one.message
        for one in check_values(layout, report.period_last_day, after)
        if one.is_error and (one.cell, one.code) not in known
    ]
    if new:
        raise WrongStep(
            _("Lấy số này thì báo cáo mâu thuẫn: %(new)s Hãy trao đổi để đơn vị lập bản điều chỉnh.") % {"new": new[0]}
        )
