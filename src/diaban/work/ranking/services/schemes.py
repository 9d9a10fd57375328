"""Schemes: drafted, revised while a draft, published for good; a change after that is a new version."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.facts.models import Direction, Indicator
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.queries import body_of, versions_of
from diaban.foundation.organisations.rules import may_be_ranked
from diaban.work.ranking.models import Cluster, Criterion, Member, Scheme, SchemeVersion, Sight
from diaban.work.ranking.permissions import DEFINE, require_on
from diaban.work.ranking.rules import EXTRA, OF_REPORTS, How, IfMissing, Scale
from diaban.work.ranking.services.steps import NotPossible

LEAST_MEMBERS = 2


@dataclass(frozen=True)
class NewMember:
    organisation_id: int
    unit_id: int
    name: str


@dataclass(frozen=True)
class NewCluster:
    name: str
    members: tuple[NewMember, ...]


@dataclass(frozen=True)
class NewCriterion:
    name: str
    how: How
    most: Decimal
    group: str = ""
    if_missing: IfMissing = IfMissing.LEFT_OUT
    schedule_id: int | None = None
    indicator_id: int | None = None
    scale: Scale | None = None
    none_at: Decimal | None = None
    full_at: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class SchemeContent:
    """All that a version of a scheme says."""

    title: str
    basis: str
    clusters: tuple[NewCluster, ...]
    criteria: tuple[NewCriterion, ...]
    is_assumed: bool = False
    sight: str = Sight.ALL
    appeal_days: int = 5
    answer_days: int = 7
    note: str = ""


@transaction.atomic
def draft_scheme(*, content: SchemeContent, unit_id: int, field_code: str, actor: Actor, at: datetime) -> SchemeVersion:
    """A new scheme of the actor's body, as a draft. Raises `NotPermitted` or `NotPossible`."""
    grant = actor.require(DEFINE, field_code, unit_id)
    if actor.organisation_id is None:
        raise NotPermitted("Chỉ vị trí trong một cơ quan mới lập bộ tiêu chí.")
    office = body_of(actor.organisation_id, actor.today)
    scheme = Scheme.objects.create(
        organisation_id=office, unit_id=unit_id, field_code=field_code, title=content.title.strip()[:250]
    )
    version = _write(scheme, None, content, at)
    record(actor=actor, verb="ranking.scheme_drafted", thing=scheme, at=at, grant=grant)
    return version


@transaction.atomic
def revise_scheme(
    *, scheme_id: int, content: SchemeContent, expected_revision: int | None = None, actor: Actor, at: datetime
) -> SchemeVersion:
    """Write the draft anew; of a scheme that has none, a new version is drafted. Raises `NotPermitted`, `StaleRevision`,
    `NotPossible`."""
    scheme = Scheme.lock(scheme_id, expected_revision=expected_revision)
    grant = require_on(actor, DEFINE, scheme)
    draft = scheme.versions.filter(published_at=None).first()
    scheme.title = content.title.strip()[:250]
    scheme.save_revision("title")
    version = _write(scheme, draft, content, at)
    changes = {"version": (None, version.number)}
    record(actor=actor, verb="ranking.scheme_revised", thing=scheme, at=at, grant=grant, changes=changes)
    return version


@transaction.atomic
def publish_scheme(
    *, scheme_id: int, expected_revision: int | None = None, actor: Actor, at: datetime
) -> SchemeVersion:
    """Publish the draft: from then on it is closed. Raises `NotPermitted`, `StaleRevision`, `NotPossible`."""
    scheme = Scheme.lock(scheme_id, expected_revision=expected_revision)
    grant = require_on(actor, DEFINE, scheme)
    version = scheme.versions.filter(published_at=None).first()
    if version is None:
        raise NotPossible("Bộ tiêu chí không có dự thảo nào chờ ban hành.")
    version.published_at, version.published_by = at, actor.label[:300]
    version.save_revision("published_at", "published_by")
    scheme.save_revision()
    changes = {"version": (None, version.number), "basis": ("", version.basis)}
    record(actor=actor, verb="ranking.scheme_published", thing=scheme, at=at, grant=grant, changes=changes)
    return version


