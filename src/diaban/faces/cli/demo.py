"""`diaban demo`: load a world, play it, write its papers, serve it."""

import argparse
from pathlib import Path

from django.conf import settings

from diaban.faces.cli.console import complain, progress, say

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="nạp một thế giới trình diễn, viết báo cáo mẫu, mở trang web")
    parser.add_argument(
        "--world", default="ha-giang-2009", metavar="TÊN", help="ha-giang-2009 (mặc định) hoặc tuyen-quang-2026"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("demo-output"), metavar="THƯ MỤC", help="nơi ghi báo cáo mẫu"
    )
    parser.add_argument("--no-serve", action="store_true", help="không mở trang web")
    parser.add_argument("--port", type=int, default=None, help="cổng của trang web")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli import serve  # needs Django
    from diaban.faces.demo.playing import UnknownWorld, WorldInTheWay, prepare
    from diaban.faces.demo.showing import write_papers

    try:
        with progress(f"Thế giới {options.world}") as tick:
            world = prepare(options.world, tick)
    except (UnknownWorld, WorldInTheWay) as problem:
        complain(str(problem))
        return 1
    with progress("Viết báo cáo tổng hợp") as tick:
        papers = write_papers(world, options.output, tick)
    for paper in papers:
        say(f"  {paper}")
    say(f"\n{world.title}. {world.notice}")
    say(f"Mật khẩu chung: {world.password}")
    for persona in world.personas:
        say(f"  {persona.username:<12} {persona.description}")
    if options.no_serve:
        return 0
    return serve.serve(host="127.0.0.1", port=options.port or settings.PORT)
