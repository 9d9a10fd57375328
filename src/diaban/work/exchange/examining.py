"""What taking a file in would do, figure by figure, and why a figure is refused. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.bounds import within
from diaban.foundation.facts.catalogue import Cells, read_catalogue
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.permissions import allowed_over
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.foundation.facts.standing import Difference, differences
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.vietnamese import BadNumber, format_date
from diaban.work.exchange.permissions import IMPORT
from diaban.work.exchange.reading import Line, Lines

CODE_LENGTHS = (2, 3, 5)  # of provinces, districts, communes: spreadsheets drop the zeros in front


class Verdict(StrEnum):
    """What becomes of a line."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """A line and what becomes of it: with the sentence why it is refused, or with its fact and what that changes."""

    line: Line
    verdict: Verdict
    why: str = ""
    fact: NewFact | None = None
    difference: Difference | None = None


@dataclass(frozen=True)
class Dry:
    """A file examined. It is taken in whole or not at all."""

    outcomes: tuple[Outcome, ...]
    strange: tuple[str, ...] = ()

    def of(self, verdict: Verdict) -> list[Outcome]:
        return [one for one in self.outcomes if one.verdict is verdict]

    @cached_property
    def refused(self) -> list[Outcome]:
        return self.of(Verdict.REFUSED)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines of each verdict."""
        return {verdict.value: len(self.of(verdict)) for verdict in Verdict}

    @cached_property
    def to_take(self) -> list[NewFact]:
        return [one.difference.fact for one in self.outcomes if one.difference is not None]


class _Refused(ValueError):
    """Why a line is no fact."""


def examine(read: Lines, collection_code: str, actor: Actor) -> Dry:
    """Each line by itself, then against the others, the actor's mandates and what stands. Some fifteen queries, whatever
    the size."""
    run = _Run(read.lines, actor.today)
    found = [run.outcome(line) for line in read.lines]
    found = _only_permitted(found, run.indicators, actor)
    facts = [one.fact for one in found if one.fact is not None]
    changes = {id(one.fact): one for one in differences(collection_code, facts)}
    return Dry(tuple(_judged(one, changes) for one in found), read.strange)


def _judged(one: Outcome, changes: Mapping[int, Difference]) -> Outcome:
    if one.fact is None:
        return one
    difference = changes.get(id(one.fact))
    if difference is None:
        return Outcome(one.line, Verdict.SAME, fact=one.fact)
    verdict = Verdict.ADDED if difference.is_new else Verdict.CHANGED
    return Outcome(one.line, verdict, fact=one.fact, difference=difference)


def _only_permitted(found: Sequence[Outcome], indicators: Mapping[str, Indicator], actor: Actor) -> list[Outcome]:
    """One query a field."""
    units: dict[str, set[int]] = defaultdict(set)
    for one in found:
        if one.fact is not None:
            units[indicators[one.fact.indicator].field_code].add(one.fact.unit_id)
    allowed = {code: allowed_over(actor, IMPORT, ids, code) for code, ids in units.items()}
    said = _("Chỉ tiêu hoặc đơn vị này ngoài lĩnh vực, địa bàn vị trí đang làm việc được nhập.")
    return [
        one
        if one.fact is None or one.fact.unit_id in allowed[indicators[one.fact.indicator].field_code]
        else Outcome(one.line, Verdict.REFUSED, said)
        for one in found
    ]


