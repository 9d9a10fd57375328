"""What is asked for when figures are brought or taken away."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import Collection
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import BadPeriod, Calendar, Period

CALENDARS = (
    (Calendar.STATISTICAL.value, _("Lịch thống kê (quý I từ 01/01 đến 31/3)")),
    (Calendar.ND09.value, _("Lịch báo cáo theo Nghị định 09/2019 (quý I từ 15/12 đến 14/3)")),
)
KINDS = (("xlsx", "Excel (.xlsx)"), ("csv", "CSV"), ("dhis2", "DHIS2 dataValueSets (.json)"))
NEW = ""


class BringForm(forms.Form):
    """A file, and the collection it is for: one that there is, or a new one by code and name."""

    tep = forms.FileField(label=_("Tệp .xlsx, .csv hoặc dataValueSets .json của DHIS2"))
    tap = forms.ChoiceField(label=_("Ghi vào tập số liệu"), required=False)
    ma = forms.CharField(
        label=_("Mã của tập mới"),
        required=False,
        max_length=60,
        help_text=_("Chỉ ghi khi mở tập mới: chữ thường không dấu, số, gạch nối, ví dụ niem-giam-thong-ke."),
    )
    ten = forms.CharField(label=_("Tên của tập mới"), required=False, max_length=250)
    lich = forms.ChoiceField(
        label=_("Lịch của các kỳ trong tệp"),
        choices=CALENDARS,
        help_text=_("Dùng cho kỳ không ghi lịch; kỳ ghi “nd09:2026-Q1” thì theo đúng lịch đã ghi."),
    )

    def __init__(self, *args: Any, collections: Sequence[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((one.code, one.name) for one in collections), (NEW, _("Tập mới…"))]
        cast("forms.ChoiceField", self.fields["tap"]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("tap") and not (cleaned.get("ma") and cleaned.get("ten")):
            self.add_error("ma", _("Chọn một tập số liệu, hoặc ghi mã và tên của tập mới."))
        return cleaned


class TakeAwayForm(forms.Form):
    """Which figures, as which file."""

    tap = forms.ChoiceField(label=_("Tập số liệu"))
    ky = forms.CharField(
        label=_("Kỳ"), required=False, max_length=60, help_text=_("Ví dụ stat:2026-Q1; trống: mọi kỳ.")
    )
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    loai = forms.ChoiceField(label=_("Kiểu tệp"), choices=KINDS)

    def __init__(
        self, *args: Any, collections: Sequence[Collection], places: Sequence[UnitVersion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["tap"]).choices = [(one.code, one.name) for one in collections]
        units = [(str(one.unit.uid), one.full_name) for one in places]
        cast("forms.ChoiceField", self.fields["dia_ban"]).choices = [("", _("Mọi địa bàn được xem")), *units]

    def clean_ky(self) -> Period | None:
        text: str = self.cleaned_data["ky"].strip()
        try:
            return Period.parse(text) if text else None
        except BadPeriod as problem:
            raise forms.ValidationError(str(problem)) from problem
