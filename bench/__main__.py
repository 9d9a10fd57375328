"""Measures what is asked for, or everything; says of each figure whether it holds its bar. Exit code 1 where one is short."""

import argparse
import sys
from importlib import import_module
from os import getloadavg

from bench import ground

NAMES = (
    "doubts",
    "export",
    "consolidation",
    "receiving",
    "national",
    "provinces",
    "intake",
    "storm",
    "pages",
    "requests",
    "telephones",
    "recasting",
    "pivot",
    "directives",
    "weights",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    options = parser.parse_args()
    ground.begin()
    print(f"load when started: {getloadavg()[0]:.1f}")
    print(f"{'figure':<58} {'ours':>21} {'reference':>18} {'ratio':>7} {'bar':>10}")
    is_short = False
    for name in options.names or NAMES:
        for figure in import_module(f"bench.{name}").figures():
            print(figure, flush=True)
            is_short |= figure.is_short
    return 1 if is_short else 0


if __name__ == "__main__":
    sys.exit(main())
