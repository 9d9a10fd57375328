"""Decisions about documents: values in, a sentence or a status out."""

from datetime import date

from diaban.foundation.documents.numbering import DocumentNumber

# What may follow: an issued document is corrected, replaced or recalled; a corrected one still holds.
_MAY_FOLLOW = {
    "draft": frozenset({"issued"}),
    "issued": frozenset({"corrected", "replaced", "recalled"}),
    "corrected": frozenset({"corrected", "replaced", "recalled"}),
}


def may_become(status: str, following: str) -> bool:
    return following in _MAY_FOLLOW.get(status, frozenset())


def fault_of_issue(*, number: DocumentNumber, symbol: str, issued_on: date, today: date) -> str:
    """Why a document cannot have been issued so, in Vietnamese; empty if it can."""
    if number.symbol != symbol:
        return f"Số {number} không thuộc văn bản này: dự thảo có ký hiệu {symbol}."
    if issued_on > today:
        return f"Ngày ban hành {issued_on:%d/%m/%Y} chưa đến."
    return ""
