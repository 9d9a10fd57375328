"""The directive or task that an address names, where it is in sight."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks


def directive_of(actor: Actor, uid: UUID) -> Directive:
    return get_object_or_404(visible_directives(actor).select_related("source"), uid=uid)


def task_of(actor: Actor, uid: UUID) -> Task:
    return get_object_or_404(visible_tasks(actor), uid=uid)
