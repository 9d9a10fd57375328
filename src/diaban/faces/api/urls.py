"""The API by version. Its views ask for a token themselves, so the sign-in of pages is not asked for."""

from django.urls import URLPattern, path

from diaban.faces.api.api import api

app_name = "api"
patterns, _app, _namespace = api.urls
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback.login_required = False  # type: ignore[attr-defined] # read by LoginRequiredMiddleware
urlpatterns = [path("v1/", (patterns, "ninja", "v1"))]
