"""What the pages of rankings share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.revisions import revision_typed
from diaban.foundation.files.sniffing import NotAccepted
from diaban.work.ranking.models import Board, Criterion, Member
from diaban.work.ranking.permissions import visible_boards
from diaban.work.ranking.queries import Row, Table
from diaban.work.ranking.services import NotPossible

View = Callable[..., HttpResponse]


def board_or_404(actor: Actor, uid: UUID) -> Board:
    return get_object_or_404(visible_boards(actor), uid=uid)


def row_or_404(table: Table, position: int) -> Row:
    """A member in sight by its place in the scheme."""
    row = next((one for one in table.rows if one.member.position == position), None)
    if row is None:
        raise Http404
    return row


def member_and_criterion(board: Board, member: int, criterion: int) -> tuple[Member, Criterion]:
    """By their places in the board's version."""
    version = board.version_id
    return (
        get_object_or_404(Member, version=version, position=member),
        get_object_or_404(Criterion, version=version, position=criterion),
    )


def revision_of(request: HttpRequest) -> int | None:
    """The revision the page was made from, as its form says."""
    return revision_typed(request.POST.get("revision", ""))


def told(view: View) -> View:
    """Acts on a board that cannot be done now say why on its page, instead of failing."""

    @wraps(view)
    def kind(request: HttpRequest, uid: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, uid, **kwargs)
        except (NotPossible, NotAccepted) as problem:
            messages.error(request, str(problem))
            return redirect("ranking:board", uid)

    return kind


def file_in(request: HttpRequest, name: str) -> tuple[bytes | None, str]:
    """An uploaded file's bytes and name; None where none came."""
    sent: UploadedFile[bytes] | None = request.FILES.get(name)
    return (None, "") if sent is None else (sent.read(), sent.name or name)
