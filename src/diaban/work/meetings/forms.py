"""What is typed on the pages of visits and meetings, as clean values."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.models import RESULTS, Difficulty
from diaban.work.difficulties.rules import Result
from diaban.work.meetings.models import (
    Brought,
    Capacity,
    Carried,
    Conclusion,
    Entry,
    Item,
    Meeting,
    Member,
    Presence,
    Programme,
    Shape,
    Visit,
)
from diaban.work.meetings.models.weeks import HALVES
from diaban.work.meetings.services import EntryPlan, ItemPlan, MeetingPlan, Said, Someone, VisitPlan
from diaban.work.meetings.services.weeks import CHAIR

STATES = [
    ("", _("Tất cả")),
    ("planned", _("Đang chuẩn bị")),
    ("convened", _("Đã mời")),
    ("running", _("Đang họp")),
    ("held", _("Chờ thông báo kết luận")),
    ("concluded", _("Đã thông báo kết luận")),
    ("cancelled", _("Đã hủy")),
]
Choices = Sequence[tuple[Any, Any]]


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ListForm(forms.Form):
    """The filters of a list of meetings or visits."""

    q = forms.CharField(label=_("Tên"), required=False, max_length=100)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)
    nam = forms.IntegerField(label=_("Năm"), required=False, min_value=1990, max_value=2100)
    dia_ban = forms.TypedChoiceField(label=_("Địa bàn"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "dia_ban", [("", _("Tất cả")), *places])
        if not places:
            del self.fields["dia_ban"]


class VisitForm(forms.Form):
    """The plan of a visit."""

    title = forms.CharField(label=_("Tên đoàn công tác"), max_length=300)
    basis = forms.CharField(label=_("Kế hoạch, quyết định làm căn cứ"), max_length=300)
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    starts_on = forms.DateField(label=_("Từ ngày"), widget=day())
    ends_on = forms.DateField(label=_("Đến ngày"), widget=day())
    objectives = forms.CharField(label=_("Mục đích, yêu cầu"), required=False, widget=lines())
    outline = forms.CharField(label=_("Đề cương báo cáo gửi trước"), required=False, widget=lines(5))
    questions = forms.CharField(
        label=_("Câu hỏi ở mọi nơi, mỗi dòng một câu (chỉ đoàn thấy)"), required=False, widget=lines(5)
    )

    def __init__(self, *args: Any, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "field_code", fields)

    @property
    def plan(self) -> VisitPlan:
        return VisitPlan(**self.cleaned_data)


def written_visit(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in VisitForm.base_fields}


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
        _choose(self, "field_code", fields)
        _choose(self, "unit_id", units)
        if is_stop:
            del self.fields["shape"], self.fields["period"]
            _choose(self, "host_ids", hosts)
            self.fields["title"].required, self.fields["place"].required = False, False
            self.fields["title"].help_text = _("Để trống: Làm việc với + tên địa bàn.")
            self.fields["host_ids"].help_text = _("Để trống: Ủy ban nhân dân của địa bàn.")
            self.fields["place"].help_text = _("Để trống: Trụ sở đơn vị tiếp đoàn.")
            self.fields["unit_id"].label = _("Địa bàn đoàn đến")
            self.order_fields(
                ["unit_id", "held_on", "starts_at", "ends_at", "title", "host_ids", "place", "field_code"]
            )
        else:
            del self.fields["host_ids"]
            _choose(self, "period", [("", _("Không theo kỳ")), *periods])

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
        _choose(self, "offices", offices)
        _choose(self, "person", [("", _("Không chọn")), *people])


class MemberForm(forms.Form):
    """Who leads and who travels: people of the own office."""

    leader = forms.TypedChoiceField(label=_("Trưởng đoàn"), coerce=int)
    secretary = forms.TypedChoiceField(label=_("Thư ký"), required=False, coerce=int, empty_value=None)
    members = forms.TypedMultipleChoiceField(
        label=_("Thành viên"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(label=_("Người khác, mỗi dòng: họ tên; chức vụ, cơ quan"), required=False, widget=lines())

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "leader", people)
        _choose(self, "secretary", [("", _("Không chọn")), *people])
        _choose(self, "members", people)


def written_members(visit: Visit) -> dict[str, Any]:
    """What the form of a visit's members says at first: who travels already."""
    there = list(visit.members.all())
    by_role = {one.role: one.person_id for one in there if one.role != Member.Role.MEMBER}
    return {
        "leader": by_role.get(Member.Role.LEADER),
        "secretary": by_role.get(Member.Role.SECRETARY),
        "members": [one.person_id for one in there if one.role == Member.Role.MEMBER and one.person_id],
        "others": "\n".join(f"{one.name}; {one.title}".removesuffix("; ") for one in there if one.person_id is None),
    }


class AnswerForm(forms.Form):
    """Whether one comes."""

    answer = forms.ChoiceField(label=_("Trả lời"), choices=Presence.choices, initial=Presence.PRESENT)
    note = forms.CharField(label=_("Người dự thay, hoặc lý do vắng"), required=False, max_length=300)


