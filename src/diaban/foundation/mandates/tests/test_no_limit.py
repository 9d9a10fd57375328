"""Who may do an act everywhere sees every row of it."""

import pytest

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.mandates.permissions import visible_by_any, visible_filter
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.territory.models import Unit


@pytest.mark.django_db
def test_an_act_without_limit_is_allowed_over_every_unit() -> None:
    world = a_world()
    setting_up = SettingUp("thử nghiệm", world.actor("specialist").today)

    units = Unit.objects.filter(visible_filter(setting_up, "mandates.give", unit="pk", field=None))

    assert units.count() == Unit.objects.count() > 0


@pytest.mark.django_db
def test_it_stays_without_limit_beside_acts_that_have_one_or_none() -> None:
    world = a_world()
    setting_up = SettingUp("thử nghiệm", world.actor("specialist").today)

    found = Unit.objects.filter(
        visible_by_any(setting_up, ("obligations.decide", "mandates.give"), unit="pk", field=None)
    )

    assert found.count() == Unit.objects.count() > 0
