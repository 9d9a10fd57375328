"""The socket by which a room says that several units owe a duty together, and in whose person."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.sockets import Strip
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.obligations.models import Duty
from diaban.foundation.territory.queries import descendants, versions_of


@dataclass(frozen=True)
class Holder:
    """Who owes a duty in place of its units: what it is (the obligation is about it), its name, and the unit whose responsible
    body owes for all."""

    subject: Subject
    name: str
    unit_id: int


# Plugged under the kind of duty: for some units that owe a duty on a day, the holder of each that does not owe by itself.
Holders = Callable[[Duty, Collection[int], date], dict[int, Holder]]
holders: Strip[Holders] = Strip("obligations.holders")


@dataclass(frozen=True)
class Owing:
    """One obligation of a period: of a unit by itself, or of a holder in the person of a unit."""

    unit_id: int
    holder: Holder | None = None

    @property
    def key(self) -> tuple[str, int]:
        """By what the obligation is known again."""
        if self.holder is None:
            return ("unit", self.unit_id)
        return (self.holder.subject.kind, self.holder.subject.id)

    @property
    def named(self) -> str:
        return f": {self.holder.name}" if self.holder else ""


def owing_of(duty: Duty, unit_ids: Collection[int], day: date) -> list[Owing]:
    """Who owes a duty on a day: each holder once, and every unit that is in none, in the order of the units."""
    plug = holders.find(duty.kind)
    found = plug(duty, unit_ids, day) if plug is not None else {}
    each = (Owing(found[one].unit_id, found[one]) if one in found else Owing(one) for one in unit_ids)
    return list({one.key: one for one in each}.values())


def units_owing(duty: Duty, day: date) -> list[int]:
    """The units of the duty's level on its ground that day, the ground itself where it is of that level."""
    if duty.unit.level == duty.level:
        return list(versions_of([duty.unit_id], day))
    return [version.unit_id for version in descendants(duty.unit_id, day, level=duty.level)]
