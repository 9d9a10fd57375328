"""What this room plugs into others' sockets."""

from collections.abc import Sequence

from django.urls import reverse

from diaban.foundation.obligations.models import Obligation
from diaban.work.directives.models import Directive, Task


def task_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a task is reported on, or confirmed. One query."""
    uids = dict(Task.objects.filter(pk__in=_subjects(obligations)).values_list("pk", "uid"))
    return {
        one.pk: reverse("directives:task", args=[uids[one.subject_id]]) for one in obligations if one.subject_id in uids
    }


def signing_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a draft for the superior is looked at. One query."""
    uids = dict(Directive.objects.filter(pk__in=_subjects(obligations)).values_list("pk", "uid"))
    return {
        one.pk: reverse("directives:directive", args=[uids[one.subject_id]])
        for one in obligations
        if one.subject_id in uids
    }


def _subjects(obligations: Sequence[Obligation]) -> set[int]:
    return {one.subject_id for one in obligations if one.subject_id is not None}
