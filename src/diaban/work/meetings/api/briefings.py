"""Periodic briefings: how far a period is, who holds them; clusters and meetings of one's own, through the services of the pages."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    FieldProblem,
    Given,
    Paged,
    Paging,
    Problem,
    expected_revision,
    paged,
    tell_content,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.obligations.models import Duty
from diaban.foundation.territory.models import Unit
from diaban.work.meetings import services
from diaban.work.meetings.api.finding import left_by
from diaban.work.meetings.api.router import router
from diaban.work.meetings.models import Holder
from diaban.work.meetings.permissions import visible_holders
from diaban.work.meetings.queries.holders import (
    Group,
    Held,
    board_of,
    briefing_duties,
    grouping_of,
    periods_of,
)


class BriefingDutyOut(Schema):
    """A duty to hold briefings: by districts or communes, on what basis; `periods` are those owed, newest first."""

    code: str
    title: str
    level: str
    legal_basis: str
    assumed: bool
    periods: list[str]


class HolderOut(Schema):
    """Who holds a briefing: a cluster (`head` and `members`, by the uids of units), or one unit; `combined_with` is the meeting of
    its own that fulfils the duty."""

    uid: UUID
    revision: int
    name: str
    cluster: bool
    combined_with: str
    since: date
    ended_on: date | None
    head: UUID | None
    members: list[UUID]


class HeldOut(Schema):
    """The briefing of a holder for the period. `form` is cluster, combined or own; `state` that of what is owed; `meeting` is left
    out where it is not in sight."""

    holder: str
    owner: str
    form: str
    state: str
    held: bool
    due_on: date | None
    held_on: date | None
    meeting: UUID | None


class BriefingBoardOut(BriefingDutyOut):
    """How far a period is, and who holds the briefings today."""

    period: str
    held: int
    rows: list[HeldOut]
    holders: list[HolderOut]


class ClusterIn(Given):
    """A cluster by the uids of its units; `head` is one of them."""

    name: str = Field(min_length=1, max_length=150)
    units: list[UUID] = Field(min_length=1, max_length=300)
    head: UUID


class CombinedIn(Given):
    """The unit's own meeting that the briefing is held within."""

    unit: UUID
    combined_with: str = Field(min_length=1, max_length=250)


class WithdrawIn(Given):
    """Why the declaration is taken back."""

    reason: str = Field(min_length=1, max_length=300)


@router.get("/briefings", response=Paged[BriefingDutyOut], operation_id="list_briefing_duties", url_name="briefings")
def briefings(request: HttpRequest, asked: Query[Paging]) -> Paged[BriefingDutyOut]:
    """The duties to hold briefings that are in sight, newest first."""
    rows = briefing_duties(actor_of(request))
    return paged(request, rows, asked, lambda found: [told_duty(one) for one in found])


@router.get("/briefings/{code}", response=BriefingBoardOut, operation_id="get_briefings", url_name="briefing_board")
def board(request: HttpRequest, response: HttpResponse, code: str, period: str = "") -> BriefingBoardOut:
    """How far the briefings of a period are (the newest, unless named), and who holds them today."""
    actor = actor_of(request)
    told = told_board(actor, duty_of(actor, code), period)
    tell_content(request, response, told)
    return told


def told_board(actor: Actor, duty: Duty, period: str) -> BriefingBoardOut:
    """The board of a period, the newest for a blank one. Raises `Problem` for a period that is not owed."""
    words = _duty(duty)
    if period and period not in words["periods"]:
        raise Problem(422, _("Không giao ban theo kỳ này."))
    period = period or next(iter(words["periods"]), "")
    shown = board_of(actor, duty, period, actor.today)
    grouping = grouping_of(duty, max(actor.today, duty.valid.lower))
    return BriefingBoardOut(
        **words, period=period, held=shown.held, rows=[_held(row) for row in shown.rows],
        holders=_holders([*grouping.clusters, *grouping.alone]),
    )  # fmt: skip


@router.post("/briefings/{code}/clusters", response=HolderOut, operation_id="form_cluster", url_name="clusters")
def form_cluster(request: HttpRequest, response: HttpResponse, code: str, said: ClusterIn) -> dict[str, Any]:
    """Form a cluster; its units are taken out of where they were, from today."""
    actor = actor_of(request)
    duty = duty_of(actor, code)
    plan = _plan(said)
    return left_by(
        request, response, actor, _told(lambda: services.form_cluster(duty_id=duty.pk, **plan, actor=actor, at=now()))
    )


