"""What the list of documents is asked, and what is typed of a paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.documents.models import Document
from diaban.foundation.documents.numbering import TYPES

KINDS = [(kind.code, kind.name) for kind in TYPES.values()]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilterForm(forms.Form):
    """Words of number, excerpt, issuer or signer; type, status and year."""

    q = forms.CharField(label=_("Số, trích yếu, cơ quan, người ký"), required=False, max_length=150)
    loai = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=[("", _("Tất cả")), *KINDS])
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *Document.Status.choices]
    )
    nam = forms.ChoiceField(label=_("Năm"), required=False)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Tất cả")), *((str(year), str(year)) for year in years)]
        self.fields["nam"] = forms.ChoiceField(label=_("Năm"), required=False, choices=choices)


class BringForm(forms.Form):
    """A signed paper as a file."""

    tep = forms.FileField(
        label=_("Văn bản đã ký (PDF)"), widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"})
    )


class RegisterForm(forms.Form):
    """What the register says of a paper."""

    so = forms.CharField(label=_("Số, ký hiệu"), max_length=70)
    ngay = forms.DateField(label=_("Ngày ban hành"), widget=DayInput())
    loai = forms.ChoiceField(label=_("Loại văn bản"), choices=KINDS)
    trich_yeu = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    co_quan = forms.CharField(
        label=_("Cơ quan ban hành"),
        max_length=200,
        required=False,
        help_text=_("Để trống nếu là văn bản của cơ quan mình."),
    )
    nguoi_ky = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class IssueForm(forms.Form):
    """A draft that is issued with the next number of the series."""

    ngay = forms.DateField(label=_("Ngày ban hành"), widget=DayInput())
    nguoi_ky = forms.CharField(label=_("Người ký"), max_length=150, required=False)
    tep = forms.FileField(label=_("Bản đã ký (PDF)"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SeriesForm(forms.Form):
    """A type of paper and a year that the system is to number."""

    loai = forms.ChoiceField(label=_("Loại văn bản"), choices=KINDS)
    nam = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
