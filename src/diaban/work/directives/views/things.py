"""One directive and one task, with what may be done to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.foundation.organisations.queries import line_above, names_of
from diaban.foundation.remarks.queries import threads_of
from diaban.foundation.ui.forms import file_of
from diaban.work.directives import services
from diaban.work.directives.forms import DecisionForm, DoneForm, ProgressForm, ReasonForm
from diaban.work.directives.measuring import chart_of, effect
from diaban.work.directives.models import Directive
from diaban.work.directives.permissions import can_decide, can_issue, can_report, can_rewrite, visible_directives
from diaban.work.directives.queries.things import task_page, thing_of
from diaban.work.directives.views.common import directive_or_404, task_or_404, told

LONGEST_ID = 15  # digits


@require_safe
def directive_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A directive: what is asked of whom, how each stands, what it is tied to."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    subject = subject_of(one)
    measured = effect(one)
    context = {
        "one": one,
        "measured": measured,
        "chart": mark_safe(chart_of(one, measured)) if measured else "",  # noqa: S308 (drawn by lib.charts, which escapes)
        "thing": thing_of(actor, one, actor.today),
        "may_rewrite": can_rewrite(actor, one) and not one.is_for_superior,
        "may_issue": can_issue(actor, one),
        "may_decide": one.is_issued and can_decide(actor, one),
        "superiors": _superiors(actor, one),
        "mergeable": _mergeable(actor, one)[:50],
        "related": related(actor, subject),
        "threads": threads_of(subject),
        "subject": subject,
        "timeline": timeline(actor, one),
    }
    return render(request, "directives/directive.html", context)


@require_safe
def task(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A receiver's part: progress, what was reported, every obligation that was opened for it."""
    actor = actor_of(request)
    one = task_or_404(actor, uid)
    page = task_page(one, actor.today)
    is_order = one.directive.how.is_order
    context = {
        "one": one,
        "page": page,
        "is_order": is_order,
        "progress_form": ProgressForm() if can_report(actor, one) else None,
        "done_form": DoneForm(is_order=is_order) if can_report(actor, one) else None,
        "decision_form": DecisionForm(is_order=is_order) if page.waiting and can_decide(actor, one.directive) else None,
        "related": related(actor, subject_of(one)),
        "timeline": timeline(actor, one),
    }
    return render(request, "directives/task.html", context)


@require_POST
@told("directives:task")
def report_progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = task_or_404(actor, uid)
    form = ProgressForm(request.POST, request.FILES)
    if not form.is_valid():
        raise services.NotPossible(_faults(form))
    typed = form.cleaned_data
    services.report_progress(
        task_id=one.pk, text=typed["text"], percent=typed["percent"], files=file_of(form), actor=actor, at=now()
    )
    messages.success(request, _("Đã ghi tiến độ."))
    return redirect("directives:task", uid)


@require_POST
@told("directives:task")
def report_done(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = task_or_404(actor, uid)
    form = DoneForm(request.POST, request.FILES)
    if not form.is_valid():
        raise services.NotPossible(_faults(form))
    typed = form.cleaned_data
    services.report_done(
        task_id=one.pk, text=typed["text"], paper=typed["paper"], files=file_of(form), actor=actor, at=now()
    )
    if one.directive.how.is_order:
        messages.success(request, _("Đã báo hoàn thành; cơ quan ban hành xem và xác nhận."))
    else:
        messages.success(request, _("Đã gửi trả lời; cơ quan đề nghị đã được báo."))
    return redirect("directives:task", uid)


@require_POST
@told("directives:task")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm the newest completion of a task, or send it back."""
    actor = actor_of(request)
    one = task_or_404(actor, uid)
    form = DecisionForm(request.POST)
    newest = one.completions.first()
    if newest is None or not form.is_valid():
        raise services.NotPossible(_("Chưa có kết quả để xem xét, hoặc chưa chọn ý kiến."))
    typed = form.cleaned_data
    if typed["ket_qua"] == "confirm":
        services.confirm_done(completion_id=newest.pk, note=typed["reason"], actor=actor, at=now())
        is_order = one.directive.how.is_order
        messages.success(request, _("Đã xác nhận hoàn thành.") if is_order else _("Đã ghi nhận trả lời."))
    else:
        services.send_back(
            completion_id=newest.pk, reason=typed["reason"], due_on=typed["due_on"], actor=actor, at=now()
        )
        messages.success(request, _("Đã trả lại; đơn vị có hạn bổ sung mới, lần báo trước giữ nguyên."))
    return redirect("directives:task", uid)


@require_POST
@told("directives:directive")
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    services.issue_directive(directive_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã ban hành; các nơi nhận thấy việc trong danh sách của mình."))
    return redirect("directives:directive", uid)


@require_POST
@told("directives:directive")
def hand_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Submit the draft to the superior that the line names."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    superiors = _superiors(actor, one)
    if not superiors:
        raise services.NotPossible(_("Không có cơ quan cấp trên để trình."))
    services.hand_to_superior(
        directive_id=one.pk, superior_id=superiors[0][0], expected_revision=revision_of(request), actor=actor, at=now()
    )
    messages.success(request, _("Đã trình cấp trên ban hành."))
    return redirect("directives:directive", uid)


@require_POST
@told("directives:directive")
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise services.NotPossible(_("Ghi lý do thu hồi."))
    services.withdraw(
        directive_id=one.pk,
        reason=form.cleaned_data["reason"],
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã thu hồi; các việc còn mở ra khỏi số đếm, có ghi lý do."))
    return redirect("directives:directive", uid)


@require_POST
@told("directives:directive")
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    typed = request.POST.get("vao", "")
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_ID
    other = _mergeable(actor, one).filter(pk=int(typed)).first() if is_number else None
    if other is None:
        raise services.NotPossible(_("Chỉ gộp vào một nhiệm vụ khác đã ban hành của cơ quan mình."))
    services.merge_into(
        directive_id=one.pk, other_id=other.pk, expected_revision=revision_of(request), actor=actor, at=now()
    )
    messages.success(request, _("Đã gộp."))
    return redirect("directives:directive", other.uid)


@require_POST
@told("directives:directive")
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.discard_draft(directive_id=directive_or_404(actor, uid).pk, actor=actor, at=now())
    messages.success(request, _("Đã xóa bản nháp."))
    return redirect("directives:directives")


def _superiors(actor: Actor, one: Directive) -> list[tuple[int, str]]:
    """Who may issue the draft instead: the nearest body above in the line."""
    if not can_rewrite(actor, one) or one.is_for_superior:
        return []
    above = line_above(one.drafted_by_id, actor.today)[1:2]
    return sorted(names_of(above, actor.today).items())


def _mergeable(actor: Actor, one: Directive) -> Any:
    """Others of the same office and field that still stand, newest first."""
    rows = visible_directives(actor).filter(
        organisation=one.organisation_id, field_code=one.field_code, issued_at__isnull=False, withdrawn_at=None
    )
    return rows.exclude(pk=one.pk).order_by("-issued_at")


def _faults(form: Any) -> str:
    return " ".join(
        f"{form.fields[name].label}: {' '.join(errors)}" if name in form.fields else " ".join(errors)
        for name, errors in form.errors.items()
    )
