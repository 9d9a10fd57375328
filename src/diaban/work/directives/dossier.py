"""What was asked of a place and what became of it."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.vietnamese import format_date
from diaban.work.directives.export import counts_said
from diaban.work.directives.labels import task_url
from diaban.work.directives.models import Part, Task
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries.counting import counts, counts_of
from diaban.work.directives.queries.lists import TaskLine, task_lines

MOST, READ = 8, 24


def newest_tasks(place: Place) -> list[TaskLine]:
    """The newest tasks of the place in sight, for `place.once`. Two queries, three where some were taken over."""
    return task_lines(tasks_at(place).order_by("-directive__issued_on", "-pk")[:READ], place.on)


def tasks_at(place: Place) -> QuerySet[Task]:
    """The tasks of the place in sight that are not only coordinated there."""
    return visible_tasks(place.actor).filter(unit=place.unit_id).exclude(part=Part.COORDINATES)


def tasks_from(place: Place, kind: str, ids: Collection[int]) -> dict[int, TaskLine]:
    """By origin, the first task of the place that arose from each of some things of a kind. No query where the newest tasks hold
    them all."""
    lines = place.once(newest_tasks)
    if len(lines) == READ:
        wanted = tasks_at(place).filter(directive__origin_kind=kind, directive__origin_id__in=ids)
        lines = task_lines(wanted.order_by("-pk"), place.on)
    found = {(line.task.directive.origin_kind, line.task.directive.origin_id): line for line in lines}
    return {one: found[kind, one] for one in ids if (kind, one) in found}


def tasks_of_place(place: Place) -> Section | None:
    """The newest tasks of the unit in sight, with the count of all of them. Two queries, three where there are many."""
    lines = place.once(newest_tasks)
    is_part = len(lines) == READ
    counted = counts(tasks_at(place), place.on) if is_part else counts_of((line.task for line in lines), place.on)
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
        empty=_(
            "Chưa có nhiệm vụ nào gửi đến địa bàn. Việc giao trong kết luận cuộc họp tự vào đây khi thông báo kết luận được gửi."
        ),
    )
