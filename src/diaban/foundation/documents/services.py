"""Acts on documents. The office's own register numbers them: a draft goes out, the signed paper comes back."""

import uuid
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.numbering import DocumentNumber, parse_number
from diaban.foundation.documents.permissions import require_for
from diaban.foundation.documents.queries import rendering_of
from diaban.foundation.documents.rules import fault_of_issue, may_become
from diaban.foundation.documents.stored import to_json
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import PDF
from diaban.foundation.journal.services import record


class NotPossible(ValueError):
    """The document cannot be handled so; the message says why in Vietnamese."""


@transaction.atomic
def draft_document(
    *,
    paper: Paper,
    organisation_id: int,
    subject: Subject,
    actor: Actor,
    at: datetime,
    supersedes_id: int | None = None,
    supersedes_as: str = "",
) -> Document:
    """Keep a new draft for `organisation_id` to issue. Its number and day of issue, if the paper has any, are left out.

    Raises `NotPermitted`, or `NotPossible` where the document to be superseded cannot be.
    """
    grant = require_for(actor, "documents.draft", organisation_id)
    if supersedes_id is not None:
        older = Document.lock(supersedes_id)
        _must_follow(older, supersedes_as)
        if older.organisation_id != organisation_id:
            raise NotPossible("Chỉ cơ quan đã ban hành mới đính chính, thay thế được văn bản.")
    document = Document.objects.create(
        uid=uuid.uuid4(),
        organisation_id=organisation_id,
        drafted_by_id=actor.organisation_id,
        drafted_at=at,
        subject_kind=subject.kind,
        subject_id=subject.id,
        supersedes_id=supersedes_id,
        supersedes_as=supersedes_as,
        **_said(paper),
    )
    record(actor=actor, verb="documents.drafted", thing=document, at=at, grant=grant)
    return document


@transaction.atomic
def revise_document(*, document_id: int, paper: Paper, expected_revision: int, actor: Actor, at: datetime) -> Document:
    """Put other words into a draft. Raises `NotPermitted`, `StaleRevision`, `NotPossible` once it is issued."""
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, "documents.draft", document.organisation_id)
    _must_be_draft(document)
    said = _said(paper)
    for name, value in said.items():
        setattr(document, name, value)
    document.save_revision(*said)
    record(actor=actor, verb="documents.revised", thing=document, at=at, grant=grant)
    return document


@transaction.atomic
def discard_draft(*, document_id: int, expected_revision: int, actor: Actor, at: datetime) -> None:
    """Delete a draft. Raises as `revise_document`: what was issued stays."""
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, "documents.draft", document.organisation_id)
    _must_be_draft(document)
    record(actor=actor, verb="documents.discarded", thing=document, at=at, grant=grant)
    document.delete()


@transaction.atomic
def record_issued(
    *,
    document_id: int,
    number: str,
    issued_on: date,
    expected_revision: int,
    actor: Actor,
    at: datetime,
    signer: str = "",
    signed_pdf: bytes | None = None,
) -> Document:
    """Record number, day and signer that the office's register gave, with the signed file, else our own print of it.

    The document it supersedes, if any, takes its new status in the same act. Raises `NotPermitted`, `StaleRevision`,
    `BadNumber`, `NotAccepted` (the file), or `NotPossible`.
    """
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, "documents.record_issue", document.organisation_id)
    _must_be_draft(document)
    given = parse_number(number)
    _check_issue(document, given, issued_on, at)
    document.number, document.issued_on, document.status = str(given), issued_on, Document.Status.ISSUED
    document.signer = signer or str(document.content["signer"]["name"])
    document.issued_file = keep_file(
        content=signed_pdf if signed_pdf is not None else rendering_of(document, "pdf").content,
        title=f"{document.number.replace('/', '-')}.pdf",
        subject=subject_of(document),
        accepted=frozenset({PDF}),
        actor=actor,
        at=at,
    )
    try:
        with transaction.atomic():
            document.save_revision("number", "issued_on", "status", "signer", "issued_file")
    except IntegrityError as error:
        raise NotPossible(f"Số {given} năm {issued_on.year} đã có ở một văn bản khác.") from error
    changes = {
        "number": ("", document.number),
        "issued_on": (None, issued_on),
        "signed": (False, signed_pdf is not None),
    }
    act = record(actor=actor, verb="documents.issued", thing=document, at=at, grant=grant, changes=changes)
    if document.supersedes_id is not None:
        _supersede(document.supersedes_id, document, act=act, actor=actor, at=at)
    return document


@transaction.atomic
def recall_document(*, document_id: int, reason: str, expected_revision: int, actor: Actor, at: datetime) -> Document:
    """Take an issued document back, with the reason. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, "documents.recall", document.organisation_id)
    _must_follow(document, Document.Status.RECALLED)
    if not reason.strip():
        raise NotPossible("Hãy ghi lý do thu hồi văn bản.")
    before, document.status, document.recall_reason = document.status, Document.Status.RECALLED, reason.strip()[:300]
    document.save_revision("status", "recall_reason")
    changes = {"status": (before, document.status), "reason": ("", document.recall_reason)}
    record(actor=actor, verb="documents.recalled", thing=document, at=at, grant=grant, changes=changes)
    return document


def _said(paper: Paper) -> dict[str, object]:
    content = to_json(replace(paper, number=None, issued_on=None))
    return {
        "content": content,
        "type_code": paper.type_code,
        "title": str(content["subject"])[:500],
        "symbol": paper.symbol,
    }


def _check_issue(document: Document, given: DocumentNumber, issued_on: date, at: datetime) -> None:
    fault = fault_of_issue(
        number=given,
        symbol=document.symbol,
        issued_on=issued_on,
        today=timezone.localdate(at),
    )
    if fault:
        raise NotPossible(fault)


def _supersede(older_id: int, document: Document, *, act: uuid.UUID, actor: Actor, at: datetime) -> None:
    older = Document.lock(older_id)
    _must_follow(older, document.supersedes_as)
    before, older.status = older.status, Document.Status(document.supersedes_as)
    older.save_revision("status")
    changes = {"status": (before, older.status), "by": ("", document.number)}
    record(actor=actor, verb=f"documents.{older.status}", thing=older, at=at, act=act, changes=changes)


def _must_be_draft(document: Document) -> None:
    if document.status != Document.Status.DRAFT:
        raise NotPossible("Văn bản đã ban hành, không sửa được. Hãy đính chính, thay thế hoặc thu hồi.")


def _must_follow(document: Document, following: str) -> None:
    if not may_become(document.status, following):
        raise NotPossible(f"{document} đang ở trạng thái “{document.get_status_display()}”, không làm được việc này.")
