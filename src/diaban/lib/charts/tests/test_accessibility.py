"""A chart says in words what it shows, holds links that lead somewhere on this site, and nothing that runs."""

import re
import subprocess
import sys
from decimal import Decimal
from functools import cache

import pytest

from diaban.lib.charts import Bar, Line, Look, Point, Stack, bar_chart, line_chart, small_multiples, stacked_bar
from diaban.lib.charts.drawing import BadLink
from diaban.lib.charts.looks import COLOURS
from diaban.lib.charts.tests.reading import SVG, links, read, tooltips, words

BARS = (
    Bar("Xã Tân Trịnh", Decimal("1234.5"), "/dia-ban/1/?quy=4&nam=2025"),
    Bar("Xã Yên Hà", None),
    Bar("Xã Tiên Nguyên", Decimal(320), estimated=True),
)
LINE = Line("Cáp quang", (Point("Quý 1", Decimal(5)), Point("Quý 2", None), Point("Quý 3", Decimal(7), "/bao-cao/3")))
HOSTILE = "</title><script>alert(1)</script> \"'\\ \n\u2028 ]]> &amp; <2>"


KINDS = ("bars", "stacks", "shares", "lines", "panels")


@cache
def _every_kind(look: Look = "page") -> dict[str, str]:
    stack = Stack("Xã Tân Trịnh", (Bar("VNPT", Decimal(3), "/v"), Bar("Viettel", Decimal(4)), Bar("Khác", None)))
    return {
        "bars": bar_chart(BARS, title="Số điểm", look=look),
        "stacks": stacked_bar([stack], title="Trạm", look=look),
        "shares": stacked_bar([stack], title="Tỷ lệ trạm", look=look, share=True),
        "lines": line_chart([LINE, Line("Khác", LINE.points)], title="Thuê bao", look=look),
        "panels": small_multiples([LINE, LINE], title="Từng xã", look=look),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_named_and_described(kind: str) -> None:
    root = read(_every_kind()[kind])

    named = {element.get("id"): element for element in root if element.get("id")}
    assert named[root.get("aria-labelledby")].tag == f"{SVG}title"
    assert named[root.get("aria-describedby")].tag == f"{SVG}desc"
    assert "Xã Tân Trịnh" in (named[root.get("aria-describedby")].text or "") or kind in {"lines", "panels"}


def test_the_description_says_every_mark_in_words() -> None:
    root = read(bar_chart(BARS, title="Số điểm", unit="điểm"))

    assert root[1].text == "Xã Tân Trịnh: 1.234,5 điểm; Xã Yên Hà: chưa có số liệu; Xã Tiên Nguyên: 320 điểm (ước)."


def test_with_links_it_is_a_group_without_them_one_image() -> None:
    assert read(bar_chart(BARS, title="a")).get("role") == "group"
    assert read(bar_chart(BARS[1:], title="a")).get("role") == "img"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_it_needs_a_script_a_style_or_another_server(kind: str) -> None:
    svg = _every_kind()[kind]

    assert not re.search(r"<script|<style|style=|<image|onload|javascript:|url\(|invalid", svg)
    assert not re.search(r"graphics-|aria-roledescription|target=|clip", svg)
    assert set(re.findall(r"https?://[^\"]*", svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_links_stay_on_the_site_and_are_named() -> None:
    assert links(bar_chart(BARS, title="a", unit="điểm")) == {
        "Xã Tân Trịnh: 1.234,5 điểm": "/dia-ban/1/?quy=4&nam=2025"
    }
    assert links(line_chart([LINE], title="a")) == {"Cáp quang, Quý 3: 7": "/bao-cao/3"}


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_there_are_no_links_and_the_typeface_of_papers(kind: str) -> None:
    svg = _every_kind("paper")[kind]

    assert not links(svg)
    assert "Tinos" in svg
    assert "currentColor" not in svg


@pytest.mark.parametrize(
    "href", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org", "dia-ban/1", ""]
)
def test_an_address_elsewhere_is_refused(href: str) -> None:
    with pytest.raises(BadLink):
        bar_chart([Bar("a", Decimal(1), href)], title="a")


def test_whatever_a_name_holds_is_only_text() -> None:
    svg = bar_chart([Bar(HOSTILE, Decimal(1), "/a?<b>\"'")], title=HOSTILE, unit=HOSTILE, heading=True)

    assert "<script" not in svg
    assert read(svg)[0].text == HOSTILE
    assert "script" in " ".join(words(svg))
    assert stacked_bar([Stack(HOSTILE, (Bar(HOSTILE, Decimal(1)),))], title="a")
    assert line_chart([Line(HOSTILE, (Point(HOSTILE, Decimal(1)),))] * 2, title="a")


def test_two_charts_on_a_page_share_no_identifiers() -> None:
    identifiers = [name for svg in _every_kind().values() for name in re.findall(r' id="([^"]+)"', svg)]

    assert len(identifiers) == len(set(identifiers))


def test_marks_show_their_words_when_pointed_at() -> None:
    assert tooltips(bar_chart(BARS, title="a", unit="điểm")) == [
        "Xã Tân Trịnh: 1.234,5 điểm",
        "Xã Tiên Nguyên: 320 điểm (ước)",
    ]


def _brightness(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("ground", ["#ffffff", "#f4f6f8", "#1c242c", "#141a20"])
def test_every_colour_stands_out_from_light_and_dark_pages(colour: str, ground: str) -> None:
    brighter, darker = sorted((_brightness(colour), _brightness(ground)), reverse=True)

    assert (brighter + 0.05) / (darker + 0.05) >= 3


def test_the_drawing_engine_is_not_loaded_before_something_is_drawn() -> None:
    code = "import sys, diaban.lib.charts; sys.exit('vl_convert' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own words
