"""What is asked of the catalogue's list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import IndicatorKind
from diaban.foundation.facts.queries import field_names

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
