"""What was asked of a place and what became of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.vietnamese import format_date
from diaban.work.directives.export import counts_said
from diaban.work.directives.labels import task_url
from diaban.work.directives.models import Part
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries.counting import counts, counts_of
from diaban.work.directives.queries.lists import task_lines

MOST = 8


def tasks_of_place(place: Place) -> Section | None:
    """The newest tasks of the unit in sight, with the count of all of them. Three queries, four where some were taken over; one less where all are shown."""
    on, tasks = place.on, visible_tasks(place.actor).filter(unit=place.unit_id)
    lines = task_lines(tasks.exclude(part=Part.COORDINATES).order_by("-directive__issued_on", "-pk")[: MOST + 1], on)
    counted = counts(tasks, on) if len(lines) > MOST else counts_of((line.task for line in lines), on)
    return Section(
        title=_("Nhiệm vụ, đề nghị, yêu cầu"),
        lead=counts_said(counted) if lines else "",
        heads=(_("Nội dung"), _("Cách thức"), _("Hạn"), _("Tình trạng")),
        rows=[
            (
                Said(line.task.directive.title, url=task_url(line.task)),
                Said(str(line.task.directive.get_mode_display())),
                Said(
                    format_date(line.task.obligation.due_on)
                    if line.task.obligation and line.task.obligation.due_on
                    else ""
                ),
                Said(status=line.state),
            )
            for line in lines[:MOST]
        ],
        more=f"{reverse('directives:directives')}?dia_ban={place.uid}" if len(lines) > MOST else "",
        empty=_("Chưa có nhiệm vụ nào gửi đến địa bàn."),
    )
