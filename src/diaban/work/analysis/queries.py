"""Reads of saved views."""

from uuid import UUID

from django.db.models import Case, Value, When

from diaban.foundation.acts.actor import Actor
from diaban.work.analysis.models import SavedView
from diaban.work.analysis.permissions import visible_views


def views_of(actor: Actor) -> list[SavedView]:
    """The views in sight: the position's own first, then those shared in its organisation. One query."""
    is_other = Case(When(position_id=actor.position_id, then=Value(0)), default=Value(1))
    return list(visible_views(actor).order_by(is_other, "name", "pk"))


def current_view(actor: Actor, uid: str) -> SavedView | None:
    """The view whose table is open; none where the address names none in sight. One query at most."""
    try:
        return visible_views(actor).get(uid=UUID(uid)) if uid else None
    except (ValueError, SavedView.DoesNotExist):
        return None
