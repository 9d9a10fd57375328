"""Icons by name."""

import pytest

from diaban.foundation.ui.icons import UnknownIcon, icon


def test_an_icon_is_silent_and_brings_no_style() -> None:
    drawn = icon("printer")

    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn
    assert "M0 0h24" not in drawn
    assert "<path" in drawn


@pytest.mark.parametrize("name", ["no-such-icon", "../filled/star", "", "Printer"])
def test_an_unknown_name_is_an_error(name: str) -> None:
    with pytest.raises(UnknownIcon):
        icon(name)
