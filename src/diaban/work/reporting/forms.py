"""What is typed on the pages of reports, as clean values."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.foundation.organisations.queries import UnknownOrganisation, names_of, organisation_named
from diaban.lib.vietnamese import format_number
from diaban.work.reporting.models import Form, Schedule
from diaban.work.reporting.phrases import LONGEST
from diaban.work.reporting.quality.sources import Source
from diaban.work.reporting.queries.reports import TO_RECEIVE
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import Basis, Paper, Terms

REMARK = "REMARK__"
STATES: list[tuple[str, Promise | str]] = [
    ("", _("Tất cả")),
    ("draft", _("Đang soạn")),
    ("to_check", _("Chờ kiểm tra")),
    ("to_sign", _("Chờ ký duyệt")),
    (TO_RECEIVE, _("Chờ cơ quan mình tiếp nhận")),
    ("waiting", _("Chờ tiếp nhận")),
    ("data_sent", _("Đã gửi số liệu, chờ văn bản")),
    ("returned", _("Đề nghị bổ sung, hoàn chỉnh")),
    ("received", _("Đã tiếp nhận, chốt số liệu")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(label=_("Cơ quan báo cáo"), required=False, max_length=100)
    che_do = forms.ChoiceField(label=_("Chế độ báo cáo"), required=False)
    ky = forms.ChoiceField(label=_("Kỳ báo cáo"), required=False)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=STATES)

    def __init__(
        self, typed: Mapping[str, Any], schedules: Sequence[tuple[str, str]], periods: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(typed)
        self._choices("che_do", schedules)
        self._choices("ky", periods)

    def _choices(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Tất cả")), *rows]


class SupplyForm(forms.Form):
    """Which regime and period an enterprise supplies figures for."""

    che_do = forms.ChoiceField(label=_("Chế độ báo cáo"), required=False)
    ky = forms.ChoiceField(label=_("Kỳ báo cáo"), required=False)

    def __init__(
        self, typed: Mapping[str, Any], schedules: Sequence[tuple[str, str]], periods: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(initial=dict(typed))
        cast("forms.ChoiceField", self.fields["che_do"]).choices = schedules
        cast("forms.ChoiceField", self.fields["ky"]).choices = periods


class PaperForm(forms.Form):
    """The signed paper: number, day, file; or the figures alone."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False, help_text=_("Ví dụ: 45/BC-UBND"))
    signed_on = forms.DateField(
        label=_("Ngày ký"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("Tệp đã ký"), required=False, help_text=_("PDF có chữ ký số, hoặc bản chụp có dấu (PDF, JPG, PNG)")
    )

    def __init__(self, *args: Any, may_go_without: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "signed_on", "file"):
            self.fields[name].said = _("bỏ trống khi gửi số liệu trước") if may_go_without else _("bắt buộc")  # type: ignore[attr-defined]
        if may_go_without:
            self.fields["data_only"] = forms.BooleanField(
                label=_("Gửi số liệu trước, gửi văn bản đã ký sau"),
                required=False,
                help_text=_("Được tính đúng hạn, ghi rõ “chờ văn bản”."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("data_only"):
            for name, words in (
                ("number", _("Ghi số, ký hiệu của văn bản.")),
                ("signed_on", _("Ghi ngày ký.")),
                ("file", _("Chọn tệp văn bản đã ký.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    @property
    def paper(self) -> Paper | None:
        """The paper of a valid form, None where only the figures are sent."""
        if self.cleaned_data.get("data_only"):
            return None
        file = cast("UploadedFile[bytes]", self.cleaned_data["file"])
        return Paper(
            self.cleaned_data["number"], self.cleaned_data["signed_on"], file.read(), file.name or "bao-cao.pdf"
        )


ITEM = "muc_"


class ScheduleForm(forms.Form):
    """A schedule as it is drafted; the items are those of Article 7. `places` and `papers` are (address, name)."""

    bieu = forms.ChoiceField(label=_("Biểu mẫu"))
    ten = forms.CharField(
        label=_("Tên chế độ báo cáo"), max_length=250, required=False, help_text=_("Để trống: lấy tên của biểu mẫu.")
    )
    loai = forms.ChoiceField(label=_("Loại"), choices=Schedule.Kind.choices)
    dia_ban = forms.ChoiceField(label=_("Địa bàn phải báo cáo"))
    noi_nhan = forms.CharField(label=_("Cơ quan nhận"), max_length=250)
    tu_ngay = forms.DateField(
        label=_("Từ ngày"), widget=_day(), help_text=_("Định kỳ: ngày bắt đầu áp dụng. Một lần: ngày đầu của số liệu.")
    )
    den_ngay = forms.DateField(
        label=_("Đến hết ngày"),
        required=False,
        widget=_day(),
        help_text=_("Định kỳ: để trống nếu chưa định ngày thôi. Một lần: ngày cuối của số liệu."),
    )
    gui_truoc = forms.DateField(
        label=_("Phải gửi chậm nhất ngày"), required=False, widget=_day(), help_text=_("Chỉ đột xuất, chuyên đề.")
    )
    chot = forms.IntegerField(
        label=_("Chốt số liệu (ngày so với ngày cuối kỳ)"),
        initial=0,
        min_value=-366,
        max_value=366,
        required=False,
        help_text=_("Số âm: trước ngày cuối kỳ. Ví dụ -11."),
    )
    han = forms.IntegerField(
        label=_("Hạn gửi (ngày làm việc sau khi chốt)"), initial=3, min_value=1, max_value=250, required=False
    )
    tiep_nhan = forms.IntegerField(
        label=_("Nơi nhận tiếp nhận hoặc trả lại trong (ngày làm việc)"), initial=3, min_value=1, max_value=60
    )
    duong_ngan = forms.BooleanField(label=_("Đường ngắn: người soạn được gửi, không qua trình ký"), required=False)
    so_hieu = forms.CharField(label=_("Căn cứ: số, ký hiệu văn bản"), required=False, max_length=60)
    ban_hanh = forms.CharField(label=_("Căn cứ: cơ quan ban hành"), required=False, max_length=200)
    dieu = forms.CharField(label=_("Căn cứ: điều, khoản"), required=False, max_length=100)
    gia_dinh = forms.CharField(
        label=_("Căn cứ giả định"),
        required=False,
        max_length=400,
        help_text=_("Chỉ ghi khi chưa có văn bản; trang và bản in sẽ ghi rõ “căn cứ giả định”."),
    )
    cong_van = forms.CharField(label=_("Công văn yêu cầu: số, ký hiệu"), required=False, max_length=60)
    ngay_cong_van = forms.DateField(label=_("Công văn yêu cầu: ngày"), required=False, widget=_day())

    def __init__(
        self, *args: Any, papers: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["bieu"]).choices = papers
        cast("forms.ChoiceField", self.fields["dia_ban"]).choices = places
        self.fields["noi_nhan"].widget.attrs["list"] = "ten-co-quan"
        for code, words in ARTICLE_7.items():
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[ITEM + code] = forms.CharField(label=words, required=False, max_length=2000, widget=widget)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("tu_ngay"), typed.get("den_ngay")
        if first and last and last < first:
            self.add_error("den_ngay", _("Ngày cuối không thể trước ngày đầu."))
        self._dates_of_its_kind(typed)
        if typed.get("noi_nhan") and first:
            try:
                typed["counterpart_id"] = organisation_named(typed["noi_nhan"], first).organisation_id
            except UnknownOrganisation as unknown:
                self.add_error("noi_nhan", str(unknown))
        return typed

    def _dates_of_its_kind(self, typed: Mapping[str, Any]) -> None:
        """A one-off names its days and its day to send; a periodic one counts working days."""
        if typed.get("loai") == Schedule.Kind.PERIODIC:
            if typed.get("han") is None and "han" not in self.errors:
                self.add_error("han", _("Ghi số ngày làm việc."))
            return
        last, due = typed.get("den_ngay"), typed.get("gui_truoc")
        if last is None and "den_ngay" not in self.errors:
            self.add_error("den_ngay", _("Ghi ngày cuối của số liệu."))
        if due is None and "gui_truoc" not in self.errors:
            self.add_error("gui_truoc", _("Ghi ngày phải gửi."))
        if last and due and due < last:
            self.add_error("gui_truoc", _("Hạn gửi không thể trước ngày cuối của số liệu."))

    @property
    def groups(self) -> list[tuple[Promise | str, list[forms.BoundField], bool]]:
        """The boxes as they are thought of: what and who, when, and the ground of each kind; folded what only a one-off says,
        until one is asked for."""
        items = [ITEM + code for code in ARTICLE_7]
        parts: list[tuple[Promise | str, list[str]]] = [
            (
                _("Báo cáo gì, ai báo cáo, gửi ai"),
                ["loai", "bieu", "ten", "dia_ban", "noi_nhan", "tiep_nhan", "duong_ngan"],
            ),
            (_("Khi nào"), ["tu_ngay", "den_ngay"]),
            (_("Đột xuất, chuyên đề: công văn và hạn gửi"), ["cong_van", "ngay_cong_van", "gui_truoc"]),
            (_("Định kỳ: hạn gửi và căn cứ"), ["chot", "han", "so_hieu", "ban_hanh", "dieu", "gia_dinh"]),
            (_("Định kỳ: nội dung chế độ báo cáo (Điều 7 Nghị định 09/2019/NĐ-CP)"), items),
        ]
        is_periodic = (self["loai"].value() or Schedule.Kind.PERIODIC) == Schedule.Kind.PERIODIC
        return [
            (heading, [self[name] for name in names], is_periodic and "cong_van" in names) for heading, names in parts
        ]

    @property
    def basis(self) -> Basis:
        """The ground of a valid form."""
        typed = self.cleaned_data
        return Basis(
            symbol=typed["so_hieu"],
            issuer=typed["ban_hanh"],
            article=typed["dieu"],
            items={code: typed[ITEM + code] for code in ARTICLE_7 if typed[ITEM + code]},
            assumed=typed["gia_dinh"],
            letter_symbol=typed["cong_van"],
            letter_on=typed["ngay_cong_van"],
        )

    def terms(self, paper: Form, unit_id: int) -> Terms:
        """What a valid form says, on that paper and ground."""
        typed = self.cleaned_data
        once = typed["loai"] != Schedule.Kind.PERIODIC
        return Terms(
            form=paper,
            title=typed["ten"] or paper.name,
            unit_id=unit_id,
            counterpart_id=typed["counterpart_id"],
            valid_from=typed["tu_ngay"],
            valid_to=typed["den_ngay"] + timedelta(days=1) if typed["den_ngay"] else None,
            kind=typed["loai"],
            basis=self.basis,
            deadlines=[] if once else [(paper.level, typed["han"])],
            due_on=typed["gui_truoc"],
            cut_off_days=0 if once else typed["chot"] or 0,
            reception_days=typed["tiep_nhan"],
            short_path=typed["duong_ngan"],
        )


def said(schedule: Schedule, today: date) -> dict[str, Any]:
    """What a draft says, as the form takes it."""
    own = schedule.deadlines.filter(level=schedule.form.level).first()
    last = schedule.valid.upper
    counterpart = names_of([schedule.counterpart_id], schedule.valid.lower or today)
    return {
        "bieu": schedule.form.code, "ten": schedule.title, "loai": schedule.kind, "dia_ban": str(schedule.unit.uid),
        "noi_nhan": counterpart.get(schedule.counterpart_id, ""), "tu_ngay": schedule.valid.lower,
        "den_ngay": last - timedelta(days=1) if last else None, "gui_truoc": schedule.due_on,
        "chot": schedule.cut_off_days, "han": own.working_days if own else 3, "tiep_nhan": schedule.reception_days, "duong_ngan": schedule.short_path,
        "so_hieu": schedule.basis_symbol, "ban_hanh": schedule.basis_issuer, "dieu": schedule.basis_article,
        "gia_dinh": schedule.assumed_basis, "cong_van": schedule.letter_symbol, "ngay_cong_van": schedule.letter_on,
        **{ITEM + code: text for code, text in schedule.items.items()},
    }  # fmt: skip


class ProfileForm(forms.Form):
    """How much of a year's plan is due by the ends of three quarters, in percent."""

    quy_1 = forms.DecimalField(
        label=_("Đến hết quý I (%)"), min_value=0, max_value=100, decimal_places=2, localize=True
    )
    quy_2 = forms.DecimalField(
        label=_("Đến hết quý II (%)"), min_value=0, max_value=100, decimal_places=2, localize=True
    )
    quy_3 = forms.DecimalField(
        label=_("Đến hết quý III (%)"), min_value=0, max_value=100, decimal_places=2, localize=True
    )
    can_cu = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ký hiệu, ngày của văn bản giao tiến độ.")
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        ends = [found.get(f"quy_{number}") for number in (1, 2, 3)]
        if None not in ends and ends != sorted(ends):  # type: ignore[type-var]  # None is ruled out just before
            raise forms.ValidationError(_("Quý sau không thấp hơn quý trước."))
        return found

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal]:
        """Of a valid form."""
        found = self.cleaned_data
        return found["quy_1"], found["quy_2"], found["quy_3"]


class SnapshotForm(forms.Form):
    """What a publication is called and who signed it."""

    ten = forms.CharField(label=_("Tên bản chốt số"), max_length=250)
    nguoi_ky = forms.CharField(label=_("Người ký (chức vụ, họ tên)"), max_length=200)
    ngay_ky = forms.DateField(label=_("Ngày ký"), input_formats=["%d/%m/%Y"], widget=forms.DateInput)
    so_van_ban = forms.CharField(label=_("Số văn bản (nếu có)"), max_length=60, required=False)
    ghi_chu = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


class ReturnForm(forms.Form):
    """What is to be completed, by when; remarks at cells come beside it."""

    reason = forms.CharField(
        label=_("Nội dung đề nghị bổ sung, hoàn chỉnh"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    due_on = forms.DateField(
        label=_("Hạn gửi lại"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ChoiceForm(forms.Form):
    """Which source's figure is taken, and why."""

    source = forms.ChoiceField(label=_("Lấy số của"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def __init__(self, *args: Any, sources: Sequence[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["source"]).choices = [
            (one.key, f"{one.label}: {format_number(one.value or Decimal(0))}") for one in sources
        ]


def remarks_from(typed: Mapping[str, str]) -> dict[str, str]:
    """Remarks by cell."""
    return {name.removeprefix(REMARK): text for name, text in typed.items() if name.startswith(REMARK) and text.strip()}


class PlaceForm(forms.Form):
    """Where reports are handed in by law, from when, on what ground."""

    tu_ngay = forms.DateField(label=_("Từ ngày"), widget=_day())
    he_thong = forms.CharField(
        label=_("Hệ thống nhận báo cáo"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Hệ thống thông tin báo cáo của tỉnh. Để trống: nộp tại hệ thống này."),
    )
    dia_chi = forms.URLField(label=_("Địa chỉ"), max_length=300, required=False, assume_scheme="https")
    can_cu = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ký hiệu, ngày, cơ quan ban hành văn bản quy định nơi nộp.")
    )


class EndForm(forms.Form):
    """From when a schedule is no longer asked, and why."""

    thoi_tu = forms.DateField(
        label=_("Thôi áp dụng từ ngày"),
        widget=_day(),
        help_text=_("Kỳ kết thúc từ ngày này trở đi không còn phải báo cáo; việc đã sinh ra của các kỳ đó được rút."),
    )
    ly_do = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=300, help_text=_("Số, ký hiệu, ngày văn bản bãi bỏ hoặc thay thế.")
    )


class SentenceForm(forms.Form):
    """A stock sentence and the day from which it holds."""

    cau = forms.CharField(label=_("Câu"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    tu_ngay = forms.DateField(
        label=_("Áp dụng từ ngày"), widget=forms.DateInput(), help_text=_("Báo cáo lập từ ngày này trở đi.")
    )

    def __init__(self, *given: Any, is_optional: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["cau"].required = not is_optional
