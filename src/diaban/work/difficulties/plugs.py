"""What this room plugs into others' sockets."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.models import Field
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Said, Section
from diaban.foundation.territory.models import Unit
from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.queries.lists import lines_of, listed

MOST = 8


def difficulty_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a matter is answered. One query."""
    ids = {one.subject_id for one in obligations if one.subject_id}
    uids = dict(Difficulty.objects.filter(pk__in=ids).values_list("pk", "uid"))
    return {
        one.pk: reverse("difficulties:difficulty", args=[uids[one.subject_id]])
        for one in obligations
        if one.subject_id in uids
    }


def raised_at(actor: Actor, unit_id: int, on: date) -> Section | None:
    """The newest matters of the unit in sight, and where each stands."""
    rows = list(listed(actor, unit_ids=[unit_id])[: MOST + 1])
    fields = {field.code: field.called for field in Field.objects.all()} if rows else {}
    return Section(
        title=_("Khó khăn, kiến nghị"),
        heads=(_("Nội dung"), _("Lĩnh vực"), _("Tiếp nhận"), _("Cơ quan trả lời"), _("Kết quả")),
        rows=[
            (
                Said(line.difficulty.title, url=reverse("difficulties:difficulty", args=[line.difficulty.uid])),
                Said(line.field),
                Said(format_date(line.difficulty.received_on)),
                Said(line.answers_or_answered),
                Said(status=line.state.value),
            )
            for line in lines_of(rows[:MOST], fields, on)
        ],
        more=f"{reverse('difficulties:difficulties')}?dia_ban={Unit.objects.get(pk=unit_id).uid}"
        if len(rows) > MOST
        else "",
        empty=_("Chưa nêu kiến nghị nào."),
    )
