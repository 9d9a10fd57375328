"""One record of a draft: a section, a line with its members, a heading with its columns, a check with its try-out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.facts.queries import found_indicators
from diaban.lib.expressions import BadExpression
from diaban.work.reporting.designing import services
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.changing import (
    moved,
    with_columns,
    with_members,
    with_record,
    without_record,
)
from diaban.work.reporting.designing.checking import cell_names, faults_of, faults_of_expression
from diaban.work.reporting.designing.forms import MOST_COLUMNS, RecordForm, columns_from, members_from
from diaban.work.reporting.designing.queries import asked_by_others, asked_elsewhere, catalogue_now
from diaban.work.reporting.designing.records import BY_KEY, NO, Fault, Record, Records, Table
from diaban.work.reporting.designing.trying import Trial, trial_of
from diaban.work.reporting.designing.views.common import draft_or_404, told
from diaban.work.reporting.models import FormDraft

EDITED = ("head", "sections", "lines", "headings", "rules")
MOST_FOUND = 40
NEW_LINE = {"mode": "value", "required": "yes", "provider": "locality", "frequency": "every", "prefill_last": NO}


@dataclass(frozen=True)
class Place:
    """Which record of which draft a page is about; `number` past the last one is a new record."""

    actor: Actor
    draft: FormDraft
    table: Table
    number: int
    catalogue: Catalogue

    @property
    def records(self) -> Records:
        content: Records = self.draft.content
        return content

    @property
    def is_new(self) -> bool:
        return self.number >= len(self.records[self.table.key])

    def record(self, asked: Mapping[str, str]) -> Record:
        """The record as it is; a new one as the address and what comes before it suggest."""
        if not self.is_new:
            return self.records[self.table.key][self.number]
        blank = {column.key: asked.get(column.key, "")[:60] for column in self.table.columns}
        if self.table.key == "lines":
            return {
                **blank,
                **NEW_LINE,
                "section": blank["section"] or self._last_section(),
                **self._how(blank["indicator"]),
            }
        if self.table.key == "sections":
            used = [int(one["number"] or 0) for one in self.records["sections"]]
            return {**blank, "number": str(max(used, default=0) + 1)}
        return {**blank, **({"code": f"K{self.number + 1:03}", "kind": "error"} if self.table.key == "rules" else {})}

    def _last_section(self) -> str:
        for table, key in (("lines", "section"), ("sections", "number")):
            if self.records[table]:
                return self.records[table][-1][key]
        return ""

    def _how(self, code: str) -> Record:
        measure = self.catalogue.measures.get(code)
        if measure is None or not measure.is_derived:
            return {}
        return {"mode": "ratio"} if measure.numerator else {"required": "auto"}

    def choices(self, record: Record) -> dict[str, list[tuple[str, str]]]:
        if self.table.key == "lines":
            sections = [(one["number"], f"{one['number']}. {one['title']}") for one in self.records["sections"]]
            codes = self.catalogue.dimensions_of(record["indicator"])
            dimensions = [(code, f"{self.catalogue.names.get(code, code)} ({code})") for code in codes]
            return {"section": sections, "dimension": _with(dimensions, record["dimension"])}
        if self.table.key == "sections":
            return {"field": _with([*self.catalogue.fields.items()], record["field"])}
        return {}


def _with(choices: list[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    """The choices, and what the record holds though it is none of them: it is told as a fault and not lost."""
    return choices if not value or value in dict(choices) else [*choices, (value, value)]


@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Find the indicator of a new line in the catalogue; where each is asked already is told beside it."""
    actor = actor_of(request)
    draft = draft_or_404(actor, uid)
    text = request.GET.get("tim", "")[:100]
    found = list(found_indicators(actor, text=text, on=actor.today)[:MOST_FOUND]) if text.strip() else []
    level = draft.content["head"][0].get("level", "") if draft.content["head"] else ""
    asked = asked_by_others([one.code for one in found], level, draft.form_id, actor.today)
    on_form = {line["indicator"] for line in draft.content["lines"]}
    context = {
        "draft": draft,
        "text": text,
        "found": [(one, asked.get(one.code, ()), one.code in on_form) for one in found],
        "is_more": len(found) == MOST_FOUND,
        "section": request.GET.get("section", "")[:3],
        "next": len(draft.content["lines"]),
    }
    return render(request, "reporting/designing/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def item(request: HttpRequest, uid: UUID, table: str, number: int) -> HttpResponse:
    """Change one record, add one, move it or take it out."""
    actor = actor_of(request)
    draft = draft_or_404(actor, uid)
    if table not in EDITED:
        raise Http404
    place = Place(actor, draft, BY_KEY[table], min(number, len(draft.content[table])), catalogue_now())
    if request.method == "POST":
        act = request.POST.get("act", "save")
        if act in ACTS and table != "head" and not place.is_new:
            return _keep(request, place, ACTS[act](place))
        return _save(request, place, act)
    return _page(request, place, None)


ACTS: dict[str, Callable[[Place], Records]] = {
    "delete": lambda place: without_record(place.records, place.table.key, place.number),
    "up": lambda place: moved(place.records, place.table.key, place.number, -1),
    "down": lambda place: moved(place.records, place.table.key, place.number, 1),
}


def _save(request: HttpRequest, place: Place, act: str) -> HttpResponse:
    old = place.record(request.GET.dict())
    form = RecordForm(
        request.POST, place.table, old, place.choices({**old, "indicator": request.POST.get("indicator", "").strip()})
    )
    if not form.is_valid() or act == "try":
        return _page(request, place, form)
    record = form.record
    records = with_record(place.records, place.table.key, place.number, record)
    if place.table.key == "lines" and record["dimension"]:
        codes = [part.code for part in place.catalogue.dimensions.get(record["dimension"], ())]
        if "co-thanh-vien" in request.POST and request.POST["co-thanh-vien"] == record["dimension"]:
            records = with_members(records, record, members_from(request.POST.dict(), record, codes))
    if place.table.key == "headings":
        columns = columns_from(request.POST.dict(), record["code"]) if record["kind"] == "rows" else []
        records = with_columns(records, record["code"], columns)
    return _keep(request, place, records)


def _keep(request: HttpRequest, place: Place, records: Records) -> HttpResponse:
    services.change_draft(
        draft_id=place.draft.pk,
        records=records,
        expected_revision=revision_of(request),
        actor=place.actor,
        at=now(),
    )
    own = [
        fault
        for fault in faults_of(records, place.catalogue)
        if (fault.table, fault.number) == (place.table.key, place.number) and fault.is_error
    ]
    if own and request.POST.get("act", "save") == "save":
        messages.warning(request, _("Đã lưu, nhưng còn phải sửa: %(what)s") % {"what": own[0].message})
    address = reverse("reporting:form_draft", args=[place.draft.uid])
    return HttpResponseRedirect(f"{address}#{place.table.key}-{place.number}")


def _page(request: HttpRequest, place: Place, form: RecordForm | None) -> HttpResponse:
    record = place.record(request.GET.dict())
    form_ = form or RecordForm(None, place.table, record, place.choices(record))
    key = place.table.key
    faults = [
        one for one in faults_of(place.records, place.catalogue) if (one.table, one.number) == (key, place.number)
    ]
    context: dict[str, Any] = {
        "place": place,
        "draft": place.draft,
        "form": form_,
        "title": place.table.title,
        "faults": [] if form else faults,
        **MORE.get(key, _nothing_more)(request, place, record),
    }
    refused = form is not None and not form.is_valid()
    return render(request, "reporting/designing/item.html", context, status=422 if refused else 200)


def _nothing_more(_request: HttpRequest, _place: Place, _record: Record) -> dict[str, Any]:
    return {}


def _more_of_line(_request: HttpRequest, place: Place, record: Record) -> dict[str, Any]:
    labels = {
        one["code"]: (order, one["label"])
        for order, one in enumerate(place.records["members"], 1)
        if (one["indicator"], one["dimension"]) == (record["indicator"], record["dimension"])
    }
    parts = place.catalogue.dimensions.get(record["dimension"], ())
    ordered = sorted(parts, key=lambda part: labels.get(part.code, (9999, ""))[0])
    measure = place.catalogue.measures.get(record["indicator"])
    return {
        "measure": measure,
        "asked": asked_elsewhere(place.actor, record["indicator"], place.draft.form_id) if measure else [],
        "members": [(order, part, labels.get(part.code, (0, ""))[1]) for order, part in enumerate(ordered, 1)],
        "dimension": record["dimension"],
    }


def _more_of_heading(request: HttpRequest, place: Place, record: Record) -> dict[str, Any]:
    if request.method == "POST":
        columns = columns_from(request.POST.dict(), record["code"])
    else:
        columns = [one for one in place.records["columns"] if one["heading"] == record["code"] and record["code"]]
    blank = [{"code": "", "label": ""}] * (MOST_COLUMNS - len(columns))
    return {"columns": list(enumerate([*columns, *blank]))}


def _more_of_rule(request: HttpRequest, place: Place, record: Record) -> dict[str, Any]:
    """The cells a check may name, and the try-out on what was typed for them."""
    names = cell_names(place.records, place.catalogue)
    lists = {one["code"] for one in place.records["headings"] if one["kind"] == "rows"}
    text = request.POST.get("expression", record["expression"])
    faults = faults_of_expression(text.strip(), names, lists)
    return {
        "names": sorted(names),
        "expression_faults": [Fault(place.table.key, place.number, "expression", one) for one in faults],
        "trial": _trial(text, request.POST.dict()) if text.strip() and not faults else None,
        "tried": request.POST.get("act") == "try",
    }


def _trial(text: str, typed: Mapping[str, str]) -> Trial | None:
    try:
        return trial_of(text.strip(), typed)
    except BadExpression:
        return None


MORE: dict[str, Callable[[HttpRequest, Place, Record], dict[str, Any]]] = {
    "lines": _more_of_line,
    "headings": _more_of_heading,
    "rules": _more_of_rule,
}
