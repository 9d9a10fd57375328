"""Folded text in the database, by the same rule as `lib.vietnamese.fold`, without any extension."""

from typing import Any

from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable

_GROUPS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ", "e": "èéẻẽẹêềếểễệ", "i": "ìíỉĩị", "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự", "y": "ỳýỷỹỵ", "d": "đ",
}  # fmt: skip
MARKED = "".join(_GROUPS.values()) + "".join(_GROUPS.values()).upper()
PLAIN = "".join(letter * len(marked) for letter, marked in _GROUPS.items()) * 2


class Folded(Func):
    """`Folded("name")`: lower case without diacritics; immutable, so it may stand in a generated column."""

    function = "translate"
    template = "lower(%(function)s(%(expressions)s))"

    def __init__(self, column: str | Combinable, **extra: Any) -> None:
        source = F(column) if isinstance(column, str) else column
        super().__init__(source, Value(MARKED), Value(PLAIN), **extra)
