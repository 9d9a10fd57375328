"""Pages of the mandates: who does what, who may do what, and in which position one works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.ui.responses import back_to


@require_http_methods(["GET", "POST"])
def switch_position(request: HttpRequest) -> HttpResponse:
    """Choose the position to act in. Only positions that the account holds today can be chosen."""
    positions = getattr(request, "positions", ())
    wanted = request.POST.get("position_id", "")
    if wanted in {str(choice.position_id) for choice in positions}:
        request.session[SESSION_KEY] = int(wanted)
        return back_to(request)
    return render(
        request, "mandates/switch_position.html", {"positions": positions, "next": request.GET.get("next", "/")}
    )
