"""Rows made in Python are as safe as those of templates."""

from django.utils.safestring import mark_safe

from diaban.foundation.ui.elements import element, joined


def test_contents_and_attributes_are_escaped() -> None:
    made = element("td", "<b>", 5, css='a"b', title="x<y")

    assert made == '<td class="a&quot;b" title="x&lt;y">&lt;b&gt;5</td>'


def test_what_is_safe_is_kept() -> None:
    made = element("td", element("em", "&"), mark_safe("<br>"), "<")

    assert made == "<td><em>&amp;</em><br>&lt;</td>"


def test_blank_attributes_are_left_out() -> None:
    assert element("td", "", css="", title="") == "<td></td>"


def test_joined_parts_are_escaped_once() -> None:
    assert joined(["<", element("b", "<")]) == "&lt;<b>&lt;</b>"


def test_a_hyphen_is_written_as_an_underscore() -> None:
    assert element("tr", aria_label="Dòng") == '<tr aria-label="Dòng"></tr>'
