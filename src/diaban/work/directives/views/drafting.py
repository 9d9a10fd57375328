"""Writing a directive: whom it goes to decides in which ways it may be said."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.entering import planned_indicators
from diaban.foundation.facts.queries import field_names
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.queries import body_of
from diaban.foundation.territory.queries import nearest_versions
from diaban.work.difficulties.models import Difficulty
from diaban.work.directives import services
from diaban.work.directives.choosing import Audience, audiences, chosen_among, modes_for_all, open_to
from diaban.work.directives.forms import DirectiveForm, begun_from, written
from diaban.work.directives.measuring import periods_to_choose
from diaban.work.directives.models import Directive, Part
from diaban.work.directives.permissions import DECIDE, DRAFT, can_decide, can_rewrite
from diaban.work.directives.views.common import directive_or_404, matter_or_404, told


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a directive down. What was typed stays while the receivers are changed."""
    actor = actor_of(request)
    actor.require(DRAFT)
    uid = request.GET.get("kien_nghi", "")
    return _page(request, actor, None, matter_or_404(actor, uid) if uid else None)


@require_http_methods(["GET", "HEAD", "POST"])
@told("directives:directive")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    if not one.is_draft:
        raise services.NotPossible(_("Văn bản đã ban hành hoặc thu hồi; nội dung không sửa được nữa."))
    if not can_rewrite(actor, one):
        raise NotPermitted(str(act_kind(DRAFT).label))
    return _page(request, actor, one)


@require_http_methods(["GET", "HEAD", "POST"])
@told("directives:directive")
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give what was issued to more offices: above all what was issued to nobody yet."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    if not one.is_issued:
        raise services.NotPossible(_("Chỉ bổ sung cơ quan thực hiện sau khi đã ban hành."))
    if not can_decide(actor, one):
        raise NotPermitted(str(act_kind(DECIDE).label))
    there = set(one.tasks.values_list("organisation_id", flat=True))
    everybody = audiences(one.organisation_id, one.unit_id, one.field_code, actor.today, actor)
    everybody = open_to(everybody, one.how, there)
    chosen = chosen_among(everybody, request.POST.getlist("don-vi"), request.POST.getlist("nhom"))
    if chosen:
        part = Part.COORDINATES if one.tasks.filter(part=Part.LEADS).exists() else Part.EACH
        receivers = [services.Receiver(each.organisation_id, part.value) for each in chosen]
        services.give_to(directive_id=one.pk, receivers=receivers, actor=actor, at=now())
        messages.success(request, _("Đã giao; các nơi nhận thấy việc trong danh sách của mình."))
        return redirect("directives:directive", uid)
    is_nobody = request.method == "POST"
    context = {"one": one, "everybody": _marked(everybody, set()), "is_nobody": is_nobody}
    return render(request, "directives/give.html", context, status=422 if is_nobody else 200)


def _page(request: HttpRequest, actor: Actor, one: Directive | None, origin: Difficulty | None = None) -> HttpResponse:
    """`origin` is the difficulty that a new directive arises from: it lends its words, field and ground."""
    ground = one.unit_id if one else seat_of(actor)
    if ground is None or actor.organisation_id is None:
        raise NotPermitted(str(act_kind(DRAFT).label))
    issuer = one.organisation_id if one else body_of(actor.organisation_id, actor.today)
    fields = list(field_names().items())
    typed = request.POST if request.method == "POST" else None
    field_code = request.POST.get("field_code") or _field_at_first(one or origin, fields)
    everybody = audiences(issuer, ground, field_code, actor.today, actor)
    chosen = chosen_among(everybody, _ticked(request, one), request.POST.getlist("nhom"))
    form = DirectiveForm(
        typed,
        initial=written(one) if one else begun_from(origin) if origin else {},
        fields=fields,
        modes=modes_for_all(each.modes for each in chosen),
        chosen=chosen,
        indicators=[(each.code, f"{each.code} {each.name}") for each in _indicators(field_code, actor)],
        periods=periods_to_choose(actor.today),
    )
    if typed is not None and "luu" in typed and form.is_valid():
        kept = _kept(request, actor, one, form, origin)
        if kept is not None:
            return redirect("directives:directive", kept.uid)
    if typed is not None and "luu" not in typed:
        form.errors.clear()  # the receivers were changed: nothing is wrong yet
    context = {
        "one": one,
        "origin": origin,
        "origin_place": nearest_versions([origin.unit_id], actor.today)[origin.unit_id].full_name if origin else "",
        "form": form,
        "everybody": _marked(everybody, {each.uid for each in chosen}),
        "chosen": chosen,
        "modes": form.fields["mode"].choices,  # type: ignore[attr-defined] # a choice field
    }
    part = "#said" if request.headers.get("HX-Request") else ""
    context["is_chosen_anew"] = typed is not None and "luu" not in typed and not part  # the reader goes on below
    return render(request, f"directives/draft.html{part}", context)


def _field_at_first(given: Directive | Difficulty | None, fields: list[tuple[str, str]]) -> str:
    return given.field_code if given else fields[0][0]


def _kept(
    request: HttpRequest, actor: Actor, one: Directive | None, form: DirectiveForm, origin: Difficulty | None
) -> Directive | None:
    """The draft as saved; None where it cannot stand so, which the form then says."""
    try:
        if one is None:
            content = replace(form.content, unit_id=origin.unit_id) if origin else form.content
            return services.draft_directive(
                content=content, origin=subject_of(origin) if origin else None, actor=actor, at=now()
            )
        return services.rewrite_draft(
            directive_id=one.pk, content=form.content, expected_revision=revision_of(request), actor=actor, at=now()
        )
    except services.NotPossible as problem:
        form.add_error(None, str(problem))
        return None


def _ticked(request: HttpRequest, one: Directive | None) -> list[str]:
    """Whom the page has ticked; a draft's receivers at first."""
    if request.method == "POST":
        return request.POST.getlist("don-vi")
    if one is not None:
        return [str(task.organisation.uid) for task in one.tasks.select_related("organisation")]
    return request.GET.getlist("don-vi")


def _marked(everybody: list[Audience], ticked: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "audience": audience,
            "groups": [
                {
                    "name": group.name,
                    "key": audience.key_of(group),
                    "ones": [(one, one.uid in ticked) for one in group.candidates],
                }
                for group in audience.groups
            ],
            "ticked": sum(one.uid in ticked for group in audience.groups for one in group.candidates),
        }
        for audience in everybody
    ]


def _indicators(field_code: str, actor: Actor) -> Any:
    return planned_indicators(field_code, actor.today)
