"""What the pages of directives share."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import uid_typed
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.obligations.services import BadRequest
from diaban.foundation.ui.responses import telling
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.services import NotPossible


def directive_or_404(actor: Actor, uid: UUID) -> Directive:
    return get_object_or_404(visible_directives(actor).select_related("source", "indicator", "merged_into"), uid=uid)


def matter_or_404(actor: Actor, uid: str) -> Difficulty:
    """The difficulty in sight that the address names."""
    return get_object_or_404(visible_difficulties(actor), uid=uid_typed(uid))


def task_or_404(actor: Actor, uid: UUID) -> Task:
    return get_object_or_404(visible_tasks(actor), uid=uid)


told = telling(NotPossible, NotAccepted, BadRequest)
