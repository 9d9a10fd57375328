"""`diaban django …`: Django's own management commands, for those who run the instance."""

import argparse

from django.core.management import execute_from_command_line

NEEDS_DATABASE = False


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("django", help="lệnh quản trị của Django", add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    if options.arguments and options.arguments[0] not in {"makemigrations", "check", "help"}:
        from diaban.faces.cli.main import prepare

        prepare(needs_database=True)
    execute_from_command_line(["diaban django", *options.arguments])
    return 0
