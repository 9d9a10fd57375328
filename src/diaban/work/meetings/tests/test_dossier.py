"""What the last meeting concluded for a place, word for word."""

from datetime import date

import pytest

from diaban.foundation.territory.dossier import Place, place_of
from diaban.work.meetings import services
from diaban.work.meetings.plugs import conclusions_of_place
from diaban.work.meetings.tests.worlds import HELD, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db


def at(here: Gathering, unit: str) -> Place:
    return place_of(here.actor("director", HELD), here.world.units[unit].uid, HELD)


def test_a_place_reads_what_was_asked_of_it_and_how_far_that_is() -> None:
    here = a_gathering()
    held = here.held()
    clerk = here.actor("clerk", HELD)
    asked = services.Said("directive", "Bố trí cán bộ", "it", (here.office("ubnd_d1"),), date(2026, 4, 30))
    services.conclude(meeting_id=held.pk, said=asked, actor=clerk, at=later(7))
    services.conclude(
        meeting_id=held.pk, said=services.Said("remark", "Ghi nhận kết quả", "it"), actor=clerk, at=later(7)
    )
    assert conclusions_of_place(at(here, "D1")) is None  # the notice is not out

    services.issue_notice(meeting_id=held.pk, actor=here.actor("director", HELD), at=later(7))

    section = conclusions_of_place(at(here, "D1"))
    assert section is not None
    assert [(row[0].text, row[2].text, row[3].status) for row in section.rows] == [
        ("Bố trí cán bộ", "30/04/2026", "not_due"),
        ("Ghi nhận kết quả", "", ""),
    ]
