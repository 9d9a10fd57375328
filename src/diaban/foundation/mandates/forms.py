"""What the matrix page may be asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.mandates.models import Field, Function
from diaban.foundation.territory.models import UnitVersion


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MatrixForm(forms.Form):
    """A day, a day to compare with, a unit among `places`, a function and a field."""

    ngay = forms.DateField(label=_("Ngày"), required=False, widget=DayInput())
    so_voi = forms.DateField(label=_("So với ngày"), required=False, widget=DayInput())
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    chuc_nang = forms.ChoiceField(label=_("Chức năng"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)

    def __init__(
        self,
        *args: Any,
        places: Sequence[UnitVersion],
        fields: Sequence[Field],
        functions: Sequence[Function],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "dia_ban": [(str(place.unit.uid), place.full_name) for place in places],
            "chuc_nang": [(one.code, one.name) for one in functions],
            "linh_vuc": [(one.code, one.name) for one in fields],
        }
        for name, rows in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Tất cả")), *rows]


def day_of(text: str) -> date | None:
    """A day as addresses hold it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
