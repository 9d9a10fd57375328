"""The sentences of a consolidated report, section by section, and which figures a stock sentence would speak of."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaban.work.reporting import wording
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.papers import said_of, setting_of
from diaban.work.reporting.phrases import Phrases
from diaban.work.reporting.sight import BASE_FIELD

MOST_EXAMPLES = 5
MARK = "\x00"  # in no name and no number


@dataclass(frozen=True)
class Told:
    """A section's sentences; `without` are indicators that have no value, each with the reason."""

    title: str
    sentences: tuple[str, ...]
    without: tuple[str, ...]


def told(one: Consolidated, phrases: Phrases) -> list[Told]:
    """What the report says of the figures; background figures are not told of."""
    setting, found = setting_of(one), []
    for table in one.tables:
        if table.block.field_code == BASE_FIELD:
            continue
        said = [said_of(entry) for entry in table.totals]
        lines = (wording.sentence(each, setting, phrases) for each in said)
        without = (wording.why_none(each) for each in said if each.value is None and each.least is None and each.reason)
        found.append(Told(table.block.title, tuple(filter(None, lines)), tuple(without)))
    return found


def examples(one: Consolidated, phrases: Phrases, key: str) -> list[str]:
    """The first sentences on those figures in which the stock sentence stands."""
    setting, marked = setting_of(one), phrases.replaced(key, MARK)
    found: list[str] = []
    for said in _all_said(one):
        if len(found) < MOST_EXAMPLES and MARK in wording.sentence(said, setting, marked):
            found.append(wording.sentence(said, setting, phrases))
    return found


def _all_said(one: Consolidated) -> Iterator[wording.Said]:
    for table in one.tables:
        yield from (said_of(entry) for entry in table.totals)
