"""Pages of long lists."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from diaban.foundation.ui.paging import page_of


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("x", 1), ("-1", 3)])
def test_the_nearest_page_is_given(asked: str, number: int) -> None:
    request = RequestFactory().get("/", {"page": asked} if asked else {})

    assert page_of(request, list(range(120))).number == number


def test_the_ways_on_keep_the_filters() -> None:
    request = RequestFactory().get("/?q=ha&page=2")
    page = page_of(request, list(range(120)))

    html = render_to_string("ui/components/pager.html", {"page": page}, request)

    assert "51–100 trong 120" in html
    assert 'href="?q=ha&amp;page=1"' in html
    assert 'href="?q=ha&amp;page=3"' in html


def test_one_page_needs_no_ways() -> None:
    request = RequestFactory().get("/")

    assert "pager" not in render_to_string("ui/components/pager.html", {"page": page_of(request, [1])}, request)
