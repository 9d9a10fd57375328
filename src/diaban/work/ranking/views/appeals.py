"""Appeals: asked by whoever was scored, answered by whoever scored."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.journal.queries import timeline
from diaban.work.ranking import services
from diaban.work.ranking.forms import AnswerForm, AppealForm
from diaban.work.ranking.models import Score
from diaban.work.ranking.permissions import (
    ANSWER,
    may_on,
    members_in_sight,
    require_appeal,
    visible_appeals,
)
from diaban.work.ranking.rules import Status
from diaban.work.ranking.views.common import board_or_404, file_in, member_and_criterion, told


@require_http_methods(["GET", "HEAD", "POST"])
@told
def new(request: HttpRequest, uid: UUID, member: int, criterion: int) -> HttpResponse:
    """Ask to be scored again in one criterion."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    who, what = member_and_criterion(one, member, criterion)
    get_object_or_404(members_in_sight(actor, one), pk=who.pk)
    require_appeal(actor, who)
    score = get_object_or_404(Score, board=one, member=who, criterion=what)
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, title = file_in(request, "tep")
        made = services.appeal(
            board_id=one.pk,
            member_id=who.pk,
            criterion_id=what.pk,
            text=form.cleaned_data["noi_dung"],
            content=content,
            file_title=title or "minh-chung.pdf",
            actor=actor,
            at=now(),
        )
        messages.success(request, _("Đã gửi kiến nghị. Cơ quan chấm phải trả lời trong hạn."))
        return redirect("ranking:appeal", made.uid)
    context = {"board": one, "member": who, "criterion": what, "score": score, "form": form}
    return render(request, "ranking/new_appeal.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An appeal and its answer; the scoring office answers here."""
    actor = actor_of(request)
    one = get_object_or_404(visible_appeals(actor).select_related("file"), uid=uid)
    is_open = not one.decision and one.board.state is Status.ANNOUNCED
    may_answer = is_open and may_on(actor, ANSWER, one.board.version.scheme)
    form = AnswerForm(request.POST or None) if may_answer or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.answer_appeal(
                appeal_id=one.pk,
                decision=form.cleaned_data["ket_qua"],
                answer=form.cleaned_data["ly_do"],
                points=form.cleaned_data["diem"],
                expected_revision=revision_of(request),
                actor=actor,
                at=now(),
            )
        except services.NotPossible as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Đã trả lời kiến nghị."))
        return redirect("ranking:appeal", uid)
    score = Score.objects.get(board=one.board_id, member=one.member_id, criterion=one.criterion_id)
    context = {"appeal": one, "score": score, "form": form, "timeline": timeline(actor, one)}
    return render(request, "ranking/appeal.html", context, status=422 if form and form.is_bound else 200)
