"""Units' own figures in the form that other statistical systems take in: DHIS2 data value sets (JSON).

The identifiers are ours (scheme `code`): a data element is an indicator's code, an organisation unit the unit's code, a
category option combination the member's code. Format: docs.dhis2.org, Web API, "Data values".
"""

from typing import Any, Final

from diaban.foundation.facts.rules.cells import indicator_of
from diaban.lib.periods import Kind, Period
from diaban.work.reporting.consolidated import Consolidated, exact

DEFAULT: Final = "default"


class NotExpressible(ValueError):
    """A period that the other system has no word for. The message is in Vietnamese."""


def dhis2_period(period: Period) -> str:
    """`202603`, `2026Q1`, `2026S1`, `2026`. Raises `NotExpressible` for nine months and for ranges."""
    match period.kind:
        case Kind.MONTH:
            return f"{period.year}{period.number:02d}"
        case Kind.QUARTER:
            return f"{period.year}Q{period.number}"
        case Kind.HALF:
            return f"{period.year}S{period.number}"
        case Kind.YEAR:
            return str(period.year)
    raise NotExpressible(f"DHIS2 không có loại kỳ tương ứng với “{period.label()}”.")


def data_value_set(one: Consolidated) -> dict[str, Any]:
    """Every figure that the units themselves gave for the period. What is computed is left to be computed there; an
    estimate says so in the comment; what has no value is left out, never sent as zero."""
    derived = {code for code, indicator in one.indicators.items() if indicator.over_units in {"RATIO", "FORMULA"}}
    table = one.by_unit([code for code in one.layout.indicators if code not in derived], with_parts=True)
    period = dhis2_period(one.period)
    codes = {unit.unit_id: unit.code for unit in one.units_of(table)}
    values = [
        {
            "dataElement": indicator_of(cell),
            "period": period,
            "orgUnit": codes[unit_id],
            "categoryOptionCombo": cell.partition("__")[2] or DEFAULT,
            "attributeOptionCombo": DEFAULT,
            "value": exact(figure.value),
            **({"comment": "estimated"} if figure.estimated else {}),
        }
        for cell in table.cells
        for unit_id, figure in table.figures[cell].items()
        if unit_id in codes and figure.value is not None and not figure.missing
    ]
    return {
        "dataSet": one.form.code,
        "idScheme": "code",
        "dataElementIdScheme": "code",
        "orgUnitIdScheme": "code",
        "categoryOptionComboIdScheme": "code",
        "dataValues": values,
    }
