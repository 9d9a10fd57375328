"""How a sheet of past figures stands in timelines, links and search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.work.history.models import HistorySheet

VERBS = {
    "history.brought": _("đã đưa lên"),
    "history.matched": _("đã ghép cột, ghép dòng"),
    "history.taken_in": _("đã nhập thành số lịch sử"),
    "history.withdrawn": _("đã thu hồi số lịch sử đã nhập"),
}


def sheet_url(sheet: HistorySheet) -> str:
    return reverse("history:sheet", kwargs={"uid": sheet.uid})
