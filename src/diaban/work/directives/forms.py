"""What is typed on the pages of directives, as clean values."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.models import Difficulty
from diaban.work.directives.choosing import Candidate
from diaban.work.directives.models import MODES, Directive, Part, SourceKind
from diaban.work.directives.rules import Mode
from diaban.work.directives.services import Content, Receiver, Source

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ASKS_ANEW = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-target": "#phan-noi-dung",
    "hx-swap": "outerHTML",
    "hx-include": "closest form",
}
STATES = [
    ("", _("Tất cả")),
    ("open", _("Đang thực hiện")),
    ("overdue", _("Quá hạn")),
    ("no_reply", _("Chưa có trả lời")),
    ("soon", _("Sắp đến hạn")),
    ("waiting", _("Chờ xác nhận hoàn thành")),
    ("on_time", _("Hoàn thành đúng hạn")),
    ("late", _("Hoàn thành quá hạn")),
    ("in_time", _("Chưa hoàn thành, trong hạn")),
    ("out", _("Ngoài số đếm (thu hồi, gộp, miễn)")),
    ("no_deadline", _("Không đặt hạn")),
    ("no_receiver", _("Chưa giao đơn vị")),
    ("measured", _("Có chỉ tiêu đo hiệu quả")),
    ("draft", _("Đang soạn")),
    ("withdrawn", _("Thu hồi, đã gộp")),
]
RECEIVED = [("open", _("Đang thực hiện")), ("overdue", _("Quá hạn")), ("soon", _("Sắp đến hạn")), ("waiting", _("Chờ xác nhận")), ("all", _("Tất cả"))]  # fmt: skip
NO_LEAD = ""
LONGEST = 4000


class ListForm(forms.Form):
    """The filters of the list."""

    q = forms.CharField(label=_("Nội dung, số văn bản"), required=False, max_length=100)
    cach = forms.ChoiceField(label=_("Cách thức"), required=False, choices=[("", _("Tất cả")), *MODES])
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)
    chu_tri = forms.ChoiceField(label=_("Cơ quan thực hiện"), required=False)
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    nguon = forms.TypedChoiceField(label=_("Văn bản nguồn"), required=False, coerce=int, empty_value=None)
    nguoi = forms.TypedChoiceField(label=_("Người được phân công"), required=False, coerce=int, empty_value=None)
    xep = forms.ChoiceField(
        label=_("Sắp xếp"), required=False, choices=[("", _("Mới nhất trước")), ("han", _("Theo hạn"))]
    )

    def __init__(self, *args: Any, chosen: Mapping[str, Sequence[tuple[int | str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in chosen.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Tất cả")), *choices]
            if not choices:
                del self.fields[name]


class ReceivedForm(forms.Form):
    """The filters of what the own office was given."""

    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=RECEIVED, initial="open")
    q = forms.CharField(label=_("Nội dung"), required=False, max_length=100)


class DirectiveForm(forms.Form):
    """A directive as it is written; whom it goes to is chosen beside it (`don-vi`), and decides the modes."""

    FOLDS = (
        (_("Văn bản nguồn, nếu có"), ("source_kind", "source_symbol", "source_on", "source_issuer", "source_item")),
        (
            _("Đo hiệu quả bằng chỉ tiêu, nếu có"),
            ("indicator", "baseline", "baseline_period", "target", "target_period"),
        ),
    )

    field_code = forms.ChoiceField(label=_("Lĩnh vực"), widget=forms.Select(attrs=ASKS_ANEW))
    mode = forms.ChoiceField(
        label=_("Cách thức"), choices=MODES, help_text=_("Chỉ những cách thức dùng được với mọi nơi nhận đã chọn.")
    )
    lead = forms.ChoiceField(
        label=_("Chủ trì"),
        required=False,
        help_text=_("Để trống nếu mỗi nơi nhận tự thực hiện; chọn một đơn vị chủ trì thì các đơn vị khác phối hợp."),
    )
    text = forms.CharField(label=_("Nội dung"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    product = forms.CharField(label=_("Sản phẩm, kết quả phải có"), required=False, max_length=300)
    due_on = forms.DateField(
        label=_("Hạn hoàn thành"),
        required=False,
        widget=DAY,
        help_text=_("Tính đến hết ngày, không lùi khi trùng ngày nghỉ. Đề nghị cấp ủy thì không đặt hạn."),
    )
    recurring = forms.CharField(
        label=_("Việc thường xuyên"), required=False, max_length=200, help_text=_("Ví dụ: hằng quý; thay cho hạn.")
    )
    article = forms.CharField(
        label=_("Điều, khoản làm căn cứ"),
        required=False,
        max_length=300,
        help_text=_(
            "Bắt buộc khi yêu cầu doanh nghiệp: điều, khoản của văn bản quy phạm, giấy phép hoặc thỏa thuận đã ký. "
            "Không có căn cứ thì chọn cách thức đề nghị."
        ),
    )
    source_kind = forms.ChoiceField(
        label=_("Văn bản nguồn"), required=False, choices=[("", _("Không ghi")), *SourceKind.choices]
    )
    source_symbol = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=60)
    source_on = forms.DateField(label=_("Ngày văn bản"), required=False, widget=DAY)
    source_issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=250)
    source_item = forms.CharField(label=_("Mục, khoản trong văn bản"), required=False, max_length=60)
    indicator = forms.ChoiceField(
        label=_("Chỉ tiêu đo hiệu quả"), required=False, help_text=_("Hệ thống tự theo dõi từ số liệu báo cáo.")
    )
    baseline = forms.DecimalField(label=_("Số xuất phát"), required=False, localize=True)
    baseline_period = forms.ChoiceField(label=_("Kỳ của số xuất phát"), required=False)
    target = forms.DecimalField(label=_("Mức cần đạt"), required=False, localize=True)
    target_period = forms.ChoiceField(label=_("Kỳ phải đạt"), required=False)

    def __init__(
        self,
        *args: Any,
        fields: Sequence[tuple[str, str]],
        modes: Sequence[Mode],
        chosen: Sequence[Candidate],
        indicators: Sequence[tuple[str, str]],
        periods: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        offered = {mode.value for mode in modes}
        self._choose("field_code", fields)
        self._choose("mode", [(code, label) for code, label in MODES if code in offered])
        self._choose("lead", [(NO_LEAD, _("Mỗi nơi nhận tự thực hiện")), *((one.uid, one.name) for one in chosen)])
        self._choose("indicator", [("", _("Không đo bằng chỉ tiêu")), *indicators])
        self._choose("baseline_period", [("", ""), *periods[0]])
        self._choose("target_period", [("", ""), *periods[1]])

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("mode") == Mode.REQUIRE and not typed.get("article"):
            self.add_error("article", _("Yêu cầu theo quy định phải nêu điều, khoản."))
        if typed.get("source_kind") and not (
            typed.get("source_symbol") and typed.get("source_on") and typed.get("source_issuer")
        ):
            self.add_error("source_symbol", _("Ghi đủ số, ngày và cơ quan ban hành của văn bản nguồn."))
        if typed.get("indicator") and (typed.get("target") is None or not typed.get("target_period")):
            self.add_error("target", _("Ghi mức cần đạt và kỳ phải đạt."))
        if typed.get("baseline") is not None and not typed.get("baseline_period"):
            self.add_error("baseline_period", _("Chọn kỳ của số xuất phát."))
        return typed

    @property
    def content(self) -> Content:
        """What a valid form says."""
        typed = self.cleaned_data
        source = (
            Source(typed["source_kind"], typed["source_symbol"], typed["source_on"], typed["source_issuer"])
            if typed["source_kind"]
            else None
        )
        plain = ("mode", "text", "field_code", "due_on", "product", "recurring", "article", "source_item", "indicator",
                 "baseline", "baseline_period", "target", "target_period")  # fmt: skip
        return Content(source=source, receivers=self._receivers(), **{name: typed[name] for name in plain})

    def _receivers(self) -> list[Receiver]:
        lead = self.cleaned_data["lead"]
        found = []
        for one in self.chosen:
            part = Part.EACH if not lead else Part.LEADS if one.uid == lead else Part.COORDINATES
            found.append(Receiver(one.organisation_id, part.value))
        return found


def written(directive: Directive) -> dict[str, Any]:
    """A draft as the form shows it."""
    names = ("mode", "text", "field_code", "due_on", "product", "recurring", "article", "source_item", "baseline",
             "baseline_period", "target", "target_period")  # fmt: skip
    shown = {name: getattr(directive, name) for name in names}
    shown["indicator"] = directive.indicator.code if directive.indicator else ""
    lead = next((one for one in directive.tasks.select_related("organisation") if one.part == Part.LEADS), None)
    shown["lead"] = str(lead.organisation.uid) if lead else NO_LEAD
    if (source := directive.source) is not None:
        shown |= {
            "source_kind": source.kind,
            "source_symbol": source.symbol,
            "source_on": source.issued_on,
            "source_issuer": source.issuer,
        }
    return shown


def begun_from(matter: Difficulty) -> dict[str, Any]:
    """What a directive that arises from a difficulty says at first."""
    said = gettext("Giải quyết kiến nghị tiếp nhận ngày %(day)s: %(content)s")
    text = said % {"day": format_date(matter.received_on), "content": matter.content}
    return {"text": text[:LONGEST], "field_code": matter.field_code}


class ProgressForm(forms.Form):
    """How far a task is."""

    text = forms.CharField(label=_("Đã làm được gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    percent = forms.IntegerField(label=_("Ước đạt (%)"), required=False, min_value=0, max_value=100)
    file = forms.FileField(label=_("Tệp kèm theo"), required=False)


class DoneForm(forms.Form):
    """That a task is done; of one that was only asked for, what is answered."""

    text = forms.CharField(label=_("Kết quả, sản phẩm"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.CharField(label=_("Số, ngày văn bản báo cáo kết quả"), required=False, max_length=120)
    file = forms.FileField(label=_("Minh chứng (PDF, Word, Excel, ảnh)"), required=False)

    def __init__(self, *args: Any, is_order: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_order:
            self.fields["text"].label = _("Nội dung trả lời")
            self.fields["paper"].label = _("Số, ngày văn bản trả lời")
            self.fields["file"].label = _("Tệp kèm theo (PDF, Word, Excel, ảnh)")


class DecisionForm(forms.Form):
    """Whether a completion is confirmed or sent back; of one that was only asked for, whether the answer will do."""

    ket_qua = forms.ChoiceField(
        label=_("Ý kiến"),
        choices=[("confirm", _("Xác nhận hoàn thành")), ("back", _("Trả lại, yêu cầu bổ sung"))],
        widget=forms.RadioSelect,
        initial="confirm",
    )
    reason = forms.CharField(
        label=_("Nội dung (bắt buộc khi trả lại)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(label=_("Hạn bổ sung (khi trả lại)"), required=False, widget=DAY)

    def __init__(self, *args: Any, is_order: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_order:
            choices = [("confirm", _("Ghi nhận trả lời")), ("back", _("Đề nghị trả lời thêm"))]
            cast("forms.ChoiceField", self.fields["ket_qua"]).choices = choices
            self.fields["reason"].label = _("Nội dung (bắt buộc khi đề nghị trả lời thêm)")
            self.fields["due_on"].label = _("Đề nghị trả lời thêm trước ngày")


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
