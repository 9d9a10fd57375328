"""What the pages of difficulties share."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import uid_typed
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.mandates.models import Field
from diaban.foundation.territory.models import Unit
from diaban.foundation.ui.responses import telling
from diaban.work.difficulties.forms import FilterForm
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.difficulties.queries.lists import listed, with_course
from diaban.work.difficulties.queries.routing import candidates
from diaban.work.difficulties.services import NotPossible


def difficulty_or_404(actor: Actor, uid: UUID) -> Difficulty:
    return get_object_or_404(with_course(visible_difficulties(actor)), uid=uid)


def field_names() -> dict[str, str]:
    """The name of every field, in the reader's language. One query."""
    return {field.code: field.called for field in Field.objects.all()}


def asked(request: HttpRequest, actor: Actor, fields: dict[str, str]) -> tuple[FilterForm, QuerySet[Difficulty]]:
    """The filters as the address has them, and the matters that they leave."""
    form = FilterForm(request.GET, fields=list(fields.items()))
    typed = form.cleaned_data if form.is_valid() else {}
    rows = listed(
        actor,
        text=typed.get("q", ""),
        field=typed.get("linh_vuc", ""),
        state_word=typed.get("tinh_trang", ""),
        is_ours=typed.get("cua_toi", False),
        unit_ids=_asked_place(request.GET.get("dia_ban", "")),
    )
    return form, rows


def _asked_place(text: str) -> list[int] | None:
    """The unit whose uid the address names; none for one that there is not, None where none is named."""
    if not text:
        return None
    uid = uid_typed(text)
    return [] if uid is None else list(Unit.objects.filter(uid=uid).values_list("pk", flat=True))


told = telling(NotPossible, NotAccepted)


def office_choices(difficulty: Difficulty, actor: Actor) -> list[tuple[str, str]]:
    """The offices that it may be passed to, none chosen beforehand."""
    found = candidates(difficulty, actor.today)
    return [("", _("Chọn cơ quan")), *((str(one.organisation.uid), one.name) for one in found)]
