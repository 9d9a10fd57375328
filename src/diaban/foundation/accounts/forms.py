"""What an account chooses for itself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

THEMES = [("", _("Theo máy")), ("light", _("Sáng")), ("dark", _("Tối"))]


class PreferencesForm(forms.Form):
    """Language and light."""

    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Nền màn hình"),
        choices=THEMES,
        required=False,
        help_text=_("“Theo máy”: sáng hay tối như thiết lập của máy tính, điện thoại."),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
