"""Who holds the periodic briefing: the duty declared, clusters formed and changed, a meeting of one's own named (lồng ghép).

After the district level ended nobody holds 124 briefings: communes hold them by cluster, by default those of an old district,
or within a meeting of their own. Every change holds from today; the period that today lies in is asked on its last day.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted, SystemActor
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import party
from diaban.foundation.mandates.routing import Lead, responsible_many
from diaban.foundation.obligations.holders import units_owing
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason, DueRule
from diaban.foundation.obligations.services import close, declare_duty, generate_obligations, move_owner
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import old_districts, versions_of
from diaban.lib.periods import Calendar, Kind
from diaban.work.meetings.models import Holder, Membership
from diaban.work.meetings.permissions import BRIEFING, COMBINE, GROUP, HOLDER
from diaban.work.meetings.queries.holders import wanted_on
from diaban.work.meetings.services.planning import office_of
from diaban.work.meetings.services.steps import NotPossible

# Who owes: the district's office prepared it in 2009 (Quảng Nam, Nghệ An too); of a commune its committee.
FUNCTIONS = {Level.DISTRICT.value: "compile", Level.COMMUNE.value: "direct"}
TAKEN_BACK = "Đơn vị giữ giao ban đã thay đổi"


@dataclass(frozen=True)
class Regime:
    """What a duty to hold briefings says; the report of a quarter's briefing is due so many working days after the quarter."""

    title: str
    field_code: str
    level: str
    legal_basis: str
    is_assumed: bool
    starts_on: date
    working_days: int = 20
    title_en: str = ""


@transaction.atomic
def declare_briefings(*, regime: Regime, actor: Actor, at: datetime) -> Duty:
    """Set up the duty to hold a briefing each quarter, owed to the actor's body over its seat; of communes, the clusters are
    those of the old districts until changed. Raises `NotPermitted` or `NotPossible`."""
    body, ground = office_of(actor)
    if regime.level not in FUNCTIONS:
        raise NotPossible(_("Giao ban định kỳ do cấp huyện (trước 01/7/2025) hoặc cấp xã giữ."))
    if not regime.title.strip() or not regime.legal_basis.strip():
        raise NotPossible(_("Ghi tên chế độ và căn cứ."))
    duty = declare_duty(
        code=f"giao-ban-{uuid.uuid4().hex[:8]}", kind=BRIEFING, title=regime.title.strip()[:200],
        title_en=regime.title_en.strip()[:200], function_code=FUNCTIONS[regime.level], field_code=regime.field_code,
        level=regime.level, unit_id=ground, counterpart_id=body, calendar=Calendar.STATISTICAL, period_kind=Kind.QUARTER,
        due_rule=DueRule(working_days=regime.working_days), valid_from=regime.starts_on, valid_to=None,
        legal_basis=regime.legal_basis.strip()[:300], is_assumed=regime.is_assumed, actor=actor, at=at,
    )  # fmt: skip
    if regime.level == Level.COMMUNE:
        group_by_old_district(duty_id=duty.pk, actor=actor, at=at)
    _settle(duty, actor, at)
    return duty


@transaction.atomic
def group_by_old_district(*, duty_id: int, actor: Actor, at: datetime) -> list[Holder]:
    """Form the default clusters of the units that are in none: those of one old district. The head is the unit that bears
    the district's name, else the first in order of codes.
    Raises `NotPermitted`, or `NotPossible` where none is left."""
    duty, grant = _lock_duty(duty_id, actor)
    day = _begins(duty, actor.today)
    units = versions_of(units_owing(duty, day), day)
    placed = set(Membership.objects.filter(duty=duty, valid__contains=day).values_list("unit_id", flat=True))
    rest = [one for pk, one in units.items() if pk not in placed]
    formed = []
    for each in old_districts(duty.unit_id, day, rest) if rest else []:
        if each.district is None:
            continue
        seat = each.district.name
        members = sorted(each.communes, key=lambda one: (one.name != seat, one.code))
        name = f"Cụm {each.district.name}"
        one = _new_holder(duty, name, actor, at, since=day, is_cluster=True, district_id=each.district.unit_id)
        _put(one, [unit.unit_id for unit in members], members[0].unit_id, day)
        _record_formed(one, members, actor, at, grant)
        formed.append(one)
    if not formed:
        raise NotPossible(_("Không còn đơn vị nào chưa thuộc cụm mà biết thuộc huyện cũ nào."))
    _settle(duty, actor, at)
    return formed


