"""The `diaban` command. Each subcommand is a module with `add_parser` and `run`; the rules are the services'."""

from diaban.faces.cli.main import main

__all__ = ["main"]
