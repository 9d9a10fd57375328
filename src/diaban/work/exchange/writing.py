"""Facts as files that other systems, and this one, take in."""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Final

from diaban.foundation.facts.dhis2 import DataValue, value_set
from diaban.foundation.facts.models import Collection, Reason
from diaban.foundation.facts.rules.typed import plain
from diaban.foundation.files.sniffing import CSV, JSON, XLSX
from diaban.lib.workbooks import Column, write_csv, write_table
from diaban.work.exchange.queries import FactRow
from diaban.work.exchange.tables import HEADS

TYPES: Final = {"csv": CSV, "xlsx": XLSX, "dhis2": JSON}
ENDINGS: Final = {"csv": "csv", "xlsx": "xlsx", "dhis2": "dhis2.json"}
WIDTHS: Final = {"unit_name": 28, "indicator_name": 48, "reason": 24}


def as_file(collection: Collection, rows: Sequence[FactRow], kind: str) -> bytes:
    """`csv` and `xlsx` hold everything; `dhis2` leaves out what has no value, and raises `NotExpressible` for a period that
    it has no word for. Raises KeyError for another kind."""
    stream = BytesIO()
    match kind:
        case "csv":
            write_csv(stream, list(HEADS), _records(rows))
        case "xlsx":
            columns = [
                Column(title, "decimal" if name == "value" else "text", width=WIDTHS.get(name))
                for name, title in HEADS.items()
            ]
            write_table(stream, title=collection.name, columns=columns, rows=_lines(rows))
        case "dhis2":
            answer = value_set(collection.code, _data_values(rows))
            stream.write(json.dumps(answer, ensure_ascii=False, indent=1).encode())
        case _:
            raise KeyError(kind)
    return stream.getvalue()


def _records(rows: Iterable[FactRow]) -> Iterator[list[object]]:
    for row in rows:
        value = None if row.value is None else plain(row.value)
        yield [*_keys(row), value, row.reason, "1" if row.is_estimated else "", *_told(row)]


def _lines(rows: Iterable[FactRow]) -> Iterator[list[object]]:
    for row in rows:
        value = None if row.value is None else Decimal(plain(row.value))
        reason = str(Reason(row.reason).label) if row.reason else ""
        yield [*_keys(row), value, reason, "x" if row.is_estimated else "", *_told(row)]


def _keys(row: FactRow) -> list[object]:
    return [str(row.period), row.unit.code, row.indicator, row.option, row.contributor]


def _told(row: FactRow) -> list[object]:
    return [row.unit.full_name, row.indicator_name, row.measure]


def _data_values(rows: Iterable[FactRow]) -> Iterator[DataValue]:
    for row in rows:
        if row.value is not None:
            yield DataValue(
                row.indicator, row.option, row.period, row.unit.code, row.value, row.is_estimated, row.contributor
            )
