"""Who may see reports and who may do what to them. Party sees its own; beyond that, the mandates of today."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.mandates.permissions import party, units_within, visible_by_any, visible_filter
from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.models import (
    Form,
    Report,
    Schedule,
    Section,
    SectionState,
    Snapshot,
    SourceChoice,
    StockSentence,
)
from diaban.work.reporting.rules import SUPPLEMENT

DRAFT = "reporting.draft"
COMPILE = "reporting.compile"
CHECK = "reporting.check"
SEND = "reporting.send"
SEND_SHORT = "reporting.send_short"
CORRECT = "reporting.correct"
RECEIVE = "reporting.receive"
RETURN = "reporting.return"
CHOOSE = "reporting.choose_source"
TYPE_FOR = "reporting.type_for_unit"
SUPPLY = "reporting.supply"
FILL_BASE = "reporting.fill_base"
SET_SCHEDULE = "reporting.set_schedule"
LOAD_FORMS = "reporting.load_forms"
DESIGN_FORMS = "reporting.design_forms"
CONSOLIDATE = "reporting.consolidate"
READ = "reporting.read"
READ_OWN = "reporting.read_own"
READ_ALL = "reporting.read_all"
READ_AUDIT = "reporting.read_audit"
TAKE_SNAPSHOT = "reporting.take_snapshot"
FIELD = "reporting"


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The reports of the actor's own body, those whose work it has in hand or that are addressed to it, and sent ones of
    forms with a section under its mandates of today."""
    own = sorted(party(actor))
    is_party = Q(organisation_id__in=own) | Q(recipient_ids__overlap=own)
    in_hand = visible_filter(actor, READ_OWN, field=None) & Q(Exists(_in_hand(own)))
    over = (
        visible_filter(actor, READ_ALL, field=None)
        | visible_filter(actor, READ_AUDIT, field=None)
        | _in_its_fields(actor)
    )
    seen = is_party | in_hand | (over & Q(status=Report.Status.SENT))
    return Report.objects.filter(seen).select_related("schedule__form")


def _in_its_fields(actor: Actor) -> Q:
    """Reports on forms that ask anything in the actor's fields, of units in its ground."""
    where = Q(pk__in=())
    for reach in actor.reaches(READ):
        inside = Q() if reach.everywhere else Q(unit_id__in=units_within(reach, actor.today))
        if not reach.every_field:
            forms = Section.objects.filter(field_code__in=sorted(reach.field_codes)).values("version__form")
            inside &= Q(schedule__form__in=forms)
        where |= inside
    return where


def _in_hand(own: Collection[int]) -> QuerySet[Obligation]:
    """Obligations of the actor's body that the report would fulfil: a reform moves these, not the report."""
    return Obligation.objects.filter(
        Q(duty_id=OuterRef("schedule__duty_id"), period=OuterRef("period"), unit_id=OuterRef("unit_id"))
        | Q(kind=SUPPLEMENT, subject_kind="reporting.report", subject_id=OuterRef("pk")),
        owner_id__in=own,
    )


def is_own(actor: Actor, report: Report) -> bool:
    """Whether the actor works in the name of the body that files the report, or of the one that took its work over."""
    own = party(actor)
    return report.organisation_id in own or Report.objects.filter(pk=report.pk).filter(Exists(_in_hand(own))).exists()


def can_draft(actor: Actor, report: Report) -> Grant | None:
    """On what ground the actor may write the report: its body reports, or it compiles for the body that does."""
    return may_draft(actor, report.unit_id) if is_own(actor, report) else None


def may_draft(actor: Actor, unit_id: int) -> Grant | None:
    return actor.may(DRAFT, FIELD, unit_id) or actor.may(COMPILE, FIELD, unit_id)


def require_draft(actor: Actor, unit_id: int) -> Grant:
    """As `may_draft`; raises `NotPermitted`."""
    return actor.may(DRAFT, FIELD, unit_id) or actor.require(COMPILE, FIELD, unit_id)


def may_send(actor: Actor, report: Report) -> Grant | None:
    """On what ground the actor may send; on the short path, whoever drafts may."""
    if report.schedule.short_path and (grant := actor.may(SEND_SHORT, FIELD, report.unit_id)):
        return grant
    return actor.may(SEND, FIELD, report.unit_id)


def require_own(actor: Actor, report: Report) -> None:
    """Raises `NotPermitted` where the report is another body's."""
    if not is_own(actor, report):
        raise NotPermitted(
            _("Báo cáo này của cơ quan khác; vị trí đang làm việc không sửa, không trình, không gửi được.")
        )


def can_receive(actor: Actor, state: SectionState, report: Report) -> Grant | None:
    return actor.may(RECEIVE, state.section.field_code, report.unit_id)


def visible_choices(actor: Actor) -> QuerySet[SourceChoice]:
    """A decision between sources is read by whoever reads the report."""
    return SourceChoice.objects.filter(report__in=visible_reports(actor)).select_related("report__schedule__form")


def visible_schedules(actor: Actor) -> QuerySet[Schedule]:
    """What may be asked of whom is no secret: everybody who works in the system sees the schedules."""
    return Schedule.objects.all()


def is_own_draft(actor: Actor, schedule: Schedule) -> bool:
    """Whether the schedule never bound anyone and was drafted by the actor's body (one set up before: received by it)."""
    return schedule.is_draft and (schedule.drafted_by_id or schedule.counterpart_id) in party(actor)


def visible_forms(actor: Actor) -> QuerySet[Form]:
    """Forms are public papers."""
    return Form.objects.all()


def visible_sentences(actor: Actor) -> QuerySet[StockSentence]:
    """Stock sentences are for those who design forms."""
    return (
        StockSentence.objects.none()
        if actor.may(DESIGN_FORMS) is None
        else StockSentence.objects.select_related("form")
    )


def visible_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """Publications over ground whose figures the actor may see in any field; of these it then sees its own sections."""
    over = visible_by_any(actor, (CONSOLIDATE, READ_ALL, READ_AUDIT, DRAFT, COMPILE), field=None)
    return Snapshot.objects.filter(Q(organisation_id__in=sorted(party(actor))) | over)
