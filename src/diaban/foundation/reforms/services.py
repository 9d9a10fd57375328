"""Planning a reform, trying it dry, carrying it out."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.reforms.carrier import Carrier
from diaban.foundation.reforms.carrying import Carrying
from diaban.foundation.reforms.drafting import draft_founding, draft_from_law
from diaban.foundation.reforms.models import Reform
from diaban.foundation.reforms.plan import Outcome, Plan


class NotPossible(Exception):
    """The plan cannot be kept or carried out like this; the message is in Vietnamese."""


class _Undo(Exception):
    """Takes a dry run back."""


@transaction.atomic
def plan_reform(*, title: str, province_unit_id: int, on: date, basis: str, actor: Actor, at: datetime) -> Reform:
    """Draft the reform that the law brings on a day; it changes nothing yet. Raises `NothingToReform`."""
    grant = actor.require("reforms.plan", None, province_unit_id)
    if not basis.strip():
        raise NotPossible(_("Hãy ghi căn cứ (số, ký hiệu, ngày của nghị quyết, nghị định)."))
    plan = draft_from_law(province_unit_id=province_unit_id, on=on, basis=basis.strip())
    reform = Reform.objects.create(
        uid=uuid.uuid4(),
        title=title.strip()[:250],
        on=on,
        basis=basis.strip()[:300],
        province_id=province_unit_id,
        plan=plan.to_json(),
    )
    changes = {"founded": (0, len(plan.founded)), "ended": (0, len(plan.ended)), "on": (None, on)}
    record(actor=actor, verb="reforms.planned", thing=reform, at=at, grant=grant, changes=changes)
    return reform


@transaction.atomic
def found_province(*, province_unit_id: int, on: date, basis: str, actor: Actor, at: datetime) -> Outcome:
    """Found every body that the law of a day knows in a province, with its mandates. Founding again adds what is missing."""
    actor.require("reforms.carry_out", None, province_unit_id)
    plan = draft_founding(province_unit_id=province_unit_id, on=on, basis=basis)
    return Carrying(plan, actor, at).run()


@transaction.atomic
def edit_plan(
    *, reform_id: int, plan: dict[str, Any], expected_revision: int | None, actor: Actor, at: datetime
) -> Reform:
    """Put an edited plan in place of the drafted one. Raises `NotPossible` where it is none, or is carried out."""
    reform = Reform.lock(reform_id, expected_revision=expected_revision)
    grant = actor.require("reforms.plan", None, reform.province_id)
    _refuse_carried_out(reform)
    try:
        checked = Plan.from_json(plan)
    except (KeyError, TypeError, ValueError) as problem:
        raise NotPossible(_("Tệp phương án không đúng cấu trúc; hãy sửa từ tệp phương án đã xuất.")) from problem
    if (checked.on, checked.before_id) != (reform.on, reform.province_id):
        raise NotPossible(_("Phương án này của ngày hoặc địa bàn khác."))
    reform.plan = checked.to_json()
    reform.save_revision("plan")
    record(actor=actor, verb="reforms.plan_edited", thing=reform, at=at, grant=grant)
    return reform


def try_reform(*, reform_id: int, actor: Actor, at: datetime) -> Outcome:
    """What carrying the reform out would do: it is carried out in full and taken back."""
    reform = Reform.objects.get(pk=reform_id)
    grant = actor.require("reforms.plan", None, reform.province_id)
    _refuse_carried_out(reform)
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = Carrying(Plan.from_json(reform.plan), Carrier(actor, grant), at).run()
            raise _Undo
    except _Undo:
        return outcome


@transaction.atomic
def carry_out_reform(*, reform_id: int, expected_revision: int | None, actor: Actor, at: datetime) -> Outcome:
    """Carry the reform out: everything, or nothing where anything fails."""
    reform = Reform.lock(reform_id)
    grant = actor.require("reforms.carry_out", None, reform.province_id)
    reform.require_revision(expected_revision)
    _refuse_carried_out(reform)
    carrying = Carrying(Plan.from_json(reform.plan), Carrier(actor, grant), at)
    outcome = carrying.run()
    reform.state, reform.carried_out_at, reform.outcome = Reform.State.CARRIED_OUT, at, outcome.to_json()
    reform.save_revision("state", "carried_out_at", "outcome")
    changes = {"founded": (0, outcome.founded), "ended": (0, outcome.ended), "moved": (0, outcome.obligations_moved)}
    record(actor=actor, verb="reforms.carried_out", thing=reform, at=at, grant=grant, changes=changes, act=carrying.act)
    return outcome


def _refuse_carried_out(reform: Reform) -> None:
    if reform.state == Reform.State.CARRIED_OUT:
        raise NotPossible(_("Phương án này đã được thực hiện."))