@dataclass
class _Run:
    lines: Sequence[Line]
    today: date
    seen: dict[tuple[object, ...], str] = field(default_factory=dict)
    shared: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.indicators = Indicator.objects.in_bulk({line.indicator for line in self.lines}, field_name="code")
        self.cells = Cells(read_catalogue(self.indicators))
        self.units = _units(line.unit for line in self.lines)
        self.bodies = _bodies({line.contributor for line in self.lines if line.contributor})

    def outcome(self, line: Line) -> Outcome:
        try:
            return Outcome(line, Verdict.SAME, fact=self._fact(line))
        except (_Refused, BadNumber) as why:
            return Outcome(line, Verdict.REFUSED, str(why))

    def _fact(self, line: Line) -> NewFact:
        if line.fault or line.period is None:
            raise _Refused(line.fault)
        if line.period.start > self.today:
            raise _Refused(_("%(period)s chưa bắt đầu.") % {"period": line.period.label()})
        indicator = self._indicator(line)
        category = self._category(line, line.period.last_day)
        value, reason = _figure(line, indicator)
        fact = NewFact(
            indicator=indicator.code,
            unit_id=self._unit(line, line.period.last_day).unit_id,
            period=line.period,
            value=value,
            category=category,
            reason=reason,
            is_estimated=line.is_estimated,
            contributor_id=self._contributor(line),
        )
        self._once(line, fact)
        return fact

    def _indicator(self, line: Line) -> Indicator:
        found = self.indicators.get(line.indicator)
        if found is None:
            raise _Refused(_("Không có chỉ tiêu “%(code)s”.") % {"code": line.indicator})
        if found.over_units in DERIVED:
            raise _Refused(_("%(indicator)s được tính tự động; nhập các số dùng để tính.") % {"indicator": found})
        return found

    def _category(self, line: Line, day: date) -> str:
        cells = self.cells.of(line.indicator, day)
        if not cells and line.reason == "not_applicable" and not line.option:
            return ""  # what is said of an indicator before its time
        if not cells:
            raise _Refused(
                _("Chỉ tiêu %(code)s không dùng vào ngày %(day)s.") % {"code": line.indicator, "day": format_date(day)}
            )
        cell = f"{line.indicator}__{line.option}" if line.option else line.indicator
        if cell in cells:
            return cells[cell]
        if line.option in cells.values():
            return line.option
        raise _Refused(
            _("Chỉ tiêu %(code)s không có phân tổ “%(option)s” vào ngày %(day)s.")
            % {"code": line.indicator, "option": line.option, "day": format_date(day)}
        )

    def _unit(self, line: Line, day: date) -> UnitVersion:
        for code in _written(line.unit):
            for version in self.units.get(code, ()):
                if day in version.valid:
                    return version
        raise _Refused(
            _("Không có đơn vị mang mã “%(code)s” vào ngày %(day)s.") % {"code": line.unit, "day": format_date(day)}
        )

    def _contributor(self, line: Line) -> int | None:
        if line.contributor and line.contributor not in self.bodies:
            raise _Refused(_("Không có cơ quan cung cấp mang mã “%(code)s”.") % {"code": line.contributor})
        return self.bodies.get(line.contributor)

    def _once(self, line: Line, fact: NewFact) -> None:
        """Refuses a second figure of a cell, and a unit's own beside its contributors'."""
        cell = (fact.indicator, fact.unit_id, fact.period, fact.category)
        first = self.seen.setdefault((*cell, fact.contributor_id), line.place)
        if first != line.place:
            raise _Refused(_("Trùng với %(first)s: một đơn vị, một kỳ, một ô có hai số.") % {"first": first})
        if self.shared.setdefault(cell, fact.contributor_id is None) != (fact.contributor_id is None):
            raise _Refused(_("Cùng một ô vừa có số của đơn vị vừa có số của cơ quan cung cấp: chỉ ghi một loại."))


def _figure(line: Line, indicator: Indicator) -> tuple[Decimal | None, str]:
    """The value and the reason for none, as a fact has them."""
    if line.reason == "none_occurred":
        if line.value not in (None, Decimal(0)):
            raise _Refused(_("Ghi “Không phát sinh” thì giá trị là 0."))
        return Decimal(0), line.reason
    if line.value is None and not line.reason:
        raise _Refused(_("Không có giá trị, cũng không có lý do không có số."))
    if line.value is not None and line.reason:
        raise _Refused(_("Đã có giá trị thì không ghi lý do không có số."))
    return (None if line.value is None else within(indicator, line.value)), line.reason


def _written(code: str) -> list[str]:
    """The code, and what it may have been before a spreadsheet took it for a number."""
    longer = [code.zfill(length) for length in CODE_LENGTHS if len(code) < length] if code.isdecimal() else []
    return [code, *longer]


def _units(codes: Iterable[str]) -> dict[str, list[UnitVersion]]:
    """The versions that ever bore a code. One query."""
    wanted = {written for code in set(codes) for written in _written(code)}
    found: dict[str, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.filter(code__in=wanted):
        found[version.code].append(version)
    return dict(found)


def _bodies(codes: Iterable[str]) -> dict[str, int]:
    """Organisations by official code, or by `uid`. Two queries."""
    wanted = set(codes)
    found = dict(Organisation.objects.filter(code__in=wanted).exclude(code="").values_list("code", "pk"))
    uids = {uid: text for text in wanted - found.keys() if (uid := _uid(text)) is not None}
    return found | {
        uids[row.uid]: row.pk for row in (Organisation.objects.filter(uid__in=uids) if uids else ())
    }  # fmt: skip


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
