"""The list, one matter, raising one, the table field × locality, the clocks."""

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, show, subject_of
from diaban.foundation.files.queries import files_by_subject
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.foundation.organisations.queries import body_of, names_of
from diaban.foundation.ui.forms import file_of
from diaban.foundation.ui.paging import page_of
from diaban.work.difficulties import services
from diaban.work.difficulties.forms import (
    AnswerForm,
    ClockForm,
    EvidenceForm,
    PassForm,
    RaiseForm,
    ReasonForm,
    StanceForm,
    TakeBackForm,
)
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import (
    HANDLE,
    RAISE,
    SET_KINDS,
    in_hand_of,
    may_join,
    own_answers,
    own_raisings,
    own_words,
    visible_kinds,
)
from diaban.work.difficulties.queries.lists import (
    counted,
    field_by_place,
    inherited_from,
    like_this,
    lines_of,
    unanswered,
)
from diaban.work.difficulties.queries.routing import kind_of, own_places
from diaban.work.difficulties.sockets import DIRECTED
from diaban.work.difficulties.views.common import asked, difficulty_or_404, field_names, office_choices
from diaban.work.difficulties.wording import reminders


@require_safe
def difficulties(request: HttpRequest) -> HttpResponse:
    """Matters in sight, with filters that stay in the address."""
    actor = actor_of(request)
    fields = field_names()
    form, rows = asked(request, actor, fields)
    page = page_of(request, rows)
    context = {
        "form": form,
        "page": page,
        "counts": counted(rows),
        "lines": lines_of(list(page.object_list), fields, actor.today),
        "may_raise": actor.may(RAISE),
        "may_join": any(actor.reaches("difficulties.join")),
        **{
            f"{name}_url": f"{reverse('difficulties:printed', args=[kind])}?{request.GET.urlencode()}"
            for name, kind in (("export", "xlsx"), ("pdf", "pdf"), ("docx", "docx"))
        },
    }
    return render(request, "difficulties/difficulties.html", context)


@require_safe
def messages_page(request: HttpRequest) -> HttpResponse:
    """Texts to paste into a message, one for each office that has matters to answer."""
    actor = actor_of(request)
    address = request.build_absolute_uri(reverse("difficulties:difficulties"))
    texts = reminders(unanswered(actor, actor.today), actor.today, address)
    context = {
        "heading": _("Tin nhắn nhắc trả lời kiến nghị"),
        "back": _("Khó khăn, kiến nghị"),
        "back_url": reverse("difficulties:difficulties"),
        "said": _("%(offices)d cơ quan, đơn vị; %(matters)d kiến nghị chưa trả lời")
        % {"offices": len(texts), "matters": sum(one.number for one in texts)},
        "texts": texts,
        "empty_title": _("Không có kiến nghị nào chờ cơ quan khác trả lời"),
        "empty_text": _("Kiến nghị do cơ quan khác đang xử lý hiện ở đây, theo từng cơ quan."),
    }
    return render(request, "ui/ready_texts.html", context)


