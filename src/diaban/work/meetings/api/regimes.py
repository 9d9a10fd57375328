"""The duty to hold briefings is set up, its short reports are laid down, and what fulfils it elsewhere is recorded."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Given, Problem
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.api import FILE_BODY
from diaban.foundation.files.sniffing import NotAccepted
from diaban.work.meetings import services
from diaban.work.meetings.api.asked import Day
from diaban.work.meetings.api.briefings import BriefingBoardOut, BriefingDutyOut, duty_of, told_board, told_duty
from diaban.work.meetings.api.finding import Named, answered_by, left_by
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import MeetingWithCourse, UpdateLineOut, told_course
from diaban.work.meetings.choosing import fields
from diaban.work.meetings.models import UpdateLine
from diaban.work.meetings.permissions import GROUP, RECORD, may_declare, visible_lines
from diaban.work.meetings.services import Regime


class RegimeIn(Given):
    """A duty to hold a briefing each quarter, due so many working days after it. Communes hold it by clusters, those of the old
    districts until changed."""

    title: str = Field(min_length=1, max_length=200)
    level: Literal["commune", "district"]
    field: str = Field(max_length=40)
    starts_on: Day
    legal_basis: str = Field(min_length=1, max_length=300)
    assumed: bool = False
    working_days: int = Field(20, ge=1, le=90)


class LineIn(Given):
    """A line of the short reports, and whether one must answer."""

    label: str = Field(min_length=1, max_length=300)
    required: bool = False


class LinesIn(Given):
    """The lines from today on."""

    lines: list[LineIn] = Field(min_length=1, max_length=20)


class LinesOut(Schema):
    """The lines that short reports before meetings follow today."""

    lines: list[UpdateLineOut]


class HeldWithinAsked(Schema):
    """The meeting of one's own that the briefing was held within, its day and result; `title` names the file."""

    held_on: Day
    combined_with: str = Field(min_length=1, max_length=250)
    summary: str = Field(min_length=1, max_length=4000)
    title: str = Field("bien-ban.pdf", max_length=180)


@router.post("/briefings", response=BriefingDutyOut, operation_id="declare_briefings", url_name="briefings")
def declare_briefings(request: HttpRequest, said: RegimeIn) -> dict[str, Any]:
    """Set up the duty to hold briefings, owed to the own body over its ground."""
    actor = actor_of(request)
    if not any(may_declare(actor, code) for code, _name in fields()):
        raise NotPermitted(str(act_kind(GROUP).label))
    named = Named(actor, actor.today)
    regime = Regime(
        **said.dict(exclude={"field", "assumed"}), field_code=named.field(said.field), is_assumed=said.assumed
    )
    named.check()
    return answered_by(
        request, actor, lambda: told_duty(services.declare_briefings(regime=regime, actor=actor, at=now()))
    )


@router.post(
    "/briefings/{code}/group", response=BriefingBoardOut, operation_id="group_by_old_district", url_name="group_units"
)
def group(request: HttpRequest, code: str) -> dict[str, Any]:
    """Form the default clusters of the units that are in none: those of one old district."""
    actor = actor_of(request)
    duty = duty_of(actor, code)

    def act() -> BriefingBoardOut:
        services.group_by_old_district(duty_id=duty.pk, actor=actor, at=now())
        return told_board(actor, duty, "")

    return answered_by(request, actor, act)


@router.get("/briefing-form", response=LinesOut, operation_id="get_update_form", url_name="update_form")
def update_form(request: HttpRequest) -> LinesOut:
    """The lines that short reports before meetings follow today."""
    return _lines(actor_of(request))


@router.put("/briefing-form", response=LinesOut, operation_id="set_update_form", url_name="update_form")
def set_update_form(request: HttpRequest, said: LinesIn) -> dict[str, Any]:
    """Lay the lines down for the meetings of today and later; reports that were filed keep their words."""
    actor = actor_of(request)

    def act() -> LinesOut:
        lines = [(one.label, one.required) for one in said.lines]
        services.set_update_form(lines=lines, actor=actor, at=now())
        return _lines(actor)

    return answered_by(request, actor, act)


@router.post(
    "/obligations/{int:obligation_id}/held-within",
    response=MeetingWithCourse,
    operation_id="record_combined",
    url_name="held_within",
    openapi_extra=FILE_BODY,
)
def record_combined(
    request: HttpRequest, response: HttpResponse, obligation_id: int, asked: Query[HeldWithinAsked]
) -> dict[str, Any]:
    """Say that the briefing owed was held within another meeting (lồng ghép), with that meeting's minutes (the body of the
    request)."""
    actor = actor_of(request)
    actor.require(RECORD)

    def act() -> MeetingWithCourse:
        try:
            made = services.record_combined(
                obligation_id=obligation_id, **asked.dict(), content=request.body, actor=actor, at=now()
            )
        except NotAccepted as problem:
            raise Problem(422, str(problem)) from None
        return told_course(actor, made)

    return left_by(request, response, actor, act)


def _lines(actor: Actor) -> LinesOut:
    asked = visible_lines(actor).filter(valid__contains=actor.today)
    return LinesOut(lines=[_line(one) for one in asked])


def _line(one: UpdateLine) -> UpdateLineOut:
    return UpdateLineOut(code=one.code, label=one.label, required=one.is_required)
