"""The board, the week, the register, officers' products, and papers."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.planning import planned_for_its_values
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.paper_files import paper_file
from diaban.foundation.documents.wide_files import wide_file
from diaban.foundation.organisations.queries import body_name, body_of
from diaban.foundation.ui.exporting import table_file
from diaban.work.directives.display import rows_of
from diaban.work.directives.export import (
    PRODUCTS,
    REGISTER,
    counts_said,
    printed_register,
    product_rows,
    register_rows,
)
from diaban.work.directives.models import Task
from diaban.work.directives.papers import slip, week_paper
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries.boards import COLUMNS, board
from diaban.work.directives.queries.counting import counts
from diaban.work.directives.queries.lists import late_for, listed, tasks_met
from diaban.work.directives.queries.things import thing_of
from diaban.work.directives.queries.weeks import products_of, register_lines, week_of
from diaban.work.directives.services.letters import LETTERS, draft_letter
from diaban.work.directives.views.common import directive_or_404, told
from diaban.work.directives.views.lists import filters_of, list_form
from diaban.work.directives.wording import reminders

BOARDS = [
    ("lead", gettext_lazy("Cơ quan thực hiện")), ("locality", gettext_lazy("Địa bàn")),
    ("source", gettext_lazy("Văn bản nguồn")), ("person", gettext_lazy("Người được phân công")),
]  # fmt: skip
MOST_PRINTED = 2000


@require_safe
@planned_for_its_values()
def board_page(request: HttpRequest) -> HttpResponse:
    """Tasks in sight counted by lead, locality, source or person; every number opens its list."""
    actor = actor_of(request)
    by = request.GET.get("theo", "lead")
    if by not in COLUMNS:
        raise Http404
    found = board(actor, by, actor.today)  # type: ignore[arg-type] # one of the columns, as was asked just now
    context = {
        "board": found,
        "rows": rows_of(found),
        "said": counts_said(found.total),
        "choices": BOARDS,
        "by": by,
        "label": dict(BOARDS)[by],
    }
    return render(request, "directives/board.html", context)


@require_safe
@planned_for_its_values()
def messages_page(request: HttpRequest) -> HttpResponse:
    """Texts to paste into a message, one for each office that is late or has not replied to the own body."""
    actor = actor_of(request)
    address = request.build_absolute_uri(reverse("directives:received"))
    asker = body_name(actor.organisation_id, actor.today)
    texts = reminders(asker, late_for(actor, actor.today), actor.today, address)
    context = {
        "heading": _("Tin nhắn nhắc việc"),
        "back": _("Bảng theo dõi nhiệm vụ"),
        "back_url": reverse("directives:board"),
        "said": _("%(offices)d cơ quan, đơn vị; %(matters)d việc quá hạn hoặc chưa có trả lời")
        % {"offices": len(texts), "matters": sum(one.number for one in texts)},
        "texts": texts,
        "empty_title": _("Không có ai cần nhắc"),
        "empty_text": _(
            "Việc cơ quan mình giao, đề nghị mà quá hạn hoặc chưa có trả lời hiện ở đây, theo từng nơi nhận."
        ),
    }
    return render(request, "ui/ready_texts.html", context)


@require_safe
@planned_for_its_values()
def week_page(request: HttpRequest) -> HttpResponse:
    """The week on one page."""
    actor = actor_of(request)
    on = _day(request, actor)
    found = week_of(actor, on)
    context = {
        "week": found,
        "said": counts_said(found.board.total),
        "before": found.first - timedelta(days=1),
        "after": found.last + timedelta(days=1) if found.last < actor.today else None,
        "sections": [
            (_("Quá hạn"), found.late),
            (_("Chưa có trả lời"), found.unanswered),
            (_("Hoàn thành trong tuần"), found.done),
            (_("Đến hạn tuần này và tuần sau"), found.coming),
        ],
    }
    return render(request, "directives/week.html", context)


@require_safe
@planned_for_its_values()
def week_file(request: HttpRequest, kind: str) -> HttpResponse:
    actor = actor_of(request)
    return paper_file(week_paper(week_of(actor, _day(request, actor)), _body(actor)), kind, "tuan-nhiem-vu")


@require_safe
@planned_for_its_values()
def register_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The register (sổ theo dõi) with the filters of the list: a workbook, or printed on A3."""
    actor = actor_of(request)
    if kind not in {"xlsx", "pdf"}:
        raise Http404
    filters = filters_of(list_form(request, actor))
    tasks = visible_tasks(actor).filter(directive__in=listed(actor, filters, actor.today).order_by().values("pk"))
    met = tasks_met(Task.objects.all(), filters, actor.today)
    if met is not None:
        tasks = tasks.filter(pk__in=met.values("pk"))
    total = counts(tasks, actor.today)
    if kind == "xlsx":
        return table_file(
            "so-theo-doi-nhiem-vu",
            title=_("Sổ theo dõi nhiệm vụ"),
            columns=REGISTER,
            rows=register_rows(register_lines(tasks, actor.today)),
            notes=[*notices_of_instance(), counts_said(total)],
        )
    lines = register_lines(tasks, actor.today, MOST_PRINTED)
    printed = printed_register(lines, total, organisation_id=_body(actor), on=actor.today, actor=actor)
    return wide_file(printed, "pdf", "so-theo-doi-nhiem-vu")


@require_safe
def products_file(request: HttpRequest) -> HttpResponse:
    """What each officer of the own office finished in a month (`thang=2026-03`; the current one where none is asked)."""
    actor = actor_of(request)
    first = parse_date(f"{request.GET.get('thang', '')}-01") if len(request.GET.get("thang", "")) == 7 else None
    first = first or actor.today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return table_file(
        f"san-pham-cong-chuc-{first:%Y-%m}",
        title=_("Sản phẩm, công việc của công chức tháng %(month)s") % {"month": f"{first:%m/%Y}"},
        columns=PRODUCTS,
        rows=product_rows(products_of(actor, first, last)),
        notes=[*notices_of_instance(), _("Lấy từ phân công (bút phê) và kết quả đã báo; hệ số do cơ quan ghi.")],
    )


@require_safe
def slip_file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Phiếu giao việc of a directive, as far as the reader sees its receivers."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    return paper_file(slip(thing_of(actor, one, actor.today), one.issued_on or actor.today), kind, "phieu-giao-viec")


@require_POST
@told("directives:directive")
def letter(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Draft a letter for a leader to sign, and open it."""
    actor = actor_of(request)
    one = directive_or_404(actor, uid)
    if kind not in LETTERS:
        raise Http404
    document = draft_letter(directive_id=one.pk, kind=kind, actor=actor, at=now())
    messages.success(request, _("Đã lập dự thảo; trình lãnh đạo ký, lấy số ở văn thư."))
    return redirect("documents:document", document.uid)


def _day(request: HttpRequest, actor: Actor) -> date:
    """The day that the address asks for, not after today."""
    try:
        asked = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        asked = None
    return min(asked or actor.today, actor.today)


def _body(actor: Actor) -> int:
    return body_of(actor.organisation_id, actor.today) if actor.organisation_id is not None else 0
