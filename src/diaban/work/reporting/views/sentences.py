"""What a consolidated report says in words, and the stock sentences it says it with."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from diaban.work.reporting.permissions import DESIGN_FORMS, visible_sentences
from diaban.work.reporting.phrases import BLANKS, PHRASES, Phrase, Phrases, faults_of
from diaban.work.reporting.queries.phrases import phrases_on
from diaban.work.reporting.telling import examples
from diaban.work.reporting.telling import told as told_of
from diaban.work.reporting.views.consolidation import Page, about_figures, page_of


@about_figures
def told(request: HttpRequest, page: Page) -> HttpResponse:
    """The sentences of the report on the chosen figures."""
    sections = told_of(page.one, phrases_on(page.actor.today))
    may_word = page.actor.may(DESIGN_FORMS) is not None
    context = {**page.context, "sections": sections, "may_word": may_word}
    return render(request, "reporting/consolidated_words.html", context)


@require_safe
def sentences(request: HttpRequest) -> HttpResponse:
    """Every stock sentence as it is worded today."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    phrases = phrases_on(actor.today)
    lines = [
        {
            "phrase": phrase,
            "text": phrases.text(key),
            "sample": phrases.sample(key),
            "is_changed": key in phrases.changed,
        }
        for key, phrase in PHRASES.items()
    ]
    groups = [(group, list(found)) for group, found in groupby(lines, key=lambda line: _phrase(line).group)]
    return render(request, "reporting/sentences.html", {"groups": groups})


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
    phrases = phrases_on(actor.today)
    initial = {"cau": phrases.text(key), "tu_ngay": actor.today}
    form = SentenceForm(request.POST or None, initial=initial, is_optional=PHRASES[key].optional)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, actor, key, form, phrases)
    text = form.cleaned_data["cau"].strip()
    for fault in faults_of(key, text):
        form.add_error("cau", fault)
    if not form.errors and request.POST.get("viec") == "luu":
        try:
            services.word_sentence(
                key=key,
                text=text,
                since=form.cleaned_data["tu_ngay"],
                expected_number=_number(request),
                actor=actor,
                at=now(),
            )
        except services.NotASentence as refusal:
            form.add_error(None, str(refusal))
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã lưu câu mẫu."))
            return redirect("reporting:sentence", key)
    return _shown(request, actor, key, form, phrases if form.errors else phrases.replaced(key, text))


@require_POST
def reset(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to what was supplied, from today on."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    if key not in PHRASES:
        raise Http404
    try:
        services.reset_sentence(key=key, since=actor.today, expected_number=_number(request), actor=actor, at=now())
    except services.NotASentence as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Báo cáo lại dùng câu có sẵn."))
    return redirect("reporting:sentence", key)


def _number(request: HttpRequest) -> int | None:
    """Which wording the page was made from."""
    return revision_typed(request.POST.get("number", ""))


def _shown(request: HttpRequest, actor: Actor, key: str, form: SentenceForm, phrases: Phrases) -> HttpResponse:
    history = list(visible_sentences(actor).filter(key=key).order_by("-number"))
    phrase, one = PHRASES[key], _figures(actor)
    context = {
        "phrase": phrase,
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


def _figures(actor: Actor) -> Consolidated | None:
    """The newest figures in sight; None where there are none."""
    try:
        return page_of(actor, choices(actor, {})).one
    except (NothingInSight, OutOfSight, NothingToConsolidate):
        return None
