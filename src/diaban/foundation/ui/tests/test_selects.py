"""Lists of choices look to a browser as Django's own would."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from diaban.foundation.ui.forms import Renderer

CHOICES = [("", "Tất cả"), ("a<b", 'Xã "Đồng" & <Văn>'), ("Huyện", [(1, "Một"), (2, "Hai")])]


class Sample(forms.Form):
    one = forms.ChoiceField(
        choices=CHOICES, required=False, widget=forms.Select(attrs={"disabled": True, "hidden": False})
    )
    many = forms.MultipleChoiceField(choices=CHOICES)


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("chosen", ["", "a<b", "2"])
def test_a_select_says_what_djangos_own_says(name: str, chosen: str) -> None:
    typed: dict[str, Any] = {"one": chosen, "many": [chosen]}

    ours = str(Sample(typed, renderer=Renderer())[name])

    assert parse_html(ours) == parse_html(str(Sample(typed, renderer=TemplatesSetting())[name]))
