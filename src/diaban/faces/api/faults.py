"""What the types refuse, in the words of the site instead of the library's English."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SAID = {
    "missing": gettext_lazy("Phải có."),
    "extra_forbidden": gettext_lazy("Không có mục này."),
    "literal_error": gettext_lazy("Chỉ nhận: %(expected)s."),
    "enum": gettext_lazy("Chỉ nhận: %(expected)s."),
    "greater_than_equal": gettext_lazy("Nhỏ nhất là %(ge)s."),
    "less_than_equal": gettext_lazy("Lớn nhất là %(le)s."),
    "string_too_short": gettext_lazy("Ngắn nhất %(min_length)s ký tự."),
    "string_too_long": gettext_lazy("Dài nhất %(max_length)s ký tự."),
}
KINDS = (
    ("uuid", gettext_lazy("Cần mã định danh dạng UUID.")),
    ("date", gettext_lazy("Cần ngày dạng năm-tháng-ngày, ví dụ 2026-03-31.")),
    ("int", gettext_lazy("Cần số nguyên.")),
    ("decimal", gettext_lazy("Cần một số.")),
    ("bool", gettext_lazy("Cần true hoặc false.")),
    ("string", gettext_lazy("Cần văn bản.")),
    ("dict", gettext_lazy("Cần một đối tượng JSON.")),
    ("model", gettext_lazy("Cần một đối tượng JSON.")),
    ("list", gettext_lazy("Cần một danh sách.")),
)


def said_of(code: str, context: Mapping[str, Any]) -> str:
    """The sentence for a fault by its code; `context` has the bounds that were passed."""
    if code in SAID:
        return str(SAID[code]) % context
    return str(next((words for kind, words in KINDS if code.startswith(kind)), _("Giá trị này không nhận được.")))
