"""The clocks of kinds: dated rows, that an office may set from a day on."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.difficulties.models import Kind
from diaban.work.difficulties.permissions import SET_KINDS
from diaban.work.difficulties.services.steps import NotPossible, clock_of

MOST_DAYS = 365


@transaction.atomic
def set_kind(
    *, code: str, days: int, is_working: bool, basis: str, valid_from: date, actor: Actor, at: datetime
) -> Kind:
    """Set the clock of a kind from a day on; what was received before keeps the one that ran then.

    Raises `NotPermitted` or `NotPossible`.
    """
    grant = actor.require(SET_KINDS)
    if not 1 <= days <= MOST_DAYS or not basis.strip():
        raise NotPossible(_("Ghi số ngày từ 1 đến 365 và căn cứ."))
    before = clock_of(code, valid_from)
    Kind.objects.select_for_update().get(pk=before.pk)
    if before.first_day is not None and valid_from <= before.first_day:
        raise NotPossible(_("Ngày áp dụng phải sau ngày bắt đầu của thời hạn đang có."))
    after = before.last_day + timedelta(days=1) if before.last_day else None
    before.valid = DateRange(before.first_day, valid_from)
    before.save_revision("valid")
    new = Kind.objects.create(
        code=code,
        name=before.name,
        name_en=before.name_en,
        days=days,
        is_working=is_working,
        basis=basis.strip()[:300],
        valid=DateRange(valid_from, after),
    )
    changes = {"days": (before.days, days), "from": (None, valid_from), "basis": (before.basis, new.basis)}
    record(actor=actor, verb="difficulties.kind_set", thing=new, at=at, grant=grant, changes=changes)
    return new
