"""Plain makers of small maps."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.territory.models import Succession, Unit, UnitVersion
from diaban.lib.vietnamese import sort_key

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
REFORM = date(2025, 7, 1)


def a_unit(
    level: str,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Unit:
    unit = Unit.objects.create(uid=uuid.uuid4(), level=level)
    a_version(unit, code, name, kind, parent, since=since, until=until)
    return unit


def a_version(
    unit: Unit,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> UnitVersion:
    return UnitVersion.objects.create(
        unit=unit,
        valid=DateRange(since, until),
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        sort_key=sort_key(name),
    )


def a_succession(
    predecessor: Unit, successor: Unit, on: date = REFORM, weight: int = 1, *, assumed: bool = False
) -> Succession:
    return Succession.objects.create(
        predecessor=predecessor, successor=successor, on=on, basis="NQ 1", weight=Decimal(weight), assumed=assumed
    )
