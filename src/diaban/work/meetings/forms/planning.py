"""What is typed while a meeting is prepared, and by those asked to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.work.meetings.forms.common import Choices, choose, day, hour, lines
from diaban.work.meetings.models import Brought, Capacity, Meeting, Presence, Shape, UpdateLine
from diaban.work.meetings.services import MeetingPlan
from diaban.work.meetings.services.updates import LONGEST

STATES = [
    ("", _("Tất cả")),
    ("planned", _("Đang chuẩn bị")),
    ("convened", _("Đã mời")),
    ("running", _("Đang họp")),
    ("held", _("Chờ thông báo kết luận")),
    ("concluded", _("Đã thông báo kết luận")),
    ("cancelled", _("Đã hủy")),
]


class ListForm(forms.Form):
    """The filters of a list of meetings or visits."""

    q = forms.CharField(label=_("Tên"), required=False, max_length=100)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)
    nam = forms.IntegerField(label=_("Năm"), required=False, min_value=1990, max_value=2100)
    dia_ban = forms.TypedChoiceField(label=_("Địa bàn"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "dia_ban", [("", _("Tất cả")), *places])
        if not places:
            del self.fields["dia_ban"]


class MeetingForm(forms.Form):
    """The plan of a meeting or a stop; hosts are chosen for a stop, the period for a briefing."""

    title = forms.CharField(label=_("Tên cuộc họp"), max_length=300)
    shape = forms.ChoiceField(
        label=_("Loại"), choices=[one for one in Shape.choices if one[0] != Shape.STOP], initial=Shape.BRIEFING
    )
    period = forms.ChoiceField(label=_("Kỳ giao ban (có thể khác ngày họp)"), required=False)
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    unit_id = forms.TypedChoiceField(label=_("Địa bàn"), coerce=int)
    host_ids = forms.TypedMultipleChoiceField(label=_("Đơn vị tiếp đoàn"), required=False, coerce=int)
    held_on = forms.DateField(label=_("Ngày họp"), widget=day())
    starts_at = forms.TimeField(label=_("Bắt đầu"), widget=hour(), initial="08:00")
    ends_at = forms.TimeField(label=_("Kết thúc"), widget=hour(), initial="11:30")
    place = forms.CharField(label=_("Địa điểm"), max_length=250)
    requirements = forms.CharField(label=_("Yêu cầu chuẩn bị"), required=False, widget=lines())

    def __init__(
        self, *args: Any, fields: Choices, units: Choices, periods: Choices = (), hosts: Choices = (), is_stop: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choose(self, "field_code", fields)
        choose(self, "unit_id", units)
        if is_stop:
            del self.fields["shape"], self.fields["period"]
            choose(self, "host_ids", hosts)
            self.fields["title"].required, self.fields["place"].required = False, False
            self.fields["title"].help_text = _("Để trống: Làm việc với + tên địa bàn.")
            self.fields["host_ids"].help_text = _("Để trống: Ủy ban nhân dân của địa bàn.")
            self.fields["place"].help_text = _("Để trống: Trụ sở đơn vị tiếp đoàn.")
            self.fields["unit_id"].label = _("Địa bàn đoàn đến")
            choose(self, "unit_id", [("", _("Chọn địa bàn")), *units])
            self.order_fields(
                ["unit_id", "held_on", "starts_at", "ends_at", "title", "host_ids", "place", "field_code"]
            )
        else:
            del self.fields["host_ids"]
            choose(self, "period", [("", _("Không theo kỳ")), *periods])

    @property
    def plan(self) -> MeetingPlan:
        typed = self.cleaned_data
        names = ("title", "field_code", "held_on", "starts_at", "ends_at", "place", "requirements", "unit_id")
        return MeetingPlan(**{name: typed[name] for name in names}, period=typed.get("period", ""))


class CombinedForm(forms.Form):
    """That a briefing was held within another meeting."""

    held_on = forms.DateField(label=_("Ngày họp"), widget=day())
    combined_with = forms.CharField(label=_("Lồng ghép trong cuộc họp nào"), max_length=250)
    summary = forms.CharField(label=_("Kết quả, kết luận"), max_length=4000, widget=lines(4))
    file = forms.FileField(label=_("Biên bản, thông báo kết luận của cuộc họp đó"))


class WordsForm(forms.Form):
    """The words of a meeting that is prepared."""

    title = forms.CharField(label=_("Tên cuộc họp"), max_length=300)
    requirements = forms.CharField(label=_("Yêu cầu chuẩn bị"), required=False, widget=lines())
    agenda = forms.CharField(label=_("Chương trình, mỗi dòng một nội dung"), widget=lines(6))


class MoveForm(forms.Form):
    """Another day, hour or place."""

    held_on = forms.DateField(label=_("Ngày họp"), widget=day())
    starts_at = forms.TimeField(label=_("Bắt đầu"), widget=hour())
    ends_at = forms.TimeField(label=_("Kết thúc"), widget=hour())
    place = forms.CharField(label=_("Địa điểm"), max_length=250)
    reason = forms.CharField(
        label=_("Lý do (bắt buộc khi đã mời hoặc đã công bố lịch tuần)"), required=False, max_length=300
    )

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_known


def written_move(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in ("held_on", "starts_at", "ends_at", "place")}


class AskForm(forms.Form):
    """Whom to ask: offices of the ground, a person of the directory, or a name."""

    capacity = forms.ChoiceField(label=_("Tư cách"), choices=Capacity.choices, initial=Capacity.INVITED)
    offices = forms.TypedMultipleChoiceField(label=_("Cơ quan, đơn vị"), required=False, coerce=int)
    person = forms.TypedChoiceField(label=_("Người trong cơ quan"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(label=_("Người khác (họ tên)"), required=False, max_length=150)
    title = forms.CharField(label=_("Chức vụ"), required=False, max_length=250)
    office = forms.CharField(label=_("Nơi công tác"), required=False, max_length=250)

    def __init__(self, *args: Any, offices: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "offices", offices)
        choose(self, "person", [("", _("Không chọn")), *people])


class AnswerForm(forms.Form):
    """Whether one comes."""

    answer = forms.ChoiceField(label=_("Trả lời"), choices=Presence.choices, initial=Presence.PRESENT)
    note = forms.CharField(label=_("Người dự thay, hoặc lý do vắng"), required=False, max_length=300)


class UpdateForm(forms.Form):
    """The short report before a meeting: one field for each line of its form, named by the line's code."""

    def __init__(self, *args: Any, asked: Sequence[UpdateLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[one.code] = forms.CharField(
                label=one.label, required=one.is_required, max_length=LONGEST, widget=lines(3)
            )


class UpdateLinesForm(forms.Form):
    """The form of short reports, one line a row."""

    lines = forms.CharField(
        label=_("Mỗi dòng một mục; bắt đầu bằng dấu * là mục bắt buộc"), max_length=6000, widget=lines(10)
    )

    @property
    def rows(self) -> list[tuple[str, bool]]:
        typed = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        return [(line.lstrip("* "), line.startswith("*")) for line in typed]


def written_lines(asked: Sequence[UpdateLine]) -> str:
    return "\n".join(f"{'* ' if one.is_required else ''}{one.label}" for one in asked)


class FileForm(forms.Form):
    """A file of a meeting."""

    kind = forms.ChoiceField(label=_("Loại tệp"), choices=Brought.Kind.choices)
    file = forms.FileField(label=_("Tệp"))


class ReasonForm(forms.Form):
    """Why something is called off, or withdrawn."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)
