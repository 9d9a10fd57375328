"""Stock sentences as they are worded on a day."""

from datetime import date

from diaban.work.reporting.models import StockSentence
from diaban.work.reporting.phrases import PHRASES, Phrases


def phrases_on(day: date) -> Phrases:
    """What reports of that day say. One query."""
    rows = StockSentence.objects.filter(since__lte=day, key__in=PHRASES).order_by("number")
    return Phrases({row.key: PHRASES[row.key].text if row.is_supplied else row.text for row in rows})
