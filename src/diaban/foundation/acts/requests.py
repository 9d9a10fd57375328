"""What every act brings along: who acts, and the revision of what the reader saw. Views never touch `request.actor` themselves."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.revisions import revision_typed


class NoPosition(Exception):
    """The account holds no position today: there is nothing it may see or do (a kind page says whom to ask)."""


def actor_of(request: HttpRequest) -> Actor:
    """The position the request is made in. Raises `NoPosition`."""
    actor = cast("Actor | None", getattr(request, "actor", None))
    if actor is None:
        raise NoPosition
    return actor


def uid_typed(text: str) -> UUID | None:
    """What a form or address brought as a uid; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def revision_of(request: HttpRequest) -> int | None:
    """The revision the page was made from, as its form says."""
    return revision_typed(request.POST.get("revision", ""))
