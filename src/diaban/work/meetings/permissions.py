"""Who sees a meeting, its minutes and conclusions; who plans, records and concludes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party, seat_of, visible_by_any, within_offices
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Duty
from diaban.foundation.obligations.permissions import visible_duties, visible_obligations
from diaban.work.meetings.models import (
    Attendee,
    Conclusion,
    Holder,
    Item,
    Meeting,
    Membership,
    Participant,
    Programme,
    UpdateLine,
    Visit,
    Week,
)

PLAN = "meetings.plan"
CONVENE = "meetings.convene"
RECORD = "meetings.record"
CONCLUDE = "meetings.conclude"
ATTEND = "meetings.attend"
WEEK_WRITE, WEEK_APPROVE, WEEK_PUBLISH = "meetings.week_write", "meetings.week_approve", "meetings.week_publish"
PROGRAMME_APPROVE = "meetings.programme_approve"
GROUP, COMBINE, SET_FORM = "meetings.group", "meetings.combine", "meetings.set_form"
FOLLOW = ("meetings.follow", "meetings.follow_all", "meetings.follow_audit")
NOTICE, UPDATE, BRIEFING, NEXT_WEEK = "meetings.notice", "meetings.update", "meetings.briefing", "meetings.next_week"


HOLDER = "meetings.holder"  # what a briefing's obligation is about, where units owe it together or by declaration


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Those of the own body, plans too; convened ones it is asked to, or that lie in its mandates of today."""
    asked = Q(Exists(attending(actor).filter(meeting=OuterRef("pk"))))
    return Meeting.objects.filter(
        Q(organisation__in=sorted(party(actor))) | (Q(convened_at__isnull=False) & (asked | _over(actor)))
    ).select_related("visit")


def led_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Those whose drafts and findings the actor may read: of the own body."""
    return Meeting.objects.filter(organisation__in=sorted(party(actor)))


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Those of the own body, and those with a stop in sight."""
    stops = visible_meetings(actor).filter(visit=OuterRef("pk"))
    return Visit.objects.filter(Q(organisation__in=sorted(party(actor))) | Q(Exists(stops)))


def visible_conclusions(actor: Actor) -> QuerySet[Conclusion]:
    """Of the own body's meetings; of others in sight once the notice is out."""
    issued = visible_meetings(actor).filter(concluded_at__isnull=False)
    return Conclusion.objects.filter(
        Q(meeting__in=led_meetings(actor).values("pk")) | Q(meeting__in=issued.values("pk"))
    ).select_related("meeting")


def visible_weeks(actor: Actor) -> QuerySet[Week]:
    """The calendars of the own body; of others once published, where it is named in them or follows their ground."""
    named = Participant.objects.filter(
        entry__week=OuterRef("pk"), organisation_id__in=within_offices(actor), entry__struck_at=None
    )
    over = visible_by_any(actor, FOLLOW, field=None)
    return Week.objects.filter(
        Q(organisation__in=sorted(party(actor))) | (Q(published_at__isnull=False) & (Q(Exists(named)) | over))
    )


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those of the own body; approved ones of others whose ground the actor follows."""
    over = visible_by_any(actor, FOLLOW, field=None)
    return Programme.objects.filter(Q(organisation__in=sorted(party(actor))) | (Q(approved_at__isnull=False) & over))


def visible_items(actor: Actor) -> QuerySet[Item]:
    """The rows of programmes in sight."""
    return Item.objects.filter(programme__in=visible_programmes(actor)).select_related("programme")


def can_week(actor: Actor, act: str, week: Week) -> bool:
    """Whether the actor may do an act on a calendar: on that of the own body only."""
    return actor.may(act) is not None and week.organisation_id in party(actor)


def visible_holders(actor: Actor) -> QuerySet[Holder]:
    """Of duties in sight; of others those that owe or owed in the actor's sight, or that the own seat belongs to."""
    owed = visible_obligations(actor).filter(subject_kind=HOLDER).values("subject_id")
    own = Membership.objects.filter(unit=seat_of(actor)).values("holder")
    found = Q(duty__in=visible_duties(actor).values("pk")) | Q(pk__in=owed) | Q(pk__in=own)
    return Holder.objects.filter(found).select_related("duty")


def may_declare(actor: Actor, field_code: str) -> bool:
    """May he set up the duty to hold briefings, in a field that the own body manages over its seat?"""
    seat = seat_of(actor)
    acts = (GROUP, "obligations.declare")
    return seat is not None and all(actor.may(act, field_code, seat) is not None for act in acts)


def can_group(actor: Actor, duty: Duty) -> bool:
    """Whether the actor says who holds the briefings of a duty: in the field's mandate over its ground."""
    return actor.may(GROUP, duty.field_code or None, duty.unit_id) is not None


def visible_lines(actor: Actor) -> QuerySet[UpdateLine]:
    """The form is for everybody who is asked."""
    return UpdateLine.objects.all()


def attending(actor: Actor) -> QuerySet[Attendee]:
    """The places of the own offices."""
    return Attendee.objects.filter(organisation_id__in=within_offices(actor))


def is_keeper(actor: Actor, organisation_id: int, field_code: str) -> bool:
    """Whether the own body holds the meeting, or took its field over from who did."""
    if organisation_id in party(actor):
        return True
    return successor_in(organisation_id, field_code, actor.today) in party(actor)


def can(actor: Actor, act: str, thing: Meeting | Visit) -> bool:
    """Whether the actor may do an act of the organiser."""
    return bool(acts_on(actor, thing, act))


def acts_on(actor: Actor, thing: Meeting | Visit, *acts: str) -> frozenset[str]:
    """Which of some acts of the organiser the actor may do."""
    mine = frozenset(act for act in acts if actor.may(act) is not None)
    return mine if mine and is_keeper(actor, thing.organisation_id, thing.field_code) else frozenset()


def _over(actor: Actor) -> Q:
    return visible_by_any(actor, FOLLOW)
