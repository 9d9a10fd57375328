"""A whole workbook as plain values."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from diaban.lib.workbooks.cells import EMPTY, CellKind, CellRef, CellValue, exact_number
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.markup import Node, elements, local, space_of, tree
from diaban.lib.workbooks.naming import read_names
from diaban.lib.workbooks.package import WORKBOOK, Package, open_package
from diaban.lib.workbooks.refusals import DamagedWorkbook, HostileWorkbook, OversizedWorkbook
from diaban.lib.workbooks.sheets import Place, Sheet, Stored, scan
from diaban.lib.workbooks.strings import plain_text, shared_texts
from diaban.lib.workbooks.styles import Shape, day_of, shapes_of

_RELATIONS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook holds. `sheets` are in the order of their tabs, hidden ones too.

    `names` gives the cell of every defined name of one cell (of a merged block, its first cell), `ranges` first and last cell
    of names of several; `broken_names` lost their cell, `merged_names` stand in a merged block.
    """

    sheets: tuple[str, ...]
    names: Mapping[str, CellRef]
    ranges: Mapping[str, tuple[CellRef, CellRef]]
    broken_names: frozenset[str]
    merged_names: frozenset[str]
    _stored: Mapping[str, Sheet]
    _values: "_Values"

    def cell(self, ref: CellRef) -> CellValue:
        """What stands at a place. Raises KeyError for a sheet that is not there."""
        return self._values.at(self._stored[ref.sheet], (ref.row, ref.column))

    @property
    def filled(self) -> dict[str, dict[Place, CellValue]]:
        """By sheet, every cell that holds anything. Each asking reads them all anew; a few are had by `cell`."""
        return {name: self._filled(name) for name in self.sheets}

    def _filled(self, name: str) -> dict[Place, CellValue]:
        sheet = self._stored[name]
        return {place: value for place in sheet.cells if (value := self._values.at(sheet, place)) is not EMPTY}

    def sheet_rows(self, name: str) -> list[list[CellValue]]:
        """A sheet from A1 to its last filled cell, every row of one length. Raises KeyError for a sheet that is not there."""
        values = self._filled(name)
        last_row = max((row for row, _column in values), default=0)
        last_column = max((column for _row, column in values), default=0)
        return [
            [values.get((row, column), EMPTY) for column in range(1, last_column + 1)] for row in range(1, last_row + 1)
        ]


def read_workbook(content: bytes, *, limits: Limits | None = None) -> Workbook:
    """Read an .xlsx in memory: stored values, defined names, which cells compute. Raises `WorkbookRefused`."""
    limits = limits or Limits()
    package = open_package(content, limits)
    book = tree(package.part(WORKBOOK))
    relations = _relations(package)
    sheets = _sheets(package, book, relations, limits)
    if sum(len(sheet.cells) for sheet in sheets.values()) > limits.cells:
        raise OversizedWorkbook(f"quá {limits.cells} ô có số liệu")
    names = read_names(book, sheets, limits)
    values = _Values(package, book, relations)
    for sheet in sheets.values():
        values.check(sheet)
    return Workbook(
        sheets=tuple(sheets),
        names=names.cells,
        ranges=names.ranges,
        broken_names=frozenset(names.broken),
        merged_names=frozenset(names.merged),
        _stored=sheets,
        _values=values,
    )


def _relations(package: Package) -> dict[str, tuple[str, str]]:
    """Kind and part of each thing the workbook refers to, by its reference."""
    found: dict[str, tuple[str, str]] = {}
    for element in elements(package.part(_RELATIONS)):
        if element.name == "Relationship":
            given = element.attributes
            reference, target = given.get("Id", ""), given.get("Target", "")
            if reference in found:
                raise HostileWorkbook
            kind = given.get("Type", "").rpartition("/")[2]
            found[reference] = kind, posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
    return found


