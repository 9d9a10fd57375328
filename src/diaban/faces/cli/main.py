"""Reads the command line, makes sure of a database, and runs one subcommand.

Exit codes: 0 done; 1 the answer is no (refused, broken, problems found); 2 the command line is wrong;
3 it cannot start or go on (settings, database); 130 interrupted.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from typing import Protocol, cast

COMMANDS = (
    "demo",
    "init",
    "serve",
    "worker",
    "territory",
    "reform",
    "report",
    "consolidate",
    "history",
    "facts",
    "series",
    "journal",
    "doctor",
    "translations",
    "django",
)


class Exit(IntEnum):
    """What the command's exit code says."""

    DONE = 0
    NO = 1
    USAGE = 2
    CANNOT_START = 3
    INTERRUPTED = 130


class Command(Protocol):
    """The shape of a subcommand's module."""

    NEEDS_DATABASE: bool

    def add_parser(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...
    def run(self, options: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point. Never shows a traceback for what a user can mend."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diaban.config.settings")
    options = build_parser().parse_args(arguments)
    command = load(options.command)
    try:
        prepare(needs_database=command.NEEDS_DATABASE)
        return run(command, options)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except CannotStart as problem:
        print(f"diaban: {problem}", file=sys.stderr)
        return Exit.CANNOT_START


def run(command: Command, options: argparse.Namespace) -> int:
    """Run the subcommand; a database that goes away meanwhile is told in a sentence. Raises `CannotStart`."""
    from django.db import InterfaceError, OperationalError

    try:
        return int(command.run(options))
    except (OperationalError, InterfaceError) as problem:
        raise CannotStart(
            "Mất kết nối với cơ sở dữ liệu. Việc nào đã xong thì đã được ghi trọn vẹn, việc đang dở chưa thay đổi gì; "
            f"hãy chạy lại lệnh. ({str(problem).splitlines()[0]})"
        ) from problem


class CannotStart(Exception):
    """Settings or database keep the command from its work; the message says which and what to do."""


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="diaban",
        description="Địa Bàn: hệ thống làm việc của cơ quan quản lý thông tin và truyền thông cấp tỉnh.",
        epilog="Mã thoát: 0 xong; 1 bị từ chối hoặc có lỗi; 2 sai câu lệnh; 3 không khởi động được.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for name in COMMANDS:
        load(name).add_parser(commands)
    return parser


def load(name: str) -> Command:
    return cast(Command, import_module(f"diaban.faces.cli.{name}"))


def prepare(*, needs_database: bool) -> None:
    """Start Django, and the embedded server with its database up to date where one is needed. Raises `CannotStart`."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        from django.conf import settings

        is_embedded = settings.IS_EMBEDDED
    except ImproperlyConfigured as problem:
        raise CannotStart(str(problem)) from problem
    if needs_database and is_embedded:
        from diaban.config import database

        database.start_embedded()
    django.setup()
    if needs_database:
        from diaban.config import database

        try:
            database.bring_up_to_date()
        except database.Unreachable as problem:
            raise CannotStart(str(problem)) from problem
        _set_clock()
    gc.freeze()  # what is loaded stays: commands on many files spend a seventh of their time looking through it for garbage


def _set_clock() -> None:
    """A demo world stands on its own day."""
    from diaban.foundation.acts import clock
    from diaban.foundation.ui.models import Instance

    clock.start_on(Instance.objects.values_list("world_day", flat=True).first())
