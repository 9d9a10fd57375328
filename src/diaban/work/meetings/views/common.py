"""What the pages of visits and meetings share."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.ui.forms import faults_of
from diaban.foundation.ui.responses import telling
from diaban.work.directives.services import NotPossible as DirectiveNotPossible
from diaban.work.meetings.models import Item, Meeting, Visit
from diaban.work.meetings.permissions import visible_items, visible_meetings, visible_visits
from diaban.work.meetings.rules import YEARS
from diaban.work.meetings.services import NotPossible


def meeting_or_404(actor: Actor, uid: UUID) -> Meeting:
    return get_object_or_404(visible_meetings(actor), uid=uid)


def visit_or_404(actor: Actor, uid: UUID) -> Visit:
    return get_object_or_404(visible_visits(actor), uid=uid)


def item_asked(request: HttpRequest, actor: Actor) -> Item | None:
    """The row of the year's programme that `?chuong-trinh=` names; None where it names none in sight."""
    try:
        uid = UUID(request.GET.get("chuong-trinh", ""))
    except ValueError:
        return None
    return visible_items(actor).filter(uid=uid, struck_at=None).first()


def day_typed(text: str) -> date | None:
    """A day as addresses and forms bring it; None for anything that is none, or none of these times."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def number_of(request: HttpRequest, name: str) -> int:
    """A row's number as a form brought it; 0 for anything that is none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= 15 else 0


told = telling(NotPossible, DirectiveNotPossible, NotAccepted)


def valid(form: Any) -> dict[str, Any]:
    """What a form says. Raises `NotPossible` with its faults."""
    if form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        return typed
    raise NotPossible(faults_of(form))
