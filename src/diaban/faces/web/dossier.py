"""The dossier's own page, as other rooms link to it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.territory.dossier import Page


def page_of(unit_uid: UUID) -> Page:
    """Hồ sơ địa bàn of a unit."""
    return Page(_("Hồ sơ địa bàn"), reverse("web:place", args=[unit_uid]))
