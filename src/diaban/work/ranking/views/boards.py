"""Boards: the list, one board, one member's points, minutes and workbook."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.paper_files import paper_file
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.work.ranking.export import columns_of, notes_of, rows_of
from diaban.work.ranking.models import Appeal
from diaban.work.ranking.papers import minutes, notice
from diaban.work.ranking.permissions import (
    APPEAL,
    PUBLISH,
    SCORE,
    SIGN,
    is_scorer,
    may_on,
    visible_boards,
    visible_schemes,
)
from diaban.work.ranking.queries import Table, appeals_of, beside, board_lines, member_page, table_of
from diaban.work.ranking.rules import AUTOMATIC, Status
from diaban.work.ranking.views.common import board_or_404, row_or_404


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """Boards in sight, newest first, with the own place on each."""
    actor = actor_of(request)
    page = page_of(request, visible_boards(actor))
    context = {
        "page": page,
        "lines": board_lines(actor, page.object_list),
        "has_schemes": visible_schemes(actor).exists(),
        "seat": seat_of(actor),
    }
    return render(request, "ranking/boards.html", context)


@require_safe
def board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One board as far as the reader may see it, with the acts that may be done to it."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    table = table_of(actor, one)
    scheme = one.version.scheme
    scoring = is_scorer(actor, one)
    context = {
        "board": one,
        "table": table,
        "office": names_of([scheme.organisation_id], actor.today).get(scheme.organisation_id, ""),
        "is_scorer": scoring,
        "may_score": scoring and may_on(actor, SCORE, scheme),
        "may_sign": scoring and may_on(actor, SIGN, scheme),
        "may_publish": scoring and may_on(actor, PUBLISH, scheme),
        "appeals": list(appeals_of(actor, one)),
        "beside": beside(one, [row.member for row in table.rows]) if one.state is Status.PUBLISHED or scoring else [],
        "timeline": timeline(actor, one) if scoring else [],
        "automatic": [how.value for how in AUTOMATIC],
    }
    return render(request, "ranking/board.html", context)


@require_safe
def member(request: HttpRequest, uid: UUID, member: int) -> HttpResponse:
    """One member's points, criterion by criterion, down to what they are made of."""
    actor = actor_of(request)
    one = board_or_404(actor, uid)
    table = table_of(actor, one)
    row = row_or_404(table, member)
    open_for_appeals = (
        one.state is Status.ANNOUNCED and one.appeals_until is not None and actor.today <= one.appeals_until
    )
    context = {
        "board": one,
        "table": table,
        "page": member_page(actor, table, row),
        "row": row,
        "may_appeal": row.is_own and open_for_appeals and actor.may(APPEAL),
        "may_score": is_scorer(actor, one) and one.state is Status.SCORING and may_on(actor, SCORE, one.version.scheme),
        "automatic": [how.value for how in AUTOMATIC],
        "beside": beside(one, [row.member]),
    }
    return render(request, "ranking/member.html", context)


@require_safe
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The table as a workbook, as far as the reader may see it."""
    actor = actor_of(request)
    table = table_of(actor, board_or_404(actor, uid))
    return table_file(
        "xep-hang",
        title=table.board.title,
        columns=columns_of(table),
        rows=rows_of(table),
        notes=notes_of(table, notices_of_instance()),
    )


@require_safe
def minutes_file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The minutes of scoring, for the scoring office; for others once published, as far as they see every member."""
    actor = actor_of(request)
    table = _whole_table_or_404(actor, uid)
    return paper_file(minutes(table, _appeals(table), actor=actor), kind, "bien-ban-cham-diem")


@require_safe
def notice_file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The notice of the ranking: for the scoring office from the signature on, for others once published, as far as they see
    every member."""
    table = _whole_table_or_404(actor_of(request), uid)
    if not table.board.is_fixed:
        raise Http404
    return paper_file(notice(table, _appeals(table)), kind, "thong-bao-xep-hang")


def _whole_table_or_404(actor: Actor, uid: UUID) -> Table:
    table = table_of(actor, board_or_404(actor, uid))
    if table.hidden:
        raise Http404
    return table


def _appeals(table: Table) -> list[Appeal]:
    return list(table.board.appeals.select_related("member", "criterion"))
