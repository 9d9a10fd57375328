"""Acts on saved views."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.http import QueryDict

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.analysis.asking import address_of, kept_of
from diaban.work.analysis.models import SavedView
from diaban.work.analysis.permissions import require_keep, require_own

LONGEST_QUERY = 4000


class NotSaved(ValueError):
    """The view cannot be saved so. The message says why, in Vietnamese."""


@transaction.atomic
def save_view(*, name: str, query: str, is_shared: bool, actor: Actor, at: datetime) -> SavedView:
    """Keep an address under a name. Of the query only what belongs to an address of the table is kept.

    Raises `NotSaved` or `NotPermitted`.
    """
    grant = require_keep(actor)
    view = SavedView(
        name=_name(name, actor),
        query=_query(query),
        organisation_id=cast("int", actor.organisation_id),
        position_id=cast("int", actor.position_id),
        saved_by_label=actor.label[:300],
        is_shared=is_shared,
        saved_at=at,
    )
    view.save()
    record(actor=actor, verb="analysis.view_saved", thing=view, at=at, grant=grant)
    return view


@transaction.atomic
def change_view(
    *,
    view_id: int,
    name: str,
    is_shared: bool,
    query: str | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> SavedView:
    """Call an own view otherwise, share it or no more, point it elsewhere. Raises `NotSaved`, `StaleRevision`,
    `NotPermitted`."""
    view = SavedView.lock(view_id, expected_revision=expected_revision)
    grant = require_own(actor, view)
    before = {"name": view.name, "is_shared": view.is_shared, "query": view.query}
    view.name = _name(name, actor, view)
    view.is_shared = is_shared
    view.query = view.query if query is None else _query(query)
    changes = {key: (old, getattr(view, key)) for key, old in before.items() if old != getattr(view, key)}
    if changes:
        view.save_revision("name", "is_shared", "query")
        record(actor=actor, verb="analysis.view_changed", thing=view, at=at, changes=changes, grant=grant)
    return view


@transaction.atomic
def put_view_away(*, view_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> None:
    """Take an own view off the list. Raises `StaleRevision` or `NotPermitted`."""
    view = SavedView.lock(view_id, expected_revision=expected_revision)
    grant = require_own(actor, view)
    view.put_away_at = at
    view.save_revision("put_away_at")
    record(actor=actor, verb="analysis.view_put_away", thing=view, at=at, grant=grant)


def _name(name: str, actor: Actor, view: SavedView | None = None) -> str:
    name = " ".join(name.split())[:150]
    if not name:
        raise NotSaved("Hãy đặt tên cho bảng.")
    others = SavedView.objects.filter(position_id=cast("int", actor.position_id), name=name, put_away_at=None)
    if (others.exclude(pk=view.pk) if view else others).exists():
        raise NotSaved(f"Vị trí này đã có một bảng tên “{name}”; hãy đặt tên khác.")
    return name


def _query(query: str) -> str:
    kept = address_of(kept_of(QueryDict(query)))
    if not kept or len(kept) > LONGEST_QUERY:
        raise NotSaved("Bảng chưa chọn gì, hoặc chọn quá nhiều, nên không lưu được.")
    return kept
