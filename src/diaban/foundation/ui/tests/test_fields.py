"""Fields, forms and filters as they are shown."""

from datetime import date

from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory


class Paper(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trong quyết định")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Định kỳ"), ("b", "Đột xuất")], widget=forms.RadioSelect)
    checked = forms.BooleanField(label="Đã kiểm tra", required=False)


class Narrow(forms.Form):
    q = forms.CharField(label="Tên", required=False)
    state = forms.ChoiceField(label="Tình trạng", choices=[("", "Tất cả"), ("late", "Quá hạn")], required=False)
    mine = forms.BooleanField(label="Chỉ của tôi", required=False)


class Day(forms.Form):
    on = forms.DateField(label="Ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def shown(template: str, address: str = "/", **context: object) -> str:
    return render_to_string(template, context, RequestFactory().get(address))


def test_an_error_is_tied_to_its_field() -> None:
    form = Paper({"kind": "a"})

    html = shown("ui/components/form.html", form=form)

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'role="alert"' in html


def test_a_choice_of_several_is_a_group_with_a_legend() -> None:
    html = shown("ui/components/field.html", field=Paper()["kind"])

    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_what_may_stay_empty_says_so() -> None:
    assert "không bắt buộc" not in shown("ui/components/field.html", field=Paper()["name"])
    assert "không bắt buộc" in shown("ui/components/field.html", field=Narrow()["q"])


def test_each_filter_that_is_set_can_be_taken_off() -> None:
    address = "/?q=ha&state=late&mine=on"
    form = Narrow(RequestFactory().get(address).GET)

    html = shown("ui/components/filters.html", address, form=form)

    assert 'href="?state=late&amp;mine=on"' in html
    assert 'href="?q=ha&amp;mine=on"' in html
    assert 'href="?q=ha&amp;state=late"' in html
    assert "<strong>Quá hạn</strong>" in html


def test_without_filters_there_are_no_chips() -> None:
    assert "chip" not in shown("ui/components/filters.html", form=Narrow(RequestFactory().get("/").GET))


def test_a_day_is_shown_and_read_as_it_is_written_here() -> None:
    html = shown("ui/components/field.html", field=Day(initial={"on": date(2026, 2, 5)})["on"])

    assert 'type="text"' in html
    assert 'value="05/02/2026"' in html
    typed = Day({"on": "05/02/2026"})
    assert typed.is_valid()
    assert typed.cleaned_data == {"on": date(2026, 2, 5)}
    assert Day({"on": "2026-02-05"}).is_valid()
