"""Many files at the command line: done by several processes, told as if by one."""

import os
from pathlib import Path

import pytest
from django.db import transaction

from diaban.faces.cli import cores
from diaban.faces.cli.cores import on_every_core
from diaban.foundation.journal.models import Entry

pytestmark = pytest.mark.slow
MANY = range(3 * cores.FEWEST)


def done_by(number: int) -> tuple[int, int, int]:
    """Which, by which process, and how many entries that one sees."""
    return number, os.getpid(), Entry.objects.count()


def test_answers_come_in_the_order_of_what_was_asked(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    answers = list(on_every_core(done_by, MANY))

    assert [number for number, _process, _seen in answers] == list(MANY)
    assert os.getpid() not in {process for _number, process, _seen in answers}
    assert Entry.objects.count() == 0  # and this process has its own connection again


def test_what_fails_in_another_process_is_told_here(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    with pytest.raises(FileNotFoundError):
        list(on_every_core(lambda number: Path(f"/nowhere/{number}").read_bytes(), MANY))


def test_within_a_transaction_one_process_does_it_all(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    with transaction.atomic():
        answers = list(on_every_core(done_by, MANY))

    assert {process for _number, process, _seen in answers} == {os.getpid()}
