"""What is typed on the pages of organisations and people."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.catalogue import ROLE_LABELS, Role
from diaban.foundation.organisations.models import Kind, OrganisationVersion, Person
from diaban.foundation.organisations.queries import Post
from diaban.foundation.organisations.services import PersonRow
from diaban.foundation.territory.models import UnitVersion

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)


class FilterForm(forms.Form):
    """Which organisations or people are listed."""

    q = forms.CharField(
        label=_("Tên"), required=False, max_length=150, widget=forms.TextInput(attrs={"type": "search"})
    )
    loai = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Tất cả")), *Kind.choices])
    dia_ban = forms.ChoiceField(label=_("Địa bàn"), required=False)
    ngay = DayField(label=_("Ngày"), required=False)

    def __init__(self, *args: Any, places: Sequence[UnitVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(place.unit.uid), place.full_name) for place in places]
        cast("forms.ChoiceField", self.fields["dia_ban"]).choices = [("", _("Tất cả")), *choices]


class ContactForm(forms.Form):
    """How someone is reached at work."""

    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    zalo = forms.CharField(label=_("Zalo"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ColleagueForm(forms.Form):
    """Someone new in the office, with an account and a post."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=150)
    organisation = forms.ChoiceField(label=_("Đơn vị"))
    title = forms.CharField(label=_("Chức vụ, vị trí công tác"), max_length=150)
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[
            ("", _("Chọn vai trò")),
            *((role.value, ROLE_LABELS[role]) for role in Role if role is not Role.AUDITOR),
        ],
    )
    valid_from = DayField(label=_("Từ ngày"))
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)

    def __init__(self, *args: Any, rooms: Iterable[OrganisationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(room.organisation_id), room.name) for room in rooms]
        cast("forms.ChoiceField", self.fields["organisation"]).choices = choices


class HandOverForm(forms.Form):
    """Which post passes to whom, and from when."""

    position = forms.ChoiceField(label=_("Vị trí công tác"))
    person = forms.ChoiceField(label=_("Người nhận"))
    on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, posts: Sequence[Post], people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(post.position.pk), post_name(post)) for post in posts]
        cast("forms.ChoiceField", self.fields["position"]).choices = listed
        cast("forms.ChoiceField", self.fields["person"]).choices = [(str(one.pk), one.name) for one in people]


class ChargeForm(forms.Form):
    """Who is in charge of which units from when; `NOBODY` takes them from whoever has them."""

    NOBODY = "0"

    position = forms.ChoiceField(label=_("Người phụ trách"))
    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ (thông báo, quyết định phân công)"), max_length=300, required=False)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(post.position.pk), post_name(post)) for post in posts]
        cast("forms.ChoiceField", self.fields["position"]).choices = [
            ("", _("Chọn người phụ trách")),
            *listed,
            (self.NOBODY, _("Thôi phân công")),
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("position") not in {None, self.NOBODY} and not typed.get("basis", "").strip():
            self.add_error("basis", _("Ghi căn cứ phân công."))
        return typed


class PeopleListForm(forms.Form):
    """Rows copied from a sheet: name, username, post, role, organisation, telephone, mail, in this order."""

    rows = forms.CharField(label=_("Danh sách chép từ Excel"), widget=forms.Textarea(attrs={"rows": 8}))
    valid_from = DayField(label=_("Từ ngày"))

    def people(self) -> list[PersonRow]:
        """The typed rows, numbered as they stand; a heading in the first is left out."""
        lines = self.cleaned_data["rows"].splitlines()
        return [
            PersonRow(number, *[*(cell.strip() for cell in line.split("\t")), *[""] * COLUMNS][:COLUMNS])
            for number, line in enumerate(lines, start=1)
            if line.strip() and not (number == 1 and line.strip().casefold().startswith("họ"))
        ]


COLUMNS = 7


def post_name(post: Post) -> str:
    """A post with who holds it, as one line."""
    holders = ", ".join(holding.person.name for holding in post.holdings)
    return f"{post.position.title} ({holders})" if holders else post.position.title
