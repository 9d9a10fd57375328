"""Making facts of what was answered: looked at first, then done, with where each came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Collection, CollectionKind, Fact
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.journal.services import record
from diaban.lib.periods import Period
from diaban.work.requests.models import Audience, Column, Request
from diaban.work.requests.permissions import MAKE_FACTS, require_manage
from diaban.work.requests.queries.answers import latest_answers
from diaban.work.requests.rules import NONE_OCCURRED
from diaban.work.requests.services.writing import NotPossible


@dataclass(frozen=True)
class Dry:
    """What making facts would do. `replaced` counts current facts that would be superseded, `left_out` says in Vietnamese
    which columns and units give none."""

    facts: Sequence[NewFact]
    with_value: int
    replaced: int
    left_out: Sequence[str]


def dry_run(request: Request, period: Period) -> Dry:
    """What would become facts for a period. Changes nothing. Six queries."""
    columns = list(request.columns.select_related("indicator"))
    tied = [one for one in columns if one.indicator and one.indicator.over_units not in DERIVED]
    answers = latest_answers(request)
    receivers = list(request.receivers.all())
    facts = [
        fact
        for receiver in receivers
        if (answer := answers.get(receiver.pk))
        for column in tied
        if (
            fact := _fact(
                column,
                period,
                receiver.unit_id,
                receiver.organisation_id if request.audience == Audience.ENTERPRISE else None,
                answer.values.get(column.code, ""),
                answer.reasons.get(column.code, ""),
            )
        )
    ]
    left_out = [f"Cột “{one.label}”: {_why_not(one)}" for one in columns if one not in tied]
    missing = len(receivers) - len(answers)
    if missing:
        left_out.append(f"{missing} đơn vị chưa trả lời.")
    return Dry(facts, sum(fact.value is not None for fact in facts), _replaced(request, facts), left_out)


def _fact(
    column: Column, period: Period, unit_id: int, contributor_id: int | None, value: str, reason: str
) -> NewFact | None:
    if column.indicator is None or not (value or reason):
        return None
    kept = reason if not value or reason == NONE_OCCURRED else ""
    return NewFact(
        indicator=column.indicator.code,
        unit_id=unit_id,
        period=period,
        value=Decimal(value) if value else None,
        reason=kept,
        contributor_id=contributor_id,
    )


def _why_not(column: Column) -> str:
    if column.indicator is None:
        return "không gắn với chỉ tiêu nào."
    return f"chỉ tiêu {column.indicator.code} được tính tự động."


def _replaced(request: Request, facts: Sequence[NewFact]) -> int:
    collection = Collection.objects.filter(code=collection_code(request)).first()
    if collection is None or not facts:
        return 0
    current = Fact.objects.filter(
        collection=collection,
        period__code=str(facts[0].period),
        unit_id__in={fact.unit_id for fact in facts},
        indicator__code__in={fact.indicator for fact in facts},
        superseded_at=None,
    )
    return current.count()


def collection_code(request: Request) -> str:
    return f"request-{request.uid}"


@transaction.atomic
def make_facts(*, request_id: int, period: Period, actor: Actor, at: datetime) -> Dry:
    """Make facts of the answers there are, in the request's own collection. Raises `NotPossible` where there are none.

    Doing it again supersedes what was made for the same period before.
    """
    request = Request.lock(request_id)
    require_manage(actor, request)
    grant = actor.require(MAKE_FACTS, request.field_code, request.unit_id)
    found = dry_run(request, period)
    if not found.facts:
        raise NotPossible(_("Không có số liệu nào gắn với chỉ tiêu để chuyển."))
    collection = open_collection(
        code=collection_code(request),
        name=f"Thu thập nhanh: {request.title}"[:250],
        kind=CollectionKind.REQUEST,
        note=request.letter,
        actor=actor,
        at=at,
    )
    changes = {"period": ("", str(period)), "facts": (None, len(found.facts))}
    record(actor=actor, verb="requests.facts_made", thing=request, at=at, grant=grant, changes=changes)
    accept_facts(collection_id=collection.pk, rows=found.facts, source=subject_of(request), actor=actor, at=at)
    return found
