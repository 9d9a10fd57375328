"""The sheets of an XLSForm: rows by heading, the language that is read, lists of choices, types in one spelling."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diaban.lib.vietnamese import fold
from diaban.lib.workbooks import CellKind, CellValue, Workbook
from diaban.work.reporting.designing.records import cleaned

Row = Mapping[str, str]
VIETNAMESE = ("vietnamese", "tieng viet", "vi", "viet nam", "viet")
ALIASES = {
    "list name": "list_name", "relevance": "relevant", "caption": "label", "readonly": "read_only", "calculate": "calculation",
    "bind::relevant": "relevant", "bind::constraint": "constraint", "bind::required": "required", "bind::calculate": "calculation",
}  # fmt: skip
TYPE = re.compile(
    r"(select[_ ]one[_ ]from[_ ]file|select[_ ]multiple[_ ]from[_ ]file|select[_ ]one|select[_ ]multiple|rank"
    r"|begin[_ ]group|begin[_ ]repeat|end[_ ]group|end[_ ]repeat)\b\s*(.*)"
)


@dataclass(frozen=True)
class Sheet:
    heads: Mapping[str, int]
    rows: Sequence[tuple[int, Row]]


def rows_of(book: Workbook, name: str) -> Sheet:
    """A sheet's rows by heading, with their numbers; the first row with anything in it is the head."""
    cells = book.sheet_rows(name)
    top = next((place for place, line in enumerate(cells) if any(cell.text.strip() for cell in line)), None)
    if top is None:
        return Sheet({}, [])
    heads: dict[str, int] = {}
    for place, cell in enumerate(cells[top]):
        head = _heading(cell.text)
        if head:
            heads.setdefault(head, place)
    rows = [
        (number, {head: _text(line[place]) for head, place in heads.items()})
        for number, line in enumerate(cells[top + 1 :], top + 2)
    ]
    return Sheet(heads, [(number, row) for number, row in rows if any(row.values())])


def _heading(text: str) -> str:
    name = "::".join(part.strip() for part in re.split(r"::?", cleaned(text).lower(), maxsplit=1))
    return ALIASES.get(name, name)


def _text(cell: CellValue) -> str:
    return "" if cell.kind is CellKind.ERROR else cleaned(cell.text)


def language_of(heads: Mapping[str, int], settings: Row) -> str:
    """Which of the translated labels is read: Vietnamese, then the form's own, then plain `label`, then any."""
    labels = [head.partition("::")[2] for head in heads if head.startswith("label::")]
    for language in labels:
        if _is_vietnamese(language):
            return language
    own = settings.get("default_language", "").lower()
    if own in labels:
        return own
    return "" if "label" in heads or not labels else labels[0]


def _is_vietnamese(language: str) -> bool:
    return fold(language).split("(")[0].strip() in VIETNAMESE or "(vi)" in fold(language)


def lists_of(choices: Sequence[tuple[int, Row]]) -> dict[str, list[tuple[str, str]]]:
    """By list, (name, label) of its choices."""
    found: dict[str, list[tuple[str, str]]] = {}
    for _number, row in choices:
        labels = [text for head, text in row.items() if head.startswith("label") and text]
        vietnamese = [
            text
            for head, text in row.items()
            if head.startswith("label::") and _is_vietnamese(head.removeprefix("label::")) and text
        ]
        name = row.get("name", "") or row.get("value", "")
        found.setdefault(row.get("list_name", ""), []).append((name, (vietnamese or labels or [name])[0]))
    return found


def kind_of(text: str) -> tuple[str, str]:
    """The type in one spelling, and the list or name behind it."""
    found = TYPE.fullmatch(text.strip().lower())
    if found is None:
        return text.strip().lower(), ""
    rest = text.strip()[found.start(2) :].strip()
    return found[1].replace(" ", "_"), rest.partition(" ")[0]
