"""What an account chooses for itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diaban.foundation.accounts.queries import Way
from diaban.foundation.accounts.rules import Pace

THEMES = [("", _("Theo máy")), ("light", _("Sáng")), ("dark", _("Tối"))]
PACES = [
    (Pace.DAILY.value, _("Mỗi ngày một lần, đầu giờ sáng")),
    (Pace.SOON.value, _("Gửi ngay khi có thông báo")),
    (Pace.NEVER.value, _("Không gửi, chỉ xem trong hệ thống")),
]


class PreferencesForm(forms.Form):
    """Language, light, and how often each channel is to tell of notices: a field `kenh-<name>` for each."""

    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Nền màn hình"),
        choices=THEMES,
        required=False,
        help_text=_("“Theo máy”: sáng hay tối như thiết lập của máy tính, điện thoại."),
    )

    def __init__(self, *args: Any, ways: Sequence[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways
        for way in ways:
            self.fields[f"kenh-{way.name}"] = forms.ChoiceField(
                label=_("Thông báo qua: %(channel)s") % {"channel": way.label}, choices=PACES, help_text=_said(way)
            )

    @property
    def channels(self) -> dict[str, str]:
        """What was chosen for each channel."""
        return {way.name: self.cleaned_data[f"kenh-{way.name}"] for way in self.ways}


def _said(way: Way) -> str:
    """Where it goes, and whether it goes at all."""
    parts = [
        _("Gửi đến %(address)s.") % {"address": way.address}
        if way.address
        else _("Chưa có địa chỉ ở kênh này nên chưa gửi được; ghi ở Danh bạ đầu mối."),
        "" if way.is_connected else _("Kênh chưa kết nối ra ngoài: tin chỉ ghi thành tệp trên máy chủ, không đến ai."),
        _("Lần gần nhất không đến nơi: %(fault)s. Hãy kiểm tra địa chỉ.") % {"fault": way.fault} if way.fault else "",
    ]
    return " ".join(str(part) for part in parts if part)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
