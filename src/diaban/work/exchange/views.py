"""Pages of exchange: files that were brought, one of them examined and taken in; figures taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.facts.dhis2 import NotExpressible
from diaban.foundation.facts.permissions import visible_collections
from diaban.foundation.files.services import TooLarge
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import places
from diaban.foundation.ui.exporting import attachment
from diaban.foundation.ui.paging import page_of
from diaban.lib.periods import Calendar
from diaban.work.exchange import queries, services
from diaban.work.exchange.examining import Verdict
from diaban.work.exchange.forms import BringForm, TakeAwayForm
from diaban.work.exchange.models import FactImport
from diaban.work.exchange.permissions import IMPORT, can_bring, can_take_in, visible_imports
from diaban.work.exchange.reading import NotReadable
from diaban.work.exchange.writing import ENDINGS, TYPES, as_file
from diaban.work.reporting.sight import reads_somewhere

MOST_SHOWN = 200


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The files in sight, where a new one is brought, and where figures are taken away."""
    actor = actor_of(request)
    form = BringForm(collections=list(queries.import_collections(actor))) if can_bring(actor) else None
    return _page(request, actor, form)


def _page(
    request: HttpRequest,
    actor: Actor,
    form: BringForm | None,
    away: TakeAwayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if form is None and not reads_somewhere(actor) and not visible_imports(actor).exists():
        raise NotPermitted(str(act_kind(IMPORT).label))
    context = {
        "page": page_of(request, visible_imports(actor)),
        "form": form,
        "away": away or (_away_form(actor) if reads_somewhere(actor) else None),
    }
    return render(request, "exchange/imports.html", context, status=status)


def _away_form(actor: Actor, data: object = None) -> TakeAwayForm:
    listed = places(seat_of(actor) or 0, actor.today)
    return TakeAwayForm(data, collections=list(visible_collections(actor).order_by("name")), places=listed)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Keep a file and go on to what it would change."""
    actor = actor_of(request)
    if not can_bring(actor):
        raise NotPermitted(str(act_kind(IMPORT).label))
    form = BringForm(request.POST, request.FILES, collections=list(queries.import_collections(actor)))
    if not form.is_valid():
        return _page(request, actor, form, status=422)
    chosen, sent = form.cleaned_data, form.cleaned_data["tep"]
    try:
        brought = services.bring_file(
            content=sent.read(),
            file_name=sent.name,
            collection=chosen["tap"] or chosen["ma"],
            collection_name=chosen["ten"],
            calendar=Calendar(chosen["lich"]),
            actor=actor,
            at=clock.now(),
        )
    except (NotReadable, TooLarge) as refusal:
        form.add_error("tep", str(refusal))
        return _page(request, actor, form, status=422)
    except services.NotForImports as refusal:
        form.add_error("ma", str(refusal))
        return _page(request, actor, form, status=422)
    if brought.is_known:
        messages.info(request, _("Tệp này đã được đưa lên trước đây; đây là tệp đó."))
    return redirect("exchange:import", brought.imported.uid)


@require_safe
def one_import(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What taking a file in would add, change and refuse."""
    actor = actor_of(request)
    one = _import_or_404(actor, uid)
    dry = queries.examined(one, actor)
    context = {
        "one": one,
        "file": queries.file_of(one),
        "dry": dry,
        "refused": dry.refused[:MOST_SHOWN],
        "changed": queries.shown(dry.of(Verdict.CHANGED)[:MOST_SHOWN]),
        "added": queries.shown(dry.of(Verdict.ADDED)[:MOST_SHOWN]),
        "most": MOST_SHOWN,
        "may_take_in": can_take_in(actor, one),
        "timeline": timeline(actor, one),
    }
    return render(request, "exchange/import.html", context)


@require_POST
def take_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the file in, whole or not at all."""
    actor = actor_of(request)
    one = _import_or_404(actor, uid)
    revision = revision_of(request)
    if revision is None:
        raise Http404
    try:
        found = services.take_in(import_id=one.pk, expected_revision=revision, actor=actor, at=clock.now())
    except (services.NotTaken, StaleRevision) as refusal:
        messages.error(request, str(refusal) or _("Người khác vừa ghi tệp này."))
        return redirect("exchange:import", one.uid)
    taken = len(found.to_take)
    if taken:
        messages.success(request, ngettext("Đã ghi %(n)d số.", "Đã ghi %(n)d số.", taken) % {"n": taken})
    else:
        messages.info(request, _("Mọi số trong tệp đều đã có, không thay đổi gì."))
    return redirect("exchange:import", one.uid)


@require_safe
def take_away(request: HttpRequest) -> HttpResponse:
    """The current figures in sight of a collection as a file."""
    actor = actor_of(request)
    if not reads_somewhere(actor):
        raise Http404
    form = _away_form(actor, request.GET)
    bring_form = BringForm(collections=list(queries.import_collections(actor))) if can_bring(actor) else None
    if not form.is_valid():
        return _page(request, actor, bring_form, form, status=422)
    chosen = form.cleaned_data
    collection = get_object_or_404(visible_collections(actor), code=chosen["tap"])
    under = next(
        (one.unit_id for one in places(seat_of(actor) or 0, actor.today) if str(one.unit.uid) == chosen["dia_ban"]),
        None,
    )
    periods = [chosen["ky"]] if chosen["ky"] else []
    try:
        rows = queries.rows_of(queries.facts_of(actor, collection, periods=periods, under=under))
        content = as_file(collection, rows, chosen["loai"])
    except (queries.TooMany, NotExpressible) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, actor, bring_form, form, status=422)
    return attachment(content, TYPES[chosen["loai"]], f"{collection.code}.{ENDINGS[chosen['loai']]}")


def _import_or_404(actor: Actor, uid: UUID) -> FactImport:
    return get_object_or_404(visible_imports(actor), uid=uid)
