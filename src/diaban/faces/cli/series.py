"""`diaban series`: an indicator of a unit over periods, across reforms."""

import argparse
import csv
import sys
from datetime import date

from diaban.faces.cli.console import complain, say_json

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("series", help="chuỗi số liệu của một địa bàn qua các kỳ")
    parser.add_argument("indicator", metavar="CHỈ-TIÊU", help="mã chỉ tiêu, ví dụ BC15")
    parser.add_argument("--unit", required=True, metavar="MÃ", help="mã địa bàn vào ngày --on, --map hoặc hôm nay")
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="NGÀY", help="mã địa bàn của ngày này")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--map", dest="map_on", type=date.fromisoformat, default=None, metavar="NGÀY",
        help="quy đổi theo địa giới của ngày này; bỏ trống: cộng cả nhóm đơn vị cùng giữ vùng đất đó",
    )  # fmt: skip
    ways.add_argument("--own", action="store_true", help="chỉ riêng đơn vị, các kỳ đơn vị tồn tại")
    parser.add_argument("--calendar", choices=["stat", "nd09"], default="nd09")
    parser.add_argument("--kind", choices=["M", "Q", "H", "9M", "Y"], default="Q", help="loại kỳ")
    parser.add_argument("--format", choices=["csv", "json"], default="csv")
    parser.add_argument("--as", dest="user", default=None, metavar="TÊN", help="chỉ phần người này được xem")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.users import UnknownUser, actor_named  # needs Django
    from diaban.foundation.acts import clock
    from diaban.foundation.facts.models import Indicator
    from diaban.foundation.territory.queries import UnknownUnit, unit_on, version_of
    from diaban.lib.periods import Calendar, Kind
    from diaban.work.history.lines import json_of, rows_of
    from diaban.work.history.permissions import may_see_series
    from diaban.work.history.series import Way, series_of

    on = options.on or options.map_on or clock.today()
    try:
        indicator = Indicator.objects.get(code=options.indicator)
        unit = version_of(unit_on(options.unit, on).pk, on)
        if options.user and not may_see_series(actor_named(options.user), indicator.field_code, unit.unit_id):
            complain("Vị trí này không được xem số liệu của địa bàn đó.")
            return 1
    except Indicator.DoesNotExist:
        complain(f"Không có chỉ tiêu {options.indicator}.")
        return 1
    except (UnknownUnit, UnknownUser) as problem:
        complain(str(problem))
        return 1
    found = series_of(
        indicator=indicator,
        unit=unit,
        on=on,
        calendar=Calendar(options.calendar),
        kind=Kind(options.kind),
        way=Way.MAP if options.map_on else Way.OWN if options.own else Way.GROUP,
        on_map=options.map_on,
    )
    if options.format == "json":
        say_json(json_of(found))
        return 0
    rows = rows_of(found)
    writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["period"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return 0
