"""Who in an organisation is in charge of which part of its ground."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.organisations.models import Charge, Position
from diaban.foundation.organisations.queries import holdings_on
from diaban.foundation.territory.models import Containment


@dataclass(frozen=True)
class InCharge:
    """A position and the names of whoever holds it on the day."""

    position: Position
    names: Sequence[str]
    basis: str

    @property
    def label(self) -> str:
        """ "Phó Giám đốc Trần Thị Phương"."""
        return " ".join([self.position.title, ", ".join(self.names)]).strip()


def in_charge(organisation_ids: Collection[int], unit_ids: Collection[int], on: date) -> dict[int, InCharge]:
    """By unit, who is in charge of it in one of the organisations: by its own row, else by that of the nearest unit that
    holds it. Units nobody is in charge of are left out. Three queries."""
    rows = Charge.objects.filter(organisation__in=organisation_ids, valid__contains=on).select_related("position")
    by_unit = {row.unit_id: row for row in rows}
    above = Containment.objects.filter(descendant__in=unit_ids, ancestor__in=by_unit, valid__contains=on)
    nearest: dict[int, Charge] = {}
    for descendant, ancestor in above.order_by("-distance").values_list("descendant_id", "ancestor_id"):
        nearest[descendant] = by_unit[ancestor]
    names: dict[int, list[str]] = defaultdict(list)
    positions = {row.position_id for row in nearest.values()}
    for held in holdings_on(on).filter(position__in=positions).order_by("person__sort_key"):
        names[held.position_id].append(held.person.name)
    return {unit: InCharge(row.position, names[row.position_id], row.basis) for unit, row in nearest.items()}
