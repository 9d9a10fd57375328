"""Kiến nghị of localities: the rows of a report's proposals, and what became of each."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diaban.foundation.remarks.models import Remark, Thread
from diaban.work.reporting.labels import KIND_OF_REPORT
from diaban.work.reporting.models import Report, ReportVersion

HEADING = "TEXT__proposals"


@dataclass(frozen=True)
class Proposal:
    """One row of a sent report, and what was said to it, oldest first. `cell` names it in threads: it stays the same in a
    later version as long as its words do."""

    report: Report
    cell: str
    addressee: str
    content: str
    said: Sequence[Remark] = ()
    is_settled: bool = False

    @property
    def status(self) -> str:
        if self.is_settled:
            return "answered"
        return "waiting_answer" if self.said else "not_answered"

    @property
    def last_said(self) -> Remark | None:
        return self.said[-1] if self.said else None


def proposals_of(reports: Sequence[Report]) -> list[Proposal]:
    """The proposals of the newest sent versions, in the order of the reports. Three queries."""
    versions = {
        one.report_id: one
        for one in ReportVersion.objects.filter(report__in=reports, data_sent_at__isnull=False).order_by("number")
    }
    threads: dict[tuple[int, str], Thread] = {
        (one.subject_id, one.cell): one
        for one in Thread.objects.filter(
            subject_kind=KIND_OF_REPORT, subject_id__in=versions, cell__startswith=f"{HEADING}:"
        )
        .prefetch_related("remarks")
        .order_by("pk")
    }
    return [
        _proposal(report, row, threads)
        for report in reports
        if report.pk in versions
        for row in _rows(versions[report.pk])
    ]


def _rows(version: ReportVersion) -> Iterable[Mapping[str, str]]:
    written = version.texts.get(HEADING)
    return [row for row in written if row.get("content", "").strip()] if isinstance(written, list) else []


def _proposal(report: Report, row: Mapping[str, str], threads: Mapping[tuple[int, str], Thread]) -> Proposal:
    addressee, content = row.get("addressee", "").strip(), row["content"].strip()
    digest = hashlib.sha256(f"{addressee}\n{content}".encode()).hexdigest()[:16]
    cell = f"{HEADING}:{digest}"
    thread = threads.get((report.pk, cell))
    if thread is None:
        return Proposal(report, cell, addressee, content)
    return Proposal(report, cell, addressee, content, list(thread.remarks.all()), thread.settled_at is not None)
