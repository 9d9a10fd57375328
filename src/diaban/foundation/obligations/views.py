"""Pages of obligations."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.obligations import queries, services
from diaban.foundation.obligations.forms import AssignmentForm, DayOffForm, DeadlineForm, DecisionForm, YearForm
from diaban.foundation.obligations.models import Assignment, DeadlineRequest, Obligation
from diaban.foundation.obligations.permissions import (
    can_assign,
    ground_to_decide,
    is_counterparts_office,
    is_owners_office,
    visible_days_off,
)
from diaban.foundation.obligations.services.days_off import SET, NotADayOff, remove_day_off, set_day_off
from diaban.foundation.obligations.starts import start_urls
from diaban.foundation.obligations.workdays import days_off_of, holidays_of
from diaban.foundation.organisations.queries import Post, body_of, names_of, posts_of, rooms_of
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.lib.workbooks import Column


@require_safe
def obligations(request: HttpRequest) -> HttpResponse:
    """Every obligation in sight, with filters that stay in the address."""
    actor, today = actor_of(request), clock.today()
    state, text = request.GET.get("state", "open"), request.GET.get("q", "")
    is_ours = request.GET.get("gui") == "co-quan"
    page = page_of(request, queries.listed(actor, state=state, text=text, is_ours=is_ours, on=today))
    rows = list(page.object_list)
    names = names_of({row.owner_id for row in rows}, today)
    grounds = queries.grounds_of(rows)
    lines = [(row, names.get(row.owner_id, ""), grounds[row.pk], row.status_on(today)) for row in rows]
    context = {"page": page, "lines": lines, "state": state, "text": text, "is_ours": is_ours}
    return render(request, "obligations/obligations.html", context)


@require_safe
def obligation(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """One obligation with what may be done about it."""
    actor = actor_of(request)
    row = queries.detail(actor, obligation_id)
    if row is None:
        raise Http404
    return render(request, "obligations/obligation.html", _shown(actor, row))


@require_POST
def assign(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Pass work on inside the office."""
    actor, row = _own(request, obligation_id)
    if not can_assign(actor, row):
        raise NotPermitted(services.ONLY_OWN_OPEN_WORK)
    form = AssignmentForm(request.POST, posts=_colleagues(actor))
    if not form.is_valid():
        return render(request, "obligations/obligation.html", _shown(actor, row, assignment=form), status=422)
    typed = form.cleaned_data
    services.assign(
        obligation_id=row.pk,
        to_position_id=typed["to_position"],
        part=typed["part"],
        text=typed["text"],
        due_on=typed["due_on"],
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã phân công."))
    return redirect("obligations:obligation", row.pk)


@require_POST
def report_done(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Say that one's part is done."""
    held = get_object_or_404(Assignment, pk=assignment_id)
    _own(request, held.obligation_id)
    services.report_done(assignment_id=held.pk, actor=actor_of(request), at=clock.now())
    messages.success(request, _("Đã báo hoàn thành phần việc."))
    return redirect("obligations:obligation", held.obligation_id)


@require_POST
def ask(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Ask for an extension or an exemption."""
    actor, row = _own(request, obligation_id)
    form = DeadlineForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            if typed["kind"] == "extension":
                services.ask_extension(
                    obligation_id=row.pk,
                    reason=typed["reason"],
                    wanted_due_on=typed["wanted_due_on"],
                    actor=actor,
                    at=clock.now(),
                )
            else:
                services.ask_exemption(obligation_id=row.pk, reason=typed["reason"], actor=actor, at=clock.now())
        except services.BadRequest as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã gửi đề nghị. Kết quả trả lời hiện ở trang này."))
            return redirect("obligations:obligation", row.pk)
    return render(request, "obligations/obligation.html", _shown(actor, row, deadline=form), status=422)


@require_POST
def decide(request: HttpRequest, request_id: int) -> HttpResponse:
    """Answer a request."""
    asked = get_object_or_404(DeadlineRequest, pk=request_id)
    actor, row = _own(request, asked.obligation_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.decide_request(
                request_id=asked.pk,
                granted=typed["granted"],
                answer=typed["answer"],
                due_on=typed["due_on"],
                actor=actor,
                at=clock.now(),
            )
        except services.BadRequest as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã trả lời đề nghị."))
            return redirect("obligations:obligation", row.pk)
    return render(request, "obligations/obligation.html", _shown(actor, row, decision=form), status=422)


def _own(request: HttpRequest, obligation_id: int) -> tuple[Actor, Obligation]:
    """The actor and the obligation, if it is in sight. Raises Http404."""
    actor = actor_of(request)
    row = queries.detail(actor, obligation_id)
    if row is None:
        raise Http404
    return actor, row


def _colleagues(actor: Actor) -> list[Post]:
    """The posts of the actor's whole body, its rooms included."""
    if actor.organisation_id is None:
        return []
    rooms = rooms_of(body_of(actor.organisation_id, actor.today), actor.today)
    posts = posts_of({room.organisation_id for room in rooms}, actor.today)
    return [post for post in posts if post.position.pk != actor.position_id]


def _shown(
    actor: Actor,
    row: Obligation,
    *,
    assignment: AssignmentForm | None = None,
    deadline: DeadlineForm | None = None,
    decision: DecisionForm | None = None,
) -> dict[str, object]:
    """What the page of one obligation shows: acts the actor may not do are left out."""
    is_owner, is_counterpart = is_owners_office(actor, row), is_counterparts_office(actor, row)
    names = names_of({row.owner_id, row.original_owner_id, row.counterpart_id}, actor.today)
    waiting = next((asked for asked in row.requests.all() if asked.granted is None), None)
    may_ask = is_owner and row.is_open and waiting is None and actor.may("obligations.ask") is not None
    may_decide = is_counterpart and waiting and ground_to_decide(actor, row)
    return {
        "obligation": row,
        "status": row.status_on(actor.today),
        "owner": names.get(row.owner_id),
        "original_owner": names.get(row.original_owner_id),
        "counterpart": names.get(row.counterpart_id),
        "where": queries.grounds_of([row])[row.pk],
        "start_url": start_urls([row]).get(row.pk) if is_owner and row.is_open else None,
        "assignment_form": (assignment or AssignmentForm(posts=_colleagues(actor))) if can_assign(actor, row) else None,
        "deadline_form": (deadline or DeadlineForm()) if may_ask else None,
        "decision_form": (decision or DecisionForm()) if may_decide else None,
        "waiting": waiting,
        "my_position_id": actor.position_id,
        "timeline": timeline(actor, row),
    }


@require_http_methods(["GET", "POST"])
def days_off(request: HttpRequest) -> HttpResponse:
    """The table of working days of a year; who may set it adds a line."""
    actor = actor_of(request)
    form = DayOffForm(request.POST or None)
    if request.method == "POST":
        answer = _set_day_off(request, actor, form, None)
        if answer is not None:
            return answer
    year, asked = _year(request, actor)
    context = {
        "asked": asked,
        "year": year,
        "rows": days_off_of(actor, year),
        "holidays": holidays_of(year),
        "may_set": actor.may(SET),
        "form": form,
    }
    return render(request, "obligations/days_off.html", context, status=422 if form.errors else 200)


@require_safe
def days_off_file(request: HttpRequest) -> HttpResponse:
    """The table of a year as a workbook."""
    actor = actor_of(request)
    year, _asked = _year(request, actor)
    return table_file(
        f"ngay-nghi-{year}",
        title=_("Ngày nghỉ, ngày làm bù năm %(year)s") % {"year": year},
        columns=[Column(_("Ngày nghỉ"), "date"), Column(_("Ngày làm bù"), "date"), Column(_("Căn cứ"), width=60)],
        rows=((row.off_on, row.worked_on, row.basis) for row in days_off_of(actor, year)),
    )


@require_http_methods(["GET", "POST"])
def day_off(request: HttpRequest, day_off_id: int) -> HttpResponse:
    """One line of the table, to be changed or taken away."""
    actor = actor_of(request)
    line = get_object_or_404(visible_days_off(actor), pk=day_off_id)
    actor.require(SET)
    known = {"off_on": line.off_on, "worked_on": line.worked_on, "basis": line.basis, "revision": line.revision}
    form = DayOffForm(request.POST or None, initial=known)
    if "bo" in request.POST:
        remove_day_off(day_off_id=line.pk, actor=actor, at=clock.now())
        messages.success(request, _("Đã bỏ dòng này. Nhật ký vẫn giữ."))
        return redirect("obligations:days_off")
    if request.method == "POST":
        answer = _set_day_off(request, actor, form, line.pk)
        if answer is not None:
            return answer
    context = {"form": form, "line": line, "timeline": timeline(actor, line)}
    return render(request, "obligations/day_off.html", context, status=422 if form.errors else 200)


def _set_day_off(request: HttpRequest, actor: Actor, form: DayOffForm, day_off_id: int | None) -> HttpResponse | None:
    """To the table where the line is written; None where the form is to be shown again."""
    actor.require(SET)
    if not form.is_valid():
        return None
    typed = dict(form.cleaned_data)
    revision = typed.pop("revision")
    try:
        line = set_day_off(**typed, day_off_id=day_off_id, expected_revision=revision, actor=actor, at=clock.now())
    except NotADayOff as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, _("Đã ghi. Hạn của các việc sinh sau này tính theo bảng mới."))
    day = line.off_on or line.worked_on or actor.today
    return redirect(f"{reverse('obligations:days_off')}?nam={day.year}")


def _year(request: HttpRequest, actor: Actor) -> tuple[int, YearForm]:
    form = YearForm({"nam": request.GET.get("nam") or actor.today.year})
    year = form.cleaned_data["nam"] if form.is_valid() else None
    return year or actor.today.year, form
