"""The same work on many things: on every core, each process with a connection of its own, told in the order of the things."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, connections

Thing = TypeVar("Thing")
Result = TypeVar("Result")
FEWEST = 8  # for less it is not worth starting a process


class _Kept:
    """What a process that was started here does; it has nothing else to keep it in."""

    work: Callable[[Any], Any]


def on_every_core(
    work: Callable[[Thing], Result], things: Sequence[Thing], *, fewest: int = FEWEST
) -> Iterator[Result]:
    """What `work` makes of each thing, in their order. Each is an act of its own; what it returns must be picklable.

    In a row where that is all the same: few things, one core, a system that cannot fork, or within a transaction, of which
    another process would see nothing.
    """
    cores = min(os.cpu_count() or 1, len(things))
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if cores == 1 or len(things) < fewest or not can_fork or connection.in_atomic_block:
        yield from map(work, things)
        return
    connections.close_all()  # a connection cannot be shared with a child
    # Forked, so that the work need not be picklable: each child has it from its birth.
    with multiprocessing.get_context("fork").Pool(cores, _born, (work,)) as pool:
        yield from pool.imap(_do, things)
        pool.close()
        pool.join()


def _born(work: Callable[[Any], Any]) -> None:
    gc.freeze()  # what the parent made is nobody's garbage here; looking through it would copy it, too
    _Kept.work = work


def _do(thing: Any) -> Any:
    return _Kept.work(thing)
