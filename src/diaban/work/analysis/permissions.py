"""Whose saved views one sees and changes. What a view shows is asked of the reader each time it is opened."""

from django.db.models import Q, QuerySet

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.work.analysis.models import SavedView

KEEP = "analysis.keep_view"


def visible_views(actor: Actor) -> QuerySet[SavedView]:
    """The position's own, and those shared inside its organisation."""
    if actor.position_id is None or actor.organisation_id is None:
        return SavedView.objects.none()
    mine = Q(position_id=actor.position_id)
    shared = Q(organisation_id=actor.organisation_id, is_shared=True)
    return SavedView.objects.filter(mine | shared, put_away_at=None)


def require_keep(actor: Actor) -> Grant:
    """Raises `NotPermitted` for a position that keeps no views."""
    grant = actor.require(KEEP)
    if actor.position_id is None or actor.organisation_id is None:
        raise NotPermitted("Cần một vị trí công tác trong cơ quan để lưu bảng phân tích.")
    return grant


def require_own(actor: Actor, view: SavedView) -> Grant:
    """Only the position that saved a view changes it. Raises `NotPermitted`."""
    if view.position_id != actor.position_id:
        raise NotPermitted("Bảng này của vị trí khác trong cơ quan; hãy lưu thành bảng của mình.")
    return require_keep(actor)
