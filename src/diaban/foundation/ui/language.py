"""Names and figures in the reader's language."""

import re

from django.utils.translation import get_language

from diaban.lib.periods import Period

_FIGURE = re.compile(r"\d[\d.,]*\d")
TO_ENGLISH = str.maketrans(".,", ",.")


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


def figures_read(text: str) -> str:
    """A text with its figures written as the reader's language does: "ước 1.234,5" with 1,234.5 on an English page."""
    return _FIGURE.sub(lambda found: found[0].translate(TO_ENGLISH), text) if get_language() == "en" else text
