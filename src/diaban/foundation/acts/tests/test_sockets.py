"""Sockets take one plug, strips one for each name."""

from collections.abc import Iterator

import pytest

from diaban.foundation.acts import sockets
from diaban.foundation.acts.sockets import DoublyPlugged, Socket, Strip, Unplugged, check_sockets


@pytest.fixture
def socket() -> Iterator[Socket[str]]:
    """A socket that is forgotten after the test: the check of the whole project walks every one ever made."""
    made: Socket[str] = Socket("tests.one")
    yield made
    sockets._SOCKETS.remove(made)


def test_a_socket_gives_what_was_plugged(socket: Socket[str]) -> None:
    socket.plug("plug")

    assert (socket(), socket.is_plugged) == ("plug", True)


def test_an_open_socket_fails_the_check_and_its_use(socket: Socket[str]) -> None:
    assert [error.msg for error in check_sockets()] == ["The socket tests.one is not plugged"]
    with pytest.raises(Unplugged):
        socket()


def test_a_second_plug_is_refused(socket: Socket[str]) -> None:
    socket.plug("one")

    with pytest.raises(DoublyPlugged):
        socket.plug("two")


def test_a_strip_keeps_its_plugs_in_order_each_under_its_name() -> None:
    strip: Strip[str] = Strip("tests.strip")
    strip.plug("b", "second")
    strip.plug("a", "first")

    assert (strip(), strip.find("a"), strip.find("c")) == (("second", "first"), "first", None)
    with pytest.raises(DoublyPlugged):
        strip.plug("a", "another")
