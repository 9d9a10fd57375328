"""Tampering is found, and the first broken row is named, even when whoever tampered owns the tables."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.foundation.journal.sealing import head, seal
from diaban.foundation.journal.tests.entries import NOW, without_triggers, write_entries, write_reading
from diaban.foundation.journal.verification import verify
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def chain(world: World) -> list[Seal]:
    """Two seals: three entries and a reading; two entries."""
    write_entries(world, 3)
    write_reading(world)
    first = seal(at=NOW)
    write_entries(world, 2)
    second = seal(at=NOW + timedelta(hours=1))
    assert first is not None
    assert second is not None
    return [first, second]


def nth(place: int) -> Entry:
    return Entry.objects.order_by("id")[place]


def test_an_untouched_journal_is_intact(chain: list[Seal]) -> None:
    verdict = verify(expected_head=chain[0].hash)

    assert (verdict.is_intact, verdict.entries, verdict.seals, verdict.head) == (True, 6, 2, chain[1].hash)


def test_what_is_not_yet_sealed_does_not_break_the_chain(world: World, chain: list[Seal]) -> None:
    write_entries(world, 1)

    assert verify().is_intact


def test_a_changed_field_names_the_row(chain: list[Seal]) -> None:
    row = nth(1)

    with without_triggers():
        Entry.objects.filter(pk__in=[row.pk, nth(4).pk]).update(actor_label="Người khác")

    verdict = verify()
    assert not verdict.is_intact
    assert verdict.broken == f"Entry {row.pk}"
    assert f"số {row.pk} đã bị sửa" in verdict.sentence


def test_a_value_that_could_never_be_sealed_names_the_row(chain: list[Seal]) -> None:
    row = nth(1)

    with without_triggers():
        Entry.objects.filter(pk=row.pk).update(changes={"number": [None, 1.5]})

    assert verify().broken == f"Entry {row.pk}"


def test_a_deleted_row_names_its_place(chain: list[Seal]) -> None:
    gone, before = nth(2), nth(1)

    with without_triggers():
        gone.delete()

    verdict = verify()
    assert verdict.broken == "dòng thứ 3 của niêm phong số 1"
    assert f"sau dòng {before.pk}" in verdict.sentence


def test_a_row_slipped_into_a_seal_is_named(chain: list[Seal]) -> None:
    stray = nth(0)
    stray.pk = None

    with without_triggers():
        stray.save(force_insert=True)

    verdict = verify()
    assert verdict.broken == f"Entry {stray.pk}"
    assert "chèn thêm" in verdict.sentence


def test_a_row_that_lost_its_place_is_named(chain: list[Seal]) -> None:
    with without_triggers():
        Entry.objects.filter(pk=nth(0).pk).update(position_in_seal=None)

    assert verify().broken == f"Entry {nth(0).pk}"


def test_swapped_rows_are_found(chain: list[Seal]) -> None:
    with without_triggers():
        Entry.objects.filter(seal=chain[0]).update(position_in_seal=2 - F("position_in_seal"))

    assert verify().broken == f"Entry {nth(2).pk}"


def test_rows_moved_to_another_seal_are_found(chain: list[Seal]) -> None:
    with without_triggers():
        Entry.objects.filter(pk=nth(0).pk).update(seal=chain[1])

    assert not verify().is_intact


def test_swapped_seals_are_found(chain: list[Seal]) -> None:
    with without_triggers():
        Seal.objects.filter(pk=chain[0].pk).update(number=3)
        Seal.objects.filter(pk=chain[1].pk).update(number=1)
        Seal.objects.filter(pk=chain[0].pk).update(number=2)

    assert verify().broken == "niêm phong số 1"


def test_a_missing_seal_is_found(chain: list[Seal]) -> None:
    with without_triggers():
        Entry.objects.filter(seal=chain[0]).delete()
        Reading.objects.all().delete()
        chain[0].delete()

    assert "Thiếu niêm phong số 1" in verify().sentence


def test_a_rewritten_chain_lacks_the_hash_that_was_printed(chain: list[Seal]) -> None:
    printed = head()

    with without_triggers():
        Entry.objects.update(seal=None, position_in_seal=None)
        Reading.objects.update(seal=None, position_in_seal=None)
        Seal.objects.all().delete()
        nth(0).delete()
    seal(at=NOW)

    assert verify().is_intact  # it is a sound chain, but another one
    verdict = verify(expected_head=printed)
    assert not verdict.is_intact
    assert "viết lại" in verdict.sentence


def test_a_chain_cut_short_lacks_the_hash_that_was_printed(chain: list[Seal]) -> None:
    printed = head()

    with without_triggers():
        Entry.objects.filter(seal=chain[1]).delete()
        chain[1].delete()

    assert not verify(expected_head=printed).is_intact


def _later(value: Any) -> Any:
    return value + timedelta(microseconds=1)


ENTRY_CHANGES: dict[str, Callable[[Any], Any]] = {
    "act": lambda value: type(value)(int=value.int ^ 1),
    "at": _later,
    "recorded_at": _later,
    "changes": lambda value: {**value, "another": [None, ""]},
    **{name: lambda value: f"{value}." for name in ("verb", "subject_kind", "subject_label", "actor_label", "basis", "request_id")},
    **{
        name: lambda value: (value or 0) + 1
        for name in ("subject_id", "account_id", "position_id", "organisation_id", "mandate_id", "position_in_seal")
    },
}  # fmt: skip
SEAL_CHANGES: dict[str, Callable[[Any], Any]] = {
    "number": lambda value: value + 10,
    "count": lambda value: value + 1,
    "leaves": lambda value: bytes([bytes(value)[0] ^ 1]) + bytes(value)[1:],
    **dict.fromkeys(("first_at", "last_at", "sealed_at"), _later),
    **{name: lambda value: ("1" if value[0] == "0" else "0") + value[1:] for name in ("previous_hash", "root", "hash")},
}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_one_field_is_found(chain: list[Seal], data: st.DataObject) -> None:
    table, changes, size = data.draw(st.sampled_from([(Entry, ENTRY_CHANGES, 5), (Seal, SEAL_CHANGES, 2)]))
    row: Any = table._default_manager.order_by("id")[data.draw(st.integers(0, size - 1))]
    name = data.draw(st.sampled_from(sorted(changes)))
    before = getattr(row, name)

    with without_triggers():
        table._default_manager.filter(pk=row.pk).update(**{name: changes[name](before)})
    found = verify()
    with without_triggers():
        table._default_manager.filter(pk=row.pk).update(**{name: before})

    assert not found.is_intact, f"{table.__name__}.{name} was changed unseen"
    assert verify().is_intact
