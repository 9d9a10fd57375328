"""Schemes: the list, one scheme with its versions, writing, publishing, opening the scoring of a period."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import party, seat_of
from diaban.foundation.mandates.queries import fields_for
from diaban.foundation.organisations.queries import body_of, names_of
from diaban.foundation.ui.paging import page_of
from diaban.work.ranking import services
from diaban.work.ranking.choosing import Candidate, candidates
from diaban.work.ranking.forms import CLUSTER, CriterionRows, OpenBoardForm, SchemeForm, content_of, said
from diaban.work.ranking.models import Scheme, SchemeVersion
from diaban.work.ranking.permissions import DEFINE, SCORE, may_on, require_on, visible_schemes


@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    """Schemes in sight."""
    actor = actor_of(request)
    page = page_of(request, visible_schemes(actor).prefetch_related("versions"))
    names = names_of([one.organisation_id for one in page.object_list], actor.today)
    context = {
        "page": page,
        "lines": [(one, names.get(one.organisation_id, ""), one.versions.all()) for one in page.object_list],
        "may_define": bool(actor.reaches(DEFINE)),
    }
    return render(request, "ranking/schemes.html", context)


@require_safe
def scheme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One scheme: the version that `ban` names, else the newest in sight."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schemes(actor), uid=uid)
    may_define = may_on(actor, DEFINE, one)
    is_ours = one.organisation_id in party(actor)
    versions = list(one.versions.all() if is_ours else one.versions.filter(published_at__isnull=False))
    version = _asked_version(versions, request.GET.get("ban", ""))
    may_score = may_on(actor, SCORE, one) and any(not each.is_draft for each in versions)
    context = {
        "scheme": one,
        "versions": versions,
        "version": version,
        "criteria": version.criteria.select_related("schedule", "indicator"),
        "clusters": version.clusters.prefetch_related("members"),
        "may_define": may_define,
        "open_form": OpenBoardForm(initial={"ten": one.title}) if may_score else None,
        "timeline": timeline(actor, one),
    }
    return render(request, "ranking/scheme.html", context)


def _asked_version(versions: list[SchemeVersion], number: str) -> SchemeVersion:
    found = next((each for each in versions if str(each.number) == number), versions[0] if not number else None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a scheme down."""
    return _write(request, actor_of(request), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the draft anew, or begin a new version from the published one."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schemes(actor), uid=uid)
    require_on(actor, DEFINE, one)
    return _write(request, actor, one)


def _write(request: HttpRequest, actor: Actor, one: Scheme | None) -> HttpResponse:
    ground = one.unit_id if one else seat_of(actor)
    fields = fields_for(actor, DEFINE, ground) if ground else []
    if not fields or ground is None:
        raise NotPermitted(str(act_kind(DEFINE).label))
    everybody = candidates(ground, actor.today, without=body_of(actor.organisation_id or 0, actor.today))
    head, rows, clusters = _forms(request, one, fields, everybody)
    if request.method == "POST" and head.is_valid() and rows.is_valid():
        content = content_of(head, rows, clusters, everybody)
        try:
            if one is None:
                field = head.cleaned_data["linh_vuc"]
                made = services.draft_scheme(content=content, unit_id=ground, field_code=field, actor=actor, at=now())
                return redirect("ranking:scheme", made.scheme.uid)
            services.revise_scheme(
                scheme_id=one.pk, content=content, expected_revision=revision_of(request), actor=actor, at=now()
            )
            return redirect("ranking:scheme", one.uid)
        except services.NotPossible as problem:
            messages.error(request, str(problem))
    context = {
        "scheme": one,
        "head": head,
        "rows": rows,
        "everybody": [(each, f"{CLUSTER}{each.key}", clusters.get(each.key, "")) for each in everybody],
    }
    return render(request, "ranking/edit_scheme.html", context, status=422 if request.method == "POST" else 200)


def _forms(
    request: HttpRequest, one: Scheme | None, fields: list[tuple[str, str]], everybody: list[Candidate]
) -> tuple[SchemeForm, Any, dict[str, str]]:
    if request.method == "POST":
        clusters = {each.key: request.POST.get(f"{CLUSTER}{each.key}", "")[:150] for each in everybody}
        return SchemeForm(request.POST, fields=fields), CriterionRows(request.POST), clusters
    if one is None:
        return SchemeForm(fields=fields), CriterionRows(), {each.key: each.cluster for each in everybody}
    head, rows, by_member = said(one.versions.all()[0])
    clusters = {
        each.key: by_member.get(f"{each.member.organisation_id}/{each.member.unit_id}", "") for each in everybody
    }
    return SchemeForm(initial=head, fields=fields), CriterionRows(initial=rows), clusters


@require_POST
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publish the draft."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schemes(actor), uid=uid)
    try:
        services.publish_scheme(scheme_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
        messages.success(request, _("Đã ban hành bộ tiêu chí; bản này không sửa được nữa."))
    except services.NotPossible as problem:
        messages.error(request, str(problem))
    return redirect("ranking:scheme", uid)


@require_POST
def open_board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the scoring of a period."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schemes(actor), uid=uid)
    require_on(actor, SCORE, one)
    form = OpenBoardForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("ranking:scheme", uid)
    try:
        board = services.open_board(
            scheme_id=one.pk,
            period=form.cleaned_data["ky"],
            data_on=form.cleaned_data["so_lieu_den"],
            title=form.cleaned_data["ten"],
            actor=actor,
            at=now(),
        )
    except services.NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("ranking:scheme", uid)
    return redirect("ranking:board", board.uid)
