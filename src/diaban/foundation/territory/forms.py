"""What is typed on the pages of the territory."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import BadNumber, format_number, parse_number

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
LARGEST_WEIGHT = Decimal(10**13)


class DayForm(forms.Form):
    """The day whose map is shown; today where nothing is typed."""

    ngay = forms.DateField(
        label=_("Địa bàn ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SearchForm(forms.Form):
    """A name or a code, and the day it is looked for, if any."""

    q = forms.CharField(
        label=_("Tên hoặc mã đơn vị"), max_length=120, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    ngay = forms.DateField(
        label=_("Chỉ tên gọi của ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WeightForm(forms.Form):
    """A count in place of an assumed weight, with the paper it comes from."""

    weight = forms.CharField(
        label=_("Số dân chuyển sang"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=300)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_weight(self) -> Decimal:
        try:
            weight = parse_number(self.cleaned_data["weight"])
        except BadNumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if not 0 < weight <= LARGEST_WEIGHT:
            raise forms.ValidationError(_("Hãy gõ một số lớn hơn 0."))
        if weight != round(weight, 4):
            raise forms.ValidationError(
                _("Hãy gõ nhiều nhất 4 chữ số thập phân, ví dụ %(example)s.")
                % {"example": format_number(Decimal("0.1234"))}
            )
        return weight
