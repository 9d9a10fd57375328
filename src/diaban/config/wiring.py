"""Connects the sockets of rooms that are strangers to one another; done once, in `ready()` of the last app."""


def connect() -> None:
    """Plug each socket. Plugging one twice raises `DoublyPlugged`; `check` reports those left open."""
    from diaban.foundation.obligations.starts import starts
    from diaban.work.reporting.plugs import report_starts, supplement_starts

    starts.plug("reporting.report", report_starts)
    starts.plug("reporting.supplement", supplement_starts)
