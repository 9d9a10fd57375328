"""What is done to a matter: answered, passed on, joined, parted, agreed with or not, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.requests import actor_of, revision_of, uid_typed
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.ui.forms import faults_of, file_of
from diaban.work.difficulties import services
from diaban.work.difficulties.forms import (
    AnswerForm,
    ClockForm,
    EvidenceForm,
    PassForm,
    ReasonForm,
    StanceForm,
    TakeBackForm,
)
from diaban.work.difficulties.models import Kind, Raising
from diaban.work.difficulties.permissions import (
    HANDLE,
    JOIN,
    SET_KINDS,
    SPEAK,
    own_words,
    visible_difficulties,
    visible_raisings,
)
from diaban.work.difficulties.services import NotPossible
from diaban.work.difficulties.views.common import difficulty_or_404, office_choices, told


def _check(form: Form) -> None:
    """Raises `NotPossible` with what to mend."""
    if not form.is_valid():
        raise NotPossible(faults_of(form))


@require_POST
@told("difficulties:difficulty")
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer everybody who raised it."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    actor.require(HANDLE)
    form = AnswerForm(request.POST, request.FILES)
    _check(form)
    typed = form.cleaned_data
    services.answer(
        difficulty_id=one.pk,
        result=typed["ket_qua"],
        text=typed["tra_loi"],
        document=typed["van_ban"],
        promised_on=typed["hua_ngay"],
        files=file_of(form),
        expected_revision=revision_of(request),
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã trả lời; đơn vị kiến nghị được thông báo."))
    return redirect("difficulties:difficulty", uid)


@require_POST
@told("difficulties:difficulty")
def withdraw_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The office that answered takes the answer `tra-loi` back."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    actor.require(HANDLE)
    number = request.POST.get("tra-loi", "")
    given = get_object_or_404(one.answers.all(), pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    form = TakeBackForm(request.POST)
    _check(form)
    services.withdraw_answer(
        answer_id=given.pk,
        reason=form.cleaned_data["ly_do"],
        expected_revision=revision_of(request),
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã thu hồi trả lời; đơn vị kiến nghị được thông báo."))
    return redirect("difficulties:difficulty", uid)


@require_POST
@told("difficulties:difficulty")
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a file to what the own office raised or answered."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    if own_words(actor, one.raisings.all(), one.answers.all()) is None:
        raise NotPermitted(_("Gửi thêm minh chứng"))
    form = EvidenceForm(request.POST, request.FILES)
    _check(form)
    services.add_evidence(difficulty_id=one.pk, files=file_of(form), actor=actor, at=clock.now())
    messages.success(request, _("Đã gửi thêm minh chứng."))
    return redirect("difficulties:difficulty", uid)


@require_POST
@told("difficulties:difficulty")
def pass_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pass it on to the office it is for, or up."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    actor.require(HANDLE)
    form = PassForm(request.POST, offices=office_choices(one, actor))
    _check(form)
    typed = form.cleaned_data
    act = services.send_up if typed["len_cap_tren"] else services.forward
    act(
        difficulty_id=one.pk,
        to_organisation_id=Organisation.objects.get(uid=typed["den"]).pk,
        reason=typed["ly_do"],
        expected_revision=revision_of(request),
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã chuyển kiến nghị; ngày tiếp nhận đầu tiên vẫn giữ."))
    return redirect("difficulties:difficulty", uid)


@require_POST
@told("difficulties:difficulties")
def join(request: HttpRequest) -> HttpResponse:
    """Make one matter of those that are ticked."""
    actor = actor_of(request)
    if not any(actor.reaches(JOIN)):
        actor.require(JOIN)
    uids = [uid for uid in map(uid_typed, request.POST.getlist("chon")) if uid is not None]
    found = visible_difficulties(actor).filter(uid__in=uids)
    whole = services.join(difficulty_ids=list(found.values_list("pk", flat=True)), actor=actor, at=clock.now())
    messages.success(request, _("Đã gộp; trả lời một lần cho mọi đơn vị đã nêu."))
    return redirect("difficulties:difficulty", whole.uid)


@require_POST
@told("difficulties:difficulty")
def part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a joined matter out again."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    services.part(difficulty_id=one.pk, actor=actor, at=clock.now())
    messages.success(request, _("Đã tách thành kiến nghị riêng."))
    return redirect("difficulties:difficulty", uid)


@require_POST
@told("difficulties:difficulties")
def stance(request: HttpRequest, raising_uid: UUID) -> HttpResponse:
    """Whoever raised it agrees with the answer, or does not."""
    actor = actor_of(request)
    raising = get_object_or_404(visible_raisings(actor).select_related("difficulty"), uid=raising_uid)
    actor.require(SPEAK)
    form = StanceForm(request.POST)
    _check(form)
    is_agreed = request.POST.get("chon") == Raising.Stance.ACCEPTED
    act = services.accept_answer if is_agreed else services.contest_answer
    act(
        raising_id=raising.pk, text=form.cleaned_data["y_kien"], expected_revision=revision_of(request), actor=actor,
        at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Đã ghi ý kiến của đơn vị."))
    return redirect("difficulties:difficulty", raising.difficulty.uid)


@require_POST
@told("difficulties:difficulties")
def withdraw(request: HttpRequest, raising_uid: UUID) -> HttpResponse:
    """Whoever raised it takes it back."""
    actor = actor_of(request)
    raising = get_object_or_404(visible_raisings(actor).select_related("difficulty"), uid=raising_uid)
    actor.require(SPEAK)
    form = ReasonForm(request.POST)
    _check(form)
    services.withdraw(
        raising_id=raising.pk, reason=form.cleaned_data["ly_do"], expected_revision=revision_of(request), actor=actor,
        at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Đã rút kiến nghị."))
    return redirect("difficulties:difficulty", raising.difficulty.uid)


@require_POST
@told("difficulties:kinds")
def set_clock(request: HttpRequest, code: str) -> HttpResponse:
    """Set the clock of a kind from a day on."""
    actor = actor_of(request)
    actor.require(SET_KINDS)
    get_object_or_404(Kind, code=code[:30], valid__contains=actor.today)
    form = ClockForm(request.POST)
    _check(form)
    typed = form.cleaned_data
    services.set_kind(
        code=code,
        days=typed["so_ngay"],
        is_working=typed["ngay_lam_viec"],
        basis=typed["can_cu"],
        valid_from=typed["tu_ngay"],
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã đặt thời hạn trả lời."))
    return redirect("difficulties:kinds")
