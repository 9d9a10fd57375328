"""Figures as DHIS2 exchanges them: data value sets (JSON).

The identifiers are ours (scheme `code`): a data element is an indicator's code, an organisation unit the unit's code, a
category option combination the members' codes. Format: docs.dhis2.org, Web API, "Data values". It knows no reasons for
missing figures and no calendars: what has no value is left out, and a period is read by the calendar that the reader names.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from diaban.foundation.facts.rules.typed import plain
from diaban.lib.periods import Calendar, Kind, Period

DEFAULT: Final = "default"
ESTIMATED: Final = "estimated"
_WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})(?:(?P<kind>[QS]?)(?P<number>[0-9]{1,2}))?")


class NotExpressible(ValueError):
    """A period that the other system has no word for. The message is in Vietnamese."""


class NoPeriod(ValueError):
    """A period of that system that is none of ours. The message is in Vietnamese."""


class DataValue(NamedTuple):
    """One figure as a unit gave it. `option` are the members' codes, "" for the total."""

    indicator: str
    option: str
    period: Period
    unit_code: str
    value: Decimal
    is_estimated: bool
    contributor: str = ""


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
    raise NotExpressible(_("DHIS2 không có loại kỳ tương ứng với “%(label)s”.") % {"label": period.label()})


def period_of(text: str, calendar: Calendar) -> Period:
    """What `dhis2_period` wrote. Raises `NoPeriod`, or `BadPeriod` for a thirteenth month."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NoPeriod(
            _("Không đọc được kỳ “%(text)s” của DHIS2: ghi 202603, 2026Q1, 2026S1 hoặc 2026.") % {"text": text}
        )
    kinds = {"Q": Kind.QUARTER, "S": Kind.HALF, "": Kind.MONTH}
    if found["number"] is None:
        return Period.of(int(found["year"]), Kind.YEAR, calendar=calendar)
    return Period.of(int(found["year"]), kinds[found["kind"]], int(found["number"]), calendar=calendar)


def value_set(name: str, values: Iterable[DataValue]) -> dict[str, Any]:
    """The set called `name`. An estimate says so in the comment. Raises `NotExpressible`."""
    return {
        "dataSet": name,
        "idScheme": "code",
        "dataElementIdScheme": "code",
        "orgUnitIdScheme": "code",
        "categoryOptionComboIdScheme": "code",
        "dataValues": [_written(one) for one in values],
    }


def _written(one: DataValue) -> dict[str, str]:
    return {
        "dataElement": one.indicator,
        "period": dhis2_period(one.period),
        "orgUnit": one.unit_code,
        "categoryOptionCombo": one.option or DEFAULT,
        "attributeOptionCombo": one.contributor or DEFAULT,
        "value": plain(one.value),
        **({"comment": ESTIMATED} if one.is_estimated else {}),
    }
