"""Joining matters that say the same, so that they are answered once; and parting them again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import Note, record, record_all
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie, untie
from diaban.foundation.mandates.routing import holder_today
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import require_join
from diaban.work.difficulties.queries.routing import way_of
from diaban.work.difficulties.services.steps import (
    TO_ANSWER,
    NotPossible,
    answer_by,
    end_work,
    must_stand,
    open_work,
    owe,
    tell_raisers,
)


@transaction.atomic
def join(*, difficulty_ids: Collection[int], actor: Actor, at: datetime) -> Difficulty:
    """Make one matter of several: that which was received first, whose clock goes on; the others' work ends. Where it was
    answered already, those who are joined are told so, and may contest the answer.

    Raises `NotPermitted` where one of them is not the actor's to join, `NotPossible`.
    """
    rows = list(Difficulty.objects.filter(pk__in=difficulty_ids).select_for_update().order_by("received_on", "pk"))
    if len(rows) < 2:
        raise NotPossible(_("Chọn ít nhất hai kiến nghị để gộp."))
    first, *others = rows
    for one in rows:
        must_stand(one)
    grant = require_join(actor, first, *others)
    is_answered = first.answers.standing().exists()
    if not is_answered and not open_work(first):
        raise NotPossible(_("Kiến nghị tiếp nhận đầu tiên không còn ai xử lý; bỏ chọn kiến nghị đó."))
    act = record_all(
        actor=actor,
        verb="difficulties.joined",
        notes=[Note(one, {"into": ("", first.title)}, grant) for one in others],
        at=at,
    )
    for one in others:
        one.merged_into = first
        one.save_revision("merged_into")
        end_work(
            one, _("Gộp vào kiến nghị cùng nội dung: %(title)s") % {"title": first.title}, actor=actor, at=at, act=act
        )
        tie(source=subject_of(one), kind=Link.Kind.BELONGS_TO, target=subject_of(first), on=actor.today)
    Raising.objects.filter(difficulty__in=others).update(difficulty=first)
    first.save_revision()
    if is_answered:
        tell_raisers(first, actor=actor, at=at)
    return first


@transaction.atomic
def part(*, difficulty_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Difficulty:
    """Take a joined matter out again: those who began it are with it, and it is owed an answer on its own clock.

    Raises `NotPermitted`, `StaleRevision` or `NotPossible`.
    """
    one = Difficulty.lock(difficulty_id, expected_revision=expected_revision)
    if one.merged_into is None:
        raise NotPossible(_("Kiến nghị này chưa gộp vào kiến nghị nào."))
    whole = one.merged_into
    grant = require_join(actor, one, whole)
    one.merged_into = None
    one.save_revision("merged_into")
    whole.save_revision()
    mine = Raising.objects.filter(difficulty=whole, opened=one)
    mine.update(difficulty=one)
    for link in Link.objects.filter(source_kind="difficulties.difficulty", source_id=one.pk, target_id=whole.pk):
        untie(link_id=link.pk, on=actor.today)
    changes = {"from": (whole.title, "")}
    act = record(actor=actor, verb="difficulties.parted", thing=one, at=at, grant=grant, changes=changes)
    raiser = one.raisings.filter(withdrawn_at=None).first()
    raised_by = holder_today(raiser.organisation_id, one.field_code, actor.today) if raiser else 0
    way = way_of(one.field_code, one.unit_id, actor.today, but_not=raised_by)
    if raised_by and way.organisation_id is not None:
        owe(
            one, TO_ANSWER, owner_id=way.organisation_id, counterpart_id=raised_by,
            due=answer_by(one.kind_code, one.received_on), reason=_("Kiến nghị được tách ra để trả lời riêng"), actor=actor,
            at=at, act=act,
        )  # fmt: skip
    return one
