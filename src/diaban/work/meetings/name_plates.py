"""Whose name plates stand on the tables of a meeting, or of a whole visit."""

from collections.abc import Iterable
from typing import Final

from diaban.foundation.documents.plates import Plate
from diaban.work.meetings.models import Attendee, Capacity, Presence

CAPACITIES: Final = {
    Capacity.CHAIR: "Chủ trì",
    Capacity.SECRETARY: "Thư ký",
    Capacity.MEMBER: "Thành viên đoàn",
    Capacity.HOST: "Đơn vị tiếp đoàn",
}
DELEGATE: Final = "Đại biểu"


def plates_of(attendees: Iterable[Attendee]) -> tuple[Plate, ...]:
    """One for each who is not known to stay away, once each, the chair first; who comes in another's place by his own name."""
    order = list(Capacity.values)
    there = sorted(
        (one for one in attendees if (one.presence or one.answer) != Presence.ABSENT),
        key=lambda one: order.index(one.capacity),
    )
    found = dict[tuple[str, str], Plate]()
    for one in there:
        plate = _plate(one)
        found.setdefault((plate.name, plate.title), plate)
    return tuple(found.values())


def _plate(one: Attendee) -> Plate:
    substitute = one.substitute or (one.answer_note if one.answer == Presence.SUBSTITUTE and not one.presence else "")
    capacity = CAPACITIES.get(Capacity(one.capacity), DELEGATE)
    if substitute:
        return Plate(substitute, one.office, capacity)
    return Plate(one.name, one.title or one.office, capacity) if one.name else Plate(one.office, "", capacity)
