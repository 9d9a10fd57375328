"""Who is responsible for what in a place."""

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.mandates.foresight import who
from diaban.foundation.mandates.models import Field
from diaban.foundation.mandates.routing import Answer, Lead, responsible_for
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.vietnamese import format_date

FUNCTION = "manage"


def fields_of(place: Place) -> tuple[Field, ...]:
    """Every field, for `place.once`. One query."""
    return tuple(Field.objects.all())


def leads_in_place(place: Place) -> Section | None:
    """Who manages each field over the unit, and by which ground; a gap or a conflict is said. Two queries, and the fields."""
    fields = place.once(fields_of)
    groups = [field for field in fields if field.parent_id is None]
    questions = [(FUNCTION, field.code) for field in groups]
    above = {place.unit_id: place.above()}
    answers = responsible_for(questions, [place.unit_id], place.on, fields=fields, above=above)
    names = names_of({one for found in answers.values() for one in who(found[place.unit_id])}, place.on)
    rows = []
    for field in groups:
        answer = answers[FUNCTION, field.code][place.unit_id]
        leads = "; ".join(names[one] for one in who(answer))
        rows.append((Said(field.called), Said(leads or "…"), Said(_ground(answer))))
    return Section(
        title=_("Cơ quan quản lý theo lĩnh vực"),
        heads=(_("Lĩnh vực"), _("Cơ quan chủ trì"), _("Căn cứ")),
        rows=rows,
        more=f"{reverse('mandates:matrix')}?dia_ban={place.uid}",
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
