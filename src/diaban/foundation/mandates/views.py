"""Pages of the mandates: who does what, who may do what, and in which position one works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from diaban.foundation.mandates.middleware import SESSION_KEY


@require_http_methods(["GET", "POST"])
def switch_position(request: HttpRequest) -> HttpResponse:
    """Choose the position to act in. Only positions that the account holds today can be chosen."""
    positions = getattr(request, "positions", ())
    wanted = request.POST.get("position", "")
    if wanted in {str(choice.position_id) for choice in positions}:
        request.session[SESSION_KEY] = int(wanted)
        return redirect(_next(request))
    context = {"positions": positions, "next": _next(request)}
    return render(request, "mandates/switch_position.html", context)


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site, or the first one."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
