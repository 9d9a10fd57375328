"""Pages that span rooms."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.http import require_safe

from diaban.faces.web.beginning import has_begun, steps_found
from diaban.faces.web.ground import ground_of
from diaban.faces.web.search import search as search_for
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.dossier import sheet_of, to_take_along
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.pdf import sheet_pdf
from diaban.foundation.files.sniffing import PDF
from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.obligations.queries import worklist
from diaban.foundation.organisations.permissions import FOUND
from diaban.foundation.organisations.queries import version_of
from diaban.foundation.territory.dossier import Place, dossier, place_of, section_of
from diaban.foundation.territory.queries import UnknownUnit
from diaban.foundation.ui.exporting import attachment
from diaban.foundation.ui.responses import typed
from diaban.work.reporting.headlines import headlines
from diaban.work.reporting.sight import reads_somewhere
from diaban.work.reporting.supplies import waiting_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the acting position has in hand; for a leader, how its ground stands above it."""
    actor = actor_of(request)
    ground = ground_of(actor, actor.today)
    figures = headlines(actor) if ground else None
    context = {
        "work": worklist(actor, actor.today),
        "ground": ground,
        "headlines": figures,
        "is_beginning": figures is None and bool(actor.reaches(FOUND)) and not has_begun(),
        "supplies": waiting_for(actor),
        "reads_figures": reads_somewhere(actor),
    }
    return render(request, "web/home.html", context)


@require_safe
def beginning(request: HttpRequest) -> HttpResponse:
    """What the office decides before it works with the system, for whoever keeps its registers."""
    actor = actor_of(request)
    if not actor.reaches(FOUND):
        raise NotPermitted(str(act_kind(FOUND).label))
    return render(request, "web/beginning.html", {"steps": steps_found(actor)})


def _place_of(actor: Actor, uid: UUID) -> Place:
    try:
        found = place_of(actor, uid, actor.today)
    except UnknownUnit as problem:
        raise Http404 from problem
    if isinstance(actor, PositionActor):
        actor.know(found.above())
    return found


@require_safe
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hồ sơ địa bàn: what every room may tell the reader of one unit."""
    found = _place_of(actor_of(request), uid)
    context = {"place": found.version, "today": found.on, "sections": dossier(found)}
    return render(request, "web/dossier.html", context)


@require_safe
def place_picture(request: HttpRequest, uid: UUID, key: str) -> HttpResponse:
    """The picture of one section, drawn when it comes into sight."""
    section = section_of(_place_of(actor_of(request), uid), key)
    if section is None or section.picture is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=300"}
    return HttpResponse(section.picture.draw(), content_type="image/svg+xml", headers=headers)


@require_safe
def place_file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The dossier to take along: a PDF to print, or one page that needs no network. Vietnamese whatever the reader reads."""
    actor = actor_of(request)
    found = _place_of(actor, uid)
    on, shown = found.on, found.version
    with override("vi"):
        sections = to_take_along(dossier(found))
        if kind == "pdf":
            content, media_type = sheet_pdf(sheet_of(actor, shown, sections, on)), PDF
        else:
            told = {"place": shown, "today": on, "sections": sections, "notices": notices_of_instance()}
            content, media_type = render_to_string("web/dossier_alone.html", told).encode(), "text/html; charset=utf-8"
    return attachment(content, media_type, f"ho-so-dia-ban-{shown.code}-{on:%Y%m%d}.{kind}")


@require_safe
def own_place(request: HttpRequest) -> HttpResponse:
    """The dossier of the ground that the acting position's office is of."""
    actor = actor_of(request)
    if actor.organisation_id is None:
        raise Http404
    office = version_of(actor.organisation_id, actor.today)
    return redirect("web:place", office.unit.uid)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words lead to."""
    actor = actor_of(request)
    text = " ".join(request.GET.get("q", "").split())[:100]
    return render(request, "web/search.html", {"text": text, "found": search_for(actor, text)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was older than the session. What was typed is shown, to be copied."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)
