"""The table of days off: filled from what was published, each line journaled."""

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.obligations.models import DayOff
from diaban.foundation.obligations.services import load_published_swaps
from diaban.foundation.obligations.tests.makers import NOW, SETTING_UP, TODAY

pytestmark = pytest.mark.django_db


def test_each_published_swap_is_written_down_once() -> None:
    made = load_published_swaps(actor=SETTING_UP, at=NOW)
    again = load_published_swaps(actor=SETTING_UP, at=NOW)

    entries = Entry.objects.filter(verb="obligations.day_off_set", subject_kind="obligations.day_off")
    assert made == DayOff.objects.count() > 0
    assert again == 0
    assert set(entries.values_list("subject_id", flat=True)) == set(DayOff.objects.values_list("pk", flat=True))
    assert entries.values("act").distinct().count() == 1


def test_a_clerk_sets_no_days_off() -> None:
    with pytest.raises(NotPermitted):
        load_published_swaps(actor=a_world().actor("clerk", TODAY), at=NOW)
