"""What this room plugs into others' sockets."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.links.sockets import Standing
from diaban.foundation.mandates.dossier import fields_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import Place, Said, Section
from diaban.lib.vietnamese import format_date
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.queries.lists import listed, office_of, state, with_course, with_offices

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


def raised_at(place: Place) -> Section | None:
    """The newest matters of the unit in sight, and where each stands. One query, and the fields."""
    rows = list(with_offices(listed(place.actor, unit_ids=[place.unit_id]), place.on)[: MOST + 1])
    fields = {field.code: field.called for field in place.once(fields_of)}
    return Section(
        title=_("Khó khăn, kiến nghị"),
        heads=(_("Nội dung"), _("Lĩnh vực"), _("Tiếp nhận"), _("Cơ quan trả lời"), _("Kết quả")),
        rows=[
            (
                Said(one.title, url=reverse("difficulties:difficulty", args=[one.uid])),
                Said(fields.get(one.field_code, one.field_code)),
                Said(format_date(one.received_on)),
                Said(office_of(one)),
                Said(status=state(one).value),
            )
            for one in rows[:MOST]
        ],
        more=f"{reverse('difficulties:difficulties')}?dia_ban={place.uid}" if len(rows) > MOST else "",
        empty=_(
            "Chưa nêu kiến nghị nào. Kiến nghị ghi trong báo cáo tự vào đây khi báo cáo được gửi; cũng ghi được ở “Khó khăn, kiến nghị”."
        ),
    )


def standing_of_difficulties(actor: Actor, things: Sequence[Difficulty], on: date) -> Mapping[int, Standing]:
    """Where each matter stands. One query."""
    found = with_course(Difficulty.objects.filter(pk__in=[one.pk for one in things]))
    return {one.pk: Standing((state(one).value,)) for one in found}
