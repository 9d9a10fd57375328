"""Answering: signed in, or by a link on a telephone without signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.clock import now, today
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.models import Reason
from diaban.foundation.files.queries import files_of
from diaban.foundation.journal.queries import timeline
from diaban.work.requests import services
from diaban.work.requests.forms import CELL, REASON, WhoForm, seen_in, typed_from
from diaban.work.requests.links import LinkHolder, key_of
from diaban.work.requests.models import Answer, Receiver
from diaban.work.requests.permissions import is_asker, may_answer, require_answer
from diaban.work.requests.queries.answers import columns_of
from diaban.work.requests.rules import Asked, Typed, shown, time_left
from diaban.work.requests.services import Answerer, Changed, NotAnswerable, NotFit
from diaban.work.requests.throttle import is_within
from diaban.work.requests.views.common import asker_of, private, receiver_or_404

SPAN = 300  # seconds
TRIES_OF_A_LINK = 60
# By where they come from: only addresses that open nothing, since all communes may share one address of the office network.
FOREIGN_TRIES = 30


@dataclass(frozen=True)
class Line:
    """One cell of the form."""

    column: Asked
    typed: str
    reason: str
    fault: str
    theirs: str

    @property
    def name(self) -> str:
        return f"{CELL}{self.column.code}"

    @property
    def reason_name(self) -> str:
        return f"{REASON}{self.column.code}"


@dataclass
class Sheet:
    """The form of one receiver with what is typed in it, what is wrong with it, and what somebody else sent meanwhile."""

    receiver: Receiver
    columns: Sequence[Asked]
    current: Answer | None
    typed: Typed | None = None
    faults: dict[str, str] | None = None
    other: Answer | None = None

    @property
    def seen(self) -> int:
        shown_one = self.other or self.current
        return shown_one.number if shown_one else 0

    @property
    def lines(self) -> list[Line]:
        return [self._line(column) for column in self.columns]

    @property
    def read(self) -> list[tuple[str, str]]:
        """The current answer in words: what was asked, what was said."""
        if self.current is None:
            return []
        values, reasons = self.current.values, self.current.reasons
        return [(one.called, shown(one, values.get(one.code, ""), reasons.get(one.code, ""))) for one in self.columns]

    def _line(self, column: Asked) -> Line:
        if self.typed is not None:
            typed, reason = self.typed.values.get(column.code, ""), self.typed.reasons.get(column.code, "")
        elif self.current is not None:
            reason = self.current.reasons.get(column.code, "")
            typed = _as_typed(column, "" if reason else self.current.values.get(column.code, ""))
        else:
            typed, reason = "", ""
        theirs = ""
        if self.other is not None:
            other = self.other
            theirs = shown(column, other.values.get(column.code, ""), other.reasons.get(column.code, "")) or "–"
        return Line(column, typed, reason, (self.faults or {}).get(column.code, ""), theirs)


def _as_typed(column: Asked, value: str) -> str:
    """A kept value as its control takes it."""
    return shown(column, value, "") if column.kind.is_number else value


def _sheet(receiver: Receiver) -> Sheet:
    current = receiver.answers.order_by("-number").first()
    return Sheet(receiver, columns_of(receiver.request), current)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One receiver's answer: filled by its own office, typed for it by the asking one, read by whoever sees the table."""
    actor = actor_of(request)
    receiver = receiver_or_404(actor, uid)
    is_own, asks = may_answer(actor, receiver) is not None, is_asker(actor, receiver.request)
    sheet, status = _sheet(receiver), 200
    if request.method == "POST":
        require_answer(actor, receiver)
        via = Answer.Via.PAGE if is_own else Answer.Via.TYPED_FOR
        by = Answerer(name=actor.label, via=via)
        kept, status = _take(request, sheet, by, actor)
        if kept:
            messages.success(request, _("Đã gửi câu trả lời. Sửa được đến khi chốt số liệu."))
            return redirect("requests:answer", uid) if is_own else redirect("requests:request", receiver.request.uid)
    context = {
        **_context(sheet),
        "may_answer": receiver.request.is_open and (is_own or asks),
        "types_for": asks and not is_own,
        "sees_table": asks or not is_own,
        "answers": receiver.answers.order_by("-number"),
        "timeline": timeline(actor, receiver),
    }
    return render(request, "requests/answer.html", context, status=status)


def _context(sheet: Sheet) -> dict[str, Any]:
    one = sheet.receiver.request
    return {
        "one": one,
        "receiver": sheet.receiver,
        "sheet": sheet,
        "asker": asker_of(one),
        "left": time_left(one.due_at, now()),
        "is_past": now() > one.due_at,
        "reasons": Reason.choices,
        "files": files_of(subject_of(one)),
    }


def _take(request: HttpRequest, sheet: Sheet, by: Answerer, actor: Any) -> tuple[Answer | None, int]:
    """Take what was posted; what cannot be taken stays typed on the sheet, with why."""
    sheet.typed = typed_from(request.POST, sheet.columns)
    try:
        kept = services.answer(
            receiver_id=sheet.receiver.pk, typed=sheet.typed, by=by, seen=seen_in(request.POST), actor=actor, at=now()
        )
    except NotFit as problem:
        sheet.faults = dict(problem.read.faults)
        return None, 422
    except Changed as problem:
        sheet.other = problem.current
        return None, 409
    except NotAnswerable as problem:
        messages.error(request, str(problem))
        return None, 409
    return kept, 200


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_page(request: HttpRequest, token: str) -> HttpResponse:
    """The same without signing in: whoever holds the link sees this request and this unit's answer, and nothing else."""
    receiver = _of_link(token)
    if receiver is None:
        place = get_adapter().get_client_ip(request)
        if is_within(f"foreign:{place}", most=FOREIGN_TRIES, seconds=SPAN):
            raise Http404
        return private(render(request, "429.html", status=429))
    if not is_within(f"link:{receiver.pk}", most=TRIES_OF_A_LINK, seconds=SPAN):
        return private(render(request, "429.html", status=429))
    one = receiver.request
    at = now()
    if not one.is_open or (receiver.link_expires_at and at > receiver.link_expires_at):
        context = {"one": one, "receiver": receiver, "asker": asker_of(one), "sheet": _sheet(receiver)}
        return private(
            render(request, "requests/link_over.html", context, status=200 if request.method != "POST" else 409)
        )
    return private(_by_link(request, receiver))


def _of_link(token: str) -> Receiver | None:
    """The receiver of a link that we made and that still is one."""
    key = key_of(token)
    return Receiver.objects.select_related("request").filter(link_key=key).first() if key else None


def _by_link(request: HttpRequest, receiver: Receiver) -> HttpResponse:
    sheet, status, kept = _sheet(receiver), 200, None
    who = WhoForm(request.POST or None)
    if request.method == "POST":
        if who.is_valid():
            name, phone = who.cleaned_data["by_name"], who.cleaned_data["by_phone"]
            holder = LinkHolder(receiver.name, receiver.organisation_id, name, today())
            kept, status = _take(request, sheet, Answerer(name, Answer.Via.LINK, phone), holder)
        else:
            sheet.typed, status = typed_from(request.POST, sheet.columns), 422
        if kept:
            sheet = _sheet(receiver)
    context = {**_context(sheet), "who": who, "kept": kept, "is_link": True}
    return render(request, "requests/link.html", context, status=status)