@transaction.atomic
def form_cluster(
    *, duty_id: int, name: str, unit_ids: Collection[int], head_id: int, actor: Actor, at: datetime
) -> Holder:
    """A cluster of units, taken out of where they were. Raises `NotPermitted` or `NotPossible`."""
    duty, grant = _lock_duty(duty_id, actor)
    day = _from(duty, actor.today)
    units = _checked(duty, name, unit_ids, head_id, day)
    one = _new_holder(duty, name.strip(), actor, at, since=day, is_cluster=True)
    _take_out(duty, unit_ids, day)
    _put(one, unit_ids, head_id, day)
    _record_formed(one, units, actor, at, grant)
    _end_empty(duty, actor, at)
    _settle(duty, actor, at)
    return one


@transaction.atomic
def change_cluster(
    *, holder_id: int, name: str, unit_ids: Collection[int], head_id: int, actor: Actor, at: datetime,
    expected_revision: int | None = None,
) -> Holder:  # fmt: skip
    """Name, members and head of a cluster anew, from today. Who is left out holds the briefing by itself.

    Raises `NotPermitted`, `StaleRevision` or `NotPossible`.
    """
    one = Holder.lock(holder_id, expected_revision=expected_revision)
    duty, grant = _lock_duty(one.duty_id, actor)
    if one.ended_on is not None or not one.is_cluster:
        raise NotPossible(_("Cụm này không còn."))
    day = _from(duty, actor.today)
    units = _checked(duty, name, unit_ids, head_id, day)
    before = {row.unit_id: row.is_head for row in one.memberships.filter(valid__contains=day)}
    after = {pk: pk == head_id for pk in unit_ids}
    moving = [pk for pk in after if before.get(pk) != after[pk]]
    leaving = [pk for pk in before if pk not in after]
    old_name, one.name = one.name, name.strip()[:150]
    one.save_revision("name")
    _take_out(duty, [*moving, *leaving], day)
    _put(one, moving, head_id, day)
    names = versions_of([*before, *after], day)
    changes = {
        "name": (old_name, one.name),
        "members": (_named(before, names), _named([unit.unit_id for unit in units], names)),
        "head": (_named([pk for pk, is_head in before.items() if is_head], names), _named([head_id], names)),
    }
    record(actor=actor, verb="meetings.cluster_changed", thing=one, at=at, grant=grant, changes=changes)
    for pk in leaving:
        if pk in names:
            _set_alone(duty, names[pk], "", actor, at, grant)
    _end_empty(duty, actor, at)
    _settle(duty, actor, at)
    return one


@transaction.atomic
def declare_combined(*, duty_id: int, unit_id: int, combined_with: str, actor: Actor, at: datetime) -> Holder:
    """Say that a unit holds the briefing within a meeting of its own (lồng ghép), named, from today: that meeting fulfils the
    duty of each period once its minutes are filed. The unit's own office says it, or who groups the units.

    Raises `NotPermitted` or `NotPossible`.
    """
    duty = Duty.objects.select_for_update().get(pk=duty_id, kind=BRIEFING)
    grant = _grant_for(duty, unit_id, actor)
    day = _from(duty, actor.today)
    unit = versions_of(units_owing(duty, day), day).get(unit_id)
    if unit is None:
        raise NotPossible(_("Đơn vị này không giữ giao ban theo chế độ này."))
    if not combined_with.strip():
        raise NotPossible(_("Ghi cuộc họp của đơn vị mà giao ban lồng ghép vào."))
    there = Membership.objects.filter(duty=duty, unit=unit_id, valid__contains=day).select_related("holder").first()
    if there is not None and there.holder.combined_with:
        raise NotPossible(_("Đơn vị đã đăng ký lồng ghép; rút đăng ký cũ trước."))
    if there is not None and there.is_head and there.holder.is_cluster and _others(there, day):
        raise NotPossible(_("Đơn vị đang là cụm trưởng; đổi cụm trưởng trước."))
    cluster = there.holder if there is not None and there.holder.is_cluster else None
    _take_out(duty, [unit_id], day)
    one = _set_alone(duty, unit, combined_with.strip(), actor, at, grant, came_from=cluster)
    _end_empty(duty, actor, at)
    _settle(duty, actor, at)
    return one


