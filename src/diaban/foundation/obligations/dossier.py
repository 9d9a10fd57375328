"""What a place owes and when."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.obligations.permissions import visible_obligations
from diaban.foundation.obligations.rules import Status
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.vietnamese import format_date

MOST = 8
IS_OPEN = Q(fulfilled_at=None, closed_at=None)


def open_work(place: Place) -> Section | None:
    """Open obligations of the unit, the most urgent first. One query."""
    rows = list(
        visible_obligations(place.actor).filter(IS_OPEN, unit=place.unit_id).order_by("due_on", "pk")[: MOST + 1]
    )
    overdue = sum(row.status_on(place.on) is Status.OVERDUE for row in rows)
    return Section(
        title=_("Việc phải thực hiện"),
        lead=_("%(count)d việc đã quá hạn.") % {"count": overdue} if overdue else "",
        heads=(_("Việc"), _("Hạn"), _("Trạng thái")),
        rows=[
            (
                Said(row.title, url=reverse("obligations:obligation", args=[row.pk])),
                Said(format_date(row.due_on) if row.due_on else ""),
                Said(status=row.status_on(place.on).value),
            )
            for row in rows[:MOST]
        ],
        more=reverse("obligations:obligations") if len(rows) > MOST else "",
        empty=_("Không còn việc nào đang chờ."),
    )
