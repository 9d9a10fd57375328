"""Who brings sheets of past figures and who sees them; who sees how figures went."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.facts.permissions import require_over
from diaban.foundation.mandates.permissions import party, visible_filter
from diaban.work.history.models import HistorySheet
from diaban.work.reporting.sight import sees_all

IMPORT = "history.import"
SEE = "history.see"
CONSOLIDATE = "reporting.consolidate"
BASE_FIELD = "base"


def visible_sheets(actor: Actor) -> QuerySet[HistorySheet]:
    """The own office's, and those over the ground where the actor may bring or audit such sheets."""
    over = visible_filter(actor, IMPORT, field=None) | visible_filter(actor, SEE, field=None)
    return HistorySheet.objects.filter(Q(organisation_id__in=sorted(party(actor))) | over).select_related("unit")


def may_import(actor: Actor, sheet: HistorySheet) -> Grant | None:
    """On what ground the actor may match and take in a sheet: its own office brought it."""
    return actor.may(IMPORT, None, sheet.unit_id) if _is_own(actor, sheet) else None


def require_import(actor: Actor, sheet: HistorySheet) -> Grant:
    """As `may_import`; raises `NotPermitted`."""
    if not _is_own(actor, sheet):
        raise NotPermitted(_("Bảng này của cơ quan khác."))
    return require_over(actor, IMPORT, [sheet.unit_id])


def _is_own(actor: Actor, sheet: HistorySheet) -> bool:
    return sheet.organisation_id == actor.organisation_id or sheet.organisation_id in party(actor)


def may_see_series(actor: Actor, field_code: str, unit_id: int) -> bool:
    """Whether the actor may see an indicator's figures over a unit: as the consolidated report's, by field and ground."""
    if sees_all(actor, unit_id):
        return True
    if field_code == BASE_FIELD:
        return bool(actor.reaches(CONSOLIDATE))
    return actor.may(CONSOLIDATE, field_code, unit_id) is not None
