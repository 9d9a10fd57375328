"""`diaban worker`: runs background jobs and what is due by the clock; any number may run, on any machine."""

import argparse

from django.core.management import call_command

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("worker", help="chạy tiến trình nền: tổng hợp dài, nhắc việc, niêm phong nhật ký")
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")


def run(options: argparse.Namespace) -> int:
    from diaban.foundation.jobs.tasks import give_back_stalled  # needs Django

    give_back_stalled()
    call_command("procrastinate", "worker", *(["--one-shot"] if options.once else []))
    return 0
