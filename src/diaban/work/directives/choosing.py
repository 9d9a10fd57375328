"""Whom an office may turn to: bodies on its ground by what they are, and the modes open towards each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.organisations.lines import lines_of
from diaban.foundation.organisations.models import Kind, OrganisationVersion
from diaban.foundation.organisations.queries import versions_of
from diaban.foundation.territory.models import Containment, Level
from diaban.foundation.territory.queries import old_districts
from diaban.work.directives.permissions import enforces
from diaban.work.directives.rules import Line, Mode, modes_allowed

OFFICES = frozenset({
    Kind.DEPARTMENT.value, Kind.INSPECTORATE.value, Kind.PUBLIC_SERVICE_UNIT.value, Kind.ARMED_FORCE.value,
    Kind.CENTRAL_AGENCY.value, Kind.PRESS_AGENCY.value, Kind.ASSOCIATION.value,
})  # fmt: skip
# What the page offers, in order: (code, label, kinds, level of the seat).
AUDIENCES: tuple[tuple[str, str, frozenset[str], str], ...] = (
    ("commune", "Ủy ban nhân dân xã, phường, thị trấn", frozenset({Kind.PEOPLE_COMMITTEE.value}), Level.COMMUNE),
    ("district", "Ủy ban nhân dân huyện, thành phố", frozenset({Kind.PEOPLE_COMMITTEE.value}), Level.DISTRICT),
    ("district_office", "Phòng chuyên môn cấp huyện", frozenset({Kind.DISTRICT_OFFICE.value}), Level.DISTRICT),
    ("commune_office", "Phòng chuyên môn cấp xã", frozenset({Kind.COMMUNE_OFFICE.value}), Level.COMMUNE),
    ("department", "Sở, ban, ngành, đơn vị cấp tỉnh", OFFICES, Level.PROVINCE),
    ("local", "Đơn vị khác ở huyện, xã", OFFICES, "local"),
    ("own", "Phòng, đơn vị thuộc cơ quan", frozenset({Kind.OFFICE.value}), ""),
    ("enterprise", "Doanh nghiệp", frozenset({Kind.ENTERPRISE.value}), ""),
    (
        "above",
        "Ủy ban nhân dân tỉnh, Hội đồng nhân dân, Ban Chỉ đạo",
        frozenset({
            Kind.PEOPLE_COMMITTEE.value, Kind.PEOPLES_COUNCIL.value, Kind.STEERING_COMMITTEE.value, Kind.MINISTRY.value,
        }),
        Level.PROVINCE,
    ),
    ("party", "Cấp ủy, cơ quan Đảng (đề nghị, báo cáo; không đặt hạn)", frozenset({Kind.PARTY_BODY.value}), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be turned to, and by which modes."""

    organisation_id: int
    uid: str
    unit_id: int
    name: str
    kind: str
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates of one old district; no name: all of them."""

    name: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    code: str
    label: str
    groups: tuple[Group, ...]

    @property
    def key(self) -> str:
        """How a form names all of the audience."""
        return f"{self.code}:*"

    def key_of(self, group: Group) -> str:
        """How a form names all of a group."""
        return f"{self.code}:{group.name}"

    @property
    def number(self) -> int:
        return sum(len(group.candidates) for group in self.groups)


def modes_towards(
    issuer_id: int, receivers: Collection[OrganisationVersion], field_code: str, on: date, actor: Actor
) -> dict[int, tuple[Mode, ...]]:
    """The modes open to an issuer towards each receiver, as they all are that day. Four queries, whatever their number.

    The mandate that an enterprise is bound under is that of the actor's office, which enforces the field or drafts for
    its superior.
    """
    issuer = versions_of([issuer_id], on)[issuer_id]
    ids = {one.organisation_id for one in receivers}
    lines = lines_of([issuer_id, *ids], on)
    above = {step.organisation_id for step in lines.get(issuer_id, [])[1:]}
    places = {one.unit_id for one in receivers}
    if isinstance(actor, PositionActor):
        actor.foresee(places)
    enforced = {unit: enforces(actor, field_code, unit) for unit in places}
    found = {}
    for one in receivers:
        superiors = {step.organisation_id for step in lines.get(one.organisation_id, [])[1:]}
        line = Line.BELOW if issuer_id in superiors else Line.ABOVE if one.organisation_id in above else Line.NONE
        found[one.organisation_id] = modes_allowed(
            issuer_kind=issuer.kind,
            receiver_kind=one.kind,
            line=line,
            guidance=one.guided_by_id == issuer_id,
            has_mandate=enforced[one.unit_id],
        )
    return found


def modes_for_all(found: Iterable[Sequence[Mode]]) -> tuple[Mode, ...]:
    """The modes open towards every one of several receivers, in the order of the whole list; all of them for none."""
    every = [set(modes) for modes in found]
    return tuple(mode for mode in Mode if all(mode in modes for modes in every))


def audiences(issuer_id: int, ground_id: int, field_code: str, on: date, actor: Actor) -> list[Audience]:
    """Everybody whom the issuer may turn to on the ground that day, itself left out; about eight queries."""
    within = Containment.objects.filter(ancestor=ground_id, valid__contains=on).values("descendant")
    line = [step.organisation_id for step in lines_of([issuer_id], on).get(issuer_id, [])]
    versions = list(
        OrganisationVersion.objects.on(on)
        .filter(unit__in=within)
        .exclude(organisation_id=issuer_id)
        .select_related("organisation", "unit")
        .in_order()
    )
    known = {one.organisation_id for one in versions}
    versions += list(versions_of(set(line[1:]) - known, on).values())
    modes = modes_towards(issuer_id, versions, field_code, on, actor)
    places = _old_places(ground_id, on)
    found = []
    for code, label, kinds, level in AUDIENCES:
        inside = [
            one
            for one in versions
            if one.kind in kinds
            and modes[one.organisation_id]
            and _is_at(one.unit.level, level)
            and (code != "own" or one.parent_id == issuer_id)
        ]
        if inside:
            found.append(Audience(code, label, _grouped(inside, modes, places if level == Level.COMMUNE else {})))
    return found


def open_to(everybody: Iterable[Audience], mode: Mode, there: Collection[int]) -> list[Audience]:
    """Those that something may be said to in a mode, without who has it already."""
    found = []
    for audience in everybody:
        groups = [
            Group(
                group.name,
                tuple(one for one in group.candidates if mode in one.modes and one.organisation_id not in there),
            )
            for group in audience.groups
        ]
        if left := tuple(group for group in groups if group.candidates):
            found.append(Audience(audience.code, audience.label, left))
    return found


def chosen_among(everybody: Iterable[Audience], uids: Collection[str], wholes: Collection[str]) -> list[Candidate]:
    """Who is ticked alone, with the group or with the whole audience, in the order that they are listed."""
    return [
        one
        for audience in everybody
        for group in audience.groups
        for one in group.candidates
        if one.uid in uids or audience.key in wholes or audience.key_of(group) in wholes
    ]


def _is_at(seat: str, level: str) -> bool:
    return not level or seat == level or (level == "local" and seat != Level.PROVINCE)


def _old_places(ground_id: int, on: date) -> dict[int, str]:
    """By commune, the old district that people speak of."""
    return {
        commune.unit_id: group.district.name if group.district else ""
        for group in old_districts(ground_id, on)
        for commune in group.communes
    }


def _grouped(
    versions: Sequence[OrganisationVersion], modes: dict[int, tuple[Mode, ...]], places: dict[int, str]
) -> tuple[Group, ...]:
    groups: dict[str, list[Candidate]] = {name: [] for name in dict.fromkeys(places.values())}
    for one in versions:
        candidate = Candidate(
            one.organisation_id,
            str(one.organisation.uid),
            one.unit_id,
            one.name,
            one.kind,
            modes[one.organisation_id],
        )
        groups.setdefault(places.get(one.unit_id, ""), []).append(candidate)
    return tuple(Group(name, tuple(inside)) for name, inside in groups.items() if inside)