def _sheets(package: Package, book: Node, relations: Mapping[str, tuple[str, str]], limits: Limits) -> dict[str, Sheet]:
    space = space_of(book)
    listed = book.findall(f"{space}sheets/{space}sheet")
    if len(listed) > limits.sheets:
        raise OversizedWorkbook(f"quá {limits.sheets} trang tính")
    sheets: dict[str, Sheet] = {}
    for element in listed:
        given = {local(key): value for key, value in element.items()}
        kind, part = relations.get(given.get("id", ""), ("", ""))
        name = plain_text(given.get("name", ""))
        if name in sheets:
            raise HostileWorkbook
        sheets[name] = scan(package.part(part), limits) if kind == "worksheet" else Sheet()
    if not sheets:
        raise DamagedWorkbook
    return sheets


class _Values:
    """Turns what is stored into what is meant, by the workbook's shared texts and cell formats."""

    def __init__(self, package: Package, book: Node, relations: Mapping[str, tuple[str, str]]) -> None:
        parts = dict(relations.values())
        self.texts = shared_texts(package.parts.get(parts.get("sharedStrings", "xl/sharedstrings.xml")))
        self.shapes = shapes_of(package.parts.get(parts.get("styles", "xl/styles.xml")))
        settings = book.find(f"{space_of(book)}workbookPr")
        self.since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}

    def check(self, sheet: Sheet) -> None:
        """Raises `DamagedWorkbook` for a cell whose shared text is not there."""
        for stored in sheet.cells.values():
            if stored.type == "s":
                self._shared(stored.text)

    def at(self, sheet: Sheet, place: Place) -> CellValue:
        """What stands at a place of a sheet; `EMPTY` itself where there is nothing."""
        stored = sheet.cells.get(place)
        if stored is None:
            return EMPTY
        value = self._value(stored)
        if stored.is_formula or place in sheet.spilled:
            return CellValue(CellKind.FORMULA, value.text, value.number, value.kind, value.day, value.is_percent)
        return value

    def _value(self, stored: Stored) -> CellValue:
        match stored.type:
            case "n":
                return self._number(stored)
            case "s":
                return _text(self._shared(stored.text))
            case "str" | "inlineStr":
                return _text(plain_text(stored.text))
            case "b":
                word = "TRUE" if stored.text.strip() in {"1", "true"} else "FALSE"
                return CellValue(CellKind.BOOLEAN, word, shows=CellKind.BOOLEAN)
            case "d":
                return _iso_day(stored.text.strip())
        return CellValue(CellKind.ERROR, stored.text.strip(), shows=CellKind.ERROR)

    def _shared(self, number: str) -> str:
        number = number.strip()
        if not number.isdecimal() or len(number) > 7 or int(number) >= len(self.texts):
            raise DamagedWorkbook
        return self.texts[int(number)]

    def _number(self, stored: Stored) -> CellValue:
        if not stored.text.strip():
            return EMPTY
        number = exact_number(stored.text.strip())
        if number is None:
            return CellValue(CellKind.ERROR, stored.text.strip(), shows=CellKind.ERROR)
        shape = self.shapes[stored.style] if stored.style < len(self.shapes) else Shape.PLAIN
        if shape is Shape.DAY and (found := day_of(number, since_1904=self.since_1904)):
            day, text = found
            return CellValue(CellKind.DATE, text, number, CellKind.DATE, day)
        return CellValue(CellKind.NUMBER, f"{number:f}", number, CellKind.NUMBER, is_percent=shape is Shape.PERCENT)


def _text(text: str) -> CellValue:
    return CellValue(CellKind.TEXT, text, shows=CellKind.TEXT) if text else EMPTY


def _iso_day(stored: str) -> CellValue:
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return CellValue(CellKind.ERROR, stored, shows=CellKind.ERROR)
    text = moment.date().isoformat() if moment.time() == time() else f"{moment:%Y-%m-%dT%H:%M}"
    return CellValue(CellKind.DATE, text, shows=CellKind.DATE, day=moment.date())
