"""What is typed on the pages of organisations and people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.catalogue import ROLE_LABELS, Role
from diaban.foundation.organisations.models import Delegation, Kind, Organisation, OrganisationVersion, Person
from diaban.foundation.organisations.people_lists import people_of, rows_of
from diaban.foundation.organisations.queries import Post, UnknownOrganisation, organisation_named
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


class FoundForm(forms.Form):
    """A new organisation: what it is, where its seat is, whom it answers to."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=250)
    short = forms.CharField(label=_("Tên viết tắt"), max_length=40, required=False)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=250, required=False)
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("Chọn loại")), *Kind.choices])
    unit_id = forms.TypedChoiceField(label=_("Địa bàn đặt trụ sở"), coerce=int)
    parent_id = forms.CharField(
        label=_("Cơ quan cấp trên trực tiếp"),
        max_length=250,
        required=False,
        help_text=_("Ghi đúng tên, có dấu hay không dấu đều được."),
    )
    guided_by_id = forms.CharField(label=_("Cơ quan hướng dẫn nghiệp vụ"), max_length=250, required=False)
    code = forms.CharField(label=_("Mã định danh"), max_length=40, required=False)
    entity_code = forms.CharField(
        label=_("Mã doanh nghiệp trong biểu"),
        max_length=40,
        required=False,
        help_text=_("Ví dụ vnpost, viettel; chỉ doanh nghiệp."),
    )
    valid_from = DayField(label=_("Hoạt động từ ngày"), required=False)

    def __init__(self, *args: Any, grounds: Sequence[UnitVersion], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        cast("forms.ChoiceField", self.fields["unit_id"]).choices = [(one.unit_id, one.full_name) for one in grounds]

    def clean_parent_id(self) -> int | None:
        return self._named("parent_id")

    def clean_guided_by_id(self) -> int | None:
        return self._named("guided_by_id")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and Organisation.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Mã này đã là của cơ quan khác."))
        return code

    def _named(self, field: str) -> int | None:
        if not self.cleaned_data[field].strip():
            return None
        try:
            return organisation_named(self.cleaned_data[field], self.on).organisation_id
        except UnknownOrganisation as unknown:
            raise forms.ValidationError(str(unknown)) from unknown


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=250)
    short = forms.CharField(label=_("Tên viết tắt"), max_length=40, required=False)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=250, required=False)
    on = DayField(label=_("Từ ngày"))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ContactForm(forms.Form):
    """How someone is reached at work."""

    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    zalo = forms.CharField(label=_("Zalo"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PostForm(forms.Form):
    """A post in one of the office's rooms, and from when someone holds it."""

    organisation_id = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    title = forms.CharField(label=_("Chức vụ, vị trí công tác"), max_length=150)
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[
            ("", _("Chọn vai trò")),
            *((role.value, ROLE_LABELS[role]) for role in Role if role is not Role.AUDITOR),
        ],
    )
    valid_from = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, rooms: Mapping[int, OrganisationVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(room_id), room.name) for room_id, room in rooms.items()]
        cast("forms.ChoiceField", self.fields["organisation_id"]).choices = choices


class ColleagueForm(PostForm):
    """Someone new in the office, with an account and a post."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, help_text=_("Chữ không dấu, số, dấu chấm; ví dụ nguyen.van.an")
    )
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)

    field_order = ("name", "username", "organisation_id", "title", "role", "valid_from", "phone", "email")


class EndForm(forms.Form):
    """The first day on which something holds no longer."""

    on = DayField(label=_("Từ ngày"))


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


class DelegationForm(forms.Form):
    """Who signs for whom, how, and how long (Decree 30/2020, Article 13)."""

    from_position_id = forms.TypedChoiceField(label=_("Ký thay cho"), coerce=int)
    to_position_id = forms.TypedChoiceField(label=_("Người được ký"), coerce=int)
    manner = forms.ChoiceField(label=_("Hình thức"), choices=Delegation.Manner.choices)
    basis = forms.CharField(
        label=_("Căn cứ (số, ngày văn bản)"),
        max_length=300,
        required=False,
        help_text=_("Thừa ủy quyền phải có văn bản."),
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, givers: Iterable[Post], takers: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, posts in (("from_position_id", givers), ("to_position_id", takers)):
            listed = [(str(post.position.pk), post_name(post)) for post in posts]
            cast("forms.ChoiceField", self.fields[name]).choices = listed

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("valid_from"), typed.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối không được trước ngày đầu."))
        if first and typed.get("from_position_id") == typed.get("to_position_id"):
            self.add_error("to_position_id", _("Không tự ký thay cho mình."))
        if typed.get("manner") == Delegation.Manner.TUQ and not last:
            self.add_error("valid_to", _("Thừa ủy quyền trong thời hạn xác định: ghi ngày cuối."))
        return typed


class PeopleListForm(forms.Form):
    """A list of people, copied from a sheet or as a file: name, username, post, role, organisation, telephone, mail."""

    rows = forms.CharField(label=_("Danh sách chép từ Excel"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    file = forms.FileField(
        label=_("Hoặc tệp Excel, CSV"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )
    valid_from = DayField(label=_("Từ ngày"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("rows", "").strip() and not typed.get("file") and "file" not in self.errors:
            self.add_error("rows", _("Chép danh sách vào đây, hoặc chọn tệp."))
        return typed

    def people(self, content: bytes) -> list[PersonRow]:
        """Whoever the file's `content` lists, or where there is none what was typed. Raises `WorkbookRefused`."""
        return people_of(rows_of(content or self.cleaned_data["rows"]))


def post_name(post: Post) -> str:
    """A post with who holds it, as one line."""
    holders = ", ".join(holding.person.name for holding in post.holdings)
    return f"{post.position.title} ({holders})" if holders else post.position.title
