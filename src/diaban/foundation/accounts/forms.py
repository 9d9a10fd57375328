"""What an account chooses for itself."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diaban.foundation.accounts.rules import Mailing

THEMES = [("", _("Theo máy")), ("light", _("Sáng")), ("dark", _("Tối"))]
MAILINGS = [
    (Mailing.DAILY.value, _("Mỗi ngày một thư, đầu giờ sáng")),
    (Mailing.SOON.value, _("Gửi ngay khi có thông báo")),
    (Mailing.NEVER.value, _("Không nhận thư, chỉ xem trong hệ thống")),
]


class PreferencesForm(forms.Form):
    """Language, light and letters."""

    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Nền màn hình"),
        choices=THEMES,
        required=False,
        help_text=_("“Theo máy”: sáng hay tối như thiết lập của máy tính, điện thoại."),
    )
    mailing = forms.ChoiceField(label=_("Thông báo qua thư điện tử"), choices=MAILINGS)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
