"""Which columns of the table units × indicators are asked for: by the address, as kept for the person, or the first section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.sight import BASE_FIELD

KEPT: Final = "unit_table"  # among the choices that an account keeps
LONGEST_NUMBER: Final = 40


@dataclass(frozen=True)
class Columns:
    """The indicators in the order of the form; `section` is the one that they are all of, if it was asked for."""

    codes: tuple[str, ...]
    has_places: bool
    number: str
    section: int | None = None

    @property
    def address(self) -> dict[str, str]:
        """The words of the address that ask for the same."""
        return {"ct": ",".join(self.codes), "hang": "1" if self.has_places else "0", "bieu_so": self.number}

    @property
    def kept(self) -> dict[str, Any]:
        return {"codes": list(self.codes), "places": self.has_places, "number": self.number}


def columns_of(one: Consolidated, asked: Mapping[str, str], kept: Mapping[str, Any]) -> Columns:
    """Read an address (`ct` codes with commas between, or `phan` a section; `hang`; `bieu_so`); what it does not say is as
    `kept`, else the first section with places that is not background figures."""
    codes = in_sight(one, asked.get("ct", "").split(","))
    section = None
    if not codes and (section := _section(one, asked.get("phan", ""))) is not None:
        codes = _of_section(one, section)
    if not codes:
        codes = in_sight(one, [str(code) for code in kept.get("codes", ())])
    if not codes:
        blocks = one.filled_blocks
        section = next((block for block in blocks if block.field_code != BASE_FIELD), blocks[0]).number
        codes = _of_section(one, section)
    places = asked["hang"] == "1" if "hang" in asked else bool(kept.get("places", True))
    number = asked.get("bieu_so", str(kept.get("number", one.form.number)))
    printed = "".join(filter(str.isprintable, number))  # the database keeps no NUL, no half of a letter
    return Columns(codes, places, printed[:LONGEST_NUMBER].strip(), section)


def in_sight(one: Consolidated, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the codes that the reader may see, in the order of the form."""
    wanted = set(codes)
    return tuple(code for code in one.layout.indicators if code in wanted)


def _section(one: Consolidated, text: str) -> int | None:
    return next((block.number for block in one.filled_blocks if str(block.number) == text), None)


def _of_section(one: Consolidated, number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.indicator for line in one.layout.lines if line.section == number))
