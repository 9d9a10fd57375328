"""Numbers of an office's own series run without gaps or doubles."""

from datetime import date

import pytest

from diaban.foundation.documents.models import Document, Series
from diaban.foundation.documents.services import (
    NotPossible,
    draft_document,
    issue_in_series,
    open_series,
    record_issued,
)
from diaban.foundation.documents.tests.offices import ABOUT, AT, Offices, Worker, offices
from diaban.foundation.documents.tests.papers import report

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)
ACTS = frozenset({"documents.draft", "documents.record_issue", "documents.open_series"})


@pytest.fixture
def at_work() -> Offices:
    return offices()


def clerk(at_work: Offices) -> Worker:
    return Worker(at_work.department, ACTS)


def drafted(at_work: Offices) -> Document:
    return draft_document(
        paper=report(), organisation_id=at_work.department, subject=ABOUT, actor=clerk(at_work), at=AT
    )


def opened(at_work: Offices) -> Series:
    return open_series(organisation_id=at_work.department, type_code="BC", year=2026, actor=clerk(at_work), at=AT)


def numbered(at_work: Offices, on: date = DAY, pdf: bytes | None = b"%PDF-1.7 signed") -> str:
    document = drafted(at_work)
    return issue_in_series(
        document_id=document.pk, issued_on=on, expected_revision=1, actor=clerk(at_work), at=AT, signed_pdf=pdf
    ).number


def typed(at_work: Offices, number: str) -> Document:
    document = drafted(at_work)
    return record_issued(
        document_id=document.pk, number=number, issued_on=DAY, expected_revision=1, actor=clerk(at_work), at=AT,
        signed_pdf=b"%PDF-1.7 signed",
    )  # fmt: skip


def test_numbers_follow_one_another(at_work: Offices) -> None:
    opened(at_work)

    assert [numbered(at_work) for _time in range(3)] == ["01/BC-STTTT", "02/BC-STTTT", "03/BC-STTTT"]


def test_a_series_goes_on_after_the_highest_number_that_was_typed(at_work: Offices) -> None:
    typed(at_work, "07/BC-STTTT")

    opened(at_work)

    assert numbered(at_work) == "08/BC-STTTT"


def test_what_fails_gives_its_number_back(at_work: Offices) -> None:
    opened(at_work)
    with pytest.raises(ValueError, match="Chỉ nhận"):
        numbered(at_work, pdf=b"no pdf at all")

    assert numbered(at_work) == "01/BC-STTTT"


def test_a_number_of_an_open_series_cannot_be_typed(at_work: Offices) -> None:
    opened(at_work)

    with pytest.raises(NotPossible, match="hệ thống cấp số"):
        typed(at_work, "09/BC-STTTT")


def test_days_run_with_the_numbers(at_work: Offices) -> None:
    opened(at_work)
    numbered(at_work)

    with pytest.raises(NotPossible, match="sớm hơn"):
        numbered(at_work, on=date(2026, 10, 1))


def test_without_an_open_series_there_is_no_number(at_work: Offices) -> None:
    with pytest.raises(NotPossible, match="Chưa mở sổ"):
        numbered(at_work)


def test_opening_twice_changes_nothing(at_work: Offices) -> None:
    opened(at_work)
    numbered(at_work)

    assert opened(at_work).last == 1
