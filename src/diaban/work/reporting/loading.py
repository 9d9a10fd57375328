"""The forms of `data/`, read into plain rows."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class FormFile:
    """One form as its files tell it; `valid` has an exclusive upper bound, None is open."""

    code: str
    head: Record
    valid: tuple[date | None, date | None]
    fields: dict[int, str]
    titles_en: dict[int, str]
    rows: tuple[Record, ...]
    members: dict[tuple[str, str], tuple[Record, ...]]
    narratives: tuple[Record, ...]
    checks: tuple[Record, ...]


def read_forms(folder: Path = DATA) -> Iterator[FormFile]:
    """Every form of the folder, in the order of `forms.csv`."""
    sections, rows, members, narratives, checks = (
        _by_form(folder / f"{name}.csv") for name in ("sections", "form_rows", "form_members", "narratives", "checks")
    )
    for head in _records(folder / "forms.csv"):
        code = head["code"]
        lines: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in members[code]:
            lines[record["indicator"], record["dimension"]].append(record)
        yield FormFile(
            code=code,
            head=head,
            valid=(_day(head["valid_from"]), _day_after(head["valid_to"])),
            fields={int(record["section_no"]): record["field"] for record in sections[code]},
            titles_en={int(record["section_no"]): record["title_en"] for record in sections[code]},
            rows=tuple(rows[code]),
            members={key: tuple(found) for key, found in lines.items()},
            narratives=tuple(narratives[code]),
            checks=tuple(checks[code]),
        )


def number(text: str) -> Decimal | None:
    """A number of the files; blank is none."""
    return Decimal(text) if text else None


def columns(text: str) -> list[list[str]]:
    """`code=label;code=label` as [[code, label], …]."""
    return [part.split("=", 1) for part in text.split(";") if part]


def _records(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _by_form(path: Path) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in _records(path):
        found[record["form"]].append(record)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_after(text: str) -> date | None:
    day = _day(text)
    return day + timedelta(days=1) if day else None
