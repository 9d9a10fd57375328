"""What the pages of the mandates may be asked, and what is typed there."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.organisations.queries import UnknownOrganisation, organisation_named
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
            "chuc_nang": [(one.code, one.called) for one in functions],
            "linh_vuc": [(one.code, one.called) for one in fields],
        }
        for name, rows in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Tất cả")), *rows]


class GiveForm(forms.Form):
    """A mandate to be given. `co_quan` is typed as the organisation is called; the page lists the names."""

    co_quan = forms.CharField(label=_("Cơ quan"), max_length=250, widget=forms.TextInput(attrs={"list": "ten-co-quan"}))
    chuc_nang = forms.ChoiceField(label=_("Chức năng"))
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    dia_ban = forms.ChoiceField(label=_("Địa bàn"))
    pham_vi = forms.ChoiceField(label=_("Phạm vi"), choices=Mandate.Reach.choices, initial=Mandate.Reach.SUBTREE)
    vai_tro = forms.ChoiceField(label=_("Vai trò"), choices=Mandate.Part.choices, initial=Mandate.Part.LEADS)
    tu_ngay = forms.DateField(label=_("Có hiệu lực từ ngày"), widget=DayInput())
    den_ngay = forms.DateField(label=_("Đến hết ngày"), required=False, widget=DayInput())
    can_cu = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=300,
        help_text=_("Số, ký hiệu, ngày, cơ quan ban hành, điều khoản."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gia_dinh = forms.BooleanField(label=_("Căn cứ giả định, cần kiểm tra lại"), required=False)

    def __init__(
        self,
        *args: Any,
        places: Sequence[UnitVersion],
        fields: Sequence[Field],
        functions: Sequence[Function],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(place.unit.uid): place.unit_id for place in places}
        choices: dict[str, list[tuple[Any, Any]]] = {
            "dia_ban": [(str(place.unit.uid), place.full_name) for place in places],
            "chuc_nang": [(one.code, one.called) for one in functions],
            "linh_vuc": [("", _("Mọi lĩnh vực")), *((one.code, one.called) for one in fields)],
        }
        for name, rows in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = rows

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("tu_ngay"), typed.get("den_ngay")
        if first and last and last < first:
            self.add_error("den_ngay", _("Ngày hết hiệu lực không thể trước ngày có hiệu lực."))
        if typed.get("co_quan") and first:
            try:
                typed["organisation_id"] = organisation_named(typed["co_quan"], first).organisation_id
            except UnknownOrganisation as unknown:
                self.add_error("co_quan", str(unknown))
        return typed


class EndForm(forms.Form):
    """From which day a mandate holds no longer."""

    tu_ngay = forms.DateField(label=_("Không còn hiệu lực từ ngày"), widget=DayInput())
    revision = forms.IntegerField(widget=forms.HiddenInput)


class TokenForm(forms.Form):
    """A key for a program. `choices` are the positions it may act in, the own one first."""

    ten = forms.CharField(label=_("Tên khóa"), max_length=100, help_text=_("Ví dụ tên phần mềm sẽ dùng khóa."))
    vi_tri = forms.TypedChoiceField(label=_("Khóa làm việc ở vị trí"), coerce=int)
    den_ngay = forms.DateField(label=_("Dùng được đến hết ngày"), widget=DayInput())

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["vi_tri"]).choices = choices


def as_typed(form: forms.Form) -> str:
    """What was typed, as one text: what is confirmed must be what was shown."""
    return "\n".join(f"{name}={form.data.get(form.add_prefix(name), '').strip()}" for name in form.fields)


def day_of(text: str) -> date | None:
    """A day as addresses hold it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
