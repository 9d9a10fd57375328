"""Drafts a reform from what the law allots before and after a day, for one province of this instance.

Bodies that the law no longer knows, or whose ground is no more, end; bodies that it newly knows, or whose ground is new,
are founded; each ending one passes its work on by field. What a law does not say is marked as assumed.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from diaban.foundation.mandates.allocation import Body, bodies_on
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.reforms.plan import Ending, Founding, Move, Passing, Plan
from diaban.foundation.territory.models import Level, Unit, UnitVersion
from diaban.foundation.territory.queries import ancestors_of, descendants, links_from, versions_of

DATA = Path(__file__).parent / "data" / "successions.csv"
ENTERPRISE = "enterprise"


Places = Mapping[tuple[str, int], int | str]  # (body, unit) → an organisation, or the key of one the plan founds


class NothingToReform(Exception):
    """Neither the law's allocation nor the ground changes on that day."""


@dataclass(frozen=True)
class Rule:
    """Who takes over from a body that the law ends, in a field or (blank) in all."""

    body: str
    field_code: str
    successor: str
    basis: str
    assumed: bool


@cache
def rules_on(on: date) -> tuple[Rule, ...]:
    """The successions of bodies by law on a day."""
    with DATA.open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if date.fromisoformat(row["from_on"]) == on]
    return tuple(
        Rule(row["body"], row["field"], row["successor"], row["basis"], row["assumed"] == "yes") for row in rows
    )


def draft_from_law(*, province_unit_id: int, on: date, basis: str) -> Plan:
    """The reform that the law brings to a province on a day. Raises `NothingToReform`."""
    plan = _Drafting(province_unit_id, on, basis).plan()
    if not (plan.founded or plan.ended or plan.moved):
        raise NothingToReform(
            _("Ngày %(on)s không có thay đổi nào về cơ quan hoặc địa bàn.") % {"on": f"{on:%d/%m/%Y}"}
        )
    return plan


def draft_founding(*, province_unit_id: int, on: date, basis: str) -> Plan:
    """Every body that the law of a day knows in a province, on ground that has none yet: how an instance begins.

    Enterprises are left out: which ones work there is for the office to say.
    """
    return _Drafting(province_unit_id, on, basis, from_nothing=True).plan()


class _Drafting:
    def __init__(self, province_unit_id: int, on: date, basis: str, *, from_nothing: bool = False) -> None:
        self.on, self.basis, self.from_nothing = on, basis, from_nothing
        self.eve = on - timedelta(days=1)
        self.before_id = province_unit_id
        self.heirs = {} if from_nothing else _heirs_of(province_unit_id, self.eve, on)
        self.after_id = self.heirs.get(province_unit_id, province_unit_id)
        self.law_before, self.law_after = {} if from_nothing else bodies_on(self.eve), bodies_on(on)
        self.standing = list(_organisations(province_unit_id, self.on if from_nothing else self.eve))
        self.units = self._units_after()
        self.stays, self.ends = self._sort()
        self.seats = {(v.organisation.body, v.unit_id): v.organisation_id for v in self.stays if v.organisation.body}
        grounds = [unit_id for units in self.units.values() for unit_id in units]
        self.above = ancestors_of(grounds, on)

    def plan(self) -> Plan:
        founded = list(self._found())
        keys = {(row.body, row.unit_id): row.key for row in founded}
        places: Places = {**keys, **self.seats}
        founded = [self._under(row, places) for row in founded]
        return Plan(
            on=self.on,
            before_id=self.before_id,
            after_id=self.after_id,
            basis=self.basis,
            founded=tuple(founded),
            moved=tuple(self._moves(places)),
            passed=tuple(self._passings(places)),
            ended=tuple(Ending(version.organisation_id, version.name) for version in self.ends),
        )

    def _units_after(self) -> dict[str, dict[int, UnitVersion]]:
        inside: dict[str, dict[int, UnitVersion]] = defaultdict(dict)
        for version in descendants(self.after_id, self.on):
            inside[version.unit.level][version.unit_id] = version
        inside[Level.PROVINCE] |= versions_of([self.after_id], self.on)
        inside[Level.COUNTRY] |= {
            row.unit_id: row for row in ancestors_of([self.after_id], self.on).get(self.after_id, [])
        }
        return inside

    def _sort(self) -> tuple[list[OrganisationVersion], list[OrganisationVersion]]:
        stays: list[OrganisationVersion] = []
        ends: list[OrganisationVersion] = []
        for version in self.standing:
            body = self.law_after.get(version.organisation.body)
            is_known = body is not None and version.unit_id in self.units[body.level]
            is_ours = version.organisation.body != "" and version.kind != ENTERPRISE
            (ends if is_ours and not is_known else stays).append(version)
        return stays, ends

    def _found(self) -> Iterator[Founding]:
        """Bodies of the new law on grounds that have none: of kinds this instance kept before, or that are new by law."""
        kept = {version.organisation.body for version in self.standing} | (
            self.law_after.keys() - self.law_before.keys()
        )
        for code, body in self.law_after.items():
            if code not in kept or body.kind == ENTERPRISE or body.level == Level.COUNTRY:
                continue
            for unit_id, unit in self.units[body.level].items():
                if (code, unit_id) not in self.seats:
                    name = body.name.format_map({body.level: _lower_first(unit.full_name)})
                    yield Founding(f"{code}@{unit.code}", code, name, body.short, body.kind, unit_id)

    def _under(self, row: Founding, places: Places) -> Founding:
        body = self.law_after[row.body]
        parent, guide = (
            self._superior(body.parent, row.unit_id, places),
            self._superior(body.guided_by, row.unit_id, places),
        )
        return Founding(row.key, row.body, row.name, row.short, row.kind, row.unit_id, parent, guide)

    def _superior(self, code: str, unit_id: int, places: Places) -> int | str | None:
        """The body of that code on the unit's own ground, or on a ground around it."""
        above = [version.unit_id for version in self.above.get(unit_id, [])]
        return next((places[code, ground] for ground in (unit_id, *above) if (code, ground) in places), None)

    def _moves(self, places: Places) -> Iterator[Move]:
        """Bodies that go on under another superior."""
        for version in self.stays:
            body = self.law_after.get(version.organisation.body)
            if body is None or version.kind == ENTERPRISE:
                continue
            parent = self._superior(body.parent, version.unit_id, places)
            guide = self._superior(body.guided_by, version.unit_id, places)
            if (parent is not None and parent != version.parent_id) or (
                guide is not None and guide != version.guided_by_id
            ):
                yield Move(
                    version.organisation_id, version.name, parent or version.parent_id, guide or version.guided_by_id
                )

    def _passings(self, places: Places) -> Iterator[Passing]:
        by_body: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules_on(self.on):
            by_body[rule.body].append(rule)
        for version in self.ends:
            code = version.organisation.body
            same = Rule(code, "", code, self.basis, assumed=False)
            rules = [same] if code in self.law_after else by_body.get(code, [])
            for rule in rules:
                successor = self._heir(version, rule.successor, places)
                if successor is not None and successor != version.organisation_id:
                    yield Passing(
                        version.organisation_id, version.name, rule.field_code, successor, rule.basis, rule.assumed
                    )

    def _heir(self, version: OrganisationVersion, code: str, places: Places) -> int | str | None:
        body: Body | None = self.law_after.get(code)
        if body is None:
            return None
        if body.level == Level.PROVINCE:
            return places.get((code, self.after_id))
        return places.get((code, self.heirs.get(version.unit_id, version.unit_id)))


