"""Names that stand in two languages."""

from django.utils.translation import get_language


def in_language(vietnamese: str, english: str) -> str:
    """The name in the reader's language; Vietnamese where there is no English one."""
    return (english if get_language() == "en" else "") or vietnamese
