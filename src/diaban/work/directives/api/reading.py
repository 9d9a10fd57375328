"""Reading: directives, their tasks, the tasks received, and the board."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query

from diaban.foundation.acts.programs import (
    Paged,
    Paging,
    paged,
    tell_revision,
)
from diaban.foundation.acts.requests import actor_of
from diaban.work.directives.api.finding import directive_of
from diaban.work.directives.api.router import router
from diaban.work.directives.api.shapes import (
    BoardAsked,
    BoardLineOut,
    BoardOut,
    DirectiveOut,
    DirectivesAsked,
    TaskOut,
    TasksAsked,
    told_counts,
    told_directives,
    told_tasks,
)
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries.boards import board as board_of
from diaban.work.directives.queries.lists import Filters, listed, received


@router.get("/directives", response=Paged[DirectiveOut], operation_id="list_directives", url_name="directives")
def directives(request: HttpRequest, asked: Query[DirectivesAsked]) -> Paged[DirectiveOut]:
    """The directives in sight, newest first."""
    actor = actor_of(request)
    filters = Filters(text=asked.text, mode=asked.mode, state=asked.state)
    rows = listed(actor, filters, actor.today).select_related("source")
    return paged(request, rows, asked, lambda found: told_directives(found, actor))


@router.get("/directives/board", response=BoardOut, operation_id="get_directives_board", url_name="directives_board")
def directives_board(request: HttpRequest, asked: Query[BoardAsked]) -> BoardOut:
    """Tasks in sight, counted."""
    actor = actor_of(request)
    found = board_of(actor, asked.by, actor.today)
    return BoardOut(
        by=found.by,
        total=told_counts(found.total),
        no_receiver=found.no_receiver,
        lines=[BoardLineOut(label=row.label, counts=told_counts(row.counts)) for row in found.rows],
    )


@router.get(
    "/directives/received", response=Paged[TaskOut], operation_id="list_received_tasks", url_name="received_tasks"
)
def received_tasks(request: HttpRequest, asked: Query[TasksAsked]) -> Paged[TaskOut]:
    """The tasks that the position's office has or had in hand."""
    actor = actor_of(request)
    rows = received(actor, asked.state, "", actor.today)
    return paged(request, rows, asked, lambda found: told_tasks(found, actor.today))


@router.get("/directives/{uuid:uid}", response=DirectiveOut, operation_id="get_directive", url_name="directive")
def directive(request: HttpRequest, response: HttpResponse, uid: UUID) -> DirectiveOut:
    """One directive."""
    actor = actor_of(request)
    one = directive_of(actor, uid)
    tell_revision(request, response, one.revision)
    return told_directives([one], actor)[0]


@router.get(
    "/directives/{uuid:uid}/tasks",
    response=Paged[TaskOut],
    operation_id="list_directive_tasks",
    url_name="directive_tasks",
)
def directive_tasks(request: HttpRequest, uid: UUID, asked: Query[Paging]) -> Paged[TaskOut]:
    """The tasks of a directive that are in sight."""
    actor = actor_of(request)
    one = directive_of(actor, uid)
    rows = visible_tasks(actor).filter(directive=one).order_by("position")
    return paged(request, rows, asked, lambda found: told_tasks(found, actor.today))
