"""What this room plugs into others' sockets."""

from collections.abc import Sequence

from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.sockets import Came, Directed
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import DRAFT
from diaban.work.directives.queries.lists import Line, lines_of
from diaban.work.directives.queries.things import directives_from


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


def directed_from(actor: Actor, difficulty: Difficulty) -> Directed:
    """The directives in sight that arose from a matter, newest first. One query where there are none, else six."""
    rows = list(directives_from(actor, [subject_of(difficulty)]).order_by("-drafted_at", "-pk"))
    lines = lines_of(actor, rows, actor.today) if rows else []
    begin = f"{reverse('directives:new')}?kien_nghi={difficulty.uid}" if actor.may(DRAFT) else ""
    return Directed(begin, [_came(line) for line in lines])


def _came(line: Line) -> Came:
    who = f"{line.who} (+{line.others})" if line.others > 0 else line.who
    url = reverse("directives:directive", args=[line.directive.uid])
    return Came(line.directive.title, url, line.issuer, who, line.state, line.due_on)


def _subjects(obligations: Sequence[Obligation]) -> set[int]:
    return {one.subject_id for one in obligations if one.subject_id is not None}
