"""Figures as other statistical systems take them in."""

import pytest

from diaban.foundation.facts.dhis2 import NotExpressible, dhis2_period, period_of
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.consolidated import consolidated
from diaban.work.reporting.exchange import data_value_set
from diaban.work.reporting.tests.consolidation_world import FORM, Q4, a_consolidating_world


@pytest.mark.parametrize(
    ("period", "said"), [("2026-M03", "202603"), ("2026-Q1", "2026Q1"), ("2026-H2", "2026S2"), ("2026", "2026")]
)
def test_a_period_has_the_other_systems_word(period: str, said: str) -> None:
    assert dhis2_period(Period.parse(period, Calendar.STATISTICAL)) == said
    assert str(period_of(said, Calendar.ND09)) == f"nd09:{period}"


def test_nine_months_have_no_word_there() -> None:
    with pytest.raises(NotExpressible, match="DHIS2"):
        dhis2_period(Period.parse("2026-9M", Calendar.STATISTICAL))


@pytest.mark.django_db
def test_each_unit_gives_what_it_reported_and_nothing_that_is_computed() -> None:
    world = a_consolidating_world()
    one = consolidated(
        form_code=FORM, period=Q4, unit_id=world.unit("P"), as_of=None, map_on=None, actor=world.here.actor("director")
    )

    answer = data_value_set(one)

    values = {(each["dataElement"], each["categoryOptionCombo"]): each for each in answer["dataValues"]}
    assert values["BC07", "default"]["value"] == "23"
    assert values["BC07", "bdvhx"]["value"] == "16"
    assert values["BC02", "other"]["value"] == "0"
    assert not {element for element, _option in values} & {
        code for code, indicator in one.indicators.items() if indicator.over_units in {"RATIO", "FORMULA"}
    }
    assert {each["period"] for each in answer["dataValues"]} == {"2009Q4"}
