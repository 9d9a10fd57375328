"""A draft goes out, the signed paper comes back, and nothing issued disappears."""

from dataclasses import replace
from datetime import date

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.numbering import BadNumber
from diaban.foundation.documents.permissions import visible_documents
from diaban.foundation.documents.queries import documents_of, paper_of, rendering_of
from diaban.foundation.documents.services import (
    NotPossible,
    discard_draft,
    draft_document,
    recall_document,
    record_issued,
    revise_document,
)
from diaban.foundation.documents.tests.offices import ABOUT, AT, Offices, Worker, offices
from diaban.foundation.documents.tests.papers import letter, report
from diaban.foundation.files.queries import content_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture
def at_work() -> Offices:
    return offices()


def drafted(at_work: Offices, paper: Paper | None = None) -> Document:
    return draft_document(
        paper=paper or report(),
        organisation_id=at_work.department,
        subject=ABOUT,
        actor=Worker(at_work.department),
        at=AT,
    )


def issued(at_work: Offices, document: Document, number: str = "05/BC-STTTT", pdf: bytes | None = None) -> Document:
    return record_issued(
        document_id=document.pk, number=number, issued_on=DAY, expected_revision=document.revision,
        actor=Worker(at_work.department), at=AT, signed_pdf=pdf,
    )  # fmt: skip


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def test_a_draft_keeps_no_number_and_prints_with_blanks(at_work: Offices) -> None:
    document = drafted(at_work, report())

    assert (document.number, document.issued_on, document.status) == ("", None, "draft")
    assert paper_of(document) == report(number=None, issued_on=None)
    assert rendering_of(document, "pdf").content.startswith(b"%PDF")
    assert rendering_of(document, "docx").file_name == "du-thao-BC-STTTT.docx"
    assert list(documents_of(ABOUT)) == [document]
    assert verbs() == ["documents.drafted"]


def test_what_came_back_signed_is_kept_byte_for_byte(at_work: Offices) -> None:
    signed = b"%PDF-1.7 signed at the office's own desk"

    document = issued(at_work, drafted(at_work), "Số: 5/BC-STTTT", signed)

    assert (document.number, document.issued_on, document.status) == ("05/BC-STTTT", DAY, "issued")
    assert document.signer == "Nguyễn Văn An"
    assert document.issued_file is not None
    assert content_of(document.issued_file) == signed
    assert paper_of(document) == report()
    assert verbs() == ["documents.drafted", "documents.issued"]


def test_without_a_signed_file_our_own_print_is_kept(at_work: Offices) -> None:
    document = issued(at_work, drafted(at_work))

    assert document.issued_file is not None
    assert content_of(document.issued_file) == rendering_of(document, "pdf").content
    assert document.issued_file.title == "05-BC-STTTT.pdf"


@pytest.mark.parametrize(
    ("number", "pdf", "refusal"),
    [("05/TB-STTTT", None, NotPossible), ("năm", None, BadNumber), ("05/BC-STTTT", b"MZ a program", NotAccepted)],
)
def test_a_wrong_number_or_file_changes_nothing(
    at_work: Offices, number: str, pdf: bytes | None, refusal: type[Exception]
) -> None:
    document = drafted(at_work)

    with pytest.raises(refusal):
        issued(at_work, document, number, pdf)

    document.refresh_from_db()
    assert (document.status, document.revision) == ("draft", 1)


def test_a_number_is_given_once_a_year(at_work: Offices) -> None:
    issued(at_work, drafted(at_work))

    with pytest.raises(NotPossible, match="đã có ở một văn bản khác"):
        issued(at_work, drafted(at_work))


def test_a_draft_may_be_reworded_and_discarded_but_an_issued_document_may_not(at_work: Offices) -> None:
    actor, document = Worker(at_work.department), drafted(at_work)
    document = revise_document(document_id=document.pk, paper=letter(), expected_revision=1, actor=actor, at=AT)
    assert (document.title, document.type_code, document.revision) == (letter().subject, "CV", 2)
    with pytest.raises(StaleRevision):
        discard_draft(document_id=document.pk, expected_revision=1, actor=actor, at=AT)
    discard_draft(document_id=document.pk, expected_revision=2, actor=actor, at=AT)
    assert not Document.objects.exists()

    kept = issued(at_work, drafted(at_work))

    with pytest.raises(NotPossible, match="đã ban hành"):
        discard_draft(document_id=kept.pk, expected_revision=kept.revision, actor=actor, at=AT)
    with pytest.raises(NotPossible, match="đã ban hành"):
        revise_document(document_id=kept.pk, paper=letter(), expected_revision=kept.revision, actor=actor, at=AT)


