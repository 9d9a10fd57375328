"""What the pages of rankings share."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.ui.responses import telling
from diaban.work.ranking.models import Board, Criterion, Member
from diaban.work.ranking.permissions import visible_boards
from diaban.work.ranking.queries import Row, Table
from diaban.work.ranking.services import NotPossible


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


told = telling(NotPossible, NotAccepted)("ranking:board")


def file_in(request: HttpRequest, name: str) -> tuple[bytes | None, str]:
    """An uploaded file's bytes and name; None where none came."""
    sent: UploadedFile[bytes] | None = request.FILES.get(name)
    return (None, "") if sent is None else (sent.read(), sent.name or name)
