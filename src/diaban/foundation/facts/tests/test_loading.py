"""The catalogue's files and how they come into the database."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from diaban.foundation.facts.loading import DATA
from diaban.foundation.facts.models import Dimension, Indicator, IndicatorDimension, Member
from diaban.foundation.facts.rules.definitions import Cycle
from diaban.foundation.facts.services import load_catalogue
from diaban.foundation.facts.tests.figures import NOW, SETTING_UP

pytestmark = pytest.mark.django_db


def test_everything_is_loaded_once() -> None:
    first = load_catalogue(actor=SETTING_UP, at=NOW)
    second = load_catalogue(actor=SETTING_UP, at=NOW)

    assert (first.indicators, first.members, first.divisions) == (194, 116, 42)
    assert not any(vars(second).values())
    counts = [model.objects.count() for model in (Indicator, Dimension, Member, IndicatorDimension)]
    assert counts == [194, 35, 116, 42]


def test_the_last_day_of_validity_is_inside() -> None:
    load_catalogue(actor=SETTING_UP, at=NOW)

    officer = Indicator.objects.get(code="NL02")

    assert officer.last_day == date(2025, 6, 30)
    assert officer.is_valid_on(date(2025, 6, 30))
    assert not officer.is_valid_on(date(2025, 7, 1))
    assert officer not in Indicator.objects.valid_on(date(2025, 7, 1))


def test_what_an_office_changed_stays() -> None:
    load_catalogue(actor=SETTING_UP, at=NOW)
    Indicator.objects.filter(code="BC07").update(name="Tên do Sở đặt")

    load_catalogue(actor=SETTING_UP, at=NOW)

    assert Indicator.objects.get(code="BC07").name == "Tên do Sở đặt"


def test_a_circle_of_formulas_is_refused_before_anything_is_saved(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    text = (folder / "catalogue.csv").read_text(encoding="utf-8")
    (folder / "catalogue.csv").write_text(text.replace("VT07 + VT08", "VT38 + VT08"), encoding="utf-8")

    with pytest.raises(Cycle, match="VT38"):
        load_catalogue(actor=SETTING_UP, at=NOW, folder=folder)

    assert not Indicator.objects.exists()
