"""`diaban init`: an empty instance of any province, with the bodies and functions that the law gives it."""

import argparse
import getpass
import os
import secrets
from datetime import date

from diaban.faces.cli.console import complain, progress, say

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("init", help="khởi tạo hệ thống thật của một tỉnh, không có dữ liệu mẫu")
    parser.add_argument(
        "--province", required=True, metavar="MÃ", help="mã tỉnh của Tổng cục Thống kê, vào ngày nêu ở --on"
    )
    parser.add_argument(
        "--on", required=True, type=date.fromisoformat, metavar="NGÀY", help="ngày bắt đầu (năm-tháng-ngày)"
    )
    parser.add_argument("--admin", required=True, metavar="TÊN", help="tên đăng nhập của quản trị đơn vị đầu tiên")
    parser.add_argument("--name", default="Quản trị đơn vị", help="họ tên người quản trị")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli import beginning  # needs Django

    password, was_made = _password()
    try:
        with progress("Khởi tạo") as tick:
            begun = beginning.begin(
                province_code=options.province,
                on=options.on,
                admin=options.admin,
                name=options.name,
                password=password,
                tick=tick,
            )
    except beginning.CannotBegin as problem:
        complain(str(problem))
        return 1
    say(
        f"Đã khởi tạo: {begun.province}, ngày {options.on:%d/%m/%Y}: {begun.founded} cơ quan, {begun.mandates} phân công chức năng."
    )
    say(f"Đăng nhập: {options.admin}" + (f"   Mật khẩu tạm: {password}" if was_made else ""))
    say("Cơ quan phải quyết định trước khi dùng:")
    for number, line in enumerate(begun.checklist, 1):
        say(f"  {number}. {line}")
    return 0


def _password() -> tuple[str, bool]:
    """From the environment, from the terminal, or a made one; whether it was made (and must be shown once)."""
    given = os.environ.get("DIABAN_ADMIN_PASSWORD", "")
    if given:
        return given, False
    if os.isatty(0):
        typed = getpass.getpass("Mật khẩu cho quản trị (để trống: hệ thống đặt): ")
        if typed:
            return typed, False
    return secrets.token_urlsafe(12), True
