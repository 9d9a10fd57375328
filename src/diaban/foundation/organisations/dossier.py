"""Who is who in a place."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.permissions import visible_people
from diaban.foundation.organisations.queries import contacts
from diaban.foundation.territory.dossier import Place, Said, Section

MOST = 12


def people_of(place: Place) -> Section | None:
    """Whoever holds a post in the organisations of the unit itself. One query."""
    here = OrganisationVersion.objects.on(place.on).filter(unit=place.unit_id)
    found: QuerySet[Any] = contacts(visible_people(place.actor), place.on, here).select_related("person", "position")[
        :MOST
    ]
    rows = [
        (
            Said(held.organisation_name),
            Said(held.position.title),
            Said(held.person.name),
            Said(held.person.phone, url=f"tel:{held.person.phone}" if held.person.phone else ""),
        )
        for held in found
    ]
    return Section(
        title=_("Đầu mối, người phụ trách"),
        heads=(_("Cơ quan"), _("Chức vụ"), _("Họ và tên"), _("Điện thoại")),
        rows=rows,
        more=reverse("organisations:directory"),
        empty=_(
            "Chưa có người nào được ghi trong danh bạ của địa phương này; quản trị đơn vị của địa phương thêm người ở “Cơ quan, đơn vị”."
        ),
    )
