"""What is typed on the pages of periodic briefings: the duty, clusters, a meeting of one's own that fulfils it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.work.meetings.forms.common import Choices, choose, day
from diaban.work.meetings.services import Regime

MOST_DAYS = 60


class RegimeForm(forms.Form):
    """A duty to hold briefings each quarter."""

    title = forms.CharField(label=_("Tên chế độ"), max_length=200, initial="Giao ban quý")
    level = forms.ChoiceField(
        label=_("Cấp giữ giao ban"),
        choices=[("commune", _("Cấp xã, theo cụm (từ 01/7/2025)")), ("district", _("Cấp huyện (trước 01/7/2025)"))],
        help_text=_("Cấp xã: hệ thống lập sẵn mỗi huyện cũ một cụm; sửa được sau."),
    )
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    starts_on = forms.DateField(label=_("Áp dụng từ ngày"), widget=day())
    working_days = forms.IntegerField(
        label=_("Hạn: số ngày làm việc sau ngày cuối quý"), min_value=1, max_value=MOST_DAYS, initial=20
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày, trích yếu văn bản quy định giao ban.")
    )
    is_assumed = forms.BooleanField(label=_("Căn cứ giả định, để trình diễn"), required=False)

    def __init__(self, *args: Any, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "field_code", fields)

    @property
    def regime(self) -> Regime:
        return Regime(**self.cleaned_data)


class ClusterForm(forms.Form):
    """A cluster: its name, its head and its members."""

    name = forms.CharField(label=_("Tên cụm"), max_length=150)
    head_id = forms.TypedChoiceField(label=_("Cụm trưởng"), coerce=int)
    unit_ids = forms.TypedMultipleChoiceField(
        label=_("Đơn vị trong cụm"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chọn đơn vị đang ở cụm khác thì đơn vị đó chuyển sang cụm này từ hôm nay."),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "head_id", units)
        choose(self, "unit_ids", units)

    def clean(self) -> None:
        typed = self.cleaned_data
        if "unit_ids" in typed and typed.get("head_id") not in typed["unit_ids"]:
            self.add_error("head_id", _("Cụm trưởng phải là một đơn vị trong cụm."))


class DeclareForm(forms.Form):
    """A unit's own meeting that fulfils the duty."""

    unit_id = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    combined_with = forms.CharField(
        label=_("Lồng ghép vào cuộc họp nào của đơn vị"),
        max_length=250,
        help_text=_("Ví dụ: Hội nghị giao ban Ủy ban nhân dân xã cuối quý."),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit_id", units)
