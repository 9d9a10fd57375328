"""A meeting: planned, convened, moved, called off; what those asked send back; its conclusions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.foundation.mandates.permissions import offices_of, party
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.remarks.queries import threads_of
from diaban.lib.messages import ReadyText
from diaban.work.meetings import services
from diaban.work.meetings.choosing import fields, matters, offices, people, periods, places, there_first
from diaban.work.meetings.forms import (
    AnswerForm,
    AskForm,
    CombinedForm,
    ConclusionForm,
    FileForm,
    MeetingForm,
    MoveForm,
    ReasonForm,
    UpdateForm,
    WordsForm,
    file_of,
    written_move,
)
from diaban.work.meetings.models import Meeting, Move, Shape
from diaban.work.meetings.permissions import ATTEND, BRIEFING, CONCLUDE, CONVENE, PLAN, RECORD, acts_on
from diaban.work.meetings.queries.holders import declared_meeting
from diaban.work.meetings.queries.things import MeetingPage, meeting_page
from diaban.work.meetings.rules import may_now
from diaban.work.meetings.services import NotPossible, Someone
from diaban.work.meetings.views.common import item_asked, meeting_or_404, number_of, told, valid
from diaban.work.meetings.wording import meeting_text


@require_safe
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A meeting in its state, with what the reader may do next."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    stage, subject = one.stage, subject_of(one)
    mine = acts_on(actor, one, PLAN, RECORD, CONVENE, CONCLUDE)
    may_plan, may_record = may_now("prepare", stage) and PLAN in mine, RECORD in mine
    page = meeting_page(actor, one, actor.today)
    asked = offices(actor, one.held_on) if may_plan or (may_record and may_now("record", stage)) else []
    may_answer = bool(page.own_places) and stage.value == "convened" and actor.may(ATTEND) is not None
    agenda = "\n".join(item.title for item in page.items)
    moves = list(one.moves.all())
    words = {"title": one.title, "requirements": one.requirements, "agenda": agenda}
    context = {
        "one": one,
        "page": page,
        "invite_by": services.invite_by(one) if stage.value == "planned" else None,
        "ask_form": AskForm(offices=asked, people=people(actor, one.held_on)) if may_plan else None,
        "words_form": WordsForm(initial=words) if may_plan else None,
        "move_form": MoveForm(initial=written_move(one), is_known=one.convened_at is not None) if may_now("change", stage) and CONVENE in mine else None,
        "may_convene": may_now("convene", stage) and CONVENE in mine,
        "may_open": may_now("open", stage) and may_record,
        "may_run": may_now("record", stage) and may_record,
        "may_issue": may_now("conclude", stage) and CONCLUDE in mine,
        "may_withdraw": stage.value == "concluded" and CONCLUDE in mine,
        "conclusion_form": ConclusionForm(
            fields=fields(), offices=there_first(asked, page.attendees), matters=matters(actor, page.attendees),
            initial={"field_code": one.field_code},
        )
        if may_now("record", stage) and may_record
        else None,
        "answer_form": AnswerForm() if may_answer else None,
        "update_form": _update_form(page, actor) if may_answer or (page.own_places and stage.value == "running") else None,
        "file_form": FileForm() if may_record or (page.own_places and one.closed_at is None) else None,
        "papers": page.is_led,
        "ready": _message(request, page, moves) if CONVENE in mine else None,
        "moves": moves,
        "related": related(actor, subject),
        "threads": threads_of(subject),
        "subject": subject,
        "timeline": timeline(actor, one),
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


def _message(request: HttpRequest, page: MeetingPage, moves: list[Move]) -> ReadyText | None:
    """What is sent to those asked, by hand."""
    address = request.build_absolute_uri(request.path)
    return meeting_text(page.meeting, moves, page.office, [item.title for item in page.items], address)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a briefing or another meeting; `viec` names the duty's obligation that it is held for, `chuong-trinh` the row of the
    year's programme that it carries out."""
    actor = actor_of(request)
    actor.require(PLAN)
    asked = request.GET.get("viec", "")
    item = item_asked(request, actor)
    owed_id = int(asked) if asked.isdecimal() and len(asked) < 12 else None
    initial = (
        {"title": item.content[:300], "field_code": item.field_code, "shape": Shape.OTHER}
        if item
        else _owed_words(actor, owed_id)
    )
    form = MeetingForm(
        request.POST or None,
        initial=initial,
        fields=fields(),
        units=places(actor, actor.today),
        periods=periods(actor.today),
        is_stop=False,
    )
    if request.method == "POST" and form.is_valid():
        try:
            shape = Shape(form.cleaned_data["shape"])
            if item is not None:
                one = services.plan_meeting_for(item_id=item.pk, shape=shape, plan=form.plan, actor=actor, at=now())
            else:
                one = services.plan_meeting(
                    shape=shape, plan=form.plan, obligation_id=owed_id, actor=actor, at=now()
                )  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã lập cuộc họp. Ghi thành phần mời, xem chương trình, rồi gửi giấy mời."))
            return redirect("meetings:meeting", one.uid)
    context = {"form": form, "heading": _("Lập cuộc họp, giao ban"), "owed": owed_id}
    return render(request, "meetings/form.html", context)


