"""How commands speak: progress bars on a terminal, plain lines elsewhere, JSON where a program reads."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Tick(Protocol):
    """Reports progress: `tick(done, total)`."""

    def __call__(self, done: int, total: int) -> None: ...


def say(sentence: str = "") -> None:
    """One line of ordinary output."""
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    """One line to the standard error."""
    print(f"diaban: {sentence}", file=sys.stderr, flush=True)


def say_json(answer: Any) -> None:
    """The answer for a program: one JSON document."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str), flush=True)


@contextmanager
def progress(title: str) -> Iterator[Tick]:
    """A bar on a terminal; elsewhere a line at the start and one at the end, on the standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        print(f"{title} …", file=sys.stderr, flush=True)
        last = [0]

        def count(done: int, total: int) -> None:
            last[0] = done

        yield count
        print(f"{title}: xong" + (f" ({last[0]})" if last[0] else ""), file=sys.stderr, flush=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        bar = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def add_as(parser: argparse.ArgumentParser) -> None:
    """The option `--as USER`, for commands that act in someone's name."""
    parser.add_argument("--as", dest="user", required=True, metavar="TÊN", help="tên đăng nhập của người thực hiện")
