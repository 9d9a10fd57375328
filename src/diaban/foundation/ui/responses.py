"""Answers that are no page of a room: refusals and conflicts, told kindly, and ways back."""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def refused(request: HttpRequest, why: str = "") -> HttpResponse:
    """403: the thing is in sight, but the act is another's to do. `why` is a sentence for the reader."""
    return render(request, "403.html", {"why": why}, status=403)


def stale(request: HttpRequest, current: object = None, url: str = "") -> HttpResponse:
    """409: someone else changed the thing meanwhile. Shows what was typed, to be copied, beside the way to the thing as it is."""
    return render(request, "409.html", {"current": current, "url": url, "typed": typed(request)}, status=409)


def other_position(request: HttpRequest, now: str) -> HttpResponse:
    """409: the form was filled in one position and sent in another (`now` names it), in another window most likely."""
    return render(request, "ui/other_position.html", {"now": now, "typed": typed(request)}, status=409)


def no_position(request: HttpRequest) -> HttpResponse:
    """403: the account holds no position today; the page says whom to ask."""
    return render(request, "ui/no_position.html", status=403)


def by_button(request: HttpRequest) -> HttpResponse:
    """405: what this address does is done by a button of another page."""
    return render(request, "405.html", status=405)


def back_to(request: HttpRequest, default: str = "/") -> HttpResponse:
    """To the `next` that the form named, if it is ours, else to `default`."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if is_ours else default)


View = Callable[..., HttpResponse]


def telling(*problems: type[Exception]) -> Callable[[str], Callable[[View], View]]:
    """For a room's views, by the page to tell it on: an act that cannot be done now says why there, instead of failing.

        told = telling(NotPossible, NotAccepted)

        @told("directives:directive")
        def issue(request: HttpRequest, uid: UUID) -> HttpResponse: ...

    The page is addressed by the view's `uid` where it has one, or is the `next` that the form named. It brings back what was
    typed, into the form that was sent where it stands there.
    """

    def on(page: str) -> Callable[[View], View]:
        def wrap(view: View) -> View:
            @wraps(view)
            def kind(request: HttpRequest, **kwargs: object) -> HttpResponse:
                try:
                    return view(request, **kwargs)
                except problems as problem:
                    messages.error(request, str(problem))
                    _keep_typed(request)
                    return back_to(request, reverse(page, args=[kwargs["uid"]] if "uid" in kwargs else []))

            return kind

        return wrap

    return on


KEPT = "refused_form"


class RefusedForm(NamedTuple):
    """What an act that was refused had brought: where it was sent, and what was typed by name of field."""

    action: str
    typed: list[tuple[str, str]]


def _keep_typed(request: HttpRequest) -> None:
    if fields := typed(request):
        request.session[KEPT] = RefusedForm(request.path, fields)


def refused_form(request: HttpRequest) -> RefusedForm | None:
    """What the last refused act of this reader brought, told once; None where nothing was."""
    kept = request.session.pop(KEPT, None)
    return RefusedForm._make(kept) if kept else None


SECRET_FIELDS = ("csrfmiddlewaretoken", "acting_position", "next", "revision", "code")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form brought, name and text, without passwords and hidden fields: nothing typed is lost."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name not in SECRET_FIELDS and "password" not in name
    ]
