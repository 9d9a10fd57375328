"""What is typed to plan a reform."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PlanForm(forms.Form):
    """The day and ground of a reform; the law's allocation says the rest."""

    title = forms.CharField(label=_("Tên phương án"), max_length=250)
    on = forms.DateField(label=_("Ngày có hiệu lực"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ký hiệu, ngày của nghị quyết, nghị định, quyết định")
    )
