"""Connects the sockets of rooms that are strangers to one another; done once, in `ready()` of the last app."""


def connect() -> None:
    """Plug each socket. Plugging one twice raises `DoublyPlugged`; `check` reports those left open."""
    from diaban.foundation.facts.sockets import ASKED_IN
    from diaban.foundation.journal.sockets import OFFICES
    from diaban.foundation.mandates.permissions import offices_of
    from diaban.foundation.obligations.starts import starts
    from diaban.work.reporting.plugs import asked_in, report_starts, supplement_starts

    ASKED_IN.plug("reporting", asked_in)
    OFFICES.plug(offices_of)
    starts.plug("reporting.report", report_starts)
    starts.plug("reporting.supplement", supplement_starts)
