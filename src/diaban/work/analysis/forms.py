"""The name of a view, as typed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ViewForm(forms.Form):
    """What a view is called and who sees it."""

    ten = forms.CharField(label=_("Tên bảng"), max_length=150)
    chia_se = forms.BooleanField(label=_("Chia sẻ trong cơ quan"), required=False)
    duong_dan = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)