@router.put("/clusters/{uuid:uid}", response=HolderOut, operation_id="change_cluster", url_name="cluster")
def change_cluster(request: HttpRequest, response: HttpResponse, uid: UUID, said: ClusterIn) -> dict[str, Any]:
    """Name, units and head of a cluster anew, from today."""
    actor = actor_of(request)
    one = holder_of(actor, uid)
    revision, plan = expected_revision(request, one.revision), _plan(said)
    return left_by(request, response, actor, _told(
        lambda: services.change_cluster(holder_id=one.pk, **plan, expected_revision=revision, actor=actor, at=now())
    ))  # fmt: skip


@router.post("/briefings/{code}/combined", response=HolderOut, operation_id="declare_combined", url_name="combined")
def declare_combined(request: HttpRequest, response: HttpResponse, code: str, said: CombinedIn) -> dict[str, Any]:
    """Say that a unit holds the briefing within a meeting of its own, from today."""
    actor = actor_of(request)
    duty = duty_of(actor, code)
    [unit_id] = _units([said.unit], "unit")
    return left_by(request, response, actor, _told(
        lambda: services.declare_combined(
            duty_id=duty.pk, unit_id=unit_id, combined_with=said.combined_with, actor=actor, at=now()
        )
    ))  # fmt: skip


@router.post(
    "/combined/{uuid:uid}/withdraw", response=HolderOut, operation_id="withdraw_combined", url_name="withdraw_combined"
)
def withdraw_combined(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawIn) -> dict[str, Any]:
    """Take the declaration back: the unit is with the cluster that it left."""
    actor = actor_of(request)
    one = holder_of(actor, uid)
    revision = expected_revision(request, one.revision)
    return left_by(request, response, actor, _told(
        lambda: services.withdraw_combined(
            holder_id=one.pk, reason=said.reason, expected_revision=revision, actor=actor, at=now()
        )
    ))  # fmt: skip


def duty_of(actor: Actor, code: str) -> Duty:
    found = next((one for one in briefing_duties(actor) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def holder_of(actor: Actor, uid: UUID) -> Holder:
    return get_object_or_404(visible_holders(actor), uid=uid)


def told_duty(duty: Duty) -> BriefingDutyOut:
    return BriefingDutyOut(**_duty(duty))


def _duty(duty: Duty) -> dict[str, Any]:
    names = ("code", "title", "level", "legal_basis")
    told = {name: getattr(duty, name) for name in names}
    return told | {"assumed": duty.is_assumed, "periods": periods_of(duty)}


def _held(row: Held) -> HeldOut:
    form = "combined" if row.is_combined else "cluster" if row.is_cluster else "own"
    meeting = row.meeting
    return HeldOut(
        holder=row.name, owner=row.owner, form=form, state=row.state, held=row.is_held, due_on=row.obligation.due_on,
        held_on=meeting.held_on if meeting else None, meeting=meeting.uid if meeting and row.is_open else None,
    )  # fmt: skip


def _holders(groups: Sequence[Group]) -> list[HolderOut]:
    uids = dict(
        Unit.objects.filter(pk__in=[unit.unit_id for each in groups for unit, _h in each.members]).values_list(
            "pk", "uid"
        )
    )
    return [
        _holder(each.holder, [(uids[unit.unit_id], is_head) for unit, is_head in each.members]) for each in groups
    ]  # fmt: skip


def _holder(one: Holder, members: Sequence[tuple[UUID, bool]]) -> HolderOut:
    return HolderOut(
        uid=one.uid, revision=one.revision, name=one.name, cluster=one.is_cluster, combined_with=one.combined_with,
        since=one.since, ended_on=one.ended_on, head=next((uid for uid, is_head in members if is_head), None),
        members=[uid for uid, _is_head in members],
    )  # fmt: skip


def _told(act: Callable[[], Holder]) -> Callable[[], Schema]:
    def left() -> Schema:
        one = act()
        rows = one.memberships.filter(valid__upper_inf=True).select_related("unit").order_by("-is_head", "pk")
        return _holder(one, [(row.unit.uid, row.is_head) for row in rows])

    return left


def _plan(said: ClusterIn) -> dict[str, Any]:
    units = _units(said.units, "units")
    return {"name": said.name, "unit_ids": units, "head_id": _units([said.head], "head")[0]}


def _units(uids: Sequence[UUID], place: str) -> list[int]:
    known = dict(Unit.objects.filter(uid__in=uids).values_list("uid", "pk"))
    faults = [
        FieldProblem(place=f"body.said.{place}", detail=_("Không có đơn vị này."), code="not_possible")
        for uid in uids
        if uid not in known
    ]
    if faults:
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), faults)
    return [known[uid] for uid in dict.fromkeys(uids)]
