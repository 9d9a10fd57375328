"""Connects the sockets of rooms that are strangers to one another; done once, in `ready()` of the last app."""


def connect() -> None:
    """Plug each socket. Plugging one twice raises `DoublyPlugged`; `check` reports those left open."""
