"""How a saved view stands in timelines, links and search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.work.analysis.models import SavedView

VERBS = {
    "analysis.view_saved": _("đã lưu"),
    "analysis.view_changed": _("đã sửa"),
    "analysis.view_put_away": _("đã bỏ"),
}


def view_url(view: SavedView) -> str:
    return reverse("analysis:view", kwargs={"uid": view.uid})
