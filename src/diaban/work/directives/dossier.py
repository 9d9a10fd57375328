"""What was asked of a place and what became of it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.territory.dossier import Said, Section
from diaban.foundation.territory.models import Unit
from diaban.lib.vietnamese import format_date
from diaban.work.directives.export import counts_said
from diaban.work.directives.labels import task_url
from diaban.work.directives.models import Part
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries.counting import counts
from diaban.work.directives.queries.lists import task_lines

MOST = 8


def tasks_of_place(actor: Actor, unit_id: int, on: date) -> Section | None:
    """The newest tasks of the unit in sight, with the count of all of them. Four queries."""
    tasks = visible_tasks(actor).filter(unit=unit_id)
    lines = task_lines(tasks.exclude(part=Part.COORDINATES).order_by("-directive__issued_on", "-pk")[: MOST + 1], on)
    return Section(
        title=_("Nhiệm vụ, đề nghị, yêu cầu"),
        lead=counts_said(counts(tasks, on)) if lines else "",
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
        more=f"{reverse('directives:directives')}?dia_ban={Unit.objects.get(pk=unit_id).uid}"
        if len(lines) > MOST
        else "",
        empty=_("Chưa có nhiệm vụ nào gửi đến địa bàn."),
    )
