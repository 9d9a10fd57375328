"""Writing a directive: it binds nobody until it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.facts.models import Indicator
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.queries import body_of, versions_of
from diaban.work.directives.models import Directive, Part, SourceKind, SourcePaper, Task
from diaban.work.directives.permissions import DRAFT, can_rewrite
from diaban.work.directives.rules import Mode, faults_of_text


class NotPossible(ValueError):
    """The directive does not stand where this may be done, or lacks something; the message says what, in Vietnamese."""


@dataclass(frozen=True)
class Receiver:
    """Who is turned to, with which part. Its ground is its seat where none is named."""

    organisation_id: int
    part: str = Part.EACH.value
    unit_id: int | None = None


@dataclass(frozen=True)
class Source:
    """A paper that the directive comes from; a Party paper is recorded by symbol, day and issuer only."""

    kind: str
    symbol: str
    issued_on: date
    issuer: str
    title: str = ""
    document_id: int | None = None


@dataclass(frozen=True)
class Content:
    """Everything that a draft says. The ground is the own seat where none is named."""

    mode: str
    text: str
    field_code: str
    receivers: Sequence[Receiver] = field(default=())
    due_on: date | None = None
    product: str = ""
    recurring: str = ""
    article: str = ""
    source: Source | None = None
    source_item: str = ""
    unit_id: int | None = None
    indicator: str = ""
    category: str = ""
    baseline: Decimal | None = None
    baseline_period: str = ""
    target: Decimal | None = None
    target_period: str = ""


WRITTEN = (
    "mode", "text", "field_code", "due_on", "product", "recurring", "article", "source_item", "category", "baseline",
    "baseline_period", "target", "target_period",
)  # fmt: skip


@transaction.atomic
def draft_directive(
    *,
    content: Content,
    actor: Actor,
    at: datetime,
    origin: Subject | None = None,
    for_superior_id: int | None = None,
) -> Directive:
    """Write a directive down in the name of the actor's body, or for its superior to issue.

    Raises `NotPermitted`, or `NotPossible` for what can never be issued so.
    """
    grant = actor.require(DRAFT)
    ground = content.unit_id or seat_of(actor)
    if ground is None or actor.organisation_id is None:
        raise NotPermitted(_("Chỉ soạn được khi làm việc ở một vị trí của cơ quan."))
    body = body_of(actor.organisation_id, actor.today)
    directive = Directive(
        organisation_id=for_superior_id or body,
        drafted_by_id=body,
        is_for_superior=for_superior_id is not None,
        unit_id=ground,
        origin_kind=origin.kind if origin else "",
        origin_id=origin.id if origin else None,
        drafted_at=at,
        drafted_by_label=actor.label[:300],
    )
    _fill(directive, content, actor)
    directive.save()
    set_receivers(directive, content.receivers, actor.today)
    if origin is not None:
        tie(source=subject_of(directive), kind=Link.Kind.ARISES_FROM, target=origin, on=actor.today)
    record(actor=actor, verb="directives.drafted", thing=directive, at=at, grant=grant)
    return directive


@transaction.atomic
def rewrite_draft(
    *, directive_id: int, content: Content, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Directive:
    """Write a draft anew. Raises `NotPermitted`, `StaleRevision`, or `NotPossible` once it is issued."""
    directive = lock_draft(directive_id, expected_revision)
    if not can_rewrite(actor, directive):
        raise NotPermitted(_("Bản nháp này do cơ quan khác soạn."))
    grant = actor.require(DRAFT)
    _fill(directive, content, actor)
    directive.revision += 1
    directive.save()
    directive.tasks.all().delete()
    set_receivers(directive, content.receivers, actor.today)
    record(actor=actor, verb="directives.redrafted", thing=directive, at=at, grant=grant)
    return directive


@transaction.atomic
def discard_draft(*, directive_id: int, actor: Actor, at: datetime) -> None:
    """Delete an own draft. Raises `NotPermitted`, or `NotPossible` once it is issued or handed to the superior."""
    directive = lock_draft(directive_id)
    if not can_rewrite(actor, directive):
        raise NotPermitted(_("Bản nháp này do cơ quan khác soạn."))
    grant = actor.require(DRAFT)
    if directive.is_for_superior:
        raise NotPossible(_("Dự thảo đã trình cấp trên; thu hồi có lý do, không xóa."))
    record(actor=actor, verb="directives.discarded", thing=directive, at=at, grant=grant)
    directive.delete()


def keep_source(*, source: Source, organisation_id: int) -> SourcePaper:
    """The record of a paper, once for each office, symbol and day."""
    if source.kind == SourceKind.PARTY and source.document_id is not None:
        raise NotPossible(_("Văn bản của Đảng chỉ ghi số, ngày, cơ quan ban hành; không lưu nội dung."))
    kept, _is_new = SourcePaper.objects.get_or_create(
        organisation_id=organisation_id,
        symbol=source.symbol.strip()[:60],
        issued_on=source.issued_on,
        defaults={
            "kind": source.kind,
            "issuer": source.issuer.strip()[:250],
            "title": source.title.strip()[:300],
            "document_id": source.document_id,
        },
    )
    return kept


def lock_draft(directive_id: int, expected_revision: int | None = None) -> Directive:
    directive = Directive.lock(directive_id, expected_revision=expected_revision)
    if not directive.is_draft:
        raise NotPossible(_("Văn bản đã ban hành hoặc thu hồi; nội dung không sửa được nữa."))
    return directive


def set_receivers(directive: Directive, receivers: Sequence[Receiver], on: date, *, after: int = 0) -> list[Task]:
    """A task for each receiver, by the names of that day. Raises `NotPossible` for two leads, or who is no more."""
    if sum(one.part == Part.LEADS for one in receivers) > 1:
        raise NotPossible(_("Mỗi nhiệm vụ chỉ có một cơ quan chủ trì; các cơ quan khác phối hợp."))
    if len({one.organisation_id for one in receivers}) < len(receivers):
        raise NotPossible(_("Một cơ quan chỉ ghi một lần."))
    offices = versions_of([one.organisation_id for one in receivers], on)
    if any(one.organisation_id not in offices for one in receivers):
        raise NotPossible(_("Có cơ quan nhận không còn tồn tại vào ngày này."))
    return Task.objects.bulk_create(
        Task(
            directive=directive,
            position=position,
            organisation_id=one.organisation_id,
            name=offices[one.organisation_id].name,
            part=one.part,
            unit_id=one.unit_id or offices[one.organisation_id].unit_id,
        )
        for position, one in enumerate(receivers, after + 1)
    )


def _fill(directive: Directive, content: Content, actor: Actor) -> None:
    if faults := faults_of_text(Mode(content.mode), content.text, content.article):
        raise NotPossible(" ".join(faults))
    for name in WRITTEN:
        setattr(directive, name, getattr(content, name))
    directive.text = content.text.strip()
    directive.indicator = Indicator.objects.filter(code=content.indicator).first() if content.indicator else None
    _check_effect(directive)
    directive.source = None
    if content.source is not None:
        directive.source = keep_source(source=content.source, organisation_id=directive.drafted_by_id)


def _check_effect(directive: Directive) -> None:
    if directive.indicator is None:
        directive.baseline = directive.target = None
        directive.baseline_period = directive.target_period = directive.category = ""
        return
    if directive.target is None or not directive.target_period:
        raise NotPossible(_("Đã chọn chỉ tiêu thì ghi cả mức cần đạt và kỳ đạt."))
    if directive.baseline is not None and not directive.baseline_period:
        raise NotPossible(_("Ghi kỳ của số xuất phát."))
