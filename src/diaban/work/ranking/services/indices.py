"""Indices of others: brought with their source, kept apart from every point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.queries import body_of
from diaban.work.ranking.models import Index, IndexValue
from diaban.work.ranking.permissions import BRING_INDEX
from diaban.work.ranking.services.steps import NotPossible


@dataclass(frozen=True)
class NewIndexValue:
    unit_id: int
    value: Decimal | None = None
    rank: int | None = None
    of: int | None = None


@transaction.atomic
def bring_index(
    *,
    name: str,
    year: int,
    source: str,
    values: Sequence[NewIndexValue],
    unit_id: int,
    field_code: str,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Index:
    """Keep an index as it was published, with its source. Raises `NotPermitted`, or `NotPossible`: no source, no value, there
    already."""
    grant = actor.require(BRING_INDEX, field_code, unit_id)
    if not name.strip() or not source.strip():
        raise NotPossible("Ghi tên bộ chỉ số và nguồn (văn bản, trang công bố).")
    if not values or actor.organisation_id is None:
        raise NotPossible("Bộ chỉ số chưa có giá trị của đơn vị nào.")
    try:
        with transaction.atomic():
            index = Index.objects.create(
                organisation_id=body_of(actor.organisation_id, actor.today),
                unit_id=unit_id,
                name=name.strip()[:150],
                year=year,
                source=source.strip()[:300],
                note=note[:500],
                brought_by=actor.label[:300],
                brought_at=at,
            )
    except IntegrityError as error:
        raise NotPossible("Bộ chỉ số của năm và nguồn này đã nhập.") from error
    IndexValue.objects.bulk_create(
        IndexValue(index=index, unit_id=one.unit_id, value=one.value, rank=one.rank, of=one.of) for one in values
    )
    changes = {"source": ("", index.source), "values": (None, len(values))}
    record(actor=actor, verb="ranking.index_brought", thing=index, at=at, grant=grant, changes=changes)
    return index
