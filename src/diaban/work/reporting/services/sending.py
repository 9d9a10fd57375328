"""Sending: with number, day and signed file; or the figures now and the paper later. Correcting what was sent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.models import File
from diaban.foundation.files.services import keep_file
from diaban.foundation.journal.services import in_one_statement, record
from diaban.foundation.mandates.routing import Lead, responsible_for
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import CORRECT, FIELD, SEND, may_send
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.rules import SENT
from diaban.work.reporting.services.proposing import raise_proposals
from diaban.work.reporting.services.reception import owe_reception
from diaban.work.reporting.services.saving import DRAFTED
from diaban.work.reporting.services.steps import WrongStep, fulfil_open, lock_own, move, newest, require_step
from diaban.work.reporting.services.writing import require_ready

PAPERS = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class Paper:
    """The signed paper: its number and day, and the file (a digitally signed PDF, or a scan)."""

    number: str
    signed_on: date
    content: bytes
    title: str = "bao-cao.pdf"


@transaction.atomic
def send_report(
    *, report_id: int, paper: Paper | None, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Report:
    """Gửi báo cáo. Without a paper the figures are sent ("Đã gửi số liệu, chờ văn bản"): in time, with a flag.

    A report whose figures were sent already takes the paper and nothing else. What is sent fulfils the obligation of the
    period and open supplements. Raises `WrongStep`, `NotReady`, `NotAccepted` or `NotPermitted`.
    """
    report = lock_own(report_id, actor, expected_revision)
    grant = may_send(actor, report) or actor.require(SEND, FIELD, report.unit_id)
    version = newest(report)
    if report.status == SENT and version.awaits_paper:
        return _bring_paper(report, version, paper, grant, actor=actor, at=at)
    require_step("send", report)
    layout = layout_of(version.form_version_id)
    require_ready(report, version, layout)
    give_out(report, version, paper, grant, layout=layout, actor=actor, at=at)
    return report


def give_out(
    report: Report,
    version: ReportVersion,
    paper: Paper | None,
    grant: Grant,
    *,
    layout: Layout,
    actor: Actor,
    at: datetime,
) -> None:
    """Send a version that is found ready, saved or not; part of acts that have asked the permission."""
    version.data_sent_at, version.sent_by_id, version.sent_label = at, actor.position_id, actor.label[:300]
    version.save(update_fields=(*DRAFTED, "data_sent_at", "sent_by", "sent_label"))
    if paper is not None:
        put_paper(report, version, paper, actor=actor, at=at)
    recipients = address(report, version, layout)
    verb = "reporting.report_sent" if paper else "reporting.data_sent"
    changes = {"version": (None, version.number), "number": ("", paper.number if paper else "")}
    with in_one_statement():
        act = move(report, "send", verb=verb, actor=actor, at=at, grant=grant, changes=changes)
        fulfil_open(report, actor=actor, at=at, act=act)
        owe_reception(report, recipients, actor=actor, at=at)
    raise_proposals(report, version, actor=actor, at=at)


def _bring_paper(
    report: Report, version: ReportVersion, paper: Paper | None, grant: Grant, *, actor: Actor, at: datetime
) -> Report:
    if paper is None:
        raise WrongStep(_("Số liệu đã gửi; còn chờ số, ngày và tệp văn bản đã ký."))
    put_paper(report, version, paper, actor=actor, at=at)
    report.save_revision()
    changes = {"number": ("", paper.number), "signed_on": (None, paper.signed_on)}
    record(actor=actor, verb="reporting.paper_sent", thing=report, at=at, grant=grant, changes=changes)
    return report


def put_paper(report: Report, version: ReportVersion, paper: Paper, *, actor: Actor, at: datetime) -> None:
    """Keep the signed file and its number; the version is a signed report from then on."""
    if not paper.number.strip():
        raise WrongStep(_("Ghi số, ký hiệu của văn bản đã ký."))
    if paper.signed_on > actor.today:
        raise WrongStep(_("Ngày ký không được sau hôm nay."))
    version.document_number, version.signed_on, version.sent_at = paper.number.strip()[:60], paper.signed_on, at
    version.signed_file = keep(report, paper.content, paper.title, actor=actor, at=at)
    version.save(update_fields=["document_number", "signed_on", "sent_at", "signed_file"])


def keep(report: Report, content: bytes, title: str, *, actor: Actor, at: datetime) -> File:
    subject = Subject("reporting.report", report.pk)
    return keep_file(content=content, title=title, subject=subject, accepted=PAPERS, actor=actor, at=at)


def address(report: Report, version: ReportVersion, layout: Layout) -> set[int]:
    """Give every section of a sent version to whoever the mandates named on the period's last day; returns the offices that
    have sections to receive, the schedule's counterpart for those that nobody was named for.

    A section that its receiver had closed in the version before, and that says the same now, stays received. The report's
    own list of recipients is saved with its next step.
    """
    sections = layout.blocks
    asked = {("manage", section.field_code) for section in sections}
    answers = responsible_for(asked, [report.unit_id], report.period_last_day)
    recipients: dict[str, int | None] = {}
    for (_function, field_code), by_unit in answers.items():
        answer = by_unit[report.unit_id]
        recipients[str(field_code)] = answer.organisation_id if isinstance(answer, Lead) else None
    report.recipient_ids = sorted({*report.recipient_ids, *(one for one in recipients.values() if one is not None)})
    before = _closed_before(report, version)
    states = [
        SectionState(
            version=version,
            section_id=section.section_id,
            recipient_id=recipients[section.field_code],
            **before.get(section.section_id, {}),
        )
        for section in sections
    ]
    SectionState.objects.bulk_create(states)
    waiting = (state for state in states if state.status == SectionState.Status.WAITING)
    return {state.recipient_id or report.schedule.counterpart_id for state in waiting}


def _closed_before(report: Report, version: ReportVersion) -> dict[int, dict[str, object]]:
    """By section: how the version before was received, where nothing in the section has changed since."""
    if version.number == 1:
        return {}
    before = report.versions.filter(number=version.number - 1, form_version=version.form_version_id).first()
    if before is None:
        return {}
    changed = changed_sections(before, version, report.period_last_day)
    states = before.sections.filter(status=SectionState.Status.RECEIVED).select_related("section")
    return {
        state.section_id: {"status": state.status, "at": state.at, "by_id": state.by_id, "by_label": state.by_label}
        for state in states
        if state.section.number not in changed
    }


def changed_sections(before: ReportVersion, after: ReportVersion, last_day: date) -> set[int]:
    """The numbers of the sections whose values, reasons or estimates differ between two versions of one form version."""
    changed: set[int] = set()
    for cell in cells_of(layout_of(after.form_version_id), last_day):
        for contents in ("values", "reasons", "supplied"):
            if getattr(before, contents).get(cell.name) != getattr(after, contents).get(cell.name):
                changed.add(cell.section)
        if (cell.name in before.estimated) != (cell.name in after.estimated):
            changed.add(cell.section)
    return changed


@transaction.atomic
def correct_report(
    *, report_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Report:
    """Lập bản điều chỉnh: a new version begins as a copy of the sent one, which stays as it was.

    After a return the reason may be left out: the receivers have given it.
    """
    report = lock_own(report_id, actor, expected_revision)
    grant = actor.require(CORRECT, FIELD, report.unit_id)
    require_step("correct", report)
    was_returned = report.versions.filter(sections__status=SectionState.Status.RETURNED).exists()
    if not reason.strip() and not was_returned:
        raise WrongStep(_("Ghi lý do điều chỉnh báo cáo đã gửi."))
    version = begin_version(report)
    changes = {"version": (version.number - 1, version.number), "reason": ("", reason.strip())}
    move(report, "correct", verb="reporting.correction_opened", actor=actor, at=at, grant=grant, changes=changes)
    return report


def begin_version(report: Report) -> ReportVersion:
    """A new draft with the contents of the newest version."""
    before = newest(report)
    copied = (
        "values",
        "unread",
        "reasons",
        "texts",
        "explanations",
        "estimated",
        "supplied",
        "confirmed",
        "objections",
    )
    return ReportVersion.objects.create(
        report=report,
        number=before.number + 1,
        form_version_id=before.form_version_id,
        **{name: getattr(before, name) for name in copied},
    )