def _owed_words(actor: Actor, obligation_id: int | None) -> dict[str, Any] | None:
    """What the form says at first of a briefing that the own body owes."""
    rows = Obligation.objects.open().filter(pk=obligation_id or 0, kind=BRIEFING, owner__in=party(actor))
    owed = rows.first()
    if owed is None:
        return None
    words = {"title": owed.title, "period": owed.period, "field_code": owed.field_code, "unit_id": owed.unit_id}
    return words | {"shape": Shape.BRIEFING}


@require_http_methods(["GET", "HEAD", "POST"])
def combined(request: HttpRequest, obligation_id: int) -> HttpResponse:
    """Say that the briefing of a period was held within another meeting, with that meeting's minutes."""
    actor = actor_of(request)
    actor.require(RECORD)
    owed = get_object_or_404(Obligation.objects.open(), pk=obligation_id, kind=BRIEFING, owner__in=party(actor))
    form = CombinedForm(
        request.POST or None, request.FILES or None, initial={"combined_with": declared_meeting(owed)}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        content, title = file_of(form)
        try:
            one = services.record_combined(
                obligation_id=owed.pk, held_on=typed["held_on"], combined_with=typed["combined_with"],
                summary=typed["summary"], content=content, title=title, actor=actor, at=now(),
            )  # fmt: skip
        except (NotPossible, NotAccepted) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã ghi giao ban lồng ghép; chế độ giao ban kỳ này đã thực hiện."))
            return redirect("meetings:meeting", one.uid)
    heading = _("Giao ban lồng ghép: %(title)s") % {"title": owed.title}
    return render(request, "meetings/form.html", {"form": form, "heading": heading, "has_file": True})


@require_POST
@told("meetings:meeting")
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    typed = valid(WordsForm(request.POST))
    services.change_meeting(
        meeting_id=one.pk, title=typed["title"], requirements=typed["requirements"],
        expected_revision=revision_of(request), actor=actor, at=now(),
    )  # fmt: skip
    services.set_agenda(meeting_id=one.pk, lines=typed["agenda"].splitlines(), actor=actor, at=now())
    messages.success(request, _("Đã lưu."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    typed = valid(AskForm(request.POST, offices=offices(actor, one.held_on), people=people(actor, one.held_on)))
    capacity = typed["capacity"]
    someone = [Someone(organisation_id=office, role=capacity) for office in typed["offices"]]
    if typed["person"]:
        someone.append(Someone(person_id=typed["person"], role=capacity))
    if typed["name"] or (typed["office"] and not someone):
        someone.append(Someone(name=typed["name"], title=typed["title"], office=typed["office"], role=capacity))
    if not someone:
        raise NotPossible(_("Chọn cơ quan, chọn người hoặc ghi tên."))
    rows = services.ask_to_meeting(meeting_id=one.pk, people=someone, actor=actor, at=now())
    messages.success(request, _("Đã thêm %(n)s vào thành phần mời.") % {"n": len(rows)})
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    attendee = get_object_or_404(one.attendees, pk=number_of(request, "nguoi"))
    services.strike_attendee(attendee_id=attendee.pk, actor=actor, at=now())
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def convene(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    services.convene(
        meeting_id=one.pk, urgent_reason=request.POST.get("urgent_reason", ""), expected_revision=revision_of(request),
        actor=actor, at=now(),
    )  # fmt: skip
    messages.success(request, _("Đã gửi giấy mời; người và cơ quan được mời thấy trong thông báo của mình."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    typed = valid(MoveForm(request.POST))
    services.move_meeting(meeting_id=one.pk, **typed, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã dời cuộc họp; mọi người được mời đã được báo lại."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    services.cancel_meeting(meeting_id=one.pk, reason=request.POST.get("reason", ""), actor=actor, at=now())
    messages.success(request, _("Đã hủy cuộc họp."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    attendee = get_object_or_404(one.attendees, pk=number_of(request, "nguoi"))
    typed = valid(AnswerForm(request.POST))
    services.answer_invitation(attendee_id=attendee.pk, **typed, actor=actor, at=now())
    messages.success(request, _("Đã trả lời giấy mời."))
    return redirect("meetings:meeting", uid)


def _update_form(page: MeetingPage, actor: Actor) -> UpdateForm:
    """The form of the own office's report, with what it says already."""
    ours = offices_of(actor)
    filed = next((one for one in page.updates if one.organisation_id in ours), None)
    written = {line["code"]: line["text"] for line in filed.answers} if filed else None
    return UpdateForm(initial=written, asked=services.lines_asked(page.meeting))


def _filed(form: UpdateForm, meeting: Meeting, actor: Actor) -> bool:
    """Whether it could be filed; else the form says at each line why not."""
    try:
        services.file_update(meeting_id=meeting.pk, answers=form.cleaned_data, actor=actor, at=now())
    except services.WrongAnswers as wrong:
        for code, said in wrong.faults.items():
            form.add_error(code if code in form.fields else None, said)
        return False
    return True


@require_POST
@told("meetings:meeting")
def update(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    asked = services.lines_asked(one)
    form = UpdateForm(request.POST, asked=asked)
    if not form.is_valid() or not _filed(form, one, actor):
        heading = _("Báo cáo nhanh: %(title)s") % {"title": one.title}
        return render(request, "meetings/form.html", {"form": form, "heading": heading})
    messages.success(request, _("Đã gửi báo cáo nhanh."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def bring(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    form = FileForm(request.POST, request.FILES)
    typed = valid(form)
    content, title = file_of(form)
    services.bring_file(meeting_id=one.pk, kind=typed["kind"], content=content, title=title, actor=actor, at=now())
    messages.success(request, _("Đã tải tệp lên."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def conclude(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    form = ConclusionForm(
        request.POST, fields=fields(), offices=offices(actor, one.held_on), matters=matters(actor, one.attendees.all())
    )
    valid(form)
    services.conclude(meeting_id=one.pk, said=form.said, actor=actor, at=now())
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    conclusion = get_object_or_404(one.conclusions, pk=number_of(request, "ket_luan"))
    typed = valid(ReasonForm(request.POST))
    services.withdraw_conclusion(conclusion_id=conclusion.pk, reason=typed["reason"], actor=actor, at=now())
    messages.success(request, _("Đã thu hồi kết luận."))
    return redirect("meetings:meeting", uid)


@require_POST
@told("meetings:meeting")
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    services.issue_notice(meeting_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã ban hành kết luận; nơi nhận thấy việc trong danh sách của mình."))
    return redirect("meetings:meeting", uid)
