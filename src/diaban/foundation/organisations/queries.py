"""Who an organisation was on a day, what stood above it, who worked in it, and who took over its work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Case, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from diaban.foundation.accounts.channels import Contact
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.organisations.lines import bodies_of as bodies_of
from diaban.foundation.organisations.lines import lines_of, rooms_below, within_body
from diaban.foundation.organisations.models import (
    Holding,
    Organisation,
    OrganisationSuccession,
    OrganisationVersion,
    Person,
    Position,
)
from diaban.foundation.territory.models import Containment, Level, UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.vietnamese import fold

LONGEST_CHAIN = 20


class UnknownOrganisation(LookupError):
    """No organisation of that name or code on that day, or more than one. The message is in Vietnamese."""


@dataclass(frozen=True)
class Post:
    """A position and who holds it on the day asked for."""

    position: Position
    holdings: tuple[Holding, ...]


@dataclass(frozen=True)
class Passed:
    """A field (blank: all work) that passed from or to another organisation on a day."""

    organisation: Organisation
    name: str
    field_code: str
    on: date
    basis: str


@dataclass(frozen=True)
class About:
    """One organisation as its page shows it, on a day (or on its nearest one, where it did not exist then)."""

    versions: tuple[OrganisationVersion, ...]
    shown: OrganisationVersion
    line: tuple[OrganisationVersion, ...]
    guide: OrganisationVersion | None
    below: tuple[OrganisationVersion, ...]
    posts: tuple[Post, ...]
    passed_on: tuple[Passed, ...]
    taken_over: tuple[Passed, ...]


def about(organisation: Organisation, on: date) -> About:
    """Everything its page tells. Nine queries at most."""
    versions = tuple(organisation.versions.select_related("unit").order_by("valid"))
    shown = next((version for version in versions if version.holds_on(on)), versions[-1])
    day = on if shown.holds_on(on) else shown.last_day or on
    above = line_above(organisation.pk, day)[1:]
    named = versions_of([*above, *filter(None, [shown.guided_by_id])], day)
    below = OrganisationVersion.objects.on(day).filter(parent=organisation).select_related("organisation").in_order()
    outward = organisation.successions_out.select_related("successor").order_by("on", "field_code")
    inward = organisation.successions_in.select_related("predecessor").order_by("on", "field_code")
    names = names_of([*(row.successor_id for row in outward), *(row.predecessor_id for row in inward)], on)
    return About(
        versions=versions[::-1],
        shown=shown,
        line=tuple(named[one] for one in above if one in named),
        guide=named.get(shown.guided_by_id or 0),
        below=tuple(below),
        posts=tuple(positions_of(organisation.pk, day)),
        passed_on=tuple(
            Passed(row.successor, names[row.successor_id], row.field_code, row.on, row.basis) for row in outward
        ),
        taken_over=tuple(
            Passed(row.predecessor, names[row.predecessor_id], row.field_code, row.on, row.basis) for row in inward
        ),
    )


def contacts(people: QuerySet[Person], on: date, found: QuerySet[OrganisationVersion]) -> QuerySet[Holding]:
    """The holdings of the day of some people in some organisations, by organisation and role, each with its
    `organisation_name`."""
    version = OrganisationVersion.objects.on(on).filter(organisation=OuterRef("position__organisation"))
    order = Case(*(When(position__role=role.value, then=place) for place, role in enumerate(Role)), default=99)
    return (
        holdings_on(on)
        .filter(person__in=people, position__organisation__in=found.order_by().values("organisation"))
        .annotate(
            organisation_name=Subquery(version.values("name")[:1]),
            organisation_key=Subquery(version.values("sort_key")[:1]),
            role_order=order,
        )
        .order_by("organisation_key", "position__organisation", "role_order", "person__sort_key", "pk")
    )


def people_in(organisation_ids: Iterable[int], on: date) -> list[Person]:
    """Whoever holds a post in some organisations on that day, by given name. One query."""
    held = holdings_on(on).filter(position__organisation__in=set(organisation_ids))
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("sort_key", "pk"))


def unit_names(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """Full names of units on that day, or on the nearest one. One query."""
    return {key: version.full_name for key, version in nearest_versions(unit_ids, on).items()}


def places(visible: QuerySet[Organisation], on: date) -> list[UnitVersion]:
    """The units above the communes in which any of the organisations has its seat on that day, from above. One query."""
    seats = OrganisationVersion.objects.on(on).filter(organisation__in=visible).values("unit")
    around = Containment.objects.filter(descendant__in=seats, valid__contains=on).values("ancestor")
    wide = UnitVersion.objects.on(on).filter(unit__in=around).exclude(unit__level=Level.COMMUNE).select_related("unit")
    ranks = {level: rank for rank, level in enumerate(Level.values)}
    return sorted(wide, key=lambda version: (ranks[version.unit.level], version.sort_key))


def version_of(organisation_id: int, on: date) -> OrganisationVersion:
    """The version that held on that day. Raises `UnknownOrganisation` where the organisation did not exist then."""
    version = OrganisationVersion.objects.on(on).filter(organisation_id=organisation_id).first()
    if version is None:
        raise UnknownOrganisation(_("Ngày %(on)s không có cơ quan này.") % {"on": f"{on:%d/%m/%Y}"})
    return version


def versions_of(organisation_ids: Iterable[int], on: date) -> dict[int, OrganisationVersion]:
    """By organisation; those that did not exist that day are left out. One query."""
    wanted = set(organisation_ids)
    found = OrganisationVersion.objects.on(on).filter(organisation_id__in=wanted).select_related("organisation")
    return {version.organisation_id: version for version in found}


def names_of(organisation_ids: Iterable[int], on: date) -> dict[int, str]:
    """Names on that day; of what did not exist then, the name nearest before it, else the first after. One query."""
    names: dict[int, str] = {}
    rows = OrganisationVersion.objects.filter(organisation_id__in=set(organisation_ids)).order_by("valid")
    for organisation_id, name, begins_on in rows.values_list("organisation_id", "name", "valid__startswith"):
        if organisation_id not in names or begins_on is None or begins_on <= on:
            names[organisation_id] = name
    return names


def named_on(path: str, on: date) -> Coalesce:
    """As `names_of`, as a column beside each row: the name of the organisation whose id stands at `path`; None for none."""
    versions = OrganisationVersion.objects.filter(organisation=OuterRef(path))
    begun = versions.filter(Q(valid__startswith__lte=on) | Q(valid__startswith=None)).order_by("-valid")
    return Coalesce(Subquery(begun.values("name")[:1]), Subquery(versions.order_by("valid").values("name")[:1]))


def organisation_uids(organisation_ids: Iterable[int]) -> dict[int, str]:
    """How addresses name organisations. One query."""
    known = Organisation.objects.filter(pk__in=list(organisation_ids)).values_list("pk", "uid")
    return {pk: str(uid) for pk, uid in known}


def label_of(organisation: Organisation) -> str:
    """The newest name; one query unless the row comes from `Organisation.objects.named()`."""
    known = cast("str | None", getattr(organisation, "last_name", None))
    if known is not None:
        return known
    newest = organisation.versions.order_by("-valid").values_list("name", flat=True).first()
    return newest or str(organisation)


def line_above(organisation_id: int, on: date) -> list[int]:
    """The organisation and its superiors, nearest first; empty where it did not exist on that day."""
    return [step.organisation_id for step in lines_of([organisation_id], on).get(organisation_id, [])]


def line_in_body(organisation_id: int, on: date) -> list[int]:
    """The part of `line_above` within one legal body: a room, then the body whose name it works in (the last one)."""
    return [step.organisation_id for step in within_body(lines_of([organisation_id], on).get(organisation_id, []))]


def body_of(organisation_id: int, on: date) -> int:
    """The legal body an organisation works in: itself, or the one it is a room of. Raises `UnknownOrganisation`."""
    line = line_in_body(organisation_id, on)
    if not line:
        raise UnknownOrganisation(_("Ngày %(on)s không có cơ quan này.") % {"on": f"{on:%d/%m/%Y}"})
    return line[-1]


def body_name(organisation_id: int | None, on: date) -> str:
    """What the legal body is called that an organisation works in; blank for none."""
    if organisation_id is None:
        return ""
    body = body_of(organisation_id, on)
    return names_of([body], on).get(body, "")


def rooms_of(body_id: int, on: date) -> list[OrganisationVersion]:
    """The body itself, then the rooms that work in its name, in order. One query. Raises `UnknownOrganisation`."""
    found = list(OrganisationVersion.objects.on(on).filter(organisation_id__in=rooms_below([body_id], on)).in_order())
    if not found:
        raise UnknownOrganisation(_("Ngày %(on)s không có cơ quan này.") % {"on": f"{on:%d/%m/%Y}"})
    return sorted(found, key=lambda one: one.organisation_id != body_id)


def is_in_line_below(superior_id: int, inferior_id: int, on: date) -> bool:
    """Whether the first may give the second orders: it stands above it in the line (not by professional guidance)."""
    return superior_id in line_above(inferior_id, on)[1:]


def is_guided_by(guide_id: int, guided_id: int, on: date) -> bool:
    """Whether the first gives the second professional guidance, which is not an order."""
    guided = OrganisationVersion.objects.on(on).filter(organisation_id=guided_id, guided_by_id=guide_id)
    return guided.exists()


def successor_of(organisation_id: int, field_code: str, on: date, *, broader: Sequence[str] = ()) -> int | None:
    """Who has the organisation's work in a field on that day, following the chain; None where nobody took it over.

    `broader` are the fields that `field_code` is part of, nearest first. A succession of the field itself goes before
    one of a broader field, and that before one of all work.
    """
    return successors_of([organisation_id], field_code, on, broader=broader).get(organisation_id)


def successors_of(
    organisation_ids: Iterable[int], field_code: str, on: date, *, broader: Sequence[str] = ()
) -> dict[int, int]:
    """As `successor_of`, for many; those whose work nobody took over are left out. A query for each link of the longest chain."""
    preference = [field_code, *broader, ""]
    current = {one: (one, date.min) for one in organisation_ids}
    going = set(current)
    for _hop in range(LONGEST_CHAIN):
        links: dict[int, list[OrganisationSuccession]] = defaultdict(list)
        rows = OrganisationSuccession.objects.filter(field_code__in=preference, on__lte=on)
        for row in rows.filter(predecessor__in={current[one][0] for one in going}) if going else ():
            links[row.predecessor_id].append(row)
        for one in list(going):
            holder, since = current[one]
            ahead = [row for row in links[holder] if row.on >= since]
            step = min(ahead, key=lambda row: (preference.index(row.field_code), row.on), default=None)
            if step is None:
                going.discard(one)
            else:
                current[one] = step.successor_id, step.on
    return {one: holder for one, (holder, _since) in current.items() if holder != one}


def with_successors(organisation_ids: Iterable[int], on: date) -> set[int]:
    """The organisations and whoever took any of their work over up to that day. One query."""
    after: dict[int, set[int]] = defaultdict(set)
    rows = OrganisationSuccession.objects.filter(on__lte=on).values_list("predecessor_id", "successor_id")
    for predecessor_id, successor_id in rows:
        after[predecessor_id].add(successor_id)
    found = edge = set(organisation_ids)
    while edge:
        edge = {successor_id for one in edge for successor_id in after.get(one, ())} - found
        found = found | edge
    return found


def positions_of(organisation_id: int, on: date) -> list[Post]:
    """The positions of an organisation on that day with their holders, leaders first. Two queries."""
    return posts_of([organisation_id], on)


def posts_of(organisation_ids: Iterable[int], on: date) -> list[Post]:
    """As `positions_of`, for several organisations: by role, then title; holders with their account. Two queries."""
    order = {role.value: index for index, role in enumerate(Role)}
    held = holdings_on(on).select_related("person__account")
    positions = Position.objects.filter(organisation_id__in=set(organisation_ids), valid__contains=on).prefetch_related(
        Prefetch("holdings", held.order_by("person__sort_key"), to_attr="held_now")
    )
    posts = [Post(position, tuple(getattr(position, "held_now"))) for position in positions]  # noqa: B009 (set by prefetch)
    return sorted(posts, key=lambda post: (order[post.position.role], post.position.title, post.position.pk))


def holdings_on(on: date) -> QuerySet[Holding]:
    """Every holding of that day, of a position that exists that day, with its person and position."""
    return Holding.objects.filter(valid__contains=on, position__valid__contains=on).select_related("person", "position")


def organisation_named(name: str, on: date) -> OrganisationVersion:
    """The organisation of that code, name or short name on that day, by letter or without diacritics.

    Raises `UnknownOrganisation` where there is none, or more than one.
    """
    wanted = name.strip()
    if not wanted:
        raise UnknownOrganisation(_("Chưa ghi tên cơ quan."))
    is_named = Q(organisation__code=wanted) | Q(folded=fold(wanted)) | Q(short=wanted)
    rows = list(OrganisationVersion.objects.on(on).filter(is_named)[:50])
    exact = [row for row in rows if row.name == wanted] or rows
    if len(exact) != 1:
        said = (
            _("Ngày %(on)s có nhiều cơ quan cùng tên “%(wanted)s”.")
            if exact
            else _("Ngày %(on)s không có cơ quan “%(wanted)s”.")
        )
        raise UnknownOrganisation(said % {"on": f"{on:%d/%m/%Y}", "wanted": wanted})
    return exact[0]


def search(on: date, *, text: str = "", kind: str = "", within: int | None = None) -> QuerySet[OrganisationVersion]:
    """Versions of that day, in alphabetical order; `text` is found anywhere in the name, with and without diacritics.

    `within` keeps those seated in a unit or in one that it contains on that day.
    """
    rows = OrganisationVersion.objects.on(on).select_related("organisation").in_order()
    if text.strip():
        rows = rows.filter(Q(folded__contains=fold(text.strip())) | Q(short__iexact=text.strip()))
    if kind:
        rows = rows.filter(kind=kind)
    if within is not None:
        inside = Containment.objects.filter(ancestor_id=within, valid__contains=on)
        rows = rows.filter(unit_id__in=inside.values("descendant_id"))
    return rows


def accounts_of(organisation_ids: Iterable[int], on: date, roles: Iterable[str]) -> dict[int, set[int]]:
    """The accounts of whoever holds a position of those roles in each organisation, or in the body it is a room of.
    Four queries at most."""
    asked = set(organisation_ids)
    bodies = bodies_of(asked, on)
    holders = Holding.objects.filter(
        position__organisation_id__in=asked | set(bodies.values()),
        position__role__in=list(roles),
        valid__contains=on,
        person__account__isnull=False,
    ).values_list("position__organisation_id", "person__account_id")
    inside: dict[int, set[int]] = {}
    for organisation_id, account_id in holders:
        inside.setdefault(organisation_id, set()).add(account_id)
    return {one: inside.get(one, set()) | inside.get(bodies.get(one, one), set()) for one in asked}


def contacts_of(account_ids: Iterable[int]) -> dict[int, Contact]:
    """The telephone and Zalo of the person of each account. One query."""
    rows = Person.objects.filter(account__in=list(account_ids)).values_list("account_id", "phone", "zalo")
    return {account_id: Contact(phone, zalo) for account_id, phone, zalo in rows if account_id is not None}
