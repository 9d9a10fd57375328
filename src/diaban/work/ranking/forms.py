"""What is typed on the pages of rankings, as clean values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Self, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import Direction, Indicator
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.ranking.choosing import Candidate
from diaban.work.ranking.models import HOWS, IF_MISSING, SCALES, Appeal, SchemeVersion, Sight
from diaban.work.ranking.rules import How, IfMissing, Scale
from diaban.work.ranking.services import (
    NewCluster,
    NewCriterion,
    NewIndexValue,
    NewMember,
    SchemeContent,
    SignedPaper,
)
from diaban.work.reporting.models import Schedule

BLANK_ROWS = 5
CLUSTER = "cum_"


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SchemeForm(forms.Form):
    """The head of a scheme."""

    ten = forms.CharField(label=_("Tên bộ tiêu chí"), max_length=250)
    can_cu = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ký hiệu, ngày, cơ quan ban hành quy định thi đua, chấm điểm."),
    )
    gia_dinh = forms.BooleanField(label=_("Căn cứ giả định, để thử"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"))
    cong_khai = forms.ChoiceField(label=_("Sau khi công bố, đơn vị được chấm"), choices=Sight.choices)
    ngay_kien_nghi = forms.IntegerField(
        label=_("Số ngày làm việc được kiến nghị"), min_value=1, max_value=60, initial=5
    )
    ngay_tra_loi = forms.IntegerField(
        label=_("Số ngày làm việc phải trả lời kiến nghị"), min_value=1, max_value=60, initial=7
    )
    ghi_chu = forms.CharField(label=_("Ghi chú in trên biên bản"), max_length=500, required=False)

    def __init__(self, *args: Any, fields: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["linh_vuc"]).choices = list(fields)


@dataclass(frozen=True)
class Offered:
    """What a criterion may be reckoned by: regimes by uid, and indicators that are judged by code; each with its row's id."""

    schedules: dict[str, tuple[int, str]]
    indicators: dict[str, tuple[int, str]]

    @classmethod
    def now(cls) -> Self:
        """Two queries."""
        schedules = Schedule.objects.filter(is_on=True, kind=Schedule.Kind.PERIODIC)
        judged = Indicator.objects.exclude(direction=Direction.NEUTRAL)
        return cls(
            {str(one.uid): (one.pk, str(one)) for one in schedules}, {one.code: (one.pk, str(one)) for one in judged}
        )


class CriterionForm(forms.Form):
    """One row of criteria; a row without a name is left out."""

    ten = forms.CharField(label=_("Tiêu chí"), max_length=250, required=False)
    nhom = forms.CharField(label=_("Nhóm"), max_length=150, required=False)
    cach = forms.ChoiceField(label=_("Cách chấm"), choices=[("", "—"), *HOWS], required=False)
    diem = forms.DecimalField(
        label=_("Điểm tối đa"), required=False, min_value=0, max_digits=7, decimal_places=2, localize=True
    )
    thieu = forms.ChoiceField(label=_("Khi không tính được"), choices=IF_MISSING, required=False)
    che_do = forms.ChoiceField(label=_("Chế độ báo cáo"), required=False)
    chi_tieu = forms.ChoiceField(label=_("Chỉ tiêu"), required=False)
    thang = forms.ChoiceField(label=_("Cách tính chỉ tiêu"), choices=[("", "—"), *SCALES], required=False)
    tu = forms.DecimalField(label=_("0 điểm ở mức"), required=False, localize=True)
    den = forms.DecimalField(label=_("Đủ điểm ở mức"), required=False, localize=True)
    ghi_chu = forms.CharField(label=_("Hướng dẫn chấm"), max_length=500, required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for name, named in (("che_do", offered.schedules), ("chi_tieu", offered.indicators)):
            choices = [("", "—"), *((key, words) for key, (_pk, words) in named.items())]
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("ten") and not (typed.get("cach") and typed.get("diem")):
            raise forms.ValidationError(_("Chọn cách chấm và ghi điểm tối đa."))
        return typed

    @property
    def criterion(self) -> NewCriterion | None:
        """Of a valid row; None for a blank one."""
        typed = self.cleaned_data
        if not typed.get("ten"):
            return None
        how = How(typed["cach"])
        is_indicator = how is How.INDICATOR
        scale = Scale(typed["thang"]) if is_indicator and typed.get("thang") else None
        return NewCriterion(
            name=typed["ten"],
            how=how,
            most=typed["diem"],
            group=typed.get("nhom", ""),
            if_missing=IfMissing(typed.get("thieu") or IfMissing.LEFT_OUT),
            schedule_id=self.offered.schedules[typed["che_do"]][0] if typed.get("che_do") else None,
            indicator_id=self.offered.indicators[typed["chi_tieu"]][0]
            if is_indicator and typed.get("chi_tieu")
            else None,
            scale=scale,
            none_at=typed.get("tu") if scale is Scale.LINEAR else None,
            full_at=typed.get("den") if scale is Scale.LINEAR else None,
            note=typed.get("ghi_chu", ""),
        )


class _Rows(forms.BaseFormSet[CriterionForm]):
    """What is offered is read once for all rows."""

    @cached_property
    def offered(self) -> Offered:
        return Offered.now()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "offered": self.offered}


CriterionRows = forms.formset_factory(CriterionForm, formset=_Rows, extra=BLANK_ROWS, max_num=60)


