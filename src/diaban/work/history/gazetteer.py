"""Units by their written names, on the map of a day, inside the ground of an office: found, ambiguous or unknown; never guessed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from diaban.foundation.territory.models import Coverage, Level, UnitVersion
from diaban.lib.vietnamese import loose_key
from diaban.work.history.rules.words import Named, is_total, key_of, named

WRITTEN_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True)
class Place:
    """What a name may mean on a day: one unit is what it means, several are to be chosen from, none is unknown."""

    candidates: tuple[UnitVersion, ...]

    @property
    def unit(self) -> UnitVersion | None:
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True)
class Gazetteer:
    """Every version of every unit that the ground of today is, contains or descends from."""

    versions: Sequence[UnitVersion]
    _found: dict[tuple[str, date, str, int | None], Place] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> Mapping[str, list[UnitVersion]]:
        found: dict[str, list[UnitVersion]] = defaultdict(list)
        for version in self.versions:
            found[key_of(version.name)].append(version)
        return found

    @cached_property
    def _by_code(self) -> Mapping[str, list[UnitVersion]]:
        found: dict[str, list[UnitVersion]] = defaultdict(list)
        for version in self.versions:
            found[version.code].append(version)
        return found

    def knows(self, text: str) -> bool:
        """Is the text a name of a place here, or of a row of totals? A bare number is none."""
        if not text.strip() or text.strip().isdigit():
            return False
        return is_total(text) or key_of(named(text).name) in self._by_name

    def on(self, day: date, level: str = "") -> list[UnitVersion]:
        """The units of a day, in order of names."""
        found = [one for one in self.versions if _holds(one, day) and level in {"", one.unit.level}]
        return sorted(found, key=lambda one: (one.sort_key, one.unit_id))

    def coded(self, code: str, day: date) -> UnitVersion | None:
        """The unit that had the code that day."""
        return next((one for one in self._by_code.get(code, ()) if _holds(one, day)), None)

    def find(self, text: str, day: date, level: str, inside: UnitVersion | None = None) -> Place:
        """The units of a level that the text may name that day. `inside` is the district that the rows before stand under;
        a district written behind the name goes before it. A name stands in every row of its unit: it is looked for once."""
        asked = (text, day, level, inside.unit_id if inside else None)
        if asked not in self._found:
            self._found[asked] = self._look(text, day, level, inside)
        return self._found[asked]

    def _look(self, text: str, day: date, level: str, inside: UnitVersion | None) -> Place:
        wanted = named(text)
        found = self._named(wanted, day)
        found = [one for one in found if one.unit.level == level]
        above = self._above(wanted, day) or ({inside.unit_id} if inside else set())
        if len(found) > 1 and above:
            found = [one for one in found if one.parent_id in above] or found
        return Place(tuple(found))

    def levels(self, text: str, day: date) -> set[str]:
        """The levels of the units that the text may name that day."""
        return {one.unit.level for one in self._named(named(text), day)}

    def near(self, text: str, day: date, level: str) -> Place:
        """Units of the level whose name is the text's, whatever kind is written before it: to be offered, not taken."""
        found = self._named(Named(named(text).name, "", ""), day)
        return Place(tuple(one for one in found if one.unit.level == level))

    def _named(self, wanted: Named, day: date) -> list[UnitVersion]:
        found = [one for one in self._by_name.get(key_of(wanted.name), ()) if _holds(one, day)]
        if wanted.kind:
            found = [one for one in found if one.kind == wanted.kind]
        exact = [one for one in found if loose_key(one.name) == loose_key(wanted.name)]
        return exact or found

    def _above(self, wanted: Named, day: date) -> set[int]:
        return {one.unit_id for one in self._named(named(wanted.inside), day)} if wanted.inside else set()


def gazetteer(ground_id: int) -> Gazetteer:
    """One query."""
    covered = Coverage.objects.filter(unit=ground_id).values("covered")
    versions = UnitVersion.objects.filter(unit__in=covered, unit__level__in=WRITTEN_LEVELS).select_related("unit")
    return Gazetteer(list(versions))


def _holds(version: UnitVersion, day: date) -> bool:
    lower, upper = version.valid.lower, version.valid.upper
    return (lower is None or lower <= day) and (upper is None or day < upper)
