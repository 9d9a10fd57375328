"""Seals form a chain over everything that is written."""

from datetime import timedelta

import pytest

from diaban.foundation.journal import sealing
from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.foundation.journal.sealing import head, seal
from diaban.foundation.journal.tests.entries import NOW, write_entries, write_reading
from diaban.foundation.journal.verification import verify
from diaban.foundation.mandates.tests.personas import a_world

pytestmark = pytest.mark.django_db


def test_nothing_waits_nothing_is_sealed() -> None:
    assert seal(at=NOW) is None
    assert head() == ""
    assert verify().is_intact


def test_each_seal_holds_the_hash_of_the_one_before() -> None:
    world = a_world()
    write_entries(world, 3)
    first = seal(at=NOW)
    write_entries(world, 2, at=NOW + timedelta(days=1))
    write_reading(world)

    second = seal(at=NOW + timedelta(days=1))

    assert first is not None
    assert second is not None
    assert (first.number, first.previous_hash, first.count) == (1, "0" * 64, 3)
    assert (second.number, second.previous_hash, second.count) == (2, first.hash, 3)
    assert (second.first_at, second.last_at) == (NOW, NOW + timedelta(days=1))
    assert head() == second.hash


def test_every_row_is_sealed_once_entries_first() -> None:
    world = a_world()
    write_reading(world)
    write_entries(world, 2)

    seal(at=NOW)

    assert list(Entry.objects.order_by("id").values_list("position_in_seal", flat=True)) == [0, 1]
    assert list(Reading.objects.values_list("position_in_seal", flat=True)) == [2]
    assert seal(at=NOW) is None


def test_a_seal_takes_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LARGEST_SEAL", 2)
    write_entries(a_world(), 5)

    while seal(at=NOW):
        pass

    assert list(Seal.objects.values_list("count", flat=True)) == [2, 2, 1]
    assert verify().is_intact
    assert verify().entries == 5
