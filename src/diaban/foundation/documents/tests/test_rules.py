"""What may follow what, and which issues are refused."""

from datetime import date

import pytest

from diaban.foundation.documents.numbering import parse_number
from diaban.foundation.documents.rules import fault_of_issue, may_become


@pytest.mark.parametrize(
    ("status", "following", "allowed"),
    [
        ("draft", "issued", True),
        ("draft", "recalled", False),
        ("issued", "corrected", True),
        ("corrected", "recalled", True),
        ("recalled", "issued", False),
        ("replaced", "corrected", False),
    ],
)
def test_a_document_only_moves_forward(status: str, following: str, allowed: bool) -> None:
    assert may_become(status, following) is allowed


def test_a_number_of_another_paper_or_a_day_to_come_is_refused() -> None:
    today = date(2026, 10, 6)

    def fault(number: str, day: date) -> str:
        return fault_of_issue(number=parse_number(number), symbol="BC-STTTT", issued_on=day, today=today)

    assert fault("05/BC-STTTT", today) == ""
    assert "ký hiệu BC-STTTT" in fault("05/TB-STTTT", today)
    assert "chưa đến" in fault("05/BC-STTTT", date(2026, 10, 7))
