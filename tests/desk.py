"""An office at the shell: `diaban` in processes of their own, on a database of its own; workbooks filled by openpyxl."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from openpyxl import load_workbook

PROJECT = Path(__file__).parents[1]
LONGEST = 120  # seconds for one command


@dataclass(frozen=True)
class Desk:
    """Commands with the environment of one database."""

    environment: Mapping[str, str]
    address: str

    def start(self, *arguments: str, module: str = "diaban", **more: Any) -> "subprocess.Popen[str]":
        """Start a command in a group of processes of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=self.environment, cwd=PROJECT, text=True,
            start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more,
        )  # fmt: skip

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "diaban", *arguments], env=self.environment, cwd=PROJECT, text=True,
            capture_output=True, check=False, timeout=LONGEST,
        )  # fmt: skip

    def does(self, *arguments: str) -> str:
        """Run a command that must be done; what it prints."""
        ended = self.run(*arguments)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def answers(self, *arguments: str) -> Any:
        """Run a command that answers by JSON."""
        return json.loads(self.does(*arguments))

    @contextmanager
    def connected(self) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
        with psycopg.connect(self.address, autocommit=True) as connection:
            yield connection

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        with self.connected() as connection:
            return connection.execute(query.encode(), values or None).fetchall()


def environment(**own: str) -> dict[str, str]:
    """This process's environment with the project on the path and nothing of another database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DIABAN_", "DATABASE_URL", "PYTEST"))
    }
    path = os.pathsep.join([str(PROJECT / "src"), str(PROJECT)])
    return {**kept, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "diaban.config.settings", **own}


def fill_in(file: Path, values: Mapping[str, object]) -> None:
    """Put values into a workbook by the defined names of its cells."""
    book = load_workbook(file)
    for name, value in values.items():
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place] = value  # type: ignore[assignment] # whatever a program types
    book.save(file)
