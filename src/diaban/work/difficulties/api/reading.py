"""Reading: the list, and one difficulty with its course."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query

from diaban.foundation.acts.programs import (
    Paged,
    paged,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.territory.models import Unit
from diaban.work.difficulties.api.finding import difficulty_of
from diaban.work.difficulties.api.router import router
from diaban.work.difficulties.api.shapes import CourseOut, DifficultiesAsked, DifficultyOut, course, shaped
from diaban.work.difficulties.queries.lists import lines_of, listed


@router.get("/difficulties", response=Paged[DifficultyOut], operation_id="list_difficulties", url_name="difficulties")
def difficulties(request: HttpRequest, asked: Query[DifficultiesAsked]) -> Paged[DifficultyOut]:
    """The matters in sight that stand for themselves, newest first."""
    actor = actor_of(request)
    units = None if asked.unit is None else list(Unit.objects.filter(uid=asked.unit).values_list("pk", flat=True))
    rows = listed(
        actor, text=asked.text, field=asked.field, state_word=asked.state, is_ours=asked.mine, unit_ids=units
    ).select_related("unit", "merged_into")
    return paged(request, rows, asked, lambda found: [shaped(line) for line in lines_of(found, {}, actor.today)])


@router.get("/difficulties/{uuid:uid}", response=CourseOut, operation_id="get_difficulty", url_name="difficulty")
def difficulty(request: HttpRequest, response: HttpResponse, uid: UUID) -> CourseOut:
    """One matter with its course."""
    actor = actor_of(request)
    one = difficulty_of(actor, uid)
    # The tag is what `If-Match` asks for. It answers no `If-None-Match`: the state changes with the day, not the revision.
    response["ETag"] = f'"{one.revision}"'
    return course(one, actor)