def test_issuing_a_replacement_replaces_the_older_in_one_act(at_work: Offices) -> None:
    actor, older = Worker(at_work.department), issued(at_work, drafted(at_work))
    newer = draft_document(
        paper=report(), organisation_id=at_work.department, subject=ABOUT, actor=actor, at=AT,
        supersedes_id=older.pk, supersedes_as="replaced",
    )  # fmt: skip
    older.refresh_from_db()
    assert older.status == "issued"

    issued(at_work, newer, "06/BC-STTTT")

    older.refresh_from_db()
    last, before = Entry.objects.order_by("-id")[:2]
    assert older.status == "replaced"
    assert (before.verb, last.verb, before.act) == ("documents.issued", "documents.replaced", last.act)


def test_a_draft_cannot_be_superseded_nor_another_offices_document(at_work: Offices) -> None:
    actor, older = Worker(at_work.department), drafted(at_work)
    wanted = {
        "paper": report(),
        "subject": ABOUT,
        "actor": actor,
        "at": AT,
        "supersedes_id": older.pk,
        "supersedes_as": "replaced",
    }

    with pytest.raises(NotPossible, match="Dự thảo"):
        draft_document(organisation_id=at_work.department, **wanted)  # type: ignore[arg-type]  # one dictionary for two calls
    issued(at_work, older)
    with pytest.raises(NotPossible, match="Chỉ cơ quan đã ban hành"):
        draft_document(organisation_id=at_work.committee, **wanted)  # type: ignore[arg-type]  # as above


def test_a_recall_needs_a_reason_and_keeps_the_document(at_work: Offices) -> None:
    actor, document = Worker(at_work.department), issued(at_work, drafted(at_work))
    with pytest.raises(NotPossible, match="lý do"):
        recall_document(document_id=document.pk, reason=" ", expected_revision=2, actor=actor, at=AT)

    recalled = recall_document(document_id=document.pk, reason="Sai số liệu", expected_revision=2, actor=actor, at=AT)

    assert (recalled.status, recalled.recall_reason, recalled.number) == ("recalled", "Sai số liệu", "05/BC-STTTT")
    with pytest.raises(NotPossible, match="Đã thu hồi"):
        recall_document(document_id=document.pk, reason="Nữa", expected_revision=3, actor=actor, at=AT)


def test_a_department_drafts_for_the_committee_above_it_and_for_nobody_else(at_work: Offices) -> None:
    actor = Worker(at_work.department)
    document = draft_document(paper=report(), organisation_id=at_work.committee, subject=ABOUT, actor=actor, at=AT)

    assert document.organisation_id == at_work.committee
    assert document.drafted_by_id == at_work.department
    with pytest.raises(NotPermitted):
        draft_document(paper=report(), organisation_id=at_work.enterprise, subject=ABOUT, actor=actor, at=AT)
    drafter = Worker(at_work.department, acts=frozenset({"documents.draft"}))
    with pytest.raises(NotPermitted):
        record_issued(
            document_id=document.pk, number="05/BC-STTTT", issued_on=DAY, expected_revision=1, actor=drafter, at=AT
        )


def test_documents_are_seen_by_who_issues_and_who_drafts_them(at_work: Offices) -> None:
    document = draft_document(
        paper=replace(report(), annexes=()), organisation_id=at_work.committee, subject=ABOUT,
        actor=Worker(at_work.department), at=AT,
    )  # fmt: skip

    assert list(visible_documents(Worker(at_work.committee))) == [document]
    assert list(visible_documents(Worker(at_work.department))) == [document]
    assert not visible_documents(Worker(at_work.enterprise)).exists()
    assert not visible_documents(Worker(None)).exists()
