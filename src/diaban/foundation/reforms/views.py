"""Pages of reforms: the list, one plan with its dry run, carrying it out."""

import json
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.reforms import services
from diaban.foundation.reforms.drafting import NothingToReform
from diaban.foundation.reforms.forms import PlanForm
from diaban.foundation.reforms.models import Reform
from diaban.foundation.reforms.permissions import visible_reforms
from diaban.foundation.reforms.plan import Outcome, Plan
from diaban.foundation.ui.exporting import attachment
from diaban.foundation.ui.models import Instance
from diaban.foundation.ui.paging import page_of

LARGEST_PLAN = 5 * 1024 * 1024


@require_safe
def reforms(request: HttpRequest) -> HttpResponse:
    """Every reform in sight, and the form to plan one."""
    actor = actor_of(request)
    context = {"page": page_of(request, visible_reforms(actor)), "form": PlanForm() if _may_plan(actor) else None}
    return render(request, "reforms/reforms.html", context)


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Draft a reform by law."""
    actor, form = actor_of(request), PlanForm(request.POST)
    root = Instance.root_unit()
    if form.is_valid() and root is not None:
        try:
            reform = services.plan_reform(province_unit_id=root, actor=actor, at=clock.now(), **form.cleaned_data)
        except (services.NotPossible, NothingToReform) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã lập phương án. Hãy chạy thử trước khi thực hiện."))
            return redirect("reforms:reform", reform.uid)
    context = {"page": page_of(request, visible_reforms(actor)), "form": form}
    return render(request, "reforms/reforms.html", context, status=422)


@require_safe
def reform(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One reform."""
    return _page(request, _found(request, uid))


@require_POST
def try_out(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Carry a reform out and take it back, to see what it would leave."""
    row = _found(request, uid)
    try:
        outcome = services.try_reform(reform_id=row.pk, actor=actor_of(request), at=clock.now())
    except services.NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("reforms:reform", row.uid)
    return _page(request, row, outcome)


@require_POST
def carry_out(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Carry a reform out."""
    row = _found(request, uid)
    try:
        services.carry_out_reform(
            reform_id=row.pk,
            expected_revision=revision_of(request) or 0,
            actor=actor_of(request),
            at=clock.now(),
        )
    except services.NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Đã thực hiện phương án sắp xếp."))
    return redirect("reforms:reform", row.uid)


@require_safe
def download(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The plan as a file that may be edited and put back."""
    row = _found(request, uid)
    content = json.dumps(row.plan, ensure_ascii=False, indent=2)
    return attachment(content, "application/json", f"phuong-an-{row.on}.json")


@require_POST
def upload(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Put an edited plan in place."""
    row, sent = _found(request, uid), request.FILES.get("plan")
    try:
        if sent is None or (sent.size or 0) > LARGEST_PLAN:
            raise services.NotPossible(_("Hãy chọn tệp phương án (.json) không quá 5 MB."))
        edited = json.loads(sent.read().decode("utf-8"))
        if not isinstance(edited, dict):
            raise services.NotPossible(_("Tệp này không phải là phương án."))
        services.edit_plan(
            reform_id=row.pk, plan=edited, expected_revision=row.revision, actor=actor_of(request), at=clock.now()
        )
    except (UnicodeDecodeError, json.JSONDecodeError):
        messages.error(request, _("Không đọc được tệp. Hãy sửa từ tệp phương án đã tải về."))
    except services.NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Đã thay phương án bằng tệp vừa gửi."))
    return redirect("reforms:reform", row.uid)


def _found(request: HttpRequest, uid: uuid.UUID) -> Reform:
    return get_object_or_404(visible_reforms(actor_of(request)), uid=uid)


def _may_plan(actor: Actor) -> bool:
    root = Instance.root_unit()
    return root is not None and actor.may("reforms.plan", None, root) is not None


def _page(request: HttpRequest, row: Reform, outcome: Outcome | None = None) -> HttpResponse:
    actor = actor_of(request)
    shown = Plan.from_json(row.plan)
    named = {founding.key: founding.name for founding in shown.founded}
    names = names_of({passing.successor for passing in shown.passed if isinstance(passing.successor, int)}, row.on)
    passings = [
        (
            passing,
            named.get(str(passing.successor))
            or names.get(int(passing.successor) if isinstance(passing.successor, int) else 0, ""),
        )
        for passing in shown.passed
    ]
    context = {
        "reform": row,
        "plan": shown,
        "passings": passings,
        "outcome": outcome or (Outcome(**row.outcome) if row.outcome else None),
        "is_dry": outcome is not None,
        "may_plan": row.state == Reform.State.DRAFT and actor.may("reforms.plan", None, row.province_id),
        "may_carry_out": row.state == Reform.State.DRAFT and actor.may("reforms.carry_out", None, row.province_id),
        "timeline": timeline(actor, row),
    }
    return render(request, "reforms/reform.html", context)
