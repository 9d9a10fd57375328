"""Answering a locality's proposal, at its row."""

from datetime import datetime

from django.db import transaction

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.remarks.models import Thread
from diaban.foundation.remarks.services import add_remark, open_thread, settle_thread
from diaban.work.reporting.labels import KIND_OF_REPORT
from diaban.work.reporting.models import Report
from diaban.work.reporting.permissions import RECEIVE, may_answer
from diaban.work.reporting.proposals import proposals_of
from diaban.work.reporting.services.steps import WrongStep


@transaction.atomic
def answer_proposal(
    *, report_id: int, cell: str, text: str, is_final: bool = False, actor: Actor, at: datetime
) -> Thread:
    """Trả lời kiến nghị: say to a proposal what becomes of it; `is_final` closes it. Whoever receives a section of the report
    answers. Raises `WrongStep` for a row that is not there, `EmptyRemark` or `NotPermitted`."""
    report = Report.lock(report_id)
    if not may_answer(actor, report):
        raise NotPermitted(str(act_kind(RECEIVE).label))
    if cell not in {one.cell for one in proposals_of([report])}:
        raise WrongStep("Không còn kiến nghị này trong bản mới nhất của báo cáo.")
    thread = Thread.objects.filter(subject_kind=KIND_OF_REPORT, subject_id=report.pk, cell=cell).first()
    if thread is None:
        thread = open_thread(subject=Subject(KIND_OF_REPORT, report.pk), cell=cell, text=text, actor=actor, at=at)
    else:
        add_remark(thread=thread, text=text, actor=actor, at=at)
    return settle_thread(thread_id=thread.pk, actor=actor, at=at) if is_final else thread
