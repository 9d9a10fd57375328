"""Who sees a directive and its tasks; who drafts, issues, reports and decides."""

from django.db.models import Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.permissions import is_owners_office
from diaban.work.directives.models import Completion, Directive, Part, Task

DRAFT = "directives.draft"
ISSUE = "directives.issue"
ENFORCE = ("directives.enforce", "directives.enforce_all")
REPORT = "directives.report"
DECIDE = "directives.decide"
FOLLOW = ("directives.follow", "directives.follow_all", "directives.follow_audit")
TASK, CONFIRMATION, SIGNING = "directives.task", "directives.confirmation", "directives.signing"


def visible_directives(actor: Actor) -> QuerySet[Directive]:
    """The own office's, drafts too; issued ones that the own body is or was asked in, or that are in its mandates of today."""
    own = sorted(party(actor))
    return Directive.objects.filter(_issued_by(own) | (Q(issued_at__isnull=False) & (_asked(own) | _over(actor))))


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Every task of directives the actor follows; else the own ones and those they are done together with."""
    own = sorted(party(actor))
    together = ~Q(part=Part.EACH) & (
        Q(directive__in=_asked_itself(own).exclude(part=Part.EACH).values("directive_id"))
        | Q(directive__in=_taken_over(own).exclude(part=Part.EACH).values("directive_id"))
    )
    ours = Q(organisation_id__in=own) | Q(obligation__owner_id__in=own)
    followed = _over(actor, "directive__") | Q(directive__in=_to_confirm(own))
    return Task.objects.filter(
        _issued_by(own, "directive__") | (Q(directive__issued_at__isnull=False) & (followed | ours | together))
    ).select_related("directive", "obligation")


def visible_completions(actor: Actor) -> QuerySet[Completion]:
    """What was reported done of tasks in sight."""
    return Completion.objects.filter(task__in=visible_tasks(actor)).select_related("task")


def own_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks of issued directives that the own body has or had in hand."""
    own = sorted(party(actor))
    return Task.objects.filter(
        Q(organisation_id__in=own) | Q(obligation__owner_id__in=own), directive__issued_at__isnull=False
    ).select_related("directive", "obligation")


def _issued_by(own: list[int], to: str = "") -> Q:
    """Issued or drafted by the own body."""
    return Q(**{f"{to}organisation_id__in": own}) | Q(**{f"{to}drafted_by_id__in": own})


def _over(actor: Actor, to: str = "") -> Q:
    return visible_by_any(actor, FOLLOW, unit=f"{to}unit_id", field=f"{to}field_code")


def _asked(own: list[int]) -> Q:
    """Asked of the body, taken over by it with the open work, or come to it to be confirmed. Apart from one another, so that
    each is found by its own index."""
    return (
        Q(pk__in=_asked_itself(own).values("directive_id"))
        | Q(pk__in=_taken_over(own).values("directive_id"))
        | Q(pk__in=_to_confirm(own))
    )


def _asked_itself(own: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(organisation_id__in=own)


def _taken_over(own: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(obligation__owner_id__in=own)


def _to_confirm(own: list[int]) -> QuerySet[Task, int]:
    """The directives of tasks whose completion the body is to confirm: handed to it by a reform, where it did not ask itself."""
    waiting = Obligation.objects.open().filter(kind=CONFIRMATION, owner_id__in=own)
    return Task.objects.filter(pk__in=waiting.values("subject_id")).values_list("directive_id", flat=True)


def keeper_of(directive: Directive, actor: Actor) -> int | None:
    """The organisation that keeps a directive today: who issued it, or whoever took its field over. Two queries."""
    if directive.organisation_id in party(actor):
        return directive.organisation_id
    return successor_in(directive.organisation_id, directive.field_code, actor.today) or directive.organisation_id


def is_keeper(actor: Actor, directive: Directive) -> bool:
    return keeper_of(directive, actor) in party(actor)


def enforces(actor: Actor, field_code: str, unit_id: int) -> bool:
    """Whether the own office sees to it that the law of the field is kept there: it manages the field, or directs the ground."""
    return any(actor.may(act, field_code, unit_id) is not None for act in ENFORCE)


def is_writer(actor: Actor, directive: Directive) -> bool:
    """Whether the own body wrote the draft."""
    return directive.drafted_by_id in party(actor)


def can_rewrite(actor: Actor, directive: Directive) -> bool:
    return directive.is_draft and is_writer(actor, directive) and actor.may(DRAFT) is not None


def can_issue(actor: Actor, directive: Directive) -> bool:
    return directive.is_draft and directive.organisation_id in party(actor) and actor.may(ISSUE) is not None


def can_decide(actor: Actor, directive: Directive) -> bool:
    """Whether the actor may confirm, send back, withdraw, merge, add receivers."""
    return actor.may(DECIDE) is not None and is_keeper(actor, directive)


def can_report(actor: Actor, task: Task) -> bool:
    """Whether the actor's office has the open task in hand."""
    one = task.obligation
    return one is not None and one.is_open and actor.may(REPORT) is not None and is_owners_office(actor, one)