@transaction.atomic
def withdraw_combined(
    *, holder_id: int, reason: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Holder:
    """Take the declaration back: from today the unit is with the cluster that it left, where that still stands, else by itself.
    What it held in earlier periods stays. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    one = Holder.lock(holder_id, expected_revision=expected_revision)
    duty = Duty.objects.select_for_update().get(pk=one.duty_id)
    day = _from(duty, actor.today)
    rows = one.memberships.filter(valid__contains=day)
    unit_id = rows.values_list("unit_id", flat=True).first()
    if one.ended_on is not None or one.is_cluster or unit_id is None:
        raise NotPossible(_("Đăng ký lồng ghép này không còn."))
    grant = _grant_for(duty, unit_id, actor)
    if not reason.strip():
        raise NotPossible(_("Ghi lý do rút đăng ký."))
    back_to = Holder.objects.filter(pk=one.came_from_id or 0, ended_on=None).first()
    _take_out(duty, [unit_id], day)
    one.ended_on, one.ended_reason = actor.today, reason.strip()[:300]
    one.save_revision("ended_on", "ended_reason")
    changes = {"reason": ("", one.ended_reason), "meeting": (one.combined_with, "")}
    record(actor=actor, verb="meetings.combining_withdrawn", thing=one, at=at, grant=grant, changes=changes)
    if back_to is not None:
        _put(back_to, [unit_id], None, day)
    else:
        _set_alone(duty, versions_of([unit_id], day)[unit_id], "", actor, at, grant)
    _settle(duty, actor, at)
    return one


def _lock_duty(duty_id: int, actor: Actor) -> tuple[Duty, Grant]:
    duty = Duty.objects.select_for_update(of=("self",)).select_related("unit").get(pk=duty_id, kind=BRIEFING)
    return duty, actor.require(GROUP, duty.field_code or None, duty.unit_id)


def _grant_for(duty: Duty, unit_id: int, actor: Actor) -> Grant:
    """The ground on which the actor speaks for a unit: its own office's, or the mandate of who groups the units."""
    grant = actor.may(GROUP, duty.field_code or None, duty.unit_id)
    if grant is not None:
        return grant
    own = actor.require(COMBINE)
    lead = responsible_many(duty.function_code, duty.field_code or None, [unit_id], actor.today)[unit_id]
    if not isinstance(lead, Lead) or lead.organisation_id not in party(actor):
        raise NotPermitted(_("Chỉ cơ quan giữ giao ban của đơn vị mới đăng ký lồng ghép."))
    return own


def _begins(duty: Duty, today: date) -> date:
    """From when default clusters hold: the duty's first day, while nobody has changed anything."""
    first: date = duty.valid.lower
    return _from(duty, today) if Membership.objects.filter(duty=duty).exists() else first


def _from(duty: Duty, today: date) -> date:
    """From when a change holds: today, or the first day of a duty that is still to begin."""
    first: date = duty.valid.lower
    return max(today, first)


def _checked(
    duty: Duty, name: str, unit_ids: Collection[int], head_id: int, on: date
) -> list[UnitVersion]:  # fmt: skip
    if not name.strip():
        raise NotPossible(_("Ghi tên cụm."))
    units = versions_of(units_owing(duty, on), on)
    if not unit_ids or any(pk not in units for pk in unit_ids):
        raise NotPossible(_("Chọn các đơn vị của cụm trong địa bàn."))
    if head_id not in unit_ids:
        raise NotPossible(_("Cụm trưởng phải là một đơn vị trong cụm."))
    return [units[pk] for pk in unit_ids]


def _new_holder(
    duty: Duty, name: str, actor: Actor, at: datetime, *, since: date, is_cluster: bool, district_id: int | None = None,
    combined_with: str = "", came_from: Holder | None = None,
) -> Holder:  # fmt: skip
    return Holder.objects.create(
        duty=duty, name=name[:150], is_cluster=is_cluster, district_id=district_id, combined_with=combined_with[:250],
        came_from=came_from, since=since, at=at, by=actor.label[:300],
    )  # fmt: skip


def _set_alone(
    duty: Duty, unit: UnitVersion, combined_with: str, actor: Actor, at: datetime, grant: Grant,
    *, came_from: Holder | None = None,
) -> Holder:  # fmt: skip
    one = _new_holder(
        duty,
        unit.full_name,
        actor,
        at,
        since=_from(duty, actor.today),
        is_cluster=False,
        combined_with=combined_with,
        came_from=came_from,
    )
    _put(one, [unit.unit_id], unit.unit_id, _from(duty, actor.today))
    verb = "meetings.combining_declared" if combined_with else "meetings.set_alone"
    record(actor=actor, verb=verb, thing=one, at=at, grant=grant, changes={"meeting": ("", one.combined_with)})
    return one


def _put(holder: Holder, unit_ids: Collection[int], head_id: int | None, since: date) -> None:
    Membership.objects.bulk_create(
        Membership(
            holder=holder, duty_id=holder.duty_id, unit_id=pk, is_head=pk == head_id, valid=DateRange(since, None)
        )
        for pk in unit_ids
    )


def _take_out(duty: Duty, unit_ids: Collection[int], on: date) -> None:
    """What holds from before ends; what began today never was."""
    rows = Membership.objects.filter(duty=duty, unit__in=unit_ids, valid__contains=on)
    for one in rows.select_for_update().order_by("pk"):
        if one.valid.lower == on:
            one.delete()
        else:
            one.valid = DateRange(one.valid.lower, on)
            one.save(update_fields=["valid"])


def _others(membership: Membership, on: date) -> bool:
    rows = Membership.objects.filter(holder=membership.holder_id, valid__contains=on)
    return rows.exclude(pk=membership.pk).exists()


def _end_empty(duty: Duty, actor: Actor, at: datetime) -> None:
    """A holder that nobody is left in, or a cluster without its head, is no holder any more."""
    standing = Membership.objects.filter(duty=duty, valid__contains=_from(duty, actor.today))
    for one in Holder.objects.filter(duty=duty, ended_on=None).exclude(pk__in=standing.values("holder")):
        one.ended_on, one.ended_reason = actor.today, "Không còn đơn vị nào"
        one.save_revision("ended_on", "ended_reason")
        record(actor=actor, verb="meetings.cluster_ended", thing=one, at=at, changes={"reason": ("", one.ended_reason)})


def _record_formed(
    one: Holder, units: Collection[UnitVersion], actor: Actor, at: datetime, grant: Grant
) -> None:  # fmt: skip
    changes = {"members": ("", ", ".join(unit.full_name for unit in units)), "since": (None, one.since)}
    record(actor=actor, verb="meetings.cluster_formed", thing=one, at=at, grant=grant, changes=changes)


def _named(unit_ids: Collection[int], names: dict[int, UnitVersion]) -> str:
    return ", ".join(sorted(names[pk].full_name for pk in unit_ids if pk in names))


def _settle(duty: Duty, actor: Actor, at: datetime) -> None:
    """What is owed for periods that are not over follows who holds them on their last day: of who does no more it is taken
    back, a new head owes in the old one's place, and what is missing is made."""
    wanted: dict[date, dict[tuple[str, int], int]] = {}
    owed = Obligation.objects.open().filter(duty=duty, period_last_day__gte=actor.today)
    for one in owed.order_by("pk"):
        day = one.period_last_day or actor.today
        holders = wanted.setdefault(day, {}) or wanted_on(duty, day)
        wanted[day] = holders
        unit_id = holders.get((HOLDER, one.subject_id) if one.subject_id else ("unit", one.unit_id))
        if unit_id is None:
            close(obligation=one, reason=ClosedReason.WITHDRAWN, note=TAKEN_BACK, actor=actor, at=at)
        elif unit_id != one.unit_id:
            lead = responsible_many(duty.function_code, duty.field_code or None, [unit_id], day)[unit_id]
            if isinstance(lead, Lead):
                move_owner(obligation=one, to_organisation_id=lead.organisation_id, actor=actor, at=at)
    worker = SystemActor("worker", actor.today)
    generate_obligations(on=actor.today, actor=worker, at=at, duties=[Duty.objects.get(pk=duty.pk)])
