"""`diaban consolidate`: the consolidated report of a unit, in a file."""

import argparse
import sys
from datetime import date
from pathlib import Path

from diaban.faces.cli.console import complain, say

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("consolidate", help="tổng hợp báo cáo của một địa bàn")
    parser.add_argument("form", metavar="BIỂU", help="mã biểu mẫu")
    parser.add_argument("period", metavar="KỲ", help="ví dụ 2009-Q4 hoặc 2026-Q1")
    parser.add_argument("--unit", required=True, metavar="MÃ", help="mã địa bàn vào ngày cuối kỳ")
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=None,
        metavar="NGÀY",
        help="theo số liệu đã tiếp nhận đến hết ngày này",
    )
    parser.add_argument("--snapshot", type=int, default=None, metavar="SỐ", help="theo bản chốt số này")
    parser.add_argument(
        "--map",
        dest="map_on",
        type=date.fromisoformat,
        default=None,
        metavar="NGÀY",
        help="quy đổi theo địa giới của ngày này",
    )
    parser.add_argument("--format", choices=["xlsx", "csv", "json", "docx", "pdf", "dhis2"], default="json")
    parser.add_argument(
        "-o", "--output", type=Path, default=None, metavar="TỆP", help="bỏ trống: in ra màn hình (json, csv, dhis2)"
    )
    parser.add_argument(
        "--as",
        dest="user",
        default=None,
        metavar="TÊN",
        help="chỉ phần người này được xem; bỏ trống: người vận hành máy chủ, xem tất cả",
    )


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.reports import NotFound, form_and_period, unit_at  # needs Django
    from diaban.faces.cli.users import UnknownUser, actor_named
    from diaban.foundation.acts import clock
    from diaban.foundation.acts.actor import SettingUp
    from diaban.foundation.facts.dhis2 import NotExpressible
    from diaban.foundation.territory.queries import UnknownUnit, unit_on
    from diaban.work.reporting.consolidated import NothingToConsolidate, OutOfSight, consolidated
    from diaban.work.reporting.outputs import as_file

    if options.output is None and options.format not in {"json", "csv", "dhis2"}:
        complain(f"định dạng {options.format} cần -o TỆP")
        return 2
    try:
        actor = actor_named(options.user) if options.user else SettingUp("diaban consolidate", clock.today())
        _form, period = form_and_period(options.form, options.period)
        on_map = options.map_on
        unit_id = unit_on(options.unit, on_map).pk if on_map else unit_at(options.unit, period).unit_id
        one = consolidated(
            form_code=options.form,
            period=period,
            unit_id=unit_id,
            as_of=options.as_of,
            map_on=options.map_on,
            snapshot=options.snapshot,
            actor=actor,
        )
    except (NotFound, UnknownUser, UnknownUnit, NothingToConsolidate) as problem:
        complain(str(problem))
        return 1
    except OutOfSight:
        complain("Vị trí này không được xem số liệu tổng hợp của địa bàn đó.")
        return 1
    try:
        _write(as_file(one, options.format, actor=actor), options.output)
    except NotExpressible as problem:
        complain(str(problem))
        return 1
    return 0


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
    say(str(output))
