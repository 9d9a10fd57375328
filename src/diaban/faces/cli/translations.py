"""`diaban translations`: collects the texts to translate and compiles the catalogues."""

import argparse

from diaban.faces.cli.console import say

NEEDS_DATABASE = False


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("translations", help="thu thập và biên dịch bản dịch giao diện")
    parser.add_argument("action", choices=["extract", "compile"])


def run(options: argparse.Namespace) -> int:
    from diaban.foundation.ui import translations

    count = translations.extract() if options.action == "extract" else translations.compile_catalogues()
    say(f"{options.action}: {count}")
    return 0
