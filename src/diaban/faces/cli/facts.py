"""`diaban facts import|export`: figures from and for other systems, tried first, taken in whole or not at all."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from diaban.faces.cli.console import add_as, complain, say, say_json

if TYPE_CHECKING:  # Django is not there yet when the command line is read
    from diaban.foundation.acts.actor import Actor

NEEDS_DATABASE = True
MOST_SAID = 50


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("facts", help="nhập, xuất số liệu bằng CSV, Excel, DHIS2")
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
    take = acts.add_parser("import", help="nhập tệp số liệu vào một tập riêng")
    take.add_argument("file", type=Path, metavar="TỆP")
    take.add_argument("--collection", required=True, metavar="MÃ", help="tập số liệu, ví dụ niem-giam-thong-ke")
    take.add_argument("--name", default="", metavar="TÊN", help="tên của tập, khi mở tập mới")
    take.add_argument("--calendar", choices=["stat", "nd09"], default="stat", help="lịch của kỳ không ghi lịch")
    take.add_argument("--dry", action="store_true", help="chỉ chạy thử, không ghi số nào")
    take.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    add_as(take)
    give = acts.add_parser("export", help="xuất số hiện hành của một tập")
    give.add_argument("--collection", required=True, metavar="MÃ")
    give.add_argument("--period", action="append", default=[], metavar="KỲ", help="ví dụ stat:2026-Q1; nhiều lần")
    give.add_argument("--unit", default=None, metavar="MÃ", help="mã đơn vị hôm nay, cùng mọi đơn vị bên trong")
    give.add_argument("--format", choices=["csv", "xlsx", "dhis2"], default="csv")
    give.add_argument("-o", "--output", type=Path, default=None, metavar="TỆP", help="bỏ trống: in ra (csv, dhis2)")
    add_as(give)


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.users import UnknownUser, actor_named  # needs Django
    from diaban.foundation.acts.actor import NotPermitted
    from diaban.foundation.facts.dhis2 import NotExpressible
    from diaban.foundation.files.services import TooLarge
    from diaban.foundation.territory.queries import UnknownUnit
    from diaban.lib.periods import BadPeriod
    from diaban.work.exchange.queries import TooMany
    from diaban.work.exchange.reading import NotReadable
    from diaban.work.exchange.services import NotForImports

    try:
        actor = actor_named(options.user)
        return _import(options, actor) if options.act == "import" else _export(options, actor)
    except OSError as problem:
        complain(f"không đọc hoặc ghi được tệp ({problem.strerror})")
    except (
        UnknownUser, NotPermitted, NotReadable, NotForImports, TooLarge, TooMany, NotExpressible, BadPeriod, UnknownUnit, NoCollection,
    ) as problem:  # fmt: skip
        complain(str(problem))
    return 1


class NoCollection(LookupError):
    """There is no collection of that code."""


def _import(options: argparse.Namespace, actor: "Actor") -> int:
    from diaban.foundation.acts import clock
    from diaban.lib.periods import Calendar
    from diaban.work.exchange import services
    from diaban.work.exchange.examining import examine
    from diaban.work.exchange.permissions import require_bring
    from diaban.work.exchange.reading import read_lines

    content, calendar, at = options.file.read_bytes(), Calendar(options.calendar), clock.now()
    require_bring(actor)
    services.importable(options.collection, options.name)
    dry = examine(read_lines(content, calendar), options.collection, actor)
    is_taken = not options.dry and not dry.refused
    if is_taken:
        brought = services.bring_file(
            content=content,
            file_name=options.file.name,
            collection=options.collection,
            collection_name=options.name,
            calendar=calendar,
            actor=actor,
            at=at,
        )
        dry = services.take_in(import_id=brought.imported.pk, actor=actor, at=at)
    if options.json:
        refused = [{"place": one.line.place, "message": one.why} for one in dry.refused]
        say_json({"taken_in": is_taken, **dry.counts, "refusals": refused})
        return 1 if dry.refused else 0
    for one in dry.refused[:MOST_SAID]:
        say(f"KHÔNG NHẬN {one.line.place}: {one.why}")
    counts = dry.counts
    say(f"{counts['added']} số mới, {counts['changed']} số thay số đang có, {counts['same']} số đã có, {counts['refused']} dòng không nhận.")  # fmt: skip
    say(("Đã ghi." if dry.to_take else "Không có gì thay đổi.") if is_taken else "Chưa ghi số nào.")
    return 1 if dry.refused else 0


def _export(options: argparse.Namespace, actor: "Actor") -> int:
    from diaban.foundation.facts.permissions import visible_collections
    from diaban.foundation.territory.queries import unit_on
    from diaban.lib.periods import Period
    from diaban.work.exchange.queries import facts_of, rows_of
    from diaban.work.exchange.writing import as_file

    collection = visible_collections(actor).filter(code=options.collection).first()
    if collection is None:
        raise NoCollection(f"Không có tập số liệu “{options.collection}”.")
    under = unit_on(options.unit, actor.today).pk if options.unit else None
    rows = rows_of(facts_of(actor, collection, periods=map(Period.parse, options.period), under=under))
    content = as_file(collection, rows, options.format)
    if options.output is not None:
        options.output.write_bytes(content)
        given = rows if options.format != "dhis2" else [row for row in rows if row.value is not None]
        say(f"{options.output}: {len(given)} số.")
    elif options.format == "xlsx":
        complain("hãy ghi --output cho tệp Excel")
        return 1
    else:
        sys.stdout.buffer.write(content)
    return 0
