"""What is asked of the catalogue's list, and typed into the grids of a year."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import BASE_FIELD, IndicatorKind
from diaban.foundation.facts.queries import field_names
from diaban.foundation.territory.models import UnitVersion

GROUPS = ("base", "post", "telecom", "it", "security", "press_publishing", "administration", "workforce")


class CatalogueForm(forms.Form):
    """Words of a name or a code, the field, the kind, and whether what is not valid today is wanted too."""

    q = forms.CharField(label=_("Tìm theo tên hoặc mã"), required=False, max_length=100)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    loai = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *IndicatorKind.choices])
    tat_ca = forms.BooleanField(label=_("Cả chỉ tiêu không còn hoặc chưa có hiệu lực"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed through as they come
        names = field_names()
        choices = [("", _("Mọi lĩnh vực")), *((code, names.get(code, code)) for code in GROUPS)]
        self.fields["linh_vuc"] = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=choices)


FIRST_YEAR = 2000


class GridForm(forms.Form):
    """Which grid: the year, the ground, and of plans the field."""

    nam = forms.TypedChoiceField(label=_("Năm"), required=False, coerce=int, empty_value=None)
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)

    def __init__(self, *args: Any, today: date, places: Sequence[UnitVersion], is_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = field_names()
        choices: dict[str, list[tuple[Any, Any]]] = {
            "nam": [(year, str(year)) for year in range(today.year + 1, FIRST_YEAR - 1, -1)],
            "dia_ban": [(str(place.unit.uid), place.full_name) for place in places],
            "linh_vuc": [(code, names.get(code, code)) for code in GROUPS if code != BASE_FIELD],
        }
        for name, rows in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = rows
        if not is_plan:
            del self.fields["linh_vuc"]


class BasisForm(forms.Form):
    """On what paper plans were given."""

    can_cu = forms.CharField(
        label=_("Văn bản giao kế hoạch"), max_length=300, help_text=_("Số, ký hiệu, ngày, cơ quan ban hành.")
    )
