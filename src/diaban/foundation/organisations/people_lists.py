"""A list of people as an office keeps it: copied from a sheet or a file of its own, with a heading or in our order."""

from collections.abc import Mapping, Sequence
from typing import Final

from diaban.foundation.organisations.services import PersonRow
from diaban.lib.vietnamese import fold
from diaban.lib.workbooks import is_workbook, read_csv, read_workbook

ORDER: Final = ("name", "username", "title", "role", "organisation", "phone", "email")
WORDS: Final[Mapping[str, str]] = {
    "ho va ten": "name", "ho ten": "name",
    "ten dang nhap": "username", "tai khoan": "username",
    "chuc vu": "title", "chuc danh": "title", "vi tri cong tac": "title",
    "vai tro": "role",
    "co quan": "organisation", "don vi": "organisation", "phong": "organisation",
    "dien thoai": "phone", "so dien thoai": "phone",
    "thu dien tu": "email", "email": "email",
}  # fmt: skip
HEADING_WITHIN, FEWEST_HEADS = 10, 3


def rows_of(given: bytes | str) -> list[list[str]]:
    """The cells of a file's first sheet, or of what was copied from one. Raises `WorkbookRefused`."""
    if isinstance(given, str):
        return [line.split("\t") for line in given.splitlines()]
    if not is_workbook(given):
        return read_csv(given)
    book = read_workbook(given)
    return [[cell.text for cell in row] for row in book.sheet_rows(book.sheets[0])]


def people_of(rows: Sequence[Sequence[str]]) -> list[PersonRow]:
    """Whoever is listed, numbered as the rows stand. What stands above a heading, and the heading, are left out; without one
    the columns are in our order."""
    places, first = _heading(rows)
    people = []
    for number, row in enumerate(rows[first:], start=first + 1):
        if any(cell.strip() for cell in row):
            said = {name: row[at].strip() for name, at in places.items() if at < len(row)}
            people.append(PersonRow(number, **{name: said.get(name, "") for name in ORDER}))
    return people


def _heading(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each part of a person stands, and the first row below the heading."""
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        places: dict[str, int] = {}
        for at, cell in enumerate(row):
            if part := WORDS.get(fold(cell).strip(" :*")):
                places.setdefault(part, at)
        if len(places) >= FEWEST_HEADS:
            return places, number + 1
    return {name: at for at, name in enumerate(ORDER)}, 0
