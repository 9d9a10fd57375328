"""Drafting: a new form or version, the draft as a whole, its preview, publishing and withdrawing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.journal.queries import timeline
from diaban.lib.periods import Kind
from diaban.work.reporting.designing import services
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.checking import errors_in, faults_of
from diaban.work.reporting.designing.forms import PublishForm, RecordForm
from diaban.work.reporting.designing.layouts import layout_from
from diaban.work.reporting.designing.queries import asked_by_others, catalogue_now
from diaban.work.reporting.designing.records import (
    BY_KEY,
    HEAD,
    PERIODS,
    Column,
    Fault,
    Records,
    shown_value,
)
from diaban.work.reporting.designing.views.common import (
    REASONS,
    draft_or_404,
    may_design,
    told,
    workbook_response,
)
from diaban.work.reporting.designing.workbook import form_workbook
from diaban.work.reporting.models import FormDraft
from diaban.work.reporting.permissions import DESIGN_FORMS, visible_forms
from diaban.work.reporting.queries.schedules import Burden, a_year_of_level, burden_by
from diaban.work.reporting.sheet import Beside, sheet_of
from diaban.work.reporting.validation import Entry

SHOWN = {
    "sections": ("number", "title", "recipient", "field"),
    "lines": ("section", "indicator", "mode", "dimension", "required", "provider", "frequency"),
    "headings": ("part", "heading", "kind", "required"),
    "rules": ("code", "kind", "expression", "message"),
}


@dataclass(frozen=True)
class ShownRecord:
    """A record of the draft's page: where it is, its values in words, what is wrong with it, what else is to be known."""

    number: int
    values: Sequence[str]
    faults: Sequence[Fault]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class ShownTable:
    """A table of the draft's page. `faults` are those of the table as a whole."""

    key: str
    title: str
    add: str
    columns: Sequence[Column]
    records: Sequence[ShownRecord]
    faults: Sequence[Fault]


@require_http_methods(["GET", "HEAD", "POST"])
def new_form(request: HttpRequest) -> HttpResponse:
    """Name a new form; the draft opens."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    form = RecordForm(request.POST if request.method == "POST" else None, HEAD, {}, {})
    if request.method == "POST" and form.is_valid():
        made = services.draft_form(records={"head": [form.record]}, actor=actor, at=now())
        return redirect("reporting:form_draft", made.uid)
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/designing/new.html", {"form": form}, status=status)


@require_POST
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the next version of a form from its newest one."""
    actor = actor_of(request)
    one = get_object_or_404(visible_forms(actor), code=code)
    made = services.draft_version(form_id=one.pk, actor=actor, at=now())
    messages.success(request, _("Đã lập dự thảo từ phiên bản mới nhất. Phiên bản đang áp dụng không thay đổi."))
    return redirect("reporting:form_draft", made.uid)


@require_safe
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft as a whole: its tables, what is wrong, who is asked the same elsewhere, what it costs."""
    actor = actor_of(request)
    one = draft_or_404(actor, uid)
    catalogue, records = catalogue_now(), one.content
    faults = faults_of(records, catalogue)
    head = records["head"][0] if records["head"] else {}
    asked = asked_by_others(
        {line["indicator"] for line in records["lines"]}, head.get("level", ""), one.form_id, actor.today
    )
    burden = _burden(one, catalogue)
    others = a_year_of_level(actor, head.get("level", ""), actor.today, but_form=one.form_id) if burden else 0
    context = {
        "draft": one,
        "head": [(column.title, shown_value(column, head.get(column.key, ""))) for column in HEAD.columns],
        "head_faults": [fault for fault in faults if fault.table == "head"],
        "tables": [_shown_table(key, records, faults, catalogue, asked) for key in SHOWN],
        "errors": errors_in(faults),
        "asked": asked,
        "burden": burden,
        "others": others,
        "together": others + (burden.a_year if burden else 0),
        "publish": PublishForm(),
        "may_design": may_design(actor) and one.is_open,
        "timeline": timeline(actor, one),
    }
    return render(request, "reporting/designing/draft.html", context)


def _burden(one: FormDraft, catalogue: Catalogue) -> Burden | None:
    """The yearly burden of a draft whose head says how often it is asked."""
    head = one.content["head"][0] if one.content["head"] else {}
    kind = head.get("period_kind", "")
    if kind not in PERIODS:
        return None
    return burden_by(layout_from(one.content, catalogue), one.drafted_at.date(), Kind(kind))


def _shown_table(
    key: str, records: Records, faults: Sequence[Fault], catalogue: Catalogue, asked: Mapping[str, Sequence[str]]
) -> ShownTable:
    table = BY_KEY[key]
    columns = [table.column(name) for name in SHOWN[key]]
    below = {"lines": "members", "headings": "columns"}.get(key, "")
    shown = []
    for number, record in enumerate(records[key]):
        values = [shown_value(column, record[column.key]) for column in columns]
        if key == "lines" and record["indicator"] in catalogue.measures:
            values[1] = f"{record['indicator']} {catalogue.measures[record['indicator']].name}"
        own = [fault for fault in faults if (fault.table, fault.number) == (key, number)]
        notes = asked.get(record["indicator"], ()) if key == "lines" else ()
        shown.append(ShownRecord(number, values, own, notes))
    whole = [fault for fault in faults if fault.table == below or (fault.table, fault.number) == (key, -1)]
    added = {
        "sections": _("Thêm phần"),
        "lines": _("Thêm dòng số liệu"),
        "headings": _("Thêm phần lời"),
        "rules": _("Thêm kiểm tra"),
    }
    return ShownTable(key, str(table.title), added[key], columns, shown, whole)


@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The draft as whoever fills it will see it."""
    one = draft_or_404(actor_of(request), uid)
    layout = layout_from(one.content, catalogue_now())
    day = actor_of(request).today.replace(month=12, day=31)  # the end of a year asks every line
    context = {"draft": one, "sheet": sheet_of(layout, day, Entry(), Beside()), "reasons": REASONS}
    return render(request, "reporting/designing/preview.html", context)


@require_safe
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The draft as a workbook to be changed in Excel."""
    one = draft_or_404(actor_of(request), uid)
    code = one.content["head"][0]["code"] if one.content["head"] else ""
    return workbook_response(form_workbook(one.content), f"du-thao-{code or 'bieu-mau'}")


@require_POST
@told
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the draft the version in force from a day on."""
    actor = actor_of(request)
    one = draft_or_404(actor, uid)
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ghi ngày bắt đầu áp dụng, ví dụ 15/12/2026."))
        return redirect("reporting:form_draft", uid)
    version = services.publish_draft(
        draft_id=one.pk,
        valid_from=form.cleaned_data["valid_from"],
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã ban hành. Các kỳ kết thúc từ ngày áp dụng trở đi làm theo phiên bản này."))
    return redirect("reporting:form", version.form.code)


@require_POST
@told
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the draft aside for good."""
    actor = actor_of(request)
    one = draft_or_404(actor, uid)
    services.withdraw_draft(draft_id=one.pk, actor=actor, at=now())
    messages.success(request, _("Đã rút dự thảo."))
    return redirect("reporting:forms")
