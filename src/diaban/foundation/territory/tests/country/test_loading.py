"""The whole country in the database."""

from decimal import Decimal

import pytest

from diaban.foundation.acts.actor import NotPermitted, SettingUp, SystemActor
from diaban.foundation.journal.models import Entry
from diaban.foundation.territory.checking import check_territory
from diaban.foundation.territory.loading import Loaded, load_country
from diaban.foundation.territory.models import Containment, Coverage, Succession, Unit, UnitVersion
from diaban.foundation.territory.tests.makers import NOW, TODAY

pytestmark = pytest.mark.slow


def test_the_country_is_loaded(country: Loaded) -> None:
    assert (Unit.objects.count(), UnitVersion.objects.count(), Succession.objects.count()) == (
        country.units,
        country.versions,
        country.successions,
    )
    assert country == Loaded(units=14_011, versions=14_149, successions=10_490)


def test_nothing_is_wrong_with_it(country: Loaded) -> None:
    assert check_territory(TODAY) == []


def test_a_second_run_changes_nothing(country: Loaded) -> None:
    before = Containment.objects.count(), Coverage.objects.count(), Entry.objects.count()

    again = load_country(actor=SettingUp("tests", TODAY), at=NOW)

    assert again == Loaded(0, 0, 0)
    assert (Containment.objects.count(), Coverage.objects.count(), Entry.objects.count()) == before


def test_a_second_run_keeps_what_officials_corrected(country: Loaded) -> None:
    row = Succession.objects.filter(assumed=True).earliest("pk")
    Succession.objects.filter(pk=row.pk).update(weight=Decimal(1515), assumed=False)

    load_country(actor=SettingUp("tests", TODAY), at=NOW)

    row.refresh_from_db()
    assert (row.weight, row.assumed) == (Decimal(1515), False)


def test_the_load_is_journaled_once(country: Loaded) -> None:
    entry = Entry.objects.get(verb="territory.country_loaded")

    assert entry.subject_label == "Việt Nam"
    assert entry.changes["units"] == [None, 14_011]


def test_the_system_may_load_and_a_stranger_may_not(country: Loaded) -> None:
    class Stranger(SystemActor):
        def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> None:
            return None

    assert load_country(actor=SystemActor("tests", TODAY), at=NOW) == Loaded(0, 0, 0)
    with pytest.raises(NotPermitted):
        load_country(actor=Stranger("tests", TODAY), at=NOW)


def test_progress_is_told_to_its_end(country: Loaded) -> None:
    told: list[tuple[int, int]] = []

    load_country(lambda done, of: told.append((done, of)), actor=SettingUp("tests", TODAY), at=NOW)

    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
