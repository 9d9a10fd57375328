"""The known history of the country as plain rows: the package, the hand-made tables, and the rule that a unit is its extent."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from diaban.foundation.territory.package import Link, Place, Reform, read_package

DATA = Path(__file__).parent / "data"
REFORM_DAY = date(2025, 7, 1)
PROVINCES_BASIS = "Nghị quyết số 202/2025/QH15"
COMMUNES_BASIS = "Các nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025"
PARENT_LEVEL = {"province": "country", "district": "province", "commune": "district"}


def unit_key(level: str, code: str, since: date | None) -> str:
    return f"{level}:{code}:{since or ''}"


@dataclass(frozen=True)
class Spell:
    """What a unit was called from `since` until the day before `until`; None is open. `parent` is a unit's key."""

    code: str
    name: str
    kind: str
    parent: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Life:
    """One unit with its spells in order, without holes between them."""

    level: str
    spells: tuple[Spell, ...]
    lat: Decimal | None
    lon: Decimal | None
    area: Decimal | None

    @property
    def key(self) -> str:
        """The same in every installation: level, first code, first known day."""
        return unit_key(self.level, self.spells[0].code, self.spells[0].since)


@dataclass(frozen=True)
class Passage:
    """A succession between the units of two keys."""

    predecessor: str
    successor: str
    on: date
    basis: str
    weight: Decimal
    assumed: bool


