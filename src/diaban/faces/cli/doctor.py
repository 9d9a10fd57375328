"""`diaban doctor`: is everything that is derived as it should be?"""

import argparse

from diaban.faces.cli.console import say, say_json

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("doctor", help="kiểm tra dữ liệu suy ra: địa bàn, phân quyền, tổng hợp, nhật ký")
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.examinations import EXAMINATIONS

    results = {name: [str(problem) for problem in examine()] for name, examine in EXAMINATIONS.items()}
    if options.json:
        say_json(results)
    else:
        for name, problems in results.items():
            say(f"{'✗' if problems else '✓'} {name}" + (f": {len(problems)} vấn đề" if problems else ""))
            for problem in problems[:20]:
                say(f"    {problem}")
    return 1 if any(results.values()) else 0
