"""What is typed on the pages of requests, as clean values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.requests.choosing import Candidate, Candidates, Group
from diaban.work.requests.models import KINDS, Audience, Column, Request, Sight
from diaban.work.requests.rules import MOST_COLUMNS, Asked, Kind, Typed
from diaban.work.requests.services import Content, NewColumn

USUAL_HOUR = time(16, 0)
LEAST_NOTICE = timedelta(minutes=30)
CELL, REASON = "o-", "ly-do-"


def usual_due(at: datetime) -> datetime:
    """Today at 16:00; tomorrow where that is less than half an hour away."""
    local = timezone.localtime(at)
    due = local.replace(hour=USUAL_HOUR.hour, minute=0, second=0, microsecond=0)
    return due if due - local >= LEAST_NOTICE else due + timedelta(days=1)


class HourForm(forms.Form):
    """A day and an hour."""

    due_on = forms.DateField(label=_("Hạn trả lời: ngày"), widget=forms.DateInput())
    due_time = forms.TimeField(
        label=_("Giờ (như 16:00)"),
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M"),
        initial=USUAL_HOUR,
    )

    @property
    def due_at(self) -> datetime:
        """The moment of a valid form."""
        naive = datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"])
        return timezone.make_aware(naive)


class ExtendForm(HourForm):
    """Until when instead, and why."""

    reason = forms.CharField(label=_("Lý do gia hạn"), required=False, max_length=500)


class RequestForm(HourForm):
    """The head of a request. What sending needs may still be missing from a draft."""

    title = forms.CharField(
        label=_("Nội dung cần thu thập"), max_length=200, help_text=_("Ví dụ: Rà soát thôn chưa có sóng di động")
    )
    letter_symbol = forms.CharField(
        label=_("Số, ký hiệu công văn đề nghị"),
        max_length=60,
        required=False,
        help_text=_("Cần có trước khi gửi. Ví dụ: 345/SKHCN-CĐS"),
    )
    letter_on = forms.DateField(label=_("Ngày công văn"), required=False, widget=forms.DateInput())
    letter_file = forms.FileField(label=_("Tệp công văn (PDF, DOCX, ảnh)"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ, thẩm quyền yêu cầu"),
        max_length=400,
        required=False,
        help_text=_(
            "Cần có trước khi gửi. Ví dụ: Công văn số … ngày … của UBND tỉnh giao Sở tổng hợp báo cáo đột xuất"
        ),
    )
    note = forms.CharField(
        label=_("Hướng dẫn ngắn cho người trả lời"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    sight = forms.ChoiceField(label=_("Ai được xem bảng số liệu"), choices=Sight.choices, initial=Sight.GROUND.value)
    audience = forms.ChoiceField(
        label=_("Hỏi ai"), choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.COMMUNE.value
    )
    field_order = (
        "title", "letter_symbol", "letter_on", "letter_file", "basis", "due_on", "due_time", "note", "field_code", "sight",
    )  # fmt: skip

    def __init__(self, *args: Any, fields: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["field_code"]).choices = list(fields)

    @property
    def letter(self) -> tuple[bytes, str] | None:
        """The file that was brought with a valid form."""
        file = cast("UploadedFile[bytes] | None", self.cleaned_data.get("letter_file"))
        return (file.read(), file.name or "cong-van.pdf") if file else None


class ColumnForm(forms.Form):
    """One line of the columns; a line without a label is no column."""

    label = forms.CharField(label=_("Tên cột"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Kiểu"), choices=KINDS, initial=Kind.WHOLE.value)
    unit_name = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False)
    choices = forms.CharField(label=_("Các lựa chọn, cách nhau dấu ;"), max_length=600, required=False)
    indicator = forms.CharField(
        label=_("Chỉ tiêu trong danh mục"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "chi-tieu", "autocomplete": "off"}),
    )
    is_optional = forms.BooleanField(label=_("Được để trống"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        words = [word.strip()[:100] for word in cleaned.get("choices", "").split(";") if word.strip()]
        is_choice = cleaned.get("kind") == Kind.CHOICE
        cleaned["choices"] = words if is_choice else []
        if cleaned.get("label", "").strip() and is_choice and len(words) < 2:
            self.add_error("choices", _("Ghi ít nhất hai lựa chọn, cách nhau bằng dấu chấm phẩy."))
        return cleaned

    def clean_indicator(self) -> str:
        """The code at the beginning of what was chosen: "BC07 Số điểm phục vụ" is BC07."""
        text: str = self.cleaned_data["indicator"].strip()
        code = text.split(" ", 1)[0]
        if code and not countable().filter(code=code).exists():
            raise forms.ValidationError(_("Không có chỉ tiêu “%(code)s” nhận số trực tiếp."), params={"code": code})
        return code


def countable() -> Any:
    """The indicators that a typed number may be of."""
    return Indicator.objects.exclude(over_units__in=DERIVED)


@dataclass(frozen=True)
class PickedGroup:
    """An old district in the list of whom to ask."""

    name: str
    key: str
    is_whole: bool
    ones: Sequence[tuple[Candidate, bool]]


@dataclass(frozen=True)
class Picker:
    """One audience in the list of whom to ask."""

    audience: str
    label: str
    count: int
    is_whole: bool
    groups: Sequence[PickedGroup]
    left_out: Sequence[str]


class Draft:
    """The whole page of a draft: its head, ten lines of columns, and who is ticked."""

    def __init__(
        self,
        typed: Mapping[str, Any] | None,
        files: Any,
        *,
        fields: Sequence[tuple[str, str]],
        everybody: Mapping[str, Candidates],
        request: Request | None,
        at: datetime,
    ) -> None:
        self.everybody = everybody
        self._typed = typed
        due = timezone.localtime(request.due_at if request else usual_due(at))
        self.head = RequestForm(typed, files, fields=fields, initial=_head_of(request, due))
        saved: list[Column] = list(request.columns.select_related("indicator")) if request else []
        self.lines = [
            ColumnForm(
                typed, prefix=f"cot{number}", initial=_line_of(saved[number - 1]) if number <= len(saved) else {}
            )
            for number in range(1, MOST_COLUMNS + 1)
        ]
        self.shown_lines = max(4, len(saved))
        self.problem = ""
        self.chosen = self._chosen(request)

    def _chosen(self, request: Request | None) -> set[tuple[str, str]]:
        """(audience, code) of everybody ticked; before anything is typed, every commune."""
        if self._typed is not None:
            return {
                (audience, one.code)
                for audience, every in self.everybody.items()
                for group in every.groups
                for one in group.candidates
                if self._is_ticked(audience, group.key, one.code)
            }
        if request is not None:
            return {(request.audience, code) for code in request.receivers.values_list("code", flat=True)}
        return {(audience, one.code) for audience, every in self.everybody.items() for one in every.all}

    def _is_ticked(self, audience: str, group: str, code: str) -> bool:
        typed = cast("Any", self._typed)
        return (
            audience in typed.getlist("tat-ca")
            or f"{audience}:{group}" in typed.getlist("nhom")
            or f"{audience}:{code}" in typed.getlist("don-vi")
        )

    @property
    def pickers(self) -> list["Picker"]:
        """Every audience with what is ticked in it: all, whole groups, or one by one."""
        return [
            Picker(
                audience,
                str(Audience(audience).label),
                len(every.all),
                self._has_all(audience, every.all),
                [self._picked(audience, group) for group in every.groups],
                every.left_out,
            )
            for audience, every in self.everybody.items()
        ]

    def _has_all(self, audience: str, some: Sequence[Candidate]) -> bool:
        return bool(some) and all((audience, one.code) in self.chosen for one in some)

    def _picked(self, audience: str, group: Group) -> "PickedGroup":
        is_everybody = self._has_all(audience, self.everybody[audience].all)
        is_whole = self._has_all(audience, group.candidates) and not is_everybody
        ones = [
            (one, (audience, one.code) in self.chosen and not is_whole and not is_everybody) for one in group.candidates
        ]
        return PickedGroup(group.name, group.key, is_whole, ones)

    def is_valid(self) -> bool:
        lines = [line.is_valid() for line in self.lines]
        if not self.head.is_valid() or not all(lines):
            return False
        if not any(line.cleaned_data.get("label", "").strip() for line in self.lines):
            self.problem = str(_("Đặt tên cho ít nhất một cột cần hỏi."))
        elif not self.receivers:
            self.problem = str(_("Chọn ít nhất một đơn vị."))
        return not self.problem

    @property
    def receivers(self) -> list[Candidate]:
        audience = self.head.cleaned_data["audience"]
        return [one for one in self.everybody[audience].all if (audience, one.code) in self.chosen]

    @property
    def content(self) -> Content:
        """What a valid page says."""
        given = self.head.cleaned_data
        lines = [line.cleaned_data for line in self.lines if line.cleaned_data.get("label", "").strip()]
        codes = dict(countable().filter(code__in=[line["indicator"] for line in lines]).values_list("code", "pk"))
        return Content(
            title=given["title"],
            field_code=given["field_code"],
            due_at=self.head.due_at,
            columns=[_column(line, codes) for line in lines],
            receivers=self.receivers,
            audience=given["audience"],
            sight=given["sight"],
            note=given["note"],
            letter_symbol=given["letter_symbol"].strip(),
            letter_on=given["letter_on"],
            basis=given["basis"].strip(),
            letter_file=self.head.letter,
        )


def _column(line: Mapping[str, Any], codes: Mapping[str, int]) -> NewColumn:
    is_number = Kind(line["kind"]).is_number
    return NewColumn(
        label=line["label"].strip(),
        kind=line["kind"],
        unit_name=line["unit_name"].strip(),
        is_required=not line["is_optional"],
        choices=tuple(line["choices"]),
        indicator_id=codes.get(line["indicator"]) if is_number else None,
    )


def _head_of(request: Request | None, due: datetime) -> dict[str, Any]:
    when = {"due_on": due.date(), "due_time": due.time()}
    if request is None:
        return when
    names = ("title", "letter_symbol", "letter_on", "basis", "note", "field_code", "sight", "audience")
    return {**when, **{name: getattr(request, name) for name in names}}


def _line_of(column: Column) -> dict[str, Any]:
    return {
        "label": column.label,
        "kind": column.kind,
        "unit_name": column.unit_name,
        "choices": "; ".join(column.choices),
        "indicator": str(column.indicator) if column.indicator else "",
        "is_optional": not column.is_required,
    }


class WhoForm(forms.Form):
    """Who answers by a link."""

    by_name = forms.CharField(
        label=_("Họ tên người trả lời"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    by_phone = forms.RegexField(
        label=_("Số điện thoại"),
        regex=r"^[+0-9][0-9 .]{7,18}$",
        max_length=20,
        error_messages={"invalid": _("Số điện thoại gồm chữ số, ví dụ 0912 345 678.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class PeriodForm(forms.Form):
    """For which period answers become facts."""

    ky = forms.ChoiceField(label=_("Số liệu của kỳ"))

    def __init__(self, typed: Mapping[str, Any] | None, periods: Sequence[Period]) -> None:
        super().__init__(typed)
        cast("forms.ChoiceField", self.fields["ky"]).choices = [(str(one), one.label()) for one in periods]

    @property
    def period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["ky"], Calendar.STATISTICAL)
        except BadPeriod as problem:  # a choice of the form is always a period
            raise AssertionError from problem


def typed_from(posted: Mapping[str, str], columns: Sequence[Asked]) -> Typed:
    """What was typed into the cells of an answer."""
    return Typed(
        values={column.code: posted.get(f"{CELL}{column.code}", "") for column in columns},
        reasons={column.code: posted.get(f"{REASON}{column.code}", "") for column in columns},
    )


def seen_in(posted: Mapping[str, str]) -> int:
    """The number of the version that the page showed; 0 where it showed none."""
    text = posted.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0
