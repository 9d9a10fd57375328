"""How an import stands in timelines, links and search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.work.exchange.models import FactImport

VERBS = {"exchange.brought": _("đã đưa lên"), "exchange.taken_in": _("đã ghi số liệu")}


def import_url(one: FactImport) -> str:
    return reverse("exchange:import", kwargs={"uid": one.uid})
