"""Who sees schemes, boards, points and appeals, and who scores, signs and publishes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.work.ranking.models import Appeal, Board, Index, Member, Result, Scheme, Sight
from diaban.work.ranking.rules import Status

DEFINE = "ranking.define"
SCORE = "ranking.score"
ANSWER = "ranking.answer"
SIGN = "ranking.sign"
PUBLISH = "ranking.publish"
APPEAL = "ranking.appeal"
BRING_INDEX = "ranking.bring_index"
FOLLOW = ("ranking.follow", "ranking.follow_all", "ranking.follow_audit")
TOLD = (Status.ANNOUNCED.value, Status.SIGNED.value, Status.PUBLISHED.value)


def _over(actor: Actor, unit: str, field: str) -> Q:
    """Rows over which the actor follows rankings. A mandate to direct or audit has no field; that of a sector has."""
    return visible_by_any(actor, FOLLOW, unit=unit, field=field)


def visible_schemes(actor: Actor) -> QuerySet[Scheme]:
    """The own office's, drafts too; published ones of which the actor's body is a member, or over its ground."""
    own = sorted(party(actor))
    mine = Member.objects.filter(
        version__scheme=OuterRef("pk"), version__published_at__isnull=False, organisation_id__in=own
    )
    published = Exists(Scheme.objects.filter(pk=OuterRef("pk"), versions__published_at__isnull=False))
    return Scheme.objects.filter(
        Q(organisation_id__in=own) | Q(Exists(mine)) | (Q(published) & _over(actor, "unit_id", "field_code"))
    )


def visible_boards(actor: Actor) -> QuerySet[Board]:
    """The own office's; those that were announced to the actor's body; published ones over the ground it follows."""
    own = sorted(party(actor))
    mine = Member.objects.filter(version=OuterRef("version"), organisation_id__in=own)
    over = _over(actor, "version__scheme__unit_id", "version__scheme__field_code")
    return Board.objects.filter(
        Q(version__scheme__organisation_id__in=own)
        | (Q(status__in=TOLD) & Q(Exists(mine)))
        | (Q(status=Status.PUBLISHED.value) & over)
    ).select_related("version__scheme")


def members_in_sight(actor: Actor, board: Board) -> QuerySet[Member]:
    """Whose points the actor may see on a board it sees: its own until the board is published, then as the scheme says."""
    members = Member.objects.filter(version=board.version_id)
    if is_scorer(actor, board) or _follows(actor, board):
        return members
    own = members.filter(organisation_id__in=party(actor))
    if board.state is not Status.PUBLISHED or board.version.sight == Sight.OWN:
        return own
    if board.version.sight == Sight.CLUSTER:
        return members.filter(cluster__in=own.values("cluster"))
    return members


def visible_results(actor: Actor) -> QuerySet[Result]:
    """The points on boards in sight of the members that `members_in_sight` shows on each."""
    own = sorted(party(actor))
    beside = Member.objects.filter(
        version=OuterRef("member__version"), cluster=OuterRef("member__cluster"), organisation_id__in=own
    )
    shown = (
        _over(actor, "board__version__scheme__unit_id", "board__version__scheme__field_code")
        | Q(board__version__sight=Sight.ALL)
        | (Q(board__version__sight=Sight.CLUSTER) & Q(Exists(beside)))
    )
    return Result.objects.filter(
        Q(board__version__scheme__organisation_id__in=own)
        | Q(member__organisation_id__in=own)
        | (Q(board__status=Status.PUBLISHED.value) & shown),
        board__in=visible_boards(actor).values("pk"),
    ).select_related("board__version__scheme", "member__cluster")


def _follows(actor: Actor, board: Board) -> bool:
    over = _over(actor, "version__scheme__unit_id", "version__scheme__field_code")
    return board.state is Status.PUBLISHED and Board.objects.filter(over, pk=board.pk).exists()


def is_scorer(actor: Actor, board: Board) -> bool:
    return board.version.scheme.organisation_id in party(actor)


def may_on(actor: Actor, act: str, scheme: Scheme) -> Grant | None:
    """On what ground the actor may do an act of the scoring office to a scheme and its boards."""
    if scheme.organisation_id not in party(actor):
        return None
    return actor.may(act, scheme.field_code, scheme.unit_id)


def require_on(actor: Actor, act: str, scheme: Scheme) -> Grant:
    """As `may_on`; raises `NotPermitted`."""
    if scheme.organisation_id not in party(actor):
        raise NotPermitted("Bộ tiêu chí, bảng xếp hạng này của cơ quan khác.")
    return actor.require(act, scheme.field_code, scheme.unit_id)


def is_own(actor: Actor, member: Member) -> bool:
    return member.organisation_id in party(actor)


def require_appeal(actor: Actor, member: Member) -> Grant:
    """The ground for appealing: one's own body was scored. Raises `NotPermitted`."""
    if not is_own(actor, member):
        raise NotPermitted("Chỉ đơn vị được chấm mới kiến nghị chấm lại điểm của mình.")
    return actor.require(APPEAL)


def visible_appeals(actor: Actor) -> QuerySet[Appeal]:
    """Those of the actor's own body, and those to its office; those of published boards to whoever sees every member's points."""
    own = sorted(party(actor))
    return Appeal.objects.filter(
        Q(member__organisation_id__in=own) | Q(board__version__scheme__organisation_id__in=own)
    ).select_related("board__version__scheme", "member", "criterion")


def visible_indices(actor: Actor) -> QuerySet[Index]:
    """Indices are published papers of others: everybody who works in the system sees them."""
    return Index.objects.all()
