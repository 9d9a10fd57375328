"""An account's own pages; signing in and out are allauth's (see urls)."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.accounts.forms import LanguageForm, PreferencesForm
from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.accounts.queries import notices_of, ways_of
from diaban.foundation.accounts.rules import pace_of
from diaban.foundation.accounts.services import keep_preferences, mark_read
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, show
from diaban.foundation.ui.paging import page_of
from diaban.foundation.ui.responses import back_to

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, light, and how often each channel tells of notices."""
    account = cast("Account", request.user)
    ways = ways_of(account)
    kept = {
        "language": account.language,
        "theme": account.preferences.get("theme", ""),
        **{f"kenh-{way.name}": pace_of(account.preferences, way.name).value for way in ways},
    }
    form = PreferencesForm(request.POST or None, initial=kept, ways=ways)
    if form.is_valid():
        language, theme = form.cleaned_data["language"], form.cleaned_data["theme"]
        keep_preferences(account_id=account.pk, language=language, theme=theme, channels=form.channels)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Đã lưu tùy chọn."))
        return _remember(redirect("accounts:preferences"), form.cleaned_data["language"])
    return render(request, "accounts/preferences.html", {"form": form})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and come back."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        keep_preferences(account_id=request.user.pk, language=form.cleaned_data["language"])
    return _remember(back_to(request), form.cleaned_data["language"])


def _remember(response: HttpResponse, code: str) -> HttpResponse:
    """On this machine, for the pages before sign-in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The account's notices, newest first."""
    mine = cast("Account", request.user).pk
    page, has_unread = page_of(request, notices_of(mine)), notices_of(mine, unread=True).exists()
    return render(request, "accounts/notices.html", {"page": page, "has_unread": has_unread})


@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about, as far as the acting position may see it."""
    notice = get_object_or_404(Notice, pk=notice_id, account_id=request.user.pk)
    mark_read(account_id=notice.account_id, notice_id=notice.pk, at=now())
    subject = Subject(notice.subject_kind, notice.subject_id)
    shown = show(actor_of(request), [subject]).get(subject)
    if shown is None or shown.url is None:
        messages.info(request, _("Nội dung này không còn, hoặc không thuộc phần việc của vị trí đang làm việc."))
        return redirect("accounts:notices")
    return redirect(shown.url)


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    mark_read(account_id=cast("Account", request.user).pk, at=now())
    return redirect("accounts:notices")
