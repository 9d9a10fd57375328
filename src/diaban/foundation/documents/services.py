"""Acts on documents. The office's own register numbers them: a draft goes out, the signed paper comes back."""

import uuid
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document, Series
from diaban.foundation.documents.numbering import TYPES, DocumentNumber, parse_number
from diaban.foundation.documents.permissions import OPEN_SERIES, RECORD_ISSUE, REGISTER, require_for
from diaban.foundation.documents.queries import rendering_of
from diaban.foundation.documents.reading import propose
from diaban.foundation.documents.rules import fault_of_issue, may_become
from diaban.foundation.documents.series import highest_given, series_of
from diaban.foundation.documents.stored import to_json
from diaban.foundation.files.queries import files_of
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
            raise NotPossible(_("Chỉ cơ quan đã ban hành mới đính chính, thay thế được văn bản."))
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
    grant = require_for(actor, RECORD_ISSUE, document.organisation_id)
    _must_be_draft(document)
    given = parse_number(number)
    if series_of(document, issued_on.year) is not None:
        raise NotPossible(_("Loại văn bản này do hệ thống cấp số trong năm; không ghi số bằng tay được."))
    return _issue(document, given, issued_on, grant, actor=actor, at=at, signer=signer, signed_pdf=signed_pdf)


def _issue(
    document: Document,
    given: DocumentNumber,
    issued_on: date,
    grant: Grant,
    *,
    actor: Actor,
    at: datetime,
    signer: str,
    signed_pdf: bytes | None,
) -> Document:
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
        raise NotPossible(
            _("Số %(given)s năm %(year)s đã có ở một văn bản khác.") % {"given": given, "year": issued_on.year}
        ) from error
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
def issue_in_series(
    *,
    document_id: int,
    issued_on: date,
    expected_revision: int,
    actor: Actor,
    at: datetime,
    signer: str = "",
    signed_pdf: bytes | None = None,
) -> Document:
    """As `record_issued`, with the next number of the office's own series. The number is given in this transaction, in the
    series' turn: what fails gives it back, so there is no gap. Days run with the numbers.

    Raises `NotPossible` also where no series is open for the type and year.
    """
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, RECORD_ISSUE, document.organisation_id)
    _must_be_draft(document)
    key = {"organisation_id": document.organisation_id, "type_code": document.type_code, "year": issued_on.year}
    series = Series.objects.select_for_update().filter(**key).first()
    if series is None or document.is_brought:
        raise NotPossible(_("Chưa mở sổ cấp số của hệ thống cho loại văn bản này trong năm."))
    own = Document.objects.filter(organisation_id=document.organisation_id, type_code=document.type_code, issuer="")
    latest = own.filter(issued_on__year=issued_on.year).aggregate(day=Max("issued_on"))["day"]
    if latest is not None and issued_on < latest:
        raise NotPossible(
            _("Số trước đã cấp ngày %(latest)s; ngày ban hành không được sớm hơn.") % {"latest": f"{latest:%d/%m/%Y}"}
        )
    series.last += 1
    series.save(update_fields=["last"])
    given = DocumentNumber(series.last, document.symbol)
    return _issue(document, given, issued_on, grant, actor=actor, at=at, signer=signer, signed_pdf=signed_pdf)


@transaction.atomic
def open_series(*, organisation_id: int, type_code: str, year: int, actor: Actor, at: datetime) -> Series:
    """Let the system number a type of paper of the actor's own body in a year, going on after the highest number given.

    Numbers of that type and year can then no longer be typed. Opening it again changes nothing.
    """
    grant = require_for(actor, OPEN_SERIES, organisation_id)
    if type_code not in TYPES:
        raise NotPossible(_("Không có loại văn bản này."))
    key = {"organisation_id": organisation_id, "type_code": type_code, "year": year}
    last = highest_given(organisation_id, type_code, year)
    series, is_new = Series.objects.get_or_create(**key, defaults={"last": last})
    if is_new:
        changes = {"type": (None, type_code), "year": (None, year), "last": (None, last)}
        record(actor=actor, verb="documents.series_opened", thing=series, at=at, grant=grant, changes=changes)
    return series


