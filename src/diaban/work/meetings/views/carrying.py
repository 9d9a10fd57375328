"""What a delegation takes along: signed papers of a visit, what is asked at a stop."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.territory.dossier import place_of
from diaban.work.meetings import services
from diaban.work.meetings.forms import SignedForm, file_of
from diaban.work.meetings.models import Shape
from diaban.work.meetings.permissions import RECORD, can
from diaban.work.meetings.questions import by_field, questions_at
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import meeting_or_404, number_of, told, valid, visit_or_404


@require_POST
@told("meetings:visit")
def bring_signed(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    form = SignedForm(request.POST, request.FILES)
    typed = valid(form)
    content, title = file_of(form)
    services.bring_signed(visit_id=one.pk, kind=typed["kind"], content=content, title=title, actor=actor, at=now())
    messages.success(request, _("Đã nạp; văn bản này được ghép vào tài liệu đoàn."))
    return redirect("meetings:visit", uid)


@require_POST
@told("meetings:visit")
def take_out_signed(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    carried = get_object_or_404(one.carried, pk=number_of(request, "van_ban"))
    services.take_out_signed(carried_id=carried.pk, actor=actor, at=now())
    messages.success(request, _("Đã bỏ khỏi tài liệu đoàn."))
    return redirect("meetings:visit", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What to ask at a stop: suggested questions with what each rests on, kept or struck; others added."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    if one.shape != Shape.STOP or one.visit is None:
        raise Http404
    if not can(actor, RECORD, one):
        raise NotPermitted(str(act_kind(RECORD).label))
    suggested = questions_at(place_of(actor, one.unit.uid, actor.today), one.held_on)
    fault, own = "", request.POST.get("them", "")
    kept = set(request.POST.getlist("giu"))
    if request.method == "POST":
        struck = [each.key for each in suggested if each.key not in kept]
        try:
            services.write_questions(
                meeting_id=one.pk, struck=struck, own=own.splitlines(), expected_revision=revision_of(request),
                actor=actor, at=now(),
            )  # fmt: skip
        except NotPossible as problem:
            fault = str(problem)
        else:
            messages.success(request, _("Đã lưu; tài liệu đoàn in theo các câu hỏi này."))
            return redirect("meetings:questions", uid)
    else:
        decided = list(one.askings.all())
        struck_keys = {each.key for each in decided}
        kept = {each.key for each in suggested if each.key not in struck_keys}
        own = "\n".join(each.text for each in decided if each.text)
    context = {"one": one, "several": by_field(suggested), "kept": kept, "own": own, "fault": fault}
    return render(request, "meetings/questions.html", context)
