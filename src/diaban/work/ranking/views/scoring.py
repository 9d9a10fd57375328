"""What the scoring office does to a board: compute, score by hand, announce, sign, publish."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.work.ranking import services
from diaban.work.ranking.forms import HandForm, PublishForm
from diaban.work.ranking.models import Score
from diaban.work.ranking.permissions import PUBLISH, SCORE, require_on
from diaban.work.ranking.views.common import board_or_404, file_in, member_and_criterion, told


@require_POST
@told
def compute(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Compute the automatic criteria anew."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    services.compute_scores(board_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã tính điểm các tiêu chí tự động."))
    return redirect("ranking:board", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def by_hand(request: HttpRequest, uid: UUID, member: int, criterion: int) -> HttpResponse:
    """Score one member in one criterion, with the reason."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    require_on(actor, SCORE, one.version.scheme)
    who, what = member_and_criterion(one, member, criterion)
    score = Score.objects.select_related("evidence").get(board=one, member=who, criterion=what)
    is_given = bool(score.reason)
    form = HandForm(
        request.POST or None,
        request.FILES or None,
        initial={"diem": score.points if is_given else None, "ly_do": score.reason},
    )
    if request.method == "POST" and form.is_valid():
        content, title = file_in(request, "tep")
        services.score_by_hand(
            board_id=one.pk,
            member_id=who.pk,
            criterion_id=what.pk,
            points=form.cleaned_data["diem"],
            reason=form.cleaned_data["ly_do"],
            evidence=content,
            evidence_title=title or "minh-chung.pdf",
            actor=actor,
            at=now(),
        )
        messages.success(request, _("Đã chấm %(who)s: %(what)s.") % {"who": who.name, "what": what.name})
        return redirect("ranking:member", uid, member)
    context = {"board": one, "member": who, "criterion": what, "score": score, "form": form}
    return render(request, "ranking/by_hand.html", context, status=422 if form.is_bound else 200)


@require_POST
@told
def announce(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell members their points and take appeals."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    services.announce(board_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã thông báo dự kiến; mỗi đơn vị thấy điểm của mình và được kiến nghị trong hạn."))
    return redirect("ranking:board", uid)


@require_POST
@told
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A leader approves."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    services.sign(board_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã ký duyệt. Điểm không đổi nữa; ghi số, ngày và nạp văn bản đã ký để công bố."))
    return redirect("ranking:board", uid)


@require_POST
@told
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A leader takes the approval back."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    services.take_back_signature(
        board_id=one.pk,
        reason=request.POST.get("ly_do", "")[:500],
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã rút ký duyệt."))
    return redirect("ranking:board", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish by the signed paper."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    require_on(actor, PUBLISH, one.version.scheme)
    form = PublishForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        services.publish(
            board_id=one.pk, paper=form.paper, expected_revision=revision_of(request), actor=actor, at=now()
        )
        messages.success(request, _("Đã công bố kết quả xếp hạng."))
        return redirect("ranking:board", uid)
    status = 422 if form.is_bound else 200
    return render(request, "ranking/publish.html", {"board": one, "form": form}, status=status)
