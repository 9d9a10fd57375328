"""One vocabulary of statuses."""

import pytest

from diaban.foundation.obligations.rules import Status
from diaban.foundation.ui.icons import icon
from diaban.foundation.ui.status import LOOKS, Look, Tone, UnknownStatus, look_of


@pytest.mark.parametrize("code", LOOKS)
def test_each_has_words_and_a_shape_that_exists(code: str) -> None:
    look = look_of(code)

    assert str(look.label)
    assert "<path" in icon(look.icon) or "<circle" in icon(look.icon)


def test_two_statuses_in_one_colour_differ_in_words() -> None:
    assert len({str(look.label) for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("status", Status)
def test_each_of_an_obligation_is_known(status: Status) -> None:
    assert look_of(status) == LOOKS[status.value]


def test_a_room_may_bring_a_look() -> None:
    look = Look("Chờ họp", Tone.ACTIVE, "users")

    assert look_of(look) is look


def test_an_unknown_one_is_an_error() -> None:
    with pytest.raises(UnknownStatus):
        look_of("nearly_done")
