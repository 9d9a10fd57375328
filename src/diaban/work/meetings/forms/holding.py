"""What is typed on the day and when it is concluded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.models import RESULTS, Difficulty, Gravity
from diaban.work.difficulties.rules import Result
from diaban.work.meetings.forms.common import Choices, choose, day, lines
from diaban.work.meetings.models import Conclusion, Presence
from diaban.work.meetings.services import Said


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


class DifficultyForm(forms.Form):
    """What an office said, written down as a difficulty of its own."""

    organisation = forms.TypedChoiceField(label=_("Cơ quan, đơn vị nêu"), coerce=int)
    field_code = forms.ChoiceField(label=_("Lĩnh vực"))
    content = forms.CharField(
        label=_("Nội dung khó khăn, kiến nghị"),
        max_length=4000,
        widget=lines(5),
        help_text=_("Nêu rõ việc gì, ở đâu, đề nghị giải quyết thế nào."),
    )
    gravity = forms.ChoiceField(label=_("Mức độ"), choices=Gravity.choices, initial=Gravity.NORMAL)

    def __init__(self, *args: Any, offices: Choices, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organisation", offices)
        choose(self, "field_code", fields)


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
        choose(self, "field_code", fields)
        choose(self, "receivers", offices)
        if matters:
            said = [(uid, f"{one.title} ({format_date(one.received_on)})") for uid, one in self.matters.items()]
            choose(self, "difficulty", [("", _("Không chọn")), *said])
        else:
            del self.fields["difficulty"], self.fields["result"]

    @property
    def said(self) -> Said:
        typed = dict(self.cleaned_data)
        matter = self.matters.get(typed.pop("difficulty", ""))
        return Said(**typed, difficulty_id=matter.pk if matter else None)
