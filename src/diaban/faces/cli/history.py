"""`diaban history import`: past figures from an office's own sheet, matched, tried, taken in whole or not at all."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from diaban.faces.cli.console import add_as, complain, say, say_json

if TYPE_CHECKING:  # Django is not there yet when the command line is read
    from diaban.foundation.acts.actor import Actor
    from diaban.work.history.dry import Dry
    from diaban.work.history.matching import Matching
    from diaban.work.history.models import HistorySheet

NEEDS_DATABASE = True


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("history", help="số liệu lịch sử theo đơn vị cũ")
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
    take = acts.add_parser("import", help="nhập bảng Excel, CSV của các kỳ trước")
    take.add_argument("file", type=Path, metavar="TỆP")
    take.add_argument("--sheet", default=None, metavar="TÊN", help="trang tính; bỏ trống: trang có nhiều số nhất")
    take.add_argument("--calendar", choices=["stat", "nd09"], default="stat", help="lịch của các kỳ trong tệp")
    take.add_argument("--level", choices=["province", "district", "commune"], default=None, help="cấp của các đơn vị")
    take.add_argument("--indicator", default=None, metavar="MÃ", help="chỉ tiêu của cả bảng, ví dụ BC15")
    take.add_argument("--period", default=None, metavar="KỲ", help="kỳ của cả bảng, ví dụ 2024-Q1")
    take.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="C=MÃ@KỲ",
        help="cột C là chỉ tiêu, kỳ nào; C=- bỏ qua; nhiều lần",
    )
    take.add_argument(
        "--row",
        action="append",
        default=[],
        metavar="DÒNG=MÃ",
        help="dòng là đơn vị mang mã này; DÒNG=- bỏ qua; nhiều lần",
    )
    take.add_argument("--title", default="", metavar="TÊN")
    take.add_argument("--note", default="", metavar="NGUỒN")
    take.add_argument("--dry", action="store_true", help="chỉ chạy thử, không ghi số nào")
    take.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    add_as(take)


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.users import UnknownUser, actor_named  # needs Django
    from diaban.foundation.acts.actor import NotPermitted
    from diaban.foundation.files.sniffing import NotAccepted
    from diaban.lib.workbooks import WorkbookRefused
    from diaban.work.history.rules.tables import NoTable

    try:
        return _import(options, actor_named(options.user), options.file.read_bytes())
    except OSError as problem:
        complain(f"không đọc được tệp ({problem.strerror})")
    except (UnknownUser, NotPermitted, NotAccepted, WorkbookRefused, NoTable, BadOption) as problem:
        complain(str(problem))
    return 1


class BadOption(ValueError):
    """A column or row of the command line that cannot be read."""


def _import(options: argparse.Namespace, actor: "Actor", content: bytes) -> int:
    from diaban.foundation.acts import clock
    from diaban.foundation.ui.models import Instance
    from diaban.work.history.queries import opened
    from diaban.work.history.services import bring_sheet, match_sheet, take_in

    at = clock.now()
    brought = bring_sheet(
        content=content,
        file_name=options.file.name,
        unit_id=Instance.root_unit() or 0,
        sheet_name=options.sheet,
        title=options.title,
        note=options.note,
        calendar=options.calendar,
        actor=actor,
        at=at,
    )
    matching = _matching(options, brought.sheet)
    sheet = match_sheet(sheet_id=brought.sheet.pk, matching=matching, actor=actor, at=at)
    dry = opened(sheet).dry()
    is_taken = not dry.errors and not options.dry
    if is_taken:
        dry = take_in(sheet_id=sheet.pk, actor=actor, at=at)
    _tell(sheet, dry, others=brought.others, is_taken=is_taken, as_json=options.json)
    return 1 if dry.errors else 0


def _matching(options: argparse.Namespace, sheet: "HistorySheet") -> "Matching":
    """What is kept for the sheet with what the command line says otherwise."""
    from diaban.lib.workbooks.cells import position
    from diaban.work.history.matching import FIGURES, SKIPPED, Answer, Match, Matching
    from diaban.work.history.queries import opened, row_texts

    kept = Matching.from_json(sheet.matching)
    columns, rows = dict(kept.columns), dict(kept.rows)
    for text in options.column:
        letters, _equals, meant = text.partition("=")
        place = position(f"{letters}1")
        if place is None or not meant:
            raise BadOption(f"--column {text}: hãy ghi như C=BC15@2024-Q1, C=BC15 hoặc C=-")
        cell, _at, period = meant.partition("@")
        before = columns.get(place[1], Match())
        columns[place[1]] = Match(SKIPPED) if cell == "-" else replace(before, role=FIGURES, cell=cell, period=period)
    one = opened(sheet)
    texts = row_texts(one.rows, one.table)
    for text in options.row:
        number, _equals, code = text.partition("=")
        if not number.isdecimal() or not code:
            raise BadOption(f"--row {text}: hãy ghi như 17=00721 hoặc 17=-")
        rows[int(number)] = Answer(texts.get(int(number), ""), code)
    return replace(
        kept,
        calendar=options.calendar,
        level=options.level or kept.level,
        cell=options.indicator or kept.cell,
        period=options.period or kept.period,
        columns=columns,
        rows=rows,
    )


def _tell(sheet: "HistorySheet", dry: "Dry", *, others: tuple[str, ...], is_taken: bool, as_json: bool) -> None:
    counts = {"facts": len(dry.facts), "new": dry.new, "changed": dry.changed, "same": dry.same, "units": dry.units}
    if as_json:
        findings = [{"cell": one.place, "message": one.message, "is_error": one.is_error} for one in dry.findings]
        questions = [
            {"row": one.row, "text": one.text, "candidates": [unit.code for unit in one.candidates]} for one in dry.questions
        ]  # fmt: skip
        periods = [period.code for period in dry.periods]
        say_json(
            {"uid": str(sheet.uid), "taken_in": is_taken, **counts, "periods": periods, "findings": findings,
             "questions": questions, "other_sheets": others}
        )  # fmt: skip
        return
    for one in dry.findings:
        say(f"{'LỖI' if one.is_error else 'lưu ý'} {one.place or 'bảng'}: {one.message}")
    if dry.errors:
        say("Chưa ghi số nào. Sửa tệp, hoặc thêm --column, --row, --level, --period.")
        return
    say(f"{counts['facts']} số của {dry.units} đơn vị: {dry.new} mới, {dry.changed} khác, {dry.same} đã có.")
    say("Đã nhập." if is_taken else "Chạy thử: chưa ghi số nào.")
    if others:
        say(f"Tệp còn trang tính khác: {', '.join(others)}")
