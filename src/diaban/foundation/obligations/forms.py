"""What is typed on the pages of an obligation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.obligations.models import Assignment
from diaban.foundation.organisations.queries import Post

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AssignmentForm(forms.Form):
    """Bút phê: to whom, what, until when."""

    to_position = forms.TypedChoiceField(label=_("Giao cho"), coerce=int)
    part = forms.ChoiceField(label=_("Vai trò"), choices=Assignment.Part)
    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=_("Hạn hoàn thành"), required=False, widget=DAY)

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_position"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(post.position.pk, _called(post)) for post in posts]


class DeadlineForm(forms.Form):
    """A request for more time, or to be exempted where no day is named."""

    kind = forms.ChoiceField(
        label=_("Đề nghị"), choices=[("extension", _("Xin gia hạn")), ("exemption", _("Xin miễn"))]
    )
    wanted_due_on = forms.DateField(label=_("Gia hạn đến ngày"), required=False, widget=DAY)
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["wanted_due_on"].said = _("khi xin gia hạn")  # type: ignore[attr-defined] # read by the field's template

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("kind") == "extension" and not typed.get("wanted_due_on"):
            self.add_error("wanted_due_on", _("Hãy chọn ngày xin gia hạn đến."))
        return typed


class DecisionForm(forms.Form):
    """The answer to a request."""

    granted = forms.TypedChoiceField(
        label=_("Ý kiến"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Đồng ý")), ("no", _("Không đồng ý"))],
    )
    due_on = forms.DateField(label=_("Hạn mới"), required=False, widget=DAY)
    answer = forms.CharField(
        label=_("Nội dung trả lời"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def _called(post: Post) -> str:
    names = ", ".join(holding.person.name for holding in post.holdings)
    return f"{names} ({post.position.title})" if names else post.position.title


class YearForm(forms.Form):
    """The year of the table of working days."""

    nam = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100)


class DayOffForm(forms.Form):
    """A line of the table: a day off, a day worked, or both where they are swapped."""

    off_on = forms.DateField(
        label=_("Ngày nghỉ"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    worked_on = forms.DateField(
        label=_("Ngày làm bù"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Ghi cả hai ngày nếu nghỉ ngày này, làm bù ngày kia."),
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Số, ngày của thông báo, quyết định."))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
