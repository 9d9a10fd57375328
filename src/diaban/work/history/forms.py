"""What an official chose for a sheet's columns and rows, as a matching."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import Indicator
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.models import UnitVersion as Version
from diaban.lib.periods import Calendar, Kind
from diaban.work.history.matching import CODES, FIGURES, PERIODS, SKIPPED, UNDECIDED, Answer, Match, Matching
from diaban.work.history.queries import period_words
from diaban.work.history.rules.words import period_in
from diaban.work.history.series import Way

ROLES = (
    (UNDECIDED, _("(chưa chọn)")),
    (FIGURES, _("Số liệu")),
    (SKIPPED, _("Bỏ qua")),
    (CODES, _("Mã đơn vị")),
    (PERIODS, _("Kỳ của từng dòng")),
)
CALENDARS = ((Calendar.STATISTICAL, _("Lịch thống kê (quý I từ 01/01 đến 31/3)")), (Calendar.ND09, _("Lịch báo cáo theo Nghị định 09/2019 (quý I từ 15/12 đến 14/3)")))  # fmt: skip
SCALES = ((1, "× 1"), (1000, "× 1.000"), (1_000_000, "× 1.000.000"))


class UploadForm(forms.Form):
    """A file, what it is called, which ground it speaks of."""

    field_order = ("workbook", "dia_ban")
    workbook = forms.FileField(label=_("Tệp Excel (.xlsx) hoặc CSV"))
    lich = forms.ChoiceField(label=_("Lịch của các kỳ trong tệp"), choices=CALENDARS)
    ten = forms.CharField(label=_("Tên bảng"), max_length=200, required=False, help_text=_("Để trống thì lấy tên tệp."))
    ghi_chu = forms.CharField(
        label=_("Nguồn, ghi chú"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: sổ theo dõi của Phòng BCVT, 2019–2024."),
    )

    def __init__(self, *args: object, grounds: list[Version], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's forms take
        choices = [(str(one.unit.uid), one.full_name) for one in grounds]
        self.fields["dia_ban"] = forms.ChoiceField(label=_("Địa bàn"), choices=choices)
        self.order_fields(self.field_order)


class WholeForm(forms.Form):
    """What holds for the whole sheet."""

    cap = forms.ChoiceField(
        label=_("Các dòng là đơn vị cấp"),
        required=False,
        choices=[
            ("", _("(chưa chọn)")),
            (Level.DISTRICT, _("huyện")),
            (Level.COMMUNE, _("xã")),
            (Level.PROVINCE, _("tỉnh")),
        ],
    )
    lich = forms.ChoiceField(label=_("Lịch của các kỳ"), choices=CALENDARS)
    chi_tieu = forms.CharField(
        label=_("Chỉ tiêu của cả bảng"),
        max_length=80,
        required=False,
        help_text=_("Cho các cột không chọn chỉ tiêu riêng."),
    )
    ky = forms.CharField(
        label=_("Kỳ của cả bảng"),
        max_length=40,
        required=False,
        help_text=_("Ví dụ: Quý I/2024; cho các cột không ghi kỳ riêng."),
    )


def whole_of(matching: Matching) -> dict[str, str]:
    """What stands in `WholeForm` for a matching."""
    return {
        "cap": matching.level,
        "lich": matching.calendar,
        "chi_tieu": matching.cell,
        "ky": period_words(matching.period, matching),
    }


def matching_of(typed: Mapping[str, str], before: Matching, texts: Mapping[int, str]) -> Matching:
    """The matching as chosen. What is no period stays as it was typed, to be said at its column."""
    calendar = Calendar(typed["lich"]) if typed.get("lich") in set(Calendar) else Calendar(before.calendar)
    columns = {number: _column(typed, number, calendar) for number in before.columns}
    rows = {
        number: Answer(text, code)
        for number, text in texts.items()
        if (code := typed.get(f"don_vi_{number}", "").split(" ")[0])
    } or before.rows
    return Matching(
        calendar=calendar,
        level=typed.get("cap", ""),
        cell=_cell(typed.get("chi_tieu", "")),
        period=_period(typed.get("ky", ""), calendar),
        columns=columns,
        rows={**before.rows, **rows},
        heads=before.heads,
    )


def _column(typed: Mapping[str, str], number: int, calendar: Calendar) -> Match:
    role = typed.get(f"vai_{number}", "")
    if role not in dict(ROLES):
        role = UNDECIDED
    cell, period = _cell(typed.get(f"chi_tieu_{number}", "")), _period(typed.get(f"ky_{number}", ""), calendar)
    scale = typed.get(f"nhan_{number}", "1")
    if role == UNDECIDED and (cell or period):
        role = FIGURES
    is_figures = role == FIGURES
    return Match(
        role=role,
        cell=cell if is_figures else "",
        period=period if is_figures else "",
        scale=int(scale) if scale in {str(one) for one, _words in SCALES} else 1,
        is_estimated=f"uoc_{number}" in typed,
    )


def _cell(text: str) -> str:
    """The name of a cell in front of its words: "BC15 Sản lượng thư" gives BC15."""
    first = text.strip().split(" ")[0]
    code, part, member = first.partition("__")
    return f"{code.upper()}{part}{member}"


def _period(text: str, calendar: Calendar) -> str:
    text = re.sub(r"\s+", " ", text.strip())
    found = period_in(text, calendar) if text else None
    return found.code if found else text


class SeriesForm(forms.Form):
    """Which indicator, of which place, followed how; kept in the address."""

    chi_tieu = forms.ChoiceField(label=_("Chỉ tiêu"), required=False)
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    cach = forms.ChoiceField(
        label=_("Qua ngày sắp xếp"),
        required=False,
        choices=[
            (Way.GROUP, _("Cả nhóm đơn vị cùng vùng đất (đúng tuyệt đối)")),
            (Way.MAP, _("Quy đổi về bản đồ hôm nay (có chỗ là ước)")),
            (Way.OWN, _("Chỉ riêng đơn vị này")),
        ],
    )
    lich = forms.ChoiceField(
        label=_("Lịch"),
        required=False,
        choices=[(Calendar.ND09, _("Nghị định 09/2019")), (Calendar.STATISTICAL, _("Thống kê"))],
    )
    loai = forms.ChoiceField(
        label=_("Loại kỳ"),
        required=False,
        choices=[(Kind.QUARTER, _("Quý")), (Kind.MONTH, _("Tháng")), (Kind.HALF, _("6 tháng")), (Kind.YEAR, _("Năm"))],
    )

    def __init__(self, typed: Mapping[str, Any], *, units: Sequence[Version], indicators: Sequence[Indicator]) -> None:
        super().__init__(typed)
        choices = {
            "chi_tieu": [(one.code, f"{one.code} {one.called}"[:90]) for one in indicators],
            "dia_ban": [
                (
                    str(one.unit.uid),
                    f"{one.full_name} ({_('đến')} {one.last_day:%d/%m/%Y})" if one.last_day else one.full_name,
                )
                for one in units
            ],
        }
        for name, listed in choices.items():
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=listed)
