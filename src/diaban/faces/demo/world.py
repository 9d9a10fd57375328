"""What the worlds share: bodies from the table, people with posts, mandates by law."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password

from diaban.faces.demo.people import PASSWORD, Persona, name_of
from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.mandates.actors import PositionActor, acting_as
from diaban.foundation.mandates.allocation import bodies_on
from diaban.foundation.mandates.services import apply_mandate_template
from diaban.foundation.organisations.models import Position
from diaban.foundation.organisations.services import add_person, appoint, found_organisation, open_position
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import ancestors_of, descendants, version_of

DATA = Path(__file__).parent / "data" / "organisations.csv"
LEVELS: dict[str, str] = {"TW": Level.COUNTRY, "TỈNH": Level.PROVINCE, "HUYỆN": Level.DISTRICT, "XÃ": Level.COMMUNE}
SLOTS: dict[str, str] = {Level.DISTRICT: "{huyện}", Level.COMMUNE: "{xã}"}
KINDS = {"post_point", "village"}  # counted elsewhere, no organisations
Tick = Callable[[int, int], None]


@dataclass
class World:
    """A world while it is being made. `bodies` maps a name to an organisation's id, `posts` a username to its position."""

    code: str
    province: UnitVersion
    on: date
    setter: SettingUp
    bodies: dict[str, int] = field(default_factory=dict)
    units: dict[str, UnitVersion] = field(default_factory=dict)
    posts: dict[str, Position] = field(default_factory=dict)
    personas: list[Persona] = field(default_factory=list)

    def actor(self, username: str, on: date) -> PositionActor:
        """That persona acting on a day of the story."""
        return acting_as(self.posts[username], Account.objects.get(username=username), on)


def found_bodies(world: World, at: datetime, *, levels: Iterable[Level]) -> None:
    """Found the world's bodies, superiors first, each known to the law's allocation by its name."""
    country = ancestors_of([world.province.unit_id], world.on)[world.province.unit_id][-1]
    grounds: dict[str, list[UnitVersion]] = {Level.COUNTRY: [country], Level.PROVINCE: [world.province]}
    for level in (Level.DISTRICT, Level.COMMUNE):
        grounds[level] = descendants(world.province.unit_id, world.on, level=level) if level in levels else []
    known = _names_by_law(world, grounds)
    above = ancestors_of([unit.unit_id for units in grounds.values() for unit in units], world.on)
    for row in _rows(world.code):
        for unit in grounds.get(LEVELS.get(row["level"], ""), []):
            places = [unit, *above.get(unit.unit_id, [])]
            name, parent = _in(row["name_vi"], places), _in(row["parent"], places)
            world.bodies[name] = found_organisation(
                name=name,
                kind=row["kind"],
                unit_id=unit.unit_id,
                valid_from=None,
                parent_id=world.bodies.get(parent),
                guided_by_id=world.bodies.get(_guide(row["name_vi"], world.bodies)),
                short=row["short"],
                body=known.get((name, unit.unit_id), ""),
                actor=world.setter,
                at=at,
            ).pk
            world.units[name] = unit


def give_mandates(world: World, at: datetime, *, enterprises: Mapping[str, Iterable[str]]) -> None:
    """The mandates that the law of the world's day allots; `enterprises` maps a body's code to names in the world."""
    from diaban.foundation.organisations.models import Organisation

    bodies: dict[str, list[int]] = {}
    for pk, code in (
        Organisation.objects.exclude(body="").filter(pk__in=world.bodies.values()).values_list("pk", "body")
    ):
        bodies.setdefault(code, []).append(pk)
    for code, names in enterprises.items():
        bodies[code] = [world.bodies[name] for name in names]
    apply_mandate_template(
        province_unit_id=world.province.unit_id, on=world.on, bodies=bodies, actor=world.setter, at=at
    )


def open_posts(world: World, personas: Iterable[Persona], at: datetime) -> None:
    """Give each persona a post, an account and the demo's password."""
    for persona in personas:
        position = open_position(
            organisation_id=world.bodies[persona.organisation],
            title=persona.title,
            role=persona.role,
            field_codes=persona.field_codes,
            valid_from=None,
            actor=world.setter,
            at=at,
        )
        email = f"{persona.username}@diaban.example"  # letters go into files
        person = add_person(
            name=name_of(persona.username), username=persona.username, email=email, actor=world.setter, at=at
        )
        appoint(person_id=person.pk, position_id=position.pk, valid_from=None, actor=world.setter, at=at)
        world.posts[persona.username] = position
        world.personas.append(persona)
    # One hash for all: the demo's password is printed, and hashing it for hundreds of accounts takes minutes.
    Account.objects.filter(username__in=world.posts).update(password=make_password(PASSWORD))


def province_of(code: str, on: date) -> UnitVersion:
    """The province of that code on a day."""
    from diaban.foundation.territory.queries import unit_on

    return version_of(unit_on(code, on).pk, on)


def _rows(code: str) -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table) if row["world"] == code and row["kind"] not in KINDS]


def _in(text: str, places: Iterable[UnitVersion]) -> str:
    """A pattern of the table with the names of its ground: "huyện {huyện}" gives "thị xã Hà Giang" for a town."""
    for place in places:
        slot = SLOTS.get(place.unit.level)
        if slot:
            text = text.replace(f"{slot.strip('{}')} {slot}", f"{place.kind} {place.name}").replace(slot, place.name)
    return text


def _guide(pattern: str, bodies: Mapping[str, int]) -> str:
    """The department that gives a district or commune room its professional guidance."""
    if not pattern.startswith(("Phòng Văn hóa và Thông tin huyện", "Phòng Văn hóa - Xã hội xã")):
        return ""
    wanted = "Sở Thông tin và Truyền thông" if "Thông tin huyện" in pattern else "Sở Khoa học và Công nghệ"
    return next((name for name in bodies if name.startswith(wanted)), "")


def _names_by_law(world: World, grounds: Mapping[str, list[UnitVersion]]) -> dict[tuple[str, int], str]:
    """Which body of the law's allocation an organisation is, by its name on its ground."""
    names: dict[tuple[str, int], str] = {}
    for code, body in bodies_on(world.on).items():
        for unit in grounds.get(body.level, []):
            place = f"{unit.kind} {unit.name}"
            names[body.name.format_map({body.level: place}), unit.unit_id] = code
            names[body.name.format_map({body.level: unit.kind}), unit.unit_id] = code
    return names