def _organisations(province_unit_id: int, on: date) -> Iterator[OrganisationVersion]:
    """Everything seated in the province on a day, in the order it was founded."""
    inside = [province_unit_id, *(version.unit_id for version in descendants(province_unit_id, on))]
    rows = OrganisationVersion.objects.on(on).filter(unit_id__in=inside).select_related("organisation")
    yield from rows.order_by("organisation_id")


def _heirs_of(province_unit_id: int, eve: date, on: date) -> dict[int, int]:
    """For each unit that ends: the unit that has most of it afterwards (of a district: of its communes), ties by id."""
    below = descendants(province_unit_id, eve)
    communes = [version.unit_id for version in below if version.unit.level == Level.COMMUNE]
    links = links_from(communes, on)
    heirs: dict[int, int] = {}
    for unit_id in communes:
        if links.get(unit_id):
            heirs[unit_id] = max(links[unit_id], key=lambda share: (share.share, -share.unit_id)).unit_id
    above_before = ancestors_of(communes, eve)
    above_after = ancestors_of(set(heirs.values()) | set(communes), on)
    for unit_id, votes in _votes(communes, heirs, above_before, above_after).items():
        heirs[unit_id] = max(votes, key=lambda heir: (votes[heir], -heir))
    return {unit_id: heir for unit_id, heir in heirs.items() if unit_id != heir}


def _votes(
    communes: list[int],
    heirs: dict[int, int],
    above_before: dict[int, list[UnitVersion]],
    above_after: dict[int, list[UnitVersion]],
) -> dict[int, Counter[int]]:
    """Where the communes of each district and province went: of a district to communes, of a province to provinces."""
    around = {
        version.unit_id for above in (above_before, above_after) for versions in above.values() for version in versions
    }
    levels = dict(Unit.objects.filter(pk__in=around).values_list("pk", "level"))
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for commune in communes:
        heir = heirs.get(commune, commune)
        provinces = [
            version.unit_id for version in above_after.get(heir, []) if levels[version.unit_id] == Level.PROVINCE
        ]
        for version in above_before.get(commune, []):
            if levels[version.unit_id] == Level.DISTRICT:
                votes[version.unit_id][heir] += 1
            elif levels[version.unit_id] == Level.PROVINCE and provinces:
                votes[version.unit_id][provinces[0]] += 1
    return votes


def _lower_first(name: str) -> str:
    """ "Tỉnh Hà Giang" inside a body's name is "tỉnh Hà Giang"."""
    return name[:1].lower() + name[1:]
