"""What somebody put into cells, and what a draft holds after it. Pure: nothing typed is lost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from diaban.foundation.facts.rules.typed import SIGNS, plain
from diaban.lib.vietnamese import BadNumber, parse_number
from diaban.work.reporting.cells import ESTIMATED, NOTE, REASON, Cell, Kind, Lock
from diaban.work.reporting.validation import REASONS

V = TypeVar("V")
WHOLE = frozenset({""})  # the name under which a doubt about the whole report is explained
TRUE = frozenset({"1", "x", "on", "true", "có"})


@dataclass(frozen=True, slots=True)
class Filling:
    """What was put in, by cell name; None or blank clears a cell. Only the cells named are touched.

    `values` are texts as typed ("1.923", "92,5", "-") or decimals; a tick is "1", "" where its list was looked through and it
    is not ticked, None where the list was left alone. `texts` are words or lists of rows.
    `estimated` and `confirmed` map a cell to whether it is. `objections` map a supplied cell to what is wrong with it.
    """

    values: Mapping[str, str | Decimal | int | None] = field(default_factory=dict)
    reasons: Mapping[str, str | None] = field(default_factory=dict)
    explanations: Mapping[str, str | None] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    estimated: Mapping[str, bool] = field(default_factory=dict)
    confirmed: Mapping[str, bool] = field(default_factory=dict)
    objections: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """The contents of a draft after a filling, and the names that were left out (unknown, computed, supplied)."""

    contents: dict[str, Any]
    ignored: tuple[str, ...]


def filled(
    contents: Mapping[str, Any], cells: Collection[Cell], filling: Filling, *, supplied: Collection[str] = ()
) -> Filled:
    """A draft's contents with a filling put in. Cells that `supplied` names have their figure from others."""
    known = {cell.name: cell for cell in cells}
    work = _Work(
        known=known,
        supplied=frozenset(supplied),
        values=dict(contents["values"]),
        unread=dict(contents["unread"]),
        reasons=dict(contents["reasons"]),
    )
    for name, typed in filling.values.items():
        work.put_value(name, typed)
    for name, reason in filling.reasons.items():
        work.put_reason(name.removeprefix(REASON), reason)
    explanations = {name.removeprefix(NOTE): text for name, text in filling.explanations.items()}
    estimated = {name.removeprefix(ESTIMATED): on for name, on in filling.estimated.items()}
    return Filled(
        contents={
            "values": work.values,
            "unread": work.unread,
            "reasons": work.reasons,
            "explanations": _merged(contents["explanations"], work.of_cells(explanations, also=WHOLE)),
            "texts": _merged(contents["texts"], work.of_cells(filling.texts)),
            "estimated": _marked(contents["estimated"], work.of_cells(estimated)),
            "confirmed": _marked(contents["confirmed"], work.of_cells(filling.confirmed)),
            "objections": _merged(contents["objections"], work.of_cells(filling.objections)),
        },
        ignored=tuple(dict.fromkeys(work.ignored)),
    )


@dataclass(slots=True)
class _Work:
    known: Mapping[str, Cell]
    supplied: frozenset[str]
    values: dict[str, str]
    unread: dict[str, str]
    reasons: dict[str, str]
    ignored: list[str] = field(default_factory=list)

    def of_cells(self, given: Mapping[str, V], *, also: frozenset[str] = frozenset()) -> dict[str, V]:
        """What is said of cells that there are; the other names are ignored."""
        self.ignored += [name for name in given if name not in self.known and name not in also]
        return {name: what for name, what in given.items() if name in self.known or name in also}

    def put_value(self, name: str, typed: str | Decimal | int | None) -> None:
        cell = self.known.get(name)
        if cell is None or cell.kind not in {Kind.NUMBER, Kind.TICK} or not cell.is_typed or name in self.supplied:
            self.ignored.append(name)
            return
        text = format(typed, "f") if isinstance(typed, Decimal) else str("" if typed is None else typed).strip()
        for contents in (self.values, self.unread, self.reasons):
            contents.pop(name, None)
        if cell.kind is Kind.TICK:
            if typed is not None:
                self.values[name] = "1" if text.lower() in TRUE else "0"
        elif text.lower() in SIGNS:
            self.put_reason(name, SIGNS[text.lower()])
        elif text:
            self._put_number(cell, typed if isinstance(typed, Decimal | int) else text)

    def _put_number(self, cell: Cell, typed: str | Decimal | int) -> None:
        try:
            value = parse_number(typed, integer=cell.is_whole) if isinstance(typed, str) else Decimal(typed)
        except BadNumber:
            self.unread[cell.name] = str(typed)[:60]
            return
        self.values[cell.name] = plain(value)

    def put_reason(self, name: str, reason: str | None) -> None:
        """A reason takes the place of a value; "không phát sinh" is a value, zero."""
        cell = self.known.get(name)
        if cell is None or not cell.indicator or (reason and reason not in REASONS):
            self.ignored.append(name)
            return
        self.reasons.pop(name, None)
        if not reason:
            return
        self.reasons[name] = reason
        if cell.is_typed:
            self.unread.pop(name, None)
            self.values.pop(name, None)
            if reason == "none_occurred":
                self.values[name] = "0"


def _merged(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**before, **after}
    return {name: value for name, value in merged.items() if value not in (None, "", [])}


def _marked(before: Sequence[str], after: Mapping[str, bool]) -> list[str]:
    return sorted(
        (set(before) - {name for name, on in after.items() if not on}) | {name for name, on in after.items() if on}
    )


def confirmations(
    cells: Collection[Cell], previous: Mapping[str, Decimal], names: Collection[str]
) -> dict[str, Decimal]:
    """ "Giữ nguyên": last period's figures of the named stocks, to be put in as this period's."""
    kept = {cell.name for cell in cells if cell.prefill_last and cell.is_typed and cell.lock is Lock.OPEN}
    return {name: previous[name] for name in names if name in kept and name in previous}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The cells of which two contents of a draft say different things."""
    found: set[str] = set()
    for part, old in before.items():
        new = after[part]
        if isinstance(old, Mapping):
            found |= {name for name in {*old, *new} if old.get(name) != new.get(name)}
        else:
            found |= set(old) ^ set(new)
    return found


def merged(before: Mapping[str, Any], after: Mapping[str, Any], *, theirs: Collection[str]) -> dict[str, Any]:
    """The contents of `after`, but for the cells `theirs` those of `before`."""
    return {
        part: {
            **{name: value for name, value in new.items() if name not in theirs},
            **{name: value for name, value in before[part].items() if name in theirs},
        }
        if isinstance(new, Mapping)
        else sorted((set(new) - set(theirs)) | (set(before[part]) & set(theirs)))
        for part, new in after.items()
    }
