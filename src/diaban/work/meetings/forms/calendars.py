"""What is typed of the weekly calendar and of the year's programme."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diaban.work.meetings.forms.common import Choices, choose, day, hour, lines
from diaban.work.meetings.models import Entry, Item, Programme
from diaban.work.meetings.models.weeks import HALVES
from diaban.work.meetings.services import EntryPlan, ItemPlan, Someone
from diaban.work.meetings.services.weeks import CHAIR


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
        choose(self, "on", days)
        choose(self, "chair", [("", _("Không chọn")), *people])
        choose(self, "people", people)
        choose(self, "offices", offices)
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
        choose(self, "field_code", fields)
        choose(self, "organisation_id", offices)
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
