"""Figures of two districts: one complete, one with nought, a reason and silence; an earlier quarter and a year ago."""

from datetime import timedelta

from django.http import QueryDict

from diaban.foundation.acts.tests.remembered import remembered
from diaban.work.analysis.asking import Choice, choice_of
from diaban.work.analysis.pivot import Pivot, pivot_of
from diaban.work.reporting.tests.consolidation_world import (
    FORM,
    LAST_YEAR,
    NOW,
    Q3,
    Q4,
    Consolidating,
    a_consolidating_world,
)

PROVINCE = f"bieu={FORM}&dia_ban=92&toi={Q4}&tu={Q3}"
LATER = NOW + timedelta(hours=1)


@remembered
def an_analysed_world() -> Consolidating:
    world = a_consolidating_world()
    for name, figure in (("D1", "20"), ("D2", "10")):
        world.accept(LAST_YEAR, name, {"BC07": figure, "BC15": "100"})
        world.accept(Q3, name, {"BC07": figure, "BC15": "200"})
    world.accept(Q4, "D2", {"BC07": "0", "BC15": "not_collected", "VT26": "8"}, at=LATER)
    return world


def choose(world: Consolidating, query: str, persona: str = "director") -> Choice:
    return choice_of(world.here.actor(persona), QueryDict(f"{PROVINCE}&{query}"))


def pivot(world: Consolidating, query: str, persona: str = "director") -> Pivot:
    return pivot_of(choose(world, query, persona))


__all__ = ["FORM", "LAST_YEAR", "NOW", "PROVINCE", "Q3", "Q4", "Consolidating", "an_analysed_world", "choose", "pivot"]