@dataclass(frozen=True)
class Chronicle:
    """Everything that is loaded."""

    lives: tuple[Life, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Earlier:
    """A row of `ha_giang_2009.csv`: what a unit was until a day."""

    place: Place
    until: date
    is_same_unit: bool
    becomes_code: str
    population: Decimal | None
    basis: str


COUNTRY = Life(
    "country", (Spell("VN", "Việt Nam", "nước", None, None, None),), Decimal("16.000000"), Decimal("106.000000"), None
)


def known_history() -> Chronicle:
    """The country from the package and the hand-made tables."""
    return with_earlier(tell(without(read_package(), misread_links())), earlier_rows())


def misread_links() -> frozenset[Link]:
    """The links that the package has by mistake (`homonyms_2025.csv`)."""
    with (DATA / "homonyms_2025.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(Link(row["old_code"], row["new_code"]) for row in csv.DictReader(file))


def earlier_rows() -> tuple[Earlier, ...]:
    """The rows of `ha_giang_2009.csv`."""
    with (DATA / "ha_giang_2009.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_earlier(row) for row in csv.DictReader(file))


def without(reform: Reform, misread: frozenset[Link]) -> Reform:
    return replace(reform, communes=tuple(link for link in reform.communes if link not in misread))


def tell(reform: Reform) -> Chronicle:
    """The chronicle of one reform. A unit goes on where the new one has it, whole, as its only predecessor."""
    keys = Keys(reform)
    after = {place.code: place for place in reform.after}
    lives = [COUNTRY]
    lives += [_continued(place, after.get(keys.becomes.get(place.code, "")), keys) for place in reform.before]
    lives += [_begun(place, keys) for place in reform.after if place.code not in keys.origin]
    passages = [
        *_passages(reform.provinces, PROVINCES_BASIS, keys),
        *_passages(reform.communes, COMMUNES_BASIS, keys),
    ]
    return Chronicle(tuple(lives), tuple(passages))


class Keys:
    """The keys of the units that have a code before and after the reform.

    `becomes` maps the old code of a unit that goes on to its new code, `origin` the other way round.
    """

    def __init__(self, reform: Reform) -> None:
        self.becomes = {**_unchanged(reform.communes), **_unchanged(reform.provinces)}
        self.origin = {new: old for old, new in self.becomes.items()}
        self._old = {place.code: unit_key(place.level, place.code, None) for place in reform.before}
        self._new = {place.code: unit_key(place.level, place.code, REFORM_DAY) for place in reform.after}

    def before(self, code: str | None) -> str:
        return COUNTRY.key if code is None else self._old[code]

    def after(self, code: str | None) -> str:
        if code is None:
            return COUNTRY.key
        return self._old[self.origin[code]] if code in self.origin else self._new[code]


def with_earlier(chronicle: Chronicle, rows: Sequence[Earlier]) -> Chronicle:
    """The chronicle lengthened into the past. Each row's `becomes_code` is the first code of a unit in the chronicle."""
    kept = {unit_key(row.place.level, row.becomes_code, None): row for row in rows if row.is_same_unit}
    joined = [row for row in rows if not row.is_same_unit]
    begins = {unit_key(row.place.level, row.becomes_code, None): row.until for row in joined}
    renamed = {key: f"{key}{on}" for key, on in begins.items()}
    lives = [_later(_lengthened(life, kept.get(life.key)), begins.get(life.key), renamed) for life in chronicle.lives]
    passages = [
        replace(
            passage,
            predecessor=renamed.get(passage.predecessor, passage.predecessor),
            successor=renamed.get(passage.successor, passage.successor),
        )
        for passage in chronicle.passages
    ]
    for row in joined:
        life = _joined(row)
        heir = renamed[unit_key(row.place.level, row.becomes_code, None)]
        lives.append(life)
        passages.append(Passage(life.key, heir, row.until, row.basis, row.population or Decimal(1), assumed=False))
    return Chronicle(tuple(lives), tuple(passages))


def _unchanged(links: Sequence[Link]) -> dict[str, str]:
    """Old code to new code of the units whose extent stayed."""
    successors = Counter(link.old_code for link in links)
    predecessors = Counter(link.new_code for link in links)
    return {
        link.old_code: link.new_code for link in links if successors[link.old_code] == predecessors[link.new_code] == 1
    }


def _continued(place: Place, new: Place | None, keys: Keys) -> Life:
    """A unit from before: ended by the reform, or going on as `new`, with a second spell if anything was renamed."""
    parent = keys.before(place.parent_code)
    first = Spell(place.code, place.name, place.kind, parent, None, REFORM_DAY)
    if new is None:
        return Life(place.level, (first,), place.lat, place.lon, place.area)
    second = Spell(new.code, new.name, new.kind, keys.after(new.parent_code), REFORM_DAY, None)
    is_same = replace(second, since=None) == replace(first, until=None)
    spells = (replace(first, until=None),) if is_same else (first, second)
    return Life(place.level, spells, new.lat, new.lon, new.area)


def _begun(place: Place, keys: Keys) -> Life:
    spell = Spell(place.code, place.name, place.kind, keys.after(place.parent_code), REFORM_DAY, None)
    return Life(place.level, (spell,), place.lat, place.lon, place.area)


def _passages(links: Sequence[Link], basis: str, keys: Keys) -> Iterator[Passage]:
    """The successions between units that are not the same: whole, or into equal parts that are assumed."""
    parts = Counter(link.old_code for link in links)
    for link in links:
        if link.old_code not in keys.becomes:
            yield Passage(
                predecessor=keys.before(link.old_code),
                successor=keys.after(link.new_code),
                on=REFORM_DAY,
                basis=basis,
                weight=Decimal(1),
                assumed=parts[link.old_code] > 1,
            )


def _earlier(row: Mapping[str, str]) -> Earlier:
    return Earlier(
        place=Place(
            level=row["level"],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent_code=row["parent_code"],
            area=Decimal(row["area"]) if row["area"] else None,
        ),
        until=date.fromisoformat(row["until"]),
        is_same_unit=row["extent"] == "kept",
        becomes_code=row["becomes_code"],
        population=Decimal(row["population"]) if row["population"] else None,
        basis=row["basis"],
    )


def _lengthened(life: Life, row: Earlier | None) -> Life:
    """The same unit with an earlier spell before its first one."""
    if row is None:
        return life
    first, *rest = life.spells
    earlier = replace(first, code=row.place.code, name=row.place.name, kind=row.place.kind, until=row.until)
    return replace(life, spells=(earlier, replace(first, since=row.until), *rest))


def _later(life: Life, since: date | None, renamed: Mapping[str, str]) -> Life:
    """The same life, begun on `since` if that is given, with its parents under their present keys."""
    spells = tuple(replace(spell, parent=renamed.get(spell.parent or "", spell.parent)) for spell in life.spells)
    if since is not None:
        spells = (replace(spells[0], since=since), *spells[1:])
    return replace(life, spells=spells)


def _joined(row: Earlier) -> Life:
    """A unit that ended when it joined others."""
    place = row.place
    parent = unit_key(PARENT_LEVEL[place.level], place.parent_code or "", None)
    spell = Spell(place.code, place.name, place.kind, parent, None, row.until)
    return Life(place.level, (spell,), place.lat, place.lon, place.area)
