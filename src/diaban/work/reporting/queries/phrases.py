"""Stock sentences as they are worded on a day."""

from datetime import date

from django.db.models import Q

from diaban.work.reporting.models import StockSentence
from diaban.work.reporting.phrases import PHRASES, Phrases


def phrases_on(day: date, form_id: int | None = None) -> Phrases:
    """What reports of that day say: by a form its own sentences, else the general ones. One query."""
    rows = StockSentence.objects.filter(Q(form=None) | Q(form=form_id), since__lte=day, key__in=PHRASES)
    general: dict[str, str] = {}
    own: dict[str, str] = {}
    for row in rows.order_by("number"):
        if row.form_id is None:
            general[row.key] = PHRASES[row.key].text if row.is_supplied else row.text
        elif row.is_supplied:
            own.pop(row.key, None)
        else:
            own[row.key] = row.text
    return Phrases({**general, **own}, frozenset(own))
