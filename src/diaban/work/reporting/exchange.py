"""Units' own figures of a consolidated report in the form that other statistical systems take in: DHIS2 data value sets."""

from typing import Any

from diaban.foundation.facts.dhis2 import DataValue, dhis2_period, value_set
from diaban.foundation.facts.rules.cells import indicator_of
from diaban.work.reporting.consolidated import Consolidated


def data_value_set(one: Consolidated) -> dict[str, Any]:
    """Every figure that the units themselves gave for the period. What is computed is left to be computed there; what has
    no value is left out, never sent as zero. Raises `NotExpressible`."""
    derived = {code for code, indicator in one.indicators.items() if indicator.over_units in {"RATIO", "FORMULA"}}
    dhis2_period(one.period)  # before any figure is read
    table = one.by_unit([code for code in one.layout.indicators if code not in derived], with_parts=True)
    codes = {unit.unit_id: unit.code for unit in one.units_of(table)}
    return value_set(
        one.form.code,
        (
            DataValue(
                indicator_of(cell),
                cell.partition("__")[2],
                one.period,
                codes[unit_id],
                figure.value,
                bool(figure.estimated),
            )
            for cell in table.cells
            for unit_id, figure in table.figures[cell].items()
            if unit_id in codes and figure.value is not None and not figure.missing
        ),
    )
