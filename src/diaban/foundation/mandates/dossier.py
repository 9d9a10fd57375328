"""Who is responsible for what in a place."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.foresight import who
from diaban.foundation.mandates.queries import terms
from diaban.foundation.mandates.routing import Answer, Lead, responsible_for
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.dossier import Said, Section
from diaban.foundation.territory.models import Unit
from diaban.lib.vietnamese import format_date

FUNCTION = "manage"


def leads_in_place(actor: Actor, unit_id: int, on: date) -> Section | None:
    """Who manages each field over the unit, and by which ground; a gap or a conflict is said. Seven queries."""
    known = terms()
    questions = [(FUNCTION, field.code) for field in known.groups]
    answers = responsible_for(questions, [unit_id], on, fields=known.fields)
    names = names_of({one for found in answers.values() for one in who(found[unit_id])}, on)
    rows = []
    for field in known.groups:
        answer = answers[FUNCTION, field.code][unit_id]
        leads = "; ".join(names[one] for one in who(answer))
        rows.append((Said(field.called), Said(leads or "…"), Said(_ground(answer))))
    return Section(
        title=_("Cơ quan quản lý theo lĩnh vực"),
        heads=(_("Lĩnh vực"), _("Cơ quan chủ trì"), _("Căn cứ")),
        rows=rows,
        more=f"{reverse('mandates:matrix')}?dia_ban={Unit.objects.get(pk=unit_id).uid}",
        empty=_("Chưa có lĩnh vực nào. Lĩnh vực có khi nạp danh mục chức năng, nhiệm vụ."),
    )


def _ground(answer: Answer) -> str:
    """The papers and the day alone where one leads: function and field stand beside it."""
    if not isinstance(answer, Lead) or not answer.ground.legal_basis:
        return answer.because
    since = answer.ground.since
    said = [answer.ground.legal_basis]
    if since:
        said.append(_("từ %(day)s") % {"day": format_date(since)})
    if answer.ground.assumed:
        said.append(_("(căn cứ giả định)"))
    return " ".join(said)
