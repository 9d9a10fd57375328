"""Names that stand in two languages."""

from django.utils.translation import get_language

from diaban.lib.periods import Period


def in_language(vietnamese: str, english: str) -> str:
    """The name in the reader's language; Vietnamese where there is no English one."""
    return (english if get_language() == "en" else "") or vietnamese


def period_name(period: Period | str, *, inside: bool = False) -> str:
    """A period, or its code, as pages name it; `inside` a sentence, blank for none. Papers ask the period: they are
    Vietnamese."""
    if not period:
        return ""
    one = Period.parse(period) if isinstance(period, str) else period
    return in_language(one.label(inside=inside), one.label_en())