def content_of(
    head: SchemeForm, rows: Any, clusters: Mapping[str, str], everybody: Sequence[Candidate]
) -> SchemeContent:
    """What valid forms say. `clusters` is, by candidate, the cluster typed; blank: not ranked."""
    by_name: dict[str, list[NewMember]] = defaultdict(list)
    for one in everybody:
        name = " ".join(clusters.get(one.key, "").split())
        if name:
            by_name[name].append(one.member)
    typed = head.cleaned_data
    criteria = tuple(found for row in rows if (found := row.criterion) is not None)
    return SchemeContent(
        title=typed["ten"],
        basis=typed["can_cu"],
        is_assumed=typed["gia_dinh"],
        sight=typed["cong_khai"],
        appeal_days=typed["ngay_kien_nghi"],
        answer_days=typed["ngay_tra_loi"],
        note=typed["ghi_chu"],
        clusters=tuple(NewCluster(name, tuple(members)) for name, members in by_name.items()),
        criteria=criteria,
    )


def said(version: SchemeVersion) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, str]]:
    """A version as the forms take it: head, criteria, and by organisation and unit the cluster. Three queries."""
    head = {
        "ten": version.scheme.title, "can_cu": version.basis, "gia_dinh": version.is_assumed,
        "linh_vuc": version.scheme.field_code, "cong_khai": version.sight, "ngay_kien_nghi": version.appeal_days,
        "ngay_tra_loi": version.answer_days, "ghi_chu": version.note,
    }  # fmt: skip
    rows = [
        {
            "ten": one.name, "nhom": one.group, "cach": one.how, "diem": _plain(one.most), "thieu": one.if_missing,
            "che_do": one.schedule.uid if one.schedule else None,
            "chi_tieu": one.indicator.code if one.indicator else None,
            "thang": one.scale, "tu": _plain(one.none_at), "den": _plain(one.full_at), "ghi_chu": one.note,
        }
        for one in version.criteria.select_related("schedule", "indicator")
    ]  # fmt: skip
    clusters = {
        f"{one.organisation_id}/{one.unit_id}": one.cluster.name for one in version.members.select_related("cluster")
    }
    return head, rows, clusters


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the database pads it with."""
    return None if value is None else Decimal(f"{value.normalize():f}")


class OpenBoardForm(forms.Form):
    """Which period is scored, by what was known on which day."""

    ten = forms.CharField(label=_("Tên bảng xếp hạng"), max_length=250)
    ky = forms.CharField(label=_("Kỳ chấm"), max_length=20, help_text=_("Năm: 2026; 6 tháng: 2026-H1; quý: 2026-Q1"))
    so_lieu_den = forms.DateField(label=_("Số liệu tính đến hết ngày"), widget=_day())

    def clean_ky(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["ky"].strip(), Calendar.STATISTICAL)
        except BadPeriod as problem:
            raise forms.ValidationError(str(problem)) from None


class HandForm(forms.Form):
    """Points by hand."""

    diem = forms.DecimalField(label=_("Điểm"), min_value=0, decimal_places=2, localize=True)
    ly_do = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    tep = forms.FileField(
        label=_("Minh chứng"), required=False, help_text=_("PDF, Word hoặc ảnh; để trống thì giữ tệp đã có.")
    )


class AppealForm(forms.Form):
    """An appeal."""

    noi_dung = forms.CharField(label=_("Nội dung kiến nghị"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    tep = forms.FileField(label=_("Minh chứng"), required=False, help_text=_("PDF, Word hoặc ảnh."))


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    ket_qua = forms.ChoiceField(label=_("Kết quả"), choices=Appeal.Decision.choices)
    diem = forms.DecimalField(
        label=_("Điểm chấm lại"), min_value=0, decimal_places=2, required=False, localize=True,
        help_text=_("Chỉ ghi khi chấp nhận."),
    )  # fmt: skip
    ly_do = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PublishForm(forms.Form):
    """The signed paper."""

    so = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 12/TB-STTTT"))
    ngay_ky = forms.DateField(label=_("Ngày ký"), widget=_day())
    tep = forms.FileField(label=_("Tệp đã ký"), help_text=_("PDF có chữ ký số, hoặc bản chụp có dấu (PDF, JPG, PNG)"))

    @property
    def paper(self) -> SignedPaper:
        """Of a valid form."""
        file = cast("UploadedFile[bytes]", self.cleaned_data["tep"])
        return SignedPaper(
            self.cleaned_data["so"], self.cleaned_data["ngay_ky"], file.read(), file.name or "ket-qua.pdf"
        )


class IndexForm(forms.Form):
    """The head of an index that someone else published."""

    ten = forms.CharField(label=_("Tên bộ chỉ số"), max_length=150, help_text=_("Ví dụ: DTI cấp huyện"))
    nam = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    nguon = forms.CharField(
        label=_("Nguồn"), max_length=300, help_text=_("Văn bản hoặc trang công bố; mỗi nguồn là một bảng riêng.")
    )
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"))
    ghi_chu = forms.CharField(label=_("Cách tính, ghi chú"), max_length=500, required=False)

    def __init__(self, *args: Any, fields: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["linh_vuc"]).choices = list(fields)


class IndexValueForm(forms.Form):
    """One unit's line of an index."""

    gia_tri = forms.DecimalField(required=False, max_digits=20, decimal_places=6, localize=True)
    hang = forms.IntegerField(required=False, min_value=1, max_value=10000)

    def value(self, unit_id: int, of: int | None) -> NewIndexValue | None:
        """Of a valid line; None for a blank one."""
        typed = self.cleaned_data
        if typed["gia_tri"] is None and typed["hang"] is None:
            return None
        return NewIndexValue(unit_id, typed["gia_tri"], typed["hang"], of if typed["hang"] else None)
