"""`diaban territory load`: the whole country, before and after 1 July 2025."""

import argparse

from diaban.faces.cli.console import progress, say

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("territory", help="đơn vị hành chính")
    parser.add_argument("action", choices=["load"], help="load: nạp đơn vị hành chính cả nước, trước và sau 01/7/2025")


def run(options: argparse.Namespace) -> int:
    from diaban.foundation.territory import loading

    with progress("Nạp đơn vị hành chính cả nước") as tick:
        loaded = loading.load_country(progress=tick)
    say(str(loaded))
    return 0
