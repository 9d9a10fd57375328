"""What reports say of a place, to whoever may read them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.territory.dossier import Place, place_of
from diaban.work.reporting.dossier import newest_figures, newest_sent, reports_sent
from diaban.work.reporting.services import return_section
from diaban.work.reporting.tests.consolidation_world import Q3, Consolidating
from diaban.work.reporting.tests.worlds import NOW, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


def at_home(here: Reporting, persona: str) -> Place:
    return place_of(here.actor(persona), here.world.units["D1"].uid, TODAY)


def test_the_newest_sent_figures_are_told_and_a_draft_is_not(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    here = a_reporting_world()
    here.filled()
    before = newest_figures(at_home(here, "specialist"))
    assert before is not None
    assert (list(before.rows), before.empty[:11]) == ([], "Chưa có báo")

    here.sent()

    place = at_home(here, "specialist")
    with django_assert_max_num_queries(3):
        place.once(newest_sent)
        reports_sent(place)
    section = newest_figures(place)
    assert section is not None
    told = {row[0].text: row[1].text for row in section.rows}
    assert told["Sản lượng dịch vụ bưu chính, chuyển phát (nghìn bưu gửi)"] == "15,5"


def test_the_period_before_is_told_though_it_was_brought_from_elsewhere() -> None:
    here = a_reporting_world()
    Consolidating(here, here.sent()).accept(Q3, "D1", {"BC03": "14"})

    section = newest_figures(at_home(here, "specialist"))

    assert section is not None
    row = next(row for row in section.rows if row[0].text.startswith("Sản lượng dịch vụ bưu chính"))
    assert (row[1].text, row[2].text, row[3].text) == ("15,5", "14,0", "+1,5")


def test_what_came_back_is_told_with_its_reason() -> None:
    here = a_reporting_world()
    report = here.sent()
    return_section(report_id=report.pk, section=1, reason="Thiếu điểm", actor=here.actor("specialist"), at=NOW)

    section = reports_sent(at_home(here, "district_officer"))

    assert section is not None
    assert "Thiếu điểm" in section.rows[0][-1].text


def test_nothing_is_told_to_whoever_may_not_read_the_reports() -> None:
    here = a_reporting_world()
    here.sent()
    place = at_home(here, "enterprise")

    section = reports_sent(place)

    assert place.once(newest_sent) is None
    assert section is not None
    assert list(section.rows) == []
