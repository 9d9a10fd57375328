"""What an address or a request names, where it is in sight and may be named there."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Schema

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.programs import FieldProblem, Problem, changed_once, once_only
from diaban.foundation.organisations.models import Organisation, Person
from diaban.foundation.territory.models import Unit
from diaban.work.directives.services import NotPossible as DirectiveNotPossible
from diaban.work.meetings.choosing import fields, offices, people, periods, places
from diaban.work.meetings.models import Conclusion, Meeting, Visit
from diaban.work.meetings.permissions import RECORD, can, visible_conclusions, visible_meetings, visible_visits
from diaban.work.meetings.services import NotPossible, raisers_at


def visit_of(actor: Actor, uid: UUID) -> Visit:
    return get_object_or_404(visible_visits(actor), uid=uid)


def meeting_of(actor: Actor, uid: UUID) -> Meeting:
    return get_object_or_404(visible_meetings(actor), uid=uid)


def conclusion_of(actor: Actor, uid: UUID) -> Conclusion:
    return get_object_or_404(visible_conclusions(actor), uid=uid)


def kept_by(actor: Actor, uid: UUID) -> Meeting:
    """The meeting in sight whose minutes the actor keeps. Raises `NotPermitted` for others."""
    one = meeting_of(actor, uid)
    if not can(actor, RECORD, one):
        raise NotPermitted(_("Điều hành, ghi biên bản cuộc họp"))
    return one


def left_by(request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], Schema]) -> dict[str, Any]:
    """Do it once; answer with the thing that it changed. 409 with what is missing where it may not be done now."""
    return changed_once(request, response, actor, lambda: _done_now(act))


def answered_by(request: HttpRequest, actor: Actor, act: Callable[[], Schema]) -> dict[str, Any]:
    """As `left_by`, for an answer that has no revision of its own."""
    return once_only(request, actor, lambda: _done_now(act).model_dump(mode="json"))


def _done_now(act: Callable[[], Schema]) -> Schema:
    try:
        return act()
    except (NotPossible, DirectiveNotPossible) as problem:
        raise Problem(409, str(problem)) from problem


class Named:
    """What a request names, as rows: the choices of the room's own forms, no others. What is none of them is a fault, told
    together by `check`."""

    def __init__(self, actor: Actor, on: date) -> None:
        self.actor, self.on = actor, on
        self.faults: list[FieldProblem] = []

    def field(self, code: str) -> str:
        if code not in dict(fields()):
            self._refuse("field", _("Không có lĩnh vực này."))
        return code

    def period(self, code: str) -> str:
        if code and code not in dict(periods(self.actor.today)):
            self._refuse("period", _("Không giao ban theo kỳ này."))
        return code

    def unit(self, uid: UUID | None) -> int | None:
        """None for the own seat."""
        if uid is None:
            return None
        found = Unit.objects.filter(uid=uid).values_list("pk", flat=True).first()
        if found not in dict(places(self.actor, self.on)):
            self._refuse("unit", _("Chỉ chọn địa bàn mình và địa bàn trong đó."))
        return found

    def offices(self, uids: Sequence[UUID], place: str) -> list[int]:
        if not uids:
            return []
        known = dict(Organisation.objects.filter(uid__in=uids).values_list("uid", "pk"))
        ours = dict(offices(self.actor, self.on))
        for number, uid in enumerate(uids):
            if known.get(uid) not in ours:
                self._refuse(f"{place}.{number}", _("Không có cơ quan này trên địa bàn."))
        return [known[uid] for uid in uids if uid in known]

    def asked(self, meeting: Meeting, uid: UUID) -> int:
        """An office of another body that is asked to the meeting; 0 for another, which is a fault."""
        found = Organisation.objects.filter(uid=uid, pk__in=raisers_at(meeting)).values_list("pk", flat=True).first()
        if found is None:
            self._refuse("organisation", _("Chọn cơ quan được mời họp đã nêu kiến nghị."))
        return found or 0

    def person(self, uid: UUID | None, place: str) -> int | None:
        if uid is None:
            return None
        found = Person.objects.filter(uid=uid).values_list("pk", flat=True).first()
        if found not in dict(people(self.actor, self.on)):
            self._refuse(place, _("Không có người này trong cơ quan."))
        return found

    def check(self) -> None:
        if self.faults:
            raise Problem(422, _("Yêu cầu thiếu hoặc sai."), self.faults)

    def _refuse(self, place: str, said: str) -> None:
        self.faults.append(FieldProblem(place=f"body.said.{place}", detail=said, code="not_possible"))