@require_safe
def difficulty(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One matter: why it came to whom, who raised it, its clock, what was answered, and what may be done."""
    actor = actor_of(request)
    one = difficulty_or_404(actor, uid)
    (line,) = lines_of([one], field_names(), actor.today)
    prefetch_related_objects([one], "raisings")
    raisings = list(one.raisings.all())
    answers = list(one.answers.all())
    passed = list(one.forwardings.all())
    offices = {each.organisation_id for each in raisings} | {each.organisation_id for each in answers}
    offices |= {office for each in passed for office in (each.from_organisation_id, each.to_organisation_id)}
    before = inherited_from(line.work, passed)
    names = names_of(offices | ({before} if before else set()), actor.today)
    sources = show(actor, (_source(each) for each in raisings if each.source_kind))
    proofs = files_by_subject([*map(subject_of, raisings), *map(subject_of, answers)])
    work = in_hand_of(actor, one) if actor.may(HANDLE) and one.merged_into_id is None else None
    own = [each for each in own_raisings(actor, raisings, one.field_code) if each.withdrawn_at is None]
    own_given = own_answers(actor, answers, one.field_code)
    context = {
        "one": one,
        "line": line,
        "raisings": [
            (each, names.get(each.organisation_id, ""), sources.get(_source(each)), proofs.get(subject_of(each), []))
            for each in raisings
        ],
        "answers": [
            (each, names.get(each.organisation_id, ""), proofs.get(subject_of(each), []),
             TakeBackForm(auto_id=f"thu-hoi-{each.pk}-%s") if each in own_given else None)
            for each in answers
        ],
        "evidence_form": EvidenceForm() if one.merged_into_id is None and own_words(actor, raisings, answers) else None,
        "passed": [(each, names.get(each.from_organisation_id, ""), names.get(each.to_organisation_id, "")) for each in passed],
        "work": work,
        "inherited_from": names.get(before, "") if before else "",
        "answer_form": AnswerForm() if work else None,
        "pass_form": PassForm(offices=office_choices(one, actor)) if work else None,
        "own": [
            (each, StanceForm(auto_id=f"y-kien-{each.uid}-%s"), ReasonForm(auto_id=f"rut-{each.uid}-%s")) for each in own
        ],
        "may_part": one.merged_into is not None and may_join(actor, one, one.merged_into),
        "alike": [each for each in like_this(actor, one.content) if each.pk != one.pk][:5] if work else [],
        "directed": DIRECTED()(actor, one),
        "may_direct": one.merged_into_id is None and not own,
        "timeline": timeline(actor, one),
        "related": related(actor, subject_of(one)),
    }  # fmt: skip
    return render(request, "difficulties/difficulty.html", context)


def _source(raising: Raising) -> Subject:
    """Where it was said."""
    return Subject(raising.source_kind, raising.source_id or 0)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Raise a matter; those that say the same are shown before it is kept."""
    actor = actor_of(request)
    actor.require(RAISE)
    places = own_places(actor)
    if not places or actor.organisation_id is None:
        raise Http404
    form = RaiseForm(
        request.POST or None,
        request.FILES or None,
        fields=list(field_names().items()),
        units=[(str(place.unit.uid), place.full_name) for place in places],
    )
    alike: list[Difficulty] = []
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        alike = like_this(actor, typed["noi_dung"]) if "van_gui" not in request.POST else []
        if not alike:
            unit_id = next(place.unit_id for place in places if str(place.unit.uid) == typed["dia_ban"])
            try:
                return _raised(request, actor, form, unit_id)
            except (services.NotPossible, NotAccepted) as problem:
                form.add_error(None, str(problem))
    context = {"form": form, "alike": alike, "file_left": bool(alike and request.FILES)}
    return render(request, "difficulties/new.html", context, status=422 if form.is_bound else 200)


def _raised(request: HttpRequest, actor: Actor, form: RaiseForm, unit_id: int) -> HttpResponse:
    typed = form.cleaned_data
    body = body_of(actor.organisation_id or 0, actor.today)
    made = services.raise_difficulty(
        kind_code=kind_of(actor),
        unit_id=unit_id,
        field_code=typed["linh_vuc"],
        content=typed["noi_dung"],
        gravity=typed["muc_do"],
        organisation_id=body,
        received_on=actor.today,
        files=file_of(form),
        actor=actor,
        at=clock.now(),
    )
    messages.success(request, _("Đã gửi kiến nghị. Cơ quan trả lời và thời hạn ghi ở trang này."))
    return redirect("difficulties:difficulty", made.uid)


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """How many matters each field has in each locality; every number leads to its list."""
    actor = actor_of(request)
    fields = field_names()
    used, units, numbers, matters = field_by_place(actor, fields)
    rows = [
        (
            unit,
            [(code, numbers[code, unit.unit_id]) for code, _name in used],
            sum(numbers[code, unit.unit_id] for code, _name in used),
        )
        for unit in units
    ]
    totals = [matters[code] for code, _name in used]
    context = {
        "fields": used,
        "rows": rows,
        "totals": totals,
        "total": sum(totals),
        "xlsx_url": reverse("difficulties:matrix_file", args=["xlsx"]),
    }
    return render(request, "difficulties/matrix.html", context)


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """The clock of each kind, with those that ran before."""
    actor = actor_of(request)
    found = list(visible_kinds(actor))
    context = {
        "kinds": found,
        "forms": [(kind, ClockForm(auto_id=f"{kind.code}-%s")) for kind in found if kind.last_day is None]
        if actor.may(SET_KINDS)
        else [],
    }
    return render(request, "difficulties/kinds.html", context)
