"""`diaban territory`: the whole country, before and after 1 July 2025; borders from a file."""

import argparse
from datetime import date
from pathlib import Path

from diaban.faces.cli.console import complain, progress, say

NEEDS_DATABASE = True
MOST_TOLD = 30


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("territory", help="đơn vị hành chính")
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    actions.add_parser("load", help="nạp đơn vị hành chính cả nước, trước và sau 01/7/2025")
    boundaries = actions.add_parser("boundaries", help="ranh giới trên bản đồ")
    kinds = boundaries.add_subparsers(dest="boundary_action", required=True, metavar="VIỆC")
    load = kinds.add_parser("load", help="nạp ranh giới từ một tệp GeoJSON (kinh độ, vĩ độ WGS 84)")
    load.add_argument("file", type=Path, metavar="TỆP")
    load.add_argument(
        "--level", choices=["province", "district", "commune"], default="commune", help="các vùng là cấp nào"
    )
    load.add_argument(
        "--on", type=date.fromisoformat, default=None, metavar="NGÀY", help="mã, tên của ngày này; mặc định hôm nay"
    )
    load.add_argument("--unit", default="", metavar="MÃ", help="chỉ trong địa bàn này; mặc định địa bàn của hệ thống")
    load.add_argument("--source", default="", metavar="NGUỒN", help="nguồn của ranh giới; mặc định tên tệp")
    load.add_argument("--code-key", default="", metavar="TÊN", help="thuộc tính ghi mã đơn vị")
    load.add_argument("--name-key", default="", metavar="TÊN", help="thuộc tính ghi tên đơn vị")
    load.add_argument(
        "--tolerance", type=float, default=0.0005, metavar="ĐỘ", help="bỏ các khúc gấp nhỏ hơn (0,0005 độ: 50 m)"
    )
    load.add_argument("--dry-run", action="store_true", help="chỉ báo khớp được những gì, không ghi")


def run(options: argparse.Namespace) -> int:
    return _load_boundaries(options) if options.action == "boundaries" else _load_country()


def _load_country() -> int:
    from diaban.foundation.territory import loading

    with progress("Nạp đơn vị hành chính cả nước") as tick:
        loaded = loading.load_country(progress=tick)
    say(str(loaded))
    return 0


def _load_boundaries(options: argparse.Namespace) -> int:
    from diaban.foundation.acts import clock
    from diaban.foundation.acts.actor import SettingUp
    from diaban.foundation.territory.geojson import MOST_BYTES, BadGeoJSON
    from diaban.foundation.territory.models import Level
    from diaban.foundation.territory.queries import UnknownUnit, tree, unit_on
    from diaban.foundation.territory.services import load_boundaries

    on = options.on or clock.today()
    try:
        ground = unit_on(options.unit, on).pk if options.unit else tree(on)[0].version.unit_id
        if options.file.stat().st_size > MOST_BYTES:
            raise BadGeoJSON(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB.")
        done = load_boundaries(
            content=options.file.read_bytes(),
            source=options.source or options.file.name,
            ground_id=ground,
            level=Level(options.level),
            on=on,
            tolerance=options.tolerance,
            code_key=options.code_key,
            name_key=options.name_key,
            is_dry=options.dry_run,
            actor=SettingUp("territory boundaries", clock.today()),
            at=clock.now(),
        )
    except (BadGeoJSON, UnknownUnit, OSError) as problem:
        complain(str(problem))
        return 1
    matching = done.matching
    by_code = sum(one.way == "code" for one in matching.found)
    say(f"Khớp {len(matching.found)} vùng: {by_code} theo mã, {len(matching.found) - by_code} theo tên.")
    for number, words, why in matching.lost[:MOST_TOLD]:
        complain(f"Vùng số {number} ({words or 'không tên'}): {why}.")
    if len(matching.lost) > MOST_TOLD:
        complain(f"… và {len(matching.lost) - MOST_TOLD} vùng khác không khớp.")
    if matching.without:
        names = ", ".join(unit.full_name for unit in matching.without[:MOST_TOLD])
        say(
            f"{len(matching.without)} đơn vị chưa có ranh giới trong tệp: {names}{'…' if len(matching.without) > MOST_TOLD else ''}"
        )
    say(f"{'Sẽ ghi' if options.dry_run else 'Đã ghi'} {done.changed} ranh giới mới hoặc khác trước.")
    return 0 if matching.found else 1
