"""What an act leaves behind."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from diaban.foundation.acts.actor import Grant
from diaban.foundation.acts.subjects import UnknownKind
from diaban.foundation.journal.models import Entry, Reading
from diaban.foundation.journal.queries import timeline
from diaban.foundation.journal.services import record, record_reading
from diaban.foundation.journal.tests.entries import NOW, SYSTEM
from diaban.foundation.mandates.tests.personas import a_world

pytestmark = pytest.mark.django_db


def test_the_actor_is_written_by_ids_and_by_the_name_of_the_day() -> None:
    world = a_world()
    actor = world.actor("specialist")

    record(
        actor=actor,
        verb="territory.renamed",
        thing=world.units["P"],
        at=NOW,
        changes={"name": ("Cũ", "Mới")},
        grant=Grant(7, "Nghị định 1"),
    )

    entry = Entry.objects.get()
    assert (entry.account_id, entry.position_id, entry.organisation_id) == (
        world.accounts["specialist"].pk,
        world.positions["specialist"].pk,
        world.organisations["phong_bcvt"].pk,
    )
    assert (entry.actor_label, entry.mandate_id, entry.basis) == (actor.label, 7, "Nghị định 1")
    assert entry.changes == {"name": ["Cũ", "Mới"]}


def test_things_of_one_act_share_its_id() -> None:
    world = a_world()

    act = record(actor=SYSTEM, verb="territory.loaded", thing=world.units["P"], at=NOW)
    record(actor=SYSTEM, verb="territory.loaded", thing=world.units["D1"], at=NOW, act=act)

    assert set(Entry.objects.values_list("act", flat=True)) == {act}


def test_values_are_kept_as_exact_text() -> None:
    world = a_world()
    changes = {
        "amount": (Decimal("1.50"), Decimal("1E+3")),
        "day": (date(2025, 7, 1), None),
        "moment": (datetime(2025, 6, 30, 17, tzinfo=UTC), True),
        "list": ([Decimal("0.1")], {"key": 1}),
    }

    record(actor=SYSTEM, verb="territory.loaded", thing=world.units["P"], at=NOW, changes=changes)

    assert Entry.objects.get().changes == {
        "amount": ["1.50", "1000"],
        "day": ["2025-07-01", None],
        "moment": ["2025-07-01T00:00:00+07:00", True],
        "list": [["0.1"], {"key": 1}],
    }


def test_a_thing_of_no_registered_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        record(actor=SYSTEM, verb="x.done", thing=Entry(pk=1, act=uuid.uuid4()), at=NOW)


def test_the_time_of_record_is_the_databases_own() -> None:
    world = a_world()
    long_ago = NOW - timedelta(days=5000)

    record(actor=SYSTEM, verb="territory.loaded", thing=world.units["P"], at=long_ago)
    Entry.objects.create(
        act=uuid.uuid4(), verb="x", subject_kind="x", subject_id=1, subject_label="x", actor_label="x",
        at=long_ago, recorded_at=long_ago,
    )  # fmt: skip

    assert all(timezone.now() - row.recorded_at < timedelta(minutes=5) for row in Entry.objects.all())


def test_a_reading_of_personal_data_is_written() -> None:
    world = a_world()

    record_reading(actor=world.actor("auditor"), thing=world.units["P"], reason="Kiểm tra", at=NOW)

    reading = Reading.objects.get()
    assert (reading.subject_id, reading.position_id, reading.reason) == (
        world.units["P"].pk,
        world.positions["auditor"].pk,
        "Kiểm tra",
    )


def test_a_timeline_is_newest_first_and_says_what_changed() -> None:
    world = a_world()
    record(actor=SYSTEM, verb="territory.loaded", thing=world.units["P"], at=NOW)
    record(actor=SYSTEM, verb="a.verb_nobody_knows", thing=world.units["P"], at=NOW, changes={"name": ("a", "b")})

    newest, oldest = timeline(world.actor("specialist"), world.units["P"])

    assert (newest.sentence, newest.changes, newest.is_sealed) == (
        "a.verb_nobody_knows",
        (("name", "a", "b"),),
        False,
    )
    assert oldest.who == SYSTEM.label
