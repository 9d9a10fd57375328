"""The difficulty that an address names, where it is in sight."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.difficulties.queries.lists import with_course


def difficulty_of(actor: Actor, uid: UUID) -> Difficulty:
    return get_object_or_404(with_course(visible_difficulties(actor)).select_related("unit", "merged_into"), uid=uid)
