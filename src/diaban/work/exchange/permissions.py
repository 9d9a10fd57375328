"""Who brings figures of other systems and who sees the files; whose figures an actor may take away."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.facts.models import BASE_FIELD, Fact
from diaban.foundation.mandates.permissions import party, visible_filter
from diaban.work.exchange.models import FactImport
from diaban.work.reporting.permissions import CONSOLIDATE, READ_ALL, READ_AUDIT

IMPORT = "exchange.import"
SEE = "exchange.see"


def visible_imports(actor: Actor) -> QuerySet[FactImport]:
    """The own office's, and those of the ground that the actor audits."""
    own = Q(organisation_id__in=sorted(party(actor)))
    over = visible_filter(actor, SEE, field=None)
    return FactImport.objects.filter(own | over).select_related("collection")


def can_bring(actor: Actor) -> bool:
    """Whether there is any field and ground whose figures the actor may bring."""
    return bool(actor.reaches(IMPORT))


def require_bring(actor: Actor) -> None:
    """Raises `NotPermitted`. Which rows of a file are the actor's to bring is asked row by row."""
    if not can_bring(actor):
        raise NotPermitted(str(act_kind(IMPORT).label))


def can_take_in(actor: Actor, one: FactImport) -> bool:
    """Whether the actor's own office brought the file, and the actor may bring figures at all."""
    return (one.organisation_id in party(actor) or one.organisation_id == actor.organisation_id) and can_bring(actor)


def require_take_in(actor: Actor, one: FactImport) -> None:
    """Raises `NotPermitted`. Which rows are the actor's to take in is asked row by row."""
    require_bring(actor)
    if not can_take_in(actor, one):
        raise NotPermitted(_("Tệp này của cơ quan khác."))


def visible_facts(actor: Actor) -> QuerySet[Fact]:
    """The current facts that the actor may see: of its fields and ground as in consolidated reports, base figures with any
    of them; all of the ground that it directs or audits; and what its own body brought."""
    current = Fact.objects.filter(superseded_at=None)
    grounds = [
        visible_filter(actor, CONSOLIDATE, field="indicator__field_code"),
        visible_filter(actor, READ_ALL, field=None),
        visible_filter(actor, READ_AUDIT, field=None),
    ]
    if not all(grounds):
        return current  # no limit
    base = visible_filter(actor, CONSOLIDATE, field=None) & Q(indicator__field_code=BASE_FIELD)
    seen = base | Q(delivery__source_kind="exchange.import", delivery__organisation_id__in=sorted(party(actor)))
    for ground in grounds:
        seen |= ground
    return current.filter(seen)
