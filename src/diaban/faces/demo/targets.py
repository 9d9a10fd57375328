"""Plans of the worlds, for districts and for communes: invented like all their figures, and saying so on every paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from diaban.faces.demo.world import World
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.services import set_plan, set_plans, set_profile
from diaban.foundation.territory.models import UnitVersion

GIVEN = "Kế hoạch minh họa, do hệ thống đặt ra để trình diễn"
ADJUSTED = "Quyết định điều chỉnh minh họa số 00/QĐ-MH ngày 01/9/2009 (không có thật)"
GROWTH = {"BC02": 4, "VT05": 1, "NL05b": 4}  # of a quarter's figure: a flow comes four times, a stock once
AIMS = (Decimal("0.85"), Decimal("0.95"), Decimal("1.02"), Decimal("1.15"), Decimal("1.3"))
Figures = Mapping[int, Mapping[str, Decimal]]


def give_plans(world: World, districts: Sequence[UnitVersion], figures: Figures, *, year: int, at: datetime) -> None:
    """A plan for each district from what it is invented to reach, a little under or over; `figures` are one quarter's, by
    unit and indicator. Training is due late in the year."""
    rows = []
    for place, district in enumerate(districts):
        for turn, (code, times) in enumerate(GROWTH.items()):
            value = figures[district.unit_id].get(code)
            if value:
                aim = AIMS[(place + turn * 2) % len(AIMS)]
                rows.append((district.unit_id, code, Decimal(int(value * times * aim))))
        villages = figures[district.unit_id].get("VT26")
        if villages:  # to fall
            rows.append((district.unit_id, "VT26", Decimal(int(villages * AIMS[place % len(AIMS)]))))
    set_plans(year=year, figures=rows, basis=GIVEN, actor=world.setter, at=at)
    ends = (Decimal(10), Decimal(35), Decimal(65))
    training = Indicator.objects.get(code="NL05b")
    set_profile(
        indicator=training, unit_id=world.province.unit_id, year=year, ends=ends, basis=GIVEN, actor=world.setter, at=at
    )


def adjust_plan(world: World, district: UnitVersion, *, year: int, to: Decimal, at: datetime) -> None:
    """One district's plan of training is lowered in the year."""
    training = Indicator.objects.get(code="NL05b")
    set_plan(
        indicator=training, unit_id=district.unit_id, year=year, value=to, basis=ADJUSTED, actor=world.setter, at=at
    )


def give_commune_plans(
    world: World, communes: Sequence[UnitVersion], villages: Mapping[int, Decimal], *, year: int, at: datetime
) -> None:
    """Three plans for each commune by its villages, and the province's own, which are not quite what the communes' come to."""
    each = {"CN17": Decimal(1), "VT32": Decimal("0.5"), "NL05b": Decimal(6)}
    rows = [
        (commune.unit_id, code, Decimal(int(villages[commune.unit_id] * times)))
        for commune in communes
        for code, times in each.items()
    ]
    whole = [
        (
            world.province.unit_id,
            code,
            round(sum((value for _unit, each_code, value in rows if each_code == code), Decimal()), -2),
        )
        for code in each
    ]
    set_plans(year=year, figures=[*whole, *rows], basis=GIVEN, actor=world.setter, at=at)