@transaction.atomic
def bring_paper(*, content: bytes, title: str, organisation_id: int, actor: Actor, at: datetime) -> Document:
    """Take in a signed PDF that was not written here, as a draft that waits to be registered; its text proposes the rest.

    Raises `NotPermitted` or `NotAccepted`.
    """
    grant = require_for(actor, REGISTER, organisation_id)
    found = propose(content)
    document = Document.objects.create(
        uid=uuid.uuid4(),
        organisation_id=organisation_id,
        drafted_by_id=actor.organisation_id,
        drafted_at=at,
        subject_kind="organisations.organisation",
        subject_id=organisation_id,
        type_code=found.type_code or "CV",
        content={},
        title=(found.title or title)[:500],
        symbol="",
        issuer=found.issuer[:200],
    )
    keep_file(content=content, title=title, subject=subject_of(document), accepted=frozenset({PDF}), actor=actor, at=at)
    record(actor=actor, verb="documents.brought", thing=document, at=at, grant=grant)
    return document


@transaction.atomic
def register_paper(
    *,
    document_id: int,
    number: str,
    issued_on: date,
    type_code: str,
    title: str,
    issuer: str,
    signer: str,
    expected_revision: int,
    actor: Actor,
    at: datetime,
) -> Document:
    """Register a brought paper as its signed text reads. `issuer` blank: the keeping body issued it itself.

    Raises `NotPermitted`, `StaleRevision`, `BadNumber` for an own paper's number, or `NotPossible`.
    """
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, REGISTER, document.organisation_id)
    _must_be_draft(document)
    if not document.is_brought or type_code not in TYPES or not title.strip() or not number.strip():
        raise NotPossible(_("Ghi đủ số, loại và trích yếu của văn bản đã nạp."))
    if issued_on > timezone.localdate(at):
        raise NotPossible(_("Ngày ban hành %(issued_on)s chưa đến.") % {"issued_on": f"{issued_on:%d/%m/%Y}"})
    document.type_code, document.issuer = type_code, issuer.strip()[:200]
    if not document.issuer and series_of(document, issued_on.year) is not None:
        raise NotPossible(_("Loại văn bản này do hệ thống cấp số trong năm; không ghi số bằng tay được."))
    document.number = number.strip()[:70] if document.issuer else str(parse_number(number))
    document.symbol = document.number.partition("/")[2][:60]
    document.issued_on, document.status = issued_on, Document.Status.ISSUED
    document.title, document.signer = title.strip()[:500], signer.strip()[:150]
    document.issued_file = files_of(subject_of(document)).first()
    try:
        with transaction.atomic():
            document.save_revision(*_REGISTERED)
    except IntegrityError as error:
        raise NotPossible(
            _("Văn bản số %(number)s năm %(year)s đã được đăng ký.")
            % {"number": document.number, "year": issued_on.year}
        ) from error
    changes = {"number": ("", document.number), "issued_on": (None, issued_on), "issuer": ("", document.issuer)}
    record(actor=actor, verb="documents.registered", thing=document, at=at, grant=grant, changes=changes)
    return document


_REGISTERED = ("type_code", "issuer", "number", "symbol", "issued_on", "status", "title", "signer", "issued_file")


@transaction.atomic
def recall_document(*, document_id: int, reason: str, expected_revision: int, actor: Actor, at: datetime) -> Document:
    """Take an issued document back, with the reason. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    document = Document.lock(document_id, expected_revision=expected_revision)
    grant = require_for(actor, "documents.recall", document.organisation_id)
    _must_follow(document, Document.Status.RECALLED)
    if not reason.strip():
        raise NotPossible(_("Hãy ghi lý do thu hồi văn bản."))
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
        raise NotPossible(_("Văn bản đã ban hành, không sửa được. Hãy đính chính, thay thế hoặc thu hồi."))


def _must_follow(document: Document, following: str) -> None:
    if not may_become(document.status, following):
        raise NotPossible(
            _("%(document)s đang ở trạng thái “%(status)s”, không làm được việc này.")
            % {"document": document, "status": document.get_status_display()}
        )
