"""Which lines of a journal are looked for."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.subjects import all_kinds


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class JournalForm(forms.Form):
    """From when to when, by whom, on what kind of thing, on which; all may stay blank."""

    tu = forms.DateField(label=_("Từ ngày"), required=False, widget=_day())
    den = forms.DateField(label=_("Đến ngày"), required=False, widget=_day())
    ai = forms.CharField(label=_("Người thực hiện"), required=False, max_length=150)
    loai = forms.ChoiceField(label=_("Loại đối tượng"), required=False)
    ve = forms.CharField(label=_("Đối tượng"), required=False, max_length=150)

    def __init__(self, *given: Any, kinds: Collection[str], **named: Any) -> None:
        super().__init__(*given, **named)
        names = sorted((str(kind.name), kind.kind) for kind in all_kinds() if kind.kind in kinds)
        choices = [("", _("Tất cả")), *((kind, name) for name, kind in names)]
        cast("forms.ChoiceField", self.fields["loai"]).choices = choices
