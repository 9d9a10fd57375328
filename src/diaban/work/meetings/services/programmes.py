"""The year's programme: written, approved, its rows carried out by meetings, visits, directives and papers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import Subject, show, subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie, untie
from diaban.foundation.mandates.permissions import party
from diaban.foundation.organisations.queries import names_of, versions_of
from diaban.work.directives import services as directives
from diaban.work.directives.choosing import modes_towards
from diaban.work.directives.models import Directive
from diaban.work.directives.rules import Mode
from diaban.work.meetings.models import Item, Meeting, Programme, Visit
from diaban.work.meetings.permissions import PLAN, PROGRAMME_APPROVE
from diaban.work.meetings.rules import due_day
from diaban.work.meetings.services.planning import (
    MeetingPlan,
    VisitPlan,
    office_of,
    plan_meeting,
    plan_visit,
)
from diaban.work.meetings.services.steps import NotPossible

ITEM = "meetings.programme_item"
TIED = ("meetings.meeting", "meetings.visit", "documents.document")
WRITTEN = (
    "content", "field_code", "organisation", "lead", "coordinators", "leader", "product", "basis", "month", "quarter", "due_on",
)  # fmt: skip


@dataclass(frozen=True)
class ItemPlan:
    """What a row of the programme says; a month, a quarter or a day, else the year's end."""

    content: str
    field_code: str
    organisation_id: int
    coordinators: str = ""
    leader: str = ""
    product: str = ""
    basis: str = ""
    month: int | None = None
    quarter: int | None = None
    due_on: date | None = None


@transaction.atomic
def draft_programme(*, kind: str, year: int, basis: str = "", actor: Actor, at: datetime) -> Programme:
    """Begin the own body's programme of a year; one that is begun stays as it is. Raises `NotPermitted`."""
    grant = actor.require(PLAN)
    body, ground = office_of(actor)
    programme, is_new = Programme.objects.get_or_create(
        organisation_id=body,
        kind=Programme.Kind(kind),
        year=year,
        defaults={"unit_id": ground, "basis": basis.strip()[:300], "drafted_at": at, "drafted_by": actor.label[:300]},
    )
    if is_new:
        record(actor=actor, verb="meetings.programme_drafted", thing=programme, at=at, grant=grant)
    return programme


@transaction.atomic
def add_item(*, programme_id: int, plan: ItemPlan, reason: str = "", actor: Actor, at: datetime) -> Item:
    """Write a row. Once approved it needs a reason. Raises `NotPermitted` or `NotPossible`."""
    programme, grant = _open(programme_id, actor, reason)
    item = Item(programme=programme, written_at=at)
    _fill(item, plan, programme, actor.today)
    item.save()
    programme.save_revision()
    changes = {"item": ("", item.content), "reason": ("", reason)}
    record(actor=actor, verb="meetings.item_written", thing=programme, at=at, grant=grant, changes=changes)
    record(actor=actor, verb="meetings.item_written", thing=item, at=at, grant=grant)
    return item


@transaction.atomic
def change_item(
    *, item_id: int, plan: ItemPlan, reason: str = "", actor: Actor, at: datetime, expected_revision: int | None = None
) -> Item:
    """Write a row anew. Raises as `add_item`, and `StaleRevision`."""
    item = _standing(item_id, expected_revision)
    programme, grant = _open(item.programme_id, actor, reason)
    before = {name: getattr(item, name) for name in ("content", "lead", "product", "due_on")}
    _fill(item, plan, programme, actor.today)
    item.save_revision(*WRITTEN)
    programme.save_revision()
    changes = {name: (old, getattr(item, name)) for name, old in before.items() if old != getattr(item, name)}
    record(actor=actor, verb="meetings.item_changed", thing=item, at=at, grant=grant, changes=changes | {"reason": ("", reason)})  # fmt: skip
    return item


@transaction.atomic
def strike_item(*, item_id: int, reason: str = "", actor: Actor, at: datetime) -> None:
    """Take a row out: from a draft it goes, from an approved programme it stays struck through. Raises as `add_item`."""
    item = _standing(item_id, None)
    programme, grant = _open(item.programme_id, actor, reason)
    changes = {"item": (item.content, ""), "reason": ("", reason)}
    record(actor=actor, verb="meetings.item_struck", thing=programme, at=at, grant=grant, changes=changes)
    if programme.approved_at is None:
        item.delete()
    else:
        item.struck_at, item.struck_reason = at, reason.strip()[:300]
        item.save_revision("struck_at", "struck_reason")
    programme.save_revision()


