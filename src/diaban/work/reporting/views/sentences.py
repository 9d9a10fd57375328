"""What a consolidated report says in words, and the stock sentences it says it with."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.revisions import revision_typed
from diaban.work.reporting import services
from diaban.work.reporting.asking import NothingInSight, choices
from diaban.work.reporting.consolidated import Consolidated, NothingToConsolidate, OutOfSight
from diaban.work.reporting.forms import SentenceForm
from diaban.work.reporting.models import Form
from diaban.work.reporting.permissions import DESIGN_FORMS, visible_forms, visible_sentences
from diaban.work.reporting.phrases import BLANKS, PHRASES, Phrase, Phrases, faults_of
from diaban.work.reporting.queries.phrases import phrases_on
from diaban.work.reporting.telling import examples
from diaban.work.reporting.telling import told as told_of
from diaban.work.reporting.views.consolidation import Page, about_figures, page_of


@about_figures
def told(request: HttpRequest, page: Page) -> HttpResponse:
    """The sentences of the report on the chosen figures."""
    sections = told_of(page.one, phrases_on(page.actor.today, page.one.form.pk))
    may_word = page.actor.may(DESIGN_FORMS) is not None
    context = {**page.context, "sections": sections, "may_word": may_word}
    return render(request, "reporting/consolidated_words.html", context)


@require_safe
def sentences(request: HttpRequest) -> HttpResponse:
    """Every stock sentence as it is worded today: the general ones, or as reports by one form (`bieu`) say them."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    form = _form(request)
    phrases = phrases_on(actor.today, form.pk if form else None)
    lines = [
        {
            "phrase": phrase,
            "text": phrases.text(key),
            "sample": phrases.sample(key),
            "is_changed": key in phrases.changed,
            "is_own": key in phrases.own,
        }
        for key, phrase in PHRASES.items()
    ]
    groups = [(group, list(found)) for group, found in groupby(lines, key=lambda line: _phrase(line).group)]
    context = {"groups": groups, "form": form, "forms": visible_forms(actor)}
    return render(request, "reporting/sentences.html", context)


def _form(request: HttpRequest) -> Form | None:
    """The form whose sentences are asked for; None for the general ones."""
    code = request.GET.get("bieu", "")
    return get_object_or_404(Form, code=code) if code else None


def _address(key: str, form: Form | None) -> str:
    address = reverse("reporting:sentence", args=[key])
    return f"{address}?{urlencode({'bieu': form.code})}" if form else address


def _phrase(line: dict[str, object]) -> Phrase:
    phrase = line["phrase"]
    if not isinstance(phrase, Phrase):
        raise TypeError(type(phrase))
    return phrase


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, key: str) -> HttpResponse:
    """One stock sentence: worded anew, tried on real figures before it is kept."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    if key not in PHRASES:
        raise Http404
    of = _form(request)
    phrases = phrases_on(actor.today, of.pk if of else None)
    initial = {"cau": phrases.text(key), "tu_ngay": actor.today}
    form = SentenceForm(request.POST or None, initial=initial, is_optional=PHRASES[key].optional)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, actor, key, form, phrases, of)
    text = form.cleaned_data["cau"].strip()
    for fault in faults_of(key, text):
        form.add_error("cau", fault)
    if not form.errors and request.POST.get("viec") == "luu":
        try:
            services.word_sentence(
                key=key,
                text=text,
                since=form.cleaned_data["tu_ngay"],
                form_id=of.pk if of else None,
                expected_number=_number(request),
                actor=actor,
                at=now(),
            )
        except services.NotASentence as refusal:
            form.add_error(None, str(refusal))
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã lưu câu mẫu."))
            return redirect(_address(key, of))
    return _shown(request, actor, key, form, phrases if form.errors else phrases.replaced(key, text), of)


@require_POST
def reset(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to what was supplied, for one form (`bieu`) to what all say, from today on."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    of = _form(request)
    if key not in PHRASES:
        raise Http404
    try:
        services.reset_sentence(
            key=key,
            since=actor.today,
            form_id=of.pk if of else None,
            expected_number=_number(request),
            actor=actor,
            at=now(),
        )
    except services.NotASentence as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Báo cáo lại dùng câu chung.") if of else _("Báo cáo lại dùng câu có sẵn."))
    return redirect(_address(key, of))


def _number(request: HttpRequest) -> int | None:
    """Which wording the page was made from."""
    return revision_typed(request.POST.get("number", ""))


def _shown(
    request: HttpRequest, actor: Actor, key: str, form: SentenceForm, phrases: Phrases, of: Form | None
) -> HttpResponse:
    history = list(visible_sentences(actor).filter(form=of, key=key).order_by("-number"))
    phrase, one = PHRASES[key], _figures(actor, of)
    context = {
        "phrase": phrase,
        "of": of,
        "general": phrases_on(actor.today).text(key) if of else phrase.text,
        "form": form,
        "number": history[0].number if history else 0,
        "history": history,
        "can_reset": bool(history) and not history[0].is_supplied,
        "blanks": [(f"{{{name}}}", BLANKS[name]) for name in phrase.blanks],
        "sample": phrases.sample(key),
        "one": one,
        "examples": examples(one, phrases, key) if one else [],
    }
    return render(request, "reporting/sentence.html", context, status=422 if form.errors else 200)


def _figures(actor: Actor, of: Form | None) -> Consolidated | None:
    """The newest figures in sight, by the form where one is asked for; None where there are none."""
    try:
        one = page_of(actor, choices(actor, {"bieu": of.code} if of else {})).one
    except (NothingInSight, OutOfSight, NothingToConsolidate):
        return None
    return one if of is None or one.form.pk == of.pk else None
