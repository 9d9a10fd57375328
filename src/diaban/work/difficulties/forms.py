"""What is typed of a difficulty."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.work.difficulties.models import RESULTS, Gravity
from diaban.work.difficulties.rules import Result

STATES = [
    ("", _("Tất cả")),
    ("open", _("Đang xử lý")),
    ("answered", _("Đã có trả lời")),
    ("contested", _("Chưa đồng ý với trả lời")),
]
EVIDENCE = _("Minh chứng (PDF, Word, Excel, ảnh)")
Choices = Sequence[tuple[str, Any]]


class FilterForm(forms.Form):
    """Words, field, state, and whether only what the own office has in hand."""

    q = forms.CharField(label=_("Tìm trong nội dung"), required=False, max_length=150)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)
    cua_toi = forms.BooleanField(label=_("Cơ quan tôi đang xử lý"), required=False)

    def __init__(self, *args: Any, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linh_vuc"] = forms.ChoiceField(
            label=_("Lĩnh vực"), required=False, choices=[("", _("Tất cả")), *fields]
        )


class RaiseForm(forms.Form):
    """A matter as its raiser tells it."""

    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"))
    dia_ban = forms.ChoiceField(label=_("Địa bàn"))
    noi_dung = forms.CharField(
        label=_("Nội dung khó khăn, kiến nghị"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Nêu rõ việc gì, ở đâu, từ khi nào, đề nghị giải quyết thế nào."),
    )
    muc_do = forms.ChoiceField(label=_("Mức độ"), choices=Gravity.choices, initial=Gravity.NORMAL)
    file = forms.FileField(label=EVIDENCE, required=False)

    def __init__(self, *args: Any, fields: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linh_vuc"] = forms.ChoiceField(label=_("Lĩnh vực"), choices=[("", _("Chọn lĩnh vực")), *fields])
        self.fields["dia_ban"] = forms.ChoiceField(label=_("Địa bàn"), choices=units)


class AnswerForm(forms.Form):
    ket_qua = forms.ChoiceField(label=_("Kết quả"), choices=[one for one in RESULTS if one[0] != Result.SENT_UP])
    tra_loi = forms.CharField(label=_("Nội dung trả lời"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    van_ban = forms.CharField(label=_("Số, ngày văn bản trả lời"), max_length=200, required=False)
    hua_ngay = forms.DateField(
        label=_("Ngày hoàn thành"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Bắt buộc khi trả lời đang hoặc sẽ giải quyết."),
    )
    file = forms.FileField(label=EVIDENCE, required=False)


class EvidenceForm(forms.Form):
    file = forms.FileField(label=EVIDENCE)


class PassForm(forms.Form):
    """To whom a matter is passed on, and whether up."""

    den = forms.ChoiceField(label=_("Chuyển đến"))
    len_cap_tren = forms.BooleanField(
        label=_("Chuyển cấp trên: vượt thẩm quyền của cơ quan tôi"),
        required=False,
        help_text=_("Thời hạn tính lại cho cấp trên; ngày tiếp nhận đầu tiên vẫn giữ."),
    )
    ly_do = forms.CharField(label=_("Lý do chuyển"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["den"] = forms.ChoiceField(label=_("Chuyển đến"), choices=offices)


class StanceForm(forms.Form):
    """What whoever raised it says to the answer."""

    y_kien = forms.CharField(
        label=_("Ý kiến"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi chưa đồng ý."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    ly_do = forms.CharField(label=_("Lý do rút"), max_length=300)


class TakeBackForm(forms.Form):
    ly_do = forms.CharField(
        label=_("Lý do thu hồi trả lời"),
        max_length=300,
        help_text=_(
            "Trả lời vẫn giữ ở đây, ghi là đã thu hồi. Không còn trả lời nào khác thì cơ quan phải trả lời lại."
        ),
    )


class ClockForm(forms.Form):
    """The clock of a kind from a day on."""

    so_ngay = forms.IntegerField(label=_("Số ngày"), min_value=1, max_value=365)
    ngay_lam_viec = forms.BooleanField(label=_("Tính theo ngày làm việc"), required=False)
    tu_ngay = forms.DateField(label=_("Áp dụng từ ngày"), widget=forms.DateInput())
    can_cu = forms.CharField(label=_("Căn cứ"), max_length=300)