@transaction.atomic
def approve_programme(
    *, programme_id: int, basis: str = "", actor: Actor, at: datetime, expected_revision: int | None = None
) -> Programme:
    """Approve a programme that has rows, by the paper named. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    programme = Programme.lock(programme_id, expected_revision=expected_revision)
    grant = _require(actor, PROGRAMME_APPROVE, programme)
    if programme.approved_at is not None or not programme.items.exists():
        raise NotPossible(_("Chỉ duyệt chương trình đã có nội dung và chưa duyệt."))
    programme.approved_at, programme.approved_by = at, actor.label[:300]
    programme.basis = basis.strip()[:300] or programme.basis
    programme.save_revision("approved_at", "approved_by", "basis")
    record(actor=actor, verb="meetings.programme_approved", thing=programme, at=at, grant=grant)
    return programme


@transaction.atomic
def carry_out(*, item_id: int, by: Subject, actor: Actor, at: datetime) -> Item:
    """Tie a meeting, visit or paper that the caller has found visible to the row it carries out. Raises `NotPermitted` or
    `NotPossible`."""
    item = _standing(item_id, None)
    grant = _require(actor, PLAN, item.programme)
    if by.kind not in TIED:
        raise NotPossible(_("Chọn cuộc họp, đoàn công tác hoặc văn bản."))
    tie(source=by, kind=Link.Kind.BELONGS_TO, target=subject_of(item), on=actor.today)
    record(actor=actor, verb="meetings.item_tied", thing=item, at=at, grant=grant, changes={"by": ("", _name_of(by, actor))})  # fmt: skip
    return item


@transaction.atomic
def let_go(*, item_id: int, link_id: int, actor: Actor, at: datetime) -> None:
    """End a tie made by mistake; what arose from the row as a directive stays tied. Raises `NotPermitted` or `NotPossible`."""
    item = _standing(item_id, None)
    grant = _require(actor, PLAN, item.programme)
    link = Link.objects.filter(
        pk=link_id, kind=Link.Kind.BELONGS_TO, target_kind=ITEM, target_id=item.pk, untied_on=None
    ).first()
    if link is None:
        raise NotPossible(_("Nội dung này không còn gắn với chương trình."))
    untie(link_id=link.pk, on=actor.today)
    changes = {"by": (_name_of(Subject(link.source_kind, link.source_id), actor), "")}
    record(actor=actor, verb="meetings.item_untied", thing=item, at=at, grant=grant, changes=changes)


@transaction.atomic
def give_out(*, item_id: int, actor: Actor, at: datetime) -> Directive:
    """Draft a directive of a row to who leads it, in the usual way towards it; to be looked over and issued there.

    Raises `NotPermitted`, or `NotPossible` where the lead is the body itself or may not be turned to.
    """
    item = _standing(item_id, None)
    programme = item.programme
    _require(actor, PLAN, programme)
    lead = versions_of([item.organisation_id], actor.today).get(item.organisation_id)
    if lead is None or item.organisation_id == programme.organisation_id:
        raise NotPossible(_("Chọn đơn vị chủ trì là phòng, đơn vị nhận việc rồi mới giao."))
    modes = modes_towards(programme.organisation_id, [lead], item.field_code, actor.today, actor)[item.organisation_id]
    mode = next((one for one in modes if one is not Mode.REQUIRE), None)
    if mode is None:
        raise NotPossible(_("Không giao việc, đề nghị được với %(name)s.") % {"name": lead.name})
    content = directives.Content(
        mode=mode.value, text=item.content, field_code=item.field_code, product=item.product, due_on=item.due_on,
        receivers=(directives.Receiver(item.organisation_id),), source_item=str(programme)[:60],
    )  # fmt: skip
    return directives.draft_directive(content=content, origin=subject_of(item), actor=actor, at=at)


def _name_of(subject: Subject, actor: Actor) -> str:
    """What is tied, by the name the actor sees; blank where it is not in sight."""
    shown = show(actor, [subject]).get(subject)
    return shown.label if shown is not None else ""


def _open(programme_id: int, actor: Actor, reason: str) -> tuple[Programme, Grant]:
    programme = Programme.lock(programme_id)
    grant = _require(actor, PLAN, programme)
    if programme.approved_at is not None and not reason.strip():
        raise NotPossible(_("Chương trình đã duyệt: ghi lý do điều chỉnh."))
    return programme, grant


def _require(actor: Actor, act: str, programme: Programme) -> Grant:
    grant = actor.require(act)
    if programme.organisation_id not in party(actor):
        raise NotPermitted(_("Chỉ cơ quan lập chương trình mới làm việc này."))
    return grant


def _standing(item_id: int, expected_revision: int | None) -> Item:
    item = Item.lock(item_id, expected_revision=expected_revision)
    if item.struck_at is not None:
        raise NotPossible(_("Nội dung này đã đưa ra khỏi chương trình."))
    return item


def _fill(item: Item, plan: ItemPlan, programme: Programme, on: date) -> None:
    if not plan.content.strip():
        raise NotPossible(_("Ghi nội dung công việc."))
    if sum(one is not None for one in (plan.month, plan.quarter, plan.due_on)) > 1:
        raise NotPossible(_("Chọn một trong ba: tháng, quý hoặc hạn ngày."))
    due_on = plan.due_on or due_day(programme.year, plan.month, plan.quarter)
    if due_on.year != programme.year:
        raise NotPossible(_("Hạn phải trong năm của chương trình."))
    name = names_of([plan.organisation_id], on).get(plan.organisation_id)
    if name is None:
        raise NotPossible(_("Chọn đơn vị chủ trì."))
    item.content, item.field_code, item.due_on = plan.content.strip()[:1000], plan.field_code, due_on
    item.organisation_id, item.lead = plan.organisation_id, name[:250]
    item.coordinators, item.leader = plan.coordinators.strip()[:500], plan.leader.strip()[:250]
    item.product, item.basis = plan.product.strip()[:300], plan.basis.strip()[:300]
    item.month, item.quarter = plan.month, plan.quarter


@transaction.atomic
def plan_meeting_for(*, item_id: int, shape: str, plan: MeetingPlan, actor: Actor, at: datetime) -> Meeting:
    """Plan a meeting that carries out a row. Raises as `plan_meeting` and `carry_out`."""
    meeting = plan_meeting(shape=shape, plan=plan, actor=actor, at=at)
    carry_out(item_id=item_id, by=subject_of(meeting), actor=actor, at=at)
    return meeting


@transaction.atomic
def plan_visit_for(*, item_id: int, plan: VisitPlan, actor: Actor, at: datetime) -> Visit:
    """Plan a visit that carries out a row. Raises as `plan_visit` and `carry_out`."""
    visit = plan_visit(plan=plan, actor=actor, at=at)
    carry_out(item_id=item_id, by=subject_of(visit), actor=actor, at=at)
    return visit
