"""What is typed of a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.work.meetings.forms.common import Choices, choose, day, lines
from diaban.work.meetings.models import Carried, Member, Visit
from diaban.work.meetings.services import VisitPlan


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
        choose(self, "field_code", fields)

    @property
    def plan(self) -> VisitPlan:
        return VisitPlan(**self.cleaned_data)


def written_visit(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in VisitForm.base_fields}


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
        choose(self, "leader", people)
        choose(self, "secretary", [("", _("Không chọn")), *people])
        choose(self, "members", people)


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


class SignedForm(forms.Form):
    """A signed paper of a visit."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=Carried.Kind.choices)
    file = forms.FileField(label=_("Bản PDF đã ký"), widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}))
