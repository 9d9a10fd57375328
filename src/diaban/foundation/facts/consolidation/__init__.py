"""Totals of an area from the facts of its parts: always fresh, never stored."""

from diaban.foundation.facts.consolidation.consolidating import Consolidation, Row, consolidate
from diaban.foundation.facts.consolidation.crossing import Area, Crossed, crossed, crossed_provinces
from diaban.foundation.facts.consolidation.national import Figure, National, national
from diaban.foundation.facts.consolidation.parts import Part, history, made_of
from diaban.foundation.facts.consolidation.plans import Plans, read_plans
from diaban.foundation.facts.consolidation.progress import Progress, YearSoFar, year_so_far
from diaban.foundation.facts.consolidation.tables import Spread, UnitFigure, UnitTable, by_unit

__all__ = [
    "Area",
    "Consolidation",
    "Crossed",
    "Figure",
    "National",
    "Part",
    "Plans",
    "Progress",
    "Row",
    "Spread",
    "UnitFigure",
    "UnitTable",
    "YearSoFar",
    "by_unit",
    "consolidate",
    "crossed",
    "crossed_provinces",
    "history",
    "made_of",
    "national",
    "read_plans",
    "year_so_far",
]
