"""Who sees a difficulty, who has it in hand, and whose words it holds."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.queries import versions_of
from diaban.work.difficulties.models import Answer, Difficulty, Forwarding, Kind, Raising

Said = TypeVar("Said", Raising, Answer)
RAISE = "difficulties.raise"
HANDLE = "difficulties.handle"
JOIN = "difficulties.join"
SPEAK = "difficulties.speak"
SET_KINDS = "difficulties.set_kinds"
FOLLOW = ("difficulties.follow", "difficulties.follow_all", "difficulties.follow_audit")
SUBJECT = "difficulties.difficulty"


def visible_difficulties(actor: Actor) -> QuerySet[Difficulty]:
    """Party ∪ mandate: whoever raised it, had or has it in hand, answered or passed it on; and who follows its field there."""
    ours = sorted(party(actor))
    this = OuterRef("pk")
    raised = Raising.objects.filter(Q(difficulty=this) | Q(opened=this), organisation_id__in=ours)
    owed = Obligation.objects.filter(subject_kind=SUBJECT, subject_id=this).filter(
        Q(owner_id__in=ours) | Q(original_owner_id__in=ours) | Q(counterpart_id__in=ours)
    )
    passed = Forwarding.objects.filter(difficulty=this).filter(
        Q(from_organisation_id__in=ours) | Q(to_organisation_id__in=ours)
    )
    answered = Answer.objects.filter(difficulty=this, organisation_id__in=ours)
    over = visible_by_any(actor, FOLLOW)
    return Difficulty.objects.filter(
        Q(Exists(raised)) | Q(Exists(owed)) | Q(Exists(passed)) | Q(Exists(answered)) | over
    )


def visible_raisings(actor: Actor) -> QuerySet[Raising]:
    """Those of the difficulties in sight."""
    return Raising.objects.filter(difficulty__in=visible_difficulties(actor))


def visible_answers(actor: Actor) -> QuerySet[Answer]:
    """Those to the difficulties in sight."""
    return Answer.objects.filter(difficulty__in=visible_difficulties(actor)).select_related("difficulty")


def visible_kinds(actor: Actor) -> QuerySet[Kind]:
    """Clocks are rules: everybody who works here may read them."""
    return Kind.objects.all()


def in_hand_of(actor: Actor, difficulty: Difficulty) -> Obligation | None:
    """The open obligation by which the actor's body has the matter in hand."""
    ours = Obligation.objects.open().about(SUBJECT, difficulty.pk).filter(owner_id__in=party(actor))
    return ours.order_by("pk").first()


def require_in_hand(actor: Actor, difficulty: Difficulty) -> tuple[Grant, Obligation]:
    """The ground for answering or passing on, and the work it is about. Raises `NotPermitted`."""
    grant, work = actor.require(HANDLE), in_hand_of(actor, difficulty)
    if work is None:
        raise NotPermitted("Kiến nghị này không do cơ quan đồng chí đang xử lý.")
    return grant, work


def may_join(actor: Actor, *difficulties: Difficulty) -> Grant | None:
    """On what ground the actor joins or parts matters: it follows the fields of all of them over their ground."""
    grants = [actor.may(JOIN, one.field_code, one.unit_id) for one in difficulties]
    return grants[0] if grants and all(grants) else None


def require_join(actor: Actor, *difficulties: Difficulty) -> Grant:
    """As `may_join`; raises `NotPermitted`."""
    grant = may_join(actor, *difficulties)
    if grant is None:
        raise NotPermitted(str(act_kind(JOIN).label))
    return grant


def own_words(actor: Actor, raisings: Iterable[Raising], answers: Iterable[Answer]) -> Raising | Answer | None:
    """Of what was said of a matter, oldest first, what the actor's body said last and may prove: its answer, else what it
    raised."""
    ours = party(actor)
    given = [one for one in answers if one.organisation_id in ours and one.withdrawn_at is None]
    if given and actor.may(HANDLE):
        return given[-1]
    raised = [one for one in raisings if one.organisation_id in ours and one.withdrawn_at is None]
    return raised[-1] if raised and actor.may(SPEAK) else None


def own_answers(actor: Actor, answers: Sequence[Answer], field_code: str) -> list[Answer]:
    """The standing ones that the actor may withdraw: his body gave them, or took over from the office that did."""
    return _own(actor, [one for one in answers if one.withdrawn_at is None], field_code) if actor.may(HANDLE) else []


def own_raisings(actor: Actor, raisings: Sequence[Raising], field_code: str) -> list[Raising]:
    """Those that the actor's body raised, or took over from one that did and is no more. One query while all stand."""
    return _own(actor, raisings, field_code)


def _own(actor: Actor, said: Sequence[Said], field_code: str) -> list[Said]:
    ours = party(actor)
    others = {one.organisation_id for one in said} - ours
    gone = others - set(versions_of(others, actor.today)) if ours and others else set()
    heirs = {one: successor_in(one, field_code, actor.today) for one in gone}
    return [one for one in said if one.organisation_id in ours or heirs.get(one.organisation_id) in ours]


def require_own(actor: Actor, raising: Raising) -> Grant:
    """The ground for speaking for whoever raised it. Raises `NotPermitted`."""
    if not own_raisings(actor, [raising], raising.difficulty.field_code):
        raise NotPermitted("Chỉ đơn vị đã nêu kiến nghị mới cho ý kiến về trả lời hoặc rút kiến nghị.")
    return actor.require(SPEAK)