class UpdateForm(forms.Form):
    """The short update before a meeting."""

    text = forms.CharField(label=_("Báo cáo nhanh"), max_length=4000, widget=lines(4))


class FileForm(forms.Form):
    """A file of a meeting."""

    kind = forms.ChoiceField(label=_("Loại tệp"), choices=Brought.Kind.choices)
    file = forms.FileField(label=_("Tệp"))


class SignedForm(forms.Form):
    """A signed paper of a visit."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=Carried.Kind.choices)
    file = forms.FileField(label=_("Bản PDF đã ký"), widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}))


class MarkForm(forms.Form):
    """One attendee at the door."""

    presence = forms.ChoiceField(choices=Presence.choices)
    note = forms.CharField(required=False, max_length=300)


class StatementForm(forms.Form):
    """What somebody said."""

    statement = forms.IntegerField(required=False)
    revision = forms.IntegerField(required=False)
    item = forms.IntegerField(required=False)
    speaker = forms.CharField(label=_("Người phát biểu"), max_length=250)
    text = forms.CharField(label=_("Nội dung"), max_length=20000, widget=lines(3))


class ConclusionForm(forms.Form):
    """A conclusion and whom it is for."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Conclusion.Kind.choices)
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    text = forms.CharField(label=_("Nội dung"), max_length=4000, widget=lines(3))
    receivers = forms.TypedMultipleChoiceField(label=_("Nơi nhận"), required=False, coerce=int)
    due_on = forms.DateField(label=_("Hạn"), required=False, widget=day())
    product = forms.CharField(label=_("Sản phẩm"), required=False, max_length=300)
    difficulty = forms.ChoiceField(
        label=_("Trả lời kiến nghị đang xử lý"),
        required=False,
        help_text=_("Khi ban hành thông báo, kiến nghị này được trả lời bằng kết luận."),
    )
    result = forms.ChoiceField(
        label=_("Kết quả trả lời"),
        required=False,
        choices=[one for one in RESULTS if one[0] != Result.SENT_UP],
        initial=Result.EXPLAINED.value,
        help_text=_("Đang, sẽ giải quyết: ghi hạn."),
    )
    proposal = forms.CharField(label=_("Kiến nghị khác được trả lời"), required=False, max_length=500)

    def __init__(
        self, *args: Any, fields: Choices, offices: Choices, matters: Sequence[Difficulty], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {str(one.uid): one for one in matters}
        _choose(self, "field_code", fields)
        _choose(self, "receivers", offices)
        if matters:
            said = [(uid, f"{one.title} ({format_date(one.received_on)})") for uid, one in self.matters.items()]
            _choose(self, "difficulty", [("", _("Không chọn")), *said])
        else:
            del self.fields["difficulty"], self.fields["result"]

    @property
    def said(self) -> Said:
        typed = dict(self.cleaned_data)
        matter = self.matters.get(typed.pop("difficulty", ""))
        return Said(**typed, difficulty_id=matter.pk if matter else None)


class ReasonForm(forms.Form):
    """Why something is called off, or withdrawn."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)


def file_of(form: forms.Form) -> tuple[bytes, str]:
    """The bytes and the name of a valid form's file."""
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    return file.read(), file.name or "tep"


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


class EntryForm(forms.Form):
    """A line of the weekly calendar."""

    on = forms.TypedChoiceField(label=_("Ngày"), coerce=date.fromisoformat)
    half = forms.ChoiceField(label=_("Buổi (nếu không ghi giờ)"), choices=HALVES, initial=HALVES[1][0])
    starts_at = forms.TimeField(label=_("Bắt đầu"), required=False, widget=hour())
    ends_at = forms.TimeField(label=_("Kết thúc"), required=False, widget=hour())
    content = forms.CharField(label=_("Nội dung"), max_length=1000, widget=lines(2))
    chair = forms.TypedChoiceField(
        label=_("Chủ trì (người trong cơ quan)"), required=False, coerce=int, empty_value=None
    )
    other_chair = forms.CharField(label=_("Chủ trì (chức vụ, người khác)"), required=False, max_length=250)
    people = forms.TypedMultipleChoiceField(
        label=_("Người dự"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    offices = forms.TypedMultipleChoiceField(label=_("Cơ quan, đơn vị dự"), required=False, coerce=int)
    others = forms.CharField(label=_("Thành phần khác, mỗi dòng một"), required=False, widget=lines(2))
    place = forms.CharField(label=_("Địa điểm"), required=False, max_length=250)
    preparation = forms.CharField(label=_("Chuẩn bị"), required=False, max_length=500)
    car = forms.CharField(label=_("Xe"), required=False, max_length=150)
    reason = forms.CharField(label=_("Lý do thay đổi"), max_length=300)

    def __init__(
        self, *args: Any, days: Choices, people: Choices, offices: Choices, is_published: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "on", days)
        _choose(self, "chair", [("", _("Không chọn")), *people])
        _choose(self, "people", people)
        _choose(self, "offices", offices)
        if not is_published:
            del self.fields["reason"]

    @property
    def plan(self) -> EntryPlan:
        typed = self.cleaned_data
        names = ("on", "half", "starts_at", "ends_at", "content", "place", "preparation", "car")
        return EntryPlan(**{name: typed[name] for name in names}, people=tuple(self._people()))

    def _people(self) -> Iterator[Someone]:
        typed = self.cleaned_data
        if typed["chair"]:
            yield Someone(person_id=typed["chair"], role=CHAIR)
        elif typed["other_chair"].strip():
            yield Someone(name=typed["other_chair"], role=CHAIR)
        yield from (Someone(person_id=one) for one in typed["people"] if one != typed["chair"])
        yield from (Someone(organisation_id=one) for one in typed["offices"])
        yield from (Someone(name=line) for line in typed["others"].splitlines() if line.strip())


def written_entry(entry: Entry) -> dict[str, Any]:
    """What the form of a line says at first."""
    there = list(entry.participants.all())
    chair = next((one for one in there if one.is_chair), None)
    rest = [one for one in there if not one.is_chair]
    names = ("half", "starts_at", "ends_at", "content", "place", "preparation", "car")
    return {name: getattr(entry, name) for name in names} | {
        "on": entry.on.isoformat(),
        "chair": chair.person_id if chair else None,
        "other_chair": str(chair) if chair and not chair.person_id else "",
        "people": [one.person_id for one in rest if one.person_id],
        "offices": [one.organisation_id for one in rest if one.organisation_id and not one.person_id],
        "others": "\n".join(str(one) for one in rest if not one.person_id and not one.organisation_id),
    }


class ArrangeForm(forms.Form):
    """What the own office arranges for a meeting in its calendar."""

    preparation = forms.CharField(label=_("Chuẩn bị"), required=False, max_length=500)
    car = forms.CharField(label=_("Xe"), required=False, max_length=150)


class NoteForm(forms.Form):
    """What stands above the table of a week."""

    note = forms.CharField(label=_("Ghi chú đầu lịch (trực lãnh đạo, ngày nghỉ…)"), required=False, widget=lines(2))
    reason = forms.CharField(label=_("Lý do thay đổi"), max_length=300)

    def __init__(self, *args: Any, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["reason"]


class ProgrammeForm(forms.Form):
    """A programme to begin."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Programme.Kind.choices)
    year = forms.IntegerField(label=_("Năm"), min_value=1990, max_value=2100)
    basis = forms.CharField(label=_("Căn cứ"), required=False, max_length=300)


def times() -> list[tuple[str, str]]:
    """The months and quarters of a year."""
    months = [(f"thang-{n}", gettext("Tháng %(n)s") % {"n": n}) for n in range(1, 13)]
    quarters = [(f"quy-{n}", gettext("Quý %(n)s") % {"n": name}) for n, name in enumerate(("I", "II", "III", "IV"), 1)]
    return [("", gettext("Trong năm")), *months, *quarters]


class ItemForm(forms.Form):
    """A row of the year's programme."""

    content = forms.CharField(label=_("Nội dung công việc"), max_length=1000, widget=lines(2))
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    organisation_id = forms.TypedChoiceField(label=_("Đơn vị chủ trì"), coerce=int)
    coordinators = forms.CharField(label=_("Đơn vị phối hợp"), required=False, max_length=500)
    leader = forms.CharField(label=_("Lãnh đạo phụ trách"), required=False, max_length=250)
    product = forms.CharField(label=_("Sản phẩm"), required=False, max_length=300)
    when = forms.ChoiceField(label=_("Thời gian"), required=False, choices=times)
    due_on = forms.DateField(label=_("Hoặc hạn ngày"), required=False, widget=day())
    basis = forms.CharField(label=_("Căn cứ"), required=False, max_length=300)
    reason = forms.CharField(label=_("Lý do điều chỉnh"), max_length=300)

    def __init__(self, *args: Any, fields: Choices, offices: Choices, is_approved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "field_code", fields)
        _choose(self, "organisation_id", offices)
        if not is_approved:
            del self.fields["reason"]

    @property
    def plan(self) -> ItemPlan:
        typed = self.cleaned_data
        kind, _sign, number = typed["when"].partition("-")
        names = ("content", "field_code", "organisation_id", "coordinators", "leader", "product", "basis", "due_on")
        return ItemPlan(
            **{name: typed[name] for name in names},
            month=int(number) if kind == "thang" else None,
            quarter=int(number) if kind == "quy" else None,
        )


def written_item(item: Item) -> dict[str, Any]:
    """What the form of a row says at first."""
    names = ("content", "field_code", "organisation_id", "coordinators", "leader", "product", "basis")
    when = f"thang-{item.month}" if item.month else f"quy-{item.quarter}" if item.quarter else ""
    is_day = not when and (item.due_on.month, item.due_on.day) != (12, 31)
    return {name: getattr(item, name) for name in names} | {"when": when, "due_on": item.due_on if is_day else None}
