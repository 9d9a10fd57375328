"""`diaban journal verify`: is the past as it was written?"""

import argparse

from diaban.faces.cli.console import complain, say, say_json
from diaban.foundation.acts import clock

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("journal", help="nhật ký: kiểm chứng, niêm phong")
    parser.add_argument(
        "action",
        choices=["verify", "seal"],
        help="verify: kiểm chứng toàn bộ; seal: niêm phong các dòng chưa niêm phong",
    )
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")


def run(options: argparse.Namespace) -> int:
    from diaban.foundation.journal import sealing, verification

    if options.action == "seal":
        seal = sealing.seal(at=clock.now())
        say(
            f"Đã niêm phong {seal.count} dòng, số {seal.number}: {seal.hash}"
            if seal
            else "Không có dòng nào chưa niêm phong."
        )
        return 0
    verdict = verification.verify()
    if options.json:
        say_json(verdict.as_dict())
    elif verdict.is_intact:
        say(f"Nhật ký nguyên vẹn: {verdict.entries} dòng, {verdict.seals} niêm phong. Mã cuối: {verdict.head}")
    else:
        complain(verdict.sentence)
    return 0 if verdict.is_intact else 1