def _write(scheme: Scheme, draft: SchemeVersion | None, content: SchemeContent, at: datetime) -> SchemeVersion:
    _check(content, at)
    if any(one.organisation_id == scheme.organisation_id for cluster in content.clusters for one in cluster.members):
        raise NotPossible("Cơ quan chấm không tự xếp hạng mình.")
    if draft is None:
        number = (scheme.versions.values_list("number", flat=True).first() or 0) + 1
        draft = SchemeVersion(scheme=scheme, number=number, drafted_at=at, revision=0)
    draft.basis, draft.is_assumed, draft.note = content.basis.strip()[:300], content.is_assumed, content.note[:500]
    draft.sight, draft.appeal_days, draft.answer_days = content.sight, content.appeal_days, content.answer_days
    draft.revision += 1
    draft.save()
    draft.criteria.all().delete()
    draft.clusters.all().delete()
    order = itertools.count(1)
    for place, cluster in enumerate(content.clusters, start=1):
        made = Cluster.objects.create(version=draft, position=place, name=cluster.name.strip()[:150])
        Member.objects.bulk_create(
            Member(
                version=draft,
                cluster=made,
                position=next(order),
                organisation_id=one.organisation_id,
                unit_id=one.unit_id,
                name=one.name[:250],
            )
            for one in cluster.members
        )
    Criterion.objects.bulk_create(_criteria(draft, content.criteria))
    return draft


def _criteria(draft: SchemeVersion, criteria: Sequence[NewCriterion]) -> list[Criterion]:
    return [
        Criterion(
            version=draft,
            position=place,
            group=one.group.strip()[:150],
            name=one.name.strip()[:250],
            how=one.how.value,
            most=one.most,
            if_missing=one.if_missing.value,
            schedule_id=one.schedule_id,
            indicator_id=one.indicator_id,
            scale=one.scale.value if one.scale else "",
            none_at=one.none_at,
            full_at=one.full_at,
            note=one.note[:500],
        )
        for place, one in enumerate(criteria, start=1)
    ]


def _check(content: SchemeContent, at: datetime) -> None:
    """Raises `NotPossible` with the first fault."""
    if not content.title.strip() or not content.basis.strip():
        raise NotPossible("Ghi tên bộ tiêu chí và căn cứ (số, ký hiệu văn bản).")
    members = [one for cluster in content.clusters for one in cluster.members]
    if any(len(cluster.members) < LEAST_MEMBERS for cluster in content.clusters) or not members:
        raise NotPossible("Mỗi cụm phải có ít nhất hai đơn vị.")
    twice = [who for who, times in Counter((one.organisation_id, one.unit_id) for one in members).items() if times > 1]
    if twice:
        raise NotPossible("Có đơn vị đứng trong hai cụm.")
    _check_members(members, at)
    if not any(one.how not in EXTRA for one in content.criteria):
        raise NotPossible("Bộ tiêu chí phải có ít nhất một tiêu chí ngoài điểm cộng, điểm trừ.")
    directions = dict(
        Indicator.objects.filter(pk__in=[one.indicator_id for one in content.criteria if one.indicator_id]).values_list(
            "pk", "direction"
        )
    )
    for one in content.criteria:
        if fault := _fault_of(one, directions.get(one.indicator_id or 0, "")):
            raise NotPossible(f"Tiêu chí “{one.name}”: {fault}")


def _check_members(members: Sequence[NewMember], at: datetime) -> None:
    """A Party body never stands in a ranking."""
    day = timezone.localdate(at)
    kinds = {pk: one.kind for pk, one in versions_of({one.organisation_id for one in members}, day).items()}
    for one in members:
        kind = kinds.get(one.organisation_id)
        if kind is None:
            raise NotPossible(f"{one.name}: cơ quan không còn hoạt động ngày {day:%d/%m/%Y}.")
        if not may_be_ranked(kind):
            raise NotPossible(f"{one.name}: cơ quan Đảng, Ban Chỉ đạo không đứng trong bảng xếp hạng.")


def _fault_of(one: NewCriterion, direction: str) -> str:
    if one.most <= 0:
        return "điểm tối đa phải lớn hơn 0."
    if one.how in OF_REPORTS | {How.INDICATOR} and one.schedule_id is None:
        return "chọn chế độ báo cáo làm nguồn số liệu."
    if one.how is not How.INDICATOR:
        return ""
    if one.indicator_id is None or one.scale is None:
        return "chọn chỉ tiêu và cách tính điểm."
    if direction == Direction.NEUTRAL:
        return "chỉ tiêu không có chiều tốt, xấu nên không chấm điểm được."
    return _fault_of_line(one, direction) if one.scale is Scale.LINEAR else ""


def _fault_of_line(one: NewCriterion, direction: str) -> str:
    if one.none_at is None or one.full_at is None or one.none_at == one.full_at:
        return "ghi mức 0 điểm và mức đủ điểm, hai mức khác nhau."
    if (one.full_at > one.none_at) != (direction == Direction.UP):
        return "mức đủ điểm ngược với chiều tốt của chỉ tiêu."
    return ""
