"""What every page of the shell needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation and the acting position for the base template."""
    return {"actor": getattr(request, "actor", None)}
