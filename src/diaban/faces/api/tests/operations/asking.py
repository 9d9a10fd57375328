"""How an operation is asked, and which personas may ask what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from diaban.foundation.mandates.tests.personas import PEOPLE
from diaban.work.reporting.tests.worlds import Reporting

Given = dict[str, Any]
PERSONAS = [row[0] for row in PEOPLE]
Make = Callable[["Reporting"], "Asked"]
Operations = dict[str, tuple[str, str, Make, dict[str, int]]]
PROOF = b"%PDF-1.7 anh tram"


@dataclass
class Asked:
    """How an operation is asked: address, query, body, and the revision it is made from."""

    kwargs: Given = field(default_factory=dict)
    query: Given = field(default_factory=dict)
    body: object = None
    revision: int | None = None


def plainly(here: Reporting) -> Asked:
    return Asked()


def by(default: int, **others: str) -> dict[str, int]:
    """`by(404, _200="director deputy")`: the status for each persona."""
    table = dict.fromkeys(PERSONAS, default)
    for status, personas in others.items():
        table |= dict.fromkeys(personas.split(), int(status.removeprefix("_")))
    return table


EVERYONE = by(200)
DISTRICT = "district_clerk district_admin district_leader district_officer"
SO = "director deputy section_head specialist"
FOREIGN = "other_leader other_officer commune_leader commune_clerk commune_officer enterprise other_enterprise"
OBSERVER = "party_observer"  # its body holds no mandate
ADMINS = "unit_admin district_admin"  # who keeps the people of an office reads what came to it, not the figures of the ground
IN_SIGHT = by(200, _404=f"{FOREIGN} {OBSERVER}")
FIGURES = by(200, _404=f"{FOREIGN} {OBSERVER} {ADMINS}")
ASKED = by(404, _200=f"{SO} {DISTRICT} {ADMINS} clerk province_leader auditor")
DOERS = by(
    404, _403=f"{SO} {ADMINS} clerk province_leader auditor", _200="district_leader district_clerk district_officer"
)
IN_SO, WATCHERS = "clerk unit_admin", f"{DISTRICT} province_leader auditor"
DRAFTERS = by(
    403,
    _200=f"{SO} province_leader district_leader district_officer other_leader other_officer commune_leader commune_officer",
)
HANDLERS = by(404, _403=f"{IN_SO} {WATCHERS}", _200=SO)
