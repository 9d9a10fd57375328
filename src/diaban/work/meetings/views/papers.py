"""Papers to download as DOCX and PDF, and drafts kept among the office's documents."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.paper_files import paper_file, sheet_file
from diaban.foundation.documents.plates import Plate, plates_docx, plates_pdf
from diaban.foundation.files.sniffing import DOCX, PDF
from diaban.foundation.jobs.services import start_job
from diaban.foundation.ui.exporting import attachment
from diaban.work.meetings import papers, services, visit_papers
from diaban.work.meetings.jobs import VISIT_PACK
from diaban.work.meetings.models import Visit
from diaban.work.meetings.name_plates import plates_of
from diaban.work.meetings.pack import file_title, pack_of, pack_zip, questions_sheet
from diaban.work.meetings.permissions import RECORD, can
from diaban.work.meetings.queries.things import MeetingPage, Stop, meeting_page, stops_of
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import meeting_or_404, told, visit_or_404

PLATES: Mapping[str, tuple[str, Callable[..., bytes]]] = {"docx": (DOCX, plates_docx), "pdf": (PDF, plates_pdf)}
KEPT = {"minutes": papers.minutes, "notice": papers.notice}
NAMES = {"giay-moi": papers.invitation, "bien-ban": papers.minutes, "thong-bao": papers.notice}


@require_safe
def meeting_paper(request: HttpRequest, uid: UUID, name: str, kind: str) -> HttpResponse:
    """One paper of a meeting, for the organiser; a receiver's extract (`?noi-nhan=`) for him too once the notice is out."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    page = meeting_page(actor, one, actor.today)
    if name == "bien-ten" and page.is_led:
        return _plates(plates_of(page.attendees), kind, one.title)
    if name == "danh-sach-dai-bieu" and page.is_led:
        return sheet_file(papers.delegates(page), kind, name)
    if (name not in NAMES and name != "trich") or not (page.is_led or one.concluded_at):
        raise Http404
    return paper_file(_paper(request, name, page), kind, name)


@require_safe
def visit_paper(request: HttpRequest, uid: UUID, name: str, kind: str) -> HttpResponse:
    """The plan of a visit, what it takes along, or the report of what came of it; all for the office that travels."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    if name not in {"ke-hoach", "bao-cao", "giay-di-duong", "bien-ten", "cau-hoi"} or not can(actor, RECORD, one):
        raise Http404
    stops = stops_of(actor, one)
    held = [stop for stop in stops if stop.meeting.cancelled_at is None]
    if name == "ke-hoach":
        return paper_file(visit_papers.visit_plan(one, stops), kind, name)
    if name == "giay-di-duong":
        return sheet_file(visit_papers.travel_sheet(one, stops, actor.today), kind, name)
    if name == "cau-hoi":
        return sheet_file(questions_sheet(pack_of(actor, one)), kind, name)
    if name == "bien-ten":
        return _plates(plates_of(who for stop in held for who in stop.meeting.attendees.all()), kind, one.title)
    return paper_file(_report(actor, one, stops), kind, name)


@require_POST
def make_pack(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put together what the delegation takes along, as one PDF: a job, for it draws the dossier of every place."""
    actor = actor_of(request)
    one = _travelling(actor, uid)
    title = _("Tài liệu đoàn công tác: %(title)s") % {"title": one.title}
    started = start_job(kind=VISIT_PACK, title=title, arguments={"visit": str(one.uid)}, actor=actor, at=now())
    return redirect("jobs:job", started.uid)


@require_safe
def pack_parts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The parts of the pack to be edited in Word, in an archive."""
    actor = actor_of(request)
    one = _travelling(actor, uid)
    with override("vi"):
        content = pack_zip(pack_of(actor, one))
    return attachment(content, "application/zip", f"{file_title(one)}.zip")


@require_POST
@told("meetings:meeting")
def keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put minutes or notice to signature: a draft among the documents, numbered in the office's own register."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    what = request.POST.get("loai", "")
    if what not in KEPT:
        raise NotPossible(_("Chọn biên bản hoặc thông báo kết luận."))
    paper = KEPT[what](meeting_page(actor, one, actor.today))
    return _to_draft(request, services.put_to_signature(of=one, what=what, paper=paper, actor=actor, at=now()))


@require_POST
@told("meetings:visit")
def keep_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the report of a visit to signature."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    paper = _report(actor, one, stops_of(actor, one))
    return _to_draft(request, services.put_to_signature(of=one, what="report", paper=paper, actor=actor, at=now()))


def _to_draft(request: HttpRequest, document: Document) -> HttpResponse:
    messages.success(request, _("Đã lập dự thảo; ký, lấy số ở hệ thống văn bản của cơ quan rồi nạp lại bản đã ký."))
    return redirect("documents:document", document.uid)


def _report(actor: Actor, one: Visit, stops: Sequence[Stop]) -> Paper:
    held = [stop for stop in stops if stop.meeting.cancelled_at is None]
    return visit_papers.visit_report(one, held, [meeting_page(actor, stop.meeting, actor.today) for stop in held])


def _plates(plates: tuple[Plate, ...], kind: str, title: str) -> HttpResponse:
    """Raises `Http404` for a kind that there is not, or where nobody is asked yet."""
    if not plates or kind not in PLATES:
        raise Http404
    media_type, make = PLATES[kind]
    return attachment(make(plates, title=title), media_type, f"bien-ten.{kind}")


def _travelling(actor: Actor, uid: UUID) -> Visit:
    """A visit of the actor's office. Raises `Http404`, or `NotPermitted` for another's."""
    one = visit_or_404(actor, uid)
    if not can(actor, RECORD, one):
        raise NotPermitted(str(act_kind(RECORD).label))
    return one


def _paper(request: HttpRequest, name: str, page: MeetingPage) -> Paper:
    if name != "trich":
        return NAMES[name](page)
    asked = request.GET.get("noi-nhan", "")
    found = papers.extract(page, int(asked)) if asked.isdecimal() and len(asked) < 15 else None
    if found is None:
        raise Http404
    return found
