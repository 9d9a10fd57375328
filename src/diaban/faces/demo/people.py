"""Invented people of the demo worlds: names drawn from common ones, never of anyone in office."""

import random
from dataclasses import dataclass

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Hoàng",
    "Lý",
    "Nông",
    "Giàng",
    "Vàng",
    "Sùng",
    "Lù",
    "Phạm",
    "Bùi",
    "Đặng",
    "Ma",
    "Hà",
    "Thào",
)
MIDDLES = {"m": ("Văn", "Minh", "Đức", "Quang"), "f": ("Thị", "Thu", "Ngọc", "Minh")}
GIVEN = {
    "m": ("An", "Bình", "Cường", "Dũng", "Hải", "Khánh", "Long", "Sơn", "Tùng", "Vinh"),
    "f": ("Chi", "Dung", "Hạnh", "Lan", "Mai", "Nga", "Phương", "Thảo", "Yến", "Xuân"),
}
PASSWORD = "dia-ban-minh-hoa"  # noqa: S105 (printed by the demo; worlds are never real instances)


@dataclass(frozen=True)
class Persona:
    """Someone to sign in as. `organisation` is the key of a body in the world's own table."""

    username: str
    role: str
    title: str
    organisation: str
    description: str = ""
    field_codes: tuple[str, ...] = ()


def name_of(username: str) -> str:
    """An invented name, always the same for a username."""
    chance = random.Random(username)
    sex = chance.choice("mf")
    return f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES[sex])} {chance.choice(GIVEN[sex])}"
