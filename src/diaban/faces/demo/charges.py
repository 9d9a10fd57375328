"""Who of a department's leaders is in charge of which part of its ground: divided by the worlds' directors, and invented."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from diaban.faces.demo.world import World
from diaban.foundation.organisations.services import put_in_charge
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions, old_districts

BASIS = "Thông báo phân công nhiệm vụ lãnh đạo Sở (minh họa)"


def divide(world: World, parts: Mapping[str, Iterable[int]], *, on: date, at: datetime) -> None:
    """Put each persona in charge of its units from that day on."""
    director = world.actor("giamdoc", on)
    for username, units in parts.items():
        put_in_charge(
            position_id=world.posts[username].pk,
            unit_ids=list(units),
            valid_from=on,
            basis=BASIS,
            actor=director,
            at=at,
        )


def by_old_province(communes: Iterable[UnitVersion], province_unit_id: int, on: date) -> dict[str, list[int]]:
    """The communes of today's province by the name of the province that their old district lay in."""
    groups = [one for one in old_districts(province_unit_id, on, list(communes)) if one.district]
    names = nearest_versions([one.district.parent_id for one in groups if one.district and one.district.parent_id], on)
    found: dict[str, list[int]] = {}
    for group in groups:
        if group.district and group.district.parent_id:
            name = names[group.district.parent_id].name
            found.setdefault(name, []).extend(one.unit_id for one in group.communes)
    return found
