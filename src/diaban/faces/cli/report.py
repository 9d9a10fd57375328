"""`diaban report template|outline|submit|receive`: a report's workbook or outline out, in, and its reception."""

import argparse
from pathlib import Path

from diaban.faces.cli.console import add_as, complain, say, say_json

NEEDS_DATABASE = True
UNEXPLAINED = "Nộp bằng tệp, đơn vị chưa giải thích."


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("report", help="báo cáo: tải biểu mẫu Excel, đề cương, nộp tệp, tiếp nhận")
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
    _add_template(acts)
    _add_outline(acts)
    _add_submit(acts)
    _add_receive(acts)


def _add_template(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    template = acts.add_parser("template", help="tạo tệp biểu mẫu Excel của một, nhiều hoặc mọi đơn vị trong một kỳ")
    _add_period(template)
    units = template.add_mutually_exclusive_group(required=True)
    units.add_argument(
        "--unit", action="append", dest="units", metavar="MÃ", help="mã đơn vị vào ngày cuối kỳ; lặp lại được"
    )
    units.add_argument("--all", action="store_true", help="mọi đơn vị phải báo cáo kỳ này")
    template.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help="nhiều đơn vị: thư mục, mỗi đơn vị một tệp"
    )
    template.add_argument(
        "--for-excel", action="store_true",
        help="đặt tên ô như BC07 thành _BC07: Excel coi BC07 là địa chỉ ô và đòi sửa tệp; khi nộp nhận cả hai",
    )  # fmt: skip


def _add_outline(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    outline = acts.add_parser("outline", help="tạo đề cương báo cáo để trống, kèm biểu, hạn gửi, nơi nhận (Word, PDF)")
    _add_period(outline)
    outline.add_argument("-o", "--output", type=Path, required=True, metavar="TỆP", help="tên tệp .docx hoặc .pdf")


def _add_submit(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    submit = acts.add_parser("submit", help="nộp một hoặc nhiều tệp biểu mẫu đã điền")
    submit.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    add_as(submit)
    submit.add_argument(
        "--explain", default=UNEXPLAINED, metavar="LỜI", help="lời giải thích ghi cho các cảnh báo chưa giải thích"
    )
    submit.add_argument("--draft", action="store_true", help="chỉ nhận vào bản soạn, không trình, không gửi")
    submit.add_argument("--json", action="store_true", help="trả lời bằng JSON")


def _add_receive(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    receive = acts.add_parser("receive", help="tiếp nhận, chốt số liệu các phần gửi đến cơ quan mình")
    _add_period(receive)
    receive.add_argument(
        "--unit", default=None, metavar="MÃ", help="mã đơn vị vào ngày cuối kỳ; bỏ trống: mọi đơn vị đã gửi"
    )
    add_as(receive)
    receive.add_argument("--json", action="store_true", help="trả lời bằng JSON")


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="BIỂU", help="mã biểu mẫu, ví dụ commune_quarter_2026")
    parser.add_argument("period", metavar="KỲ", help="ví dụ 2026-Q1")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli import reporting  # needs Django
    from diaban.faces.cli.reports import NotFound
    from diaban.faces.cli.users import UnknownUser
    from diaban.foundation.acts.actor import NotPermitted
    from diaban.work.reporting.services.writing import NotAsked

    try:
        if options.act == "template":
            return _write_templates(options)
        if options.act == "outline":
            return _write_outline(options)
        if options.act == "receive":
            return _tell(
                reporting.receive(options.form, options.period, options.unit, options.user), as_json=options.json
            )
        return _tell(
            reporting.submit(options.files, options.user, explain=options.explain, only_draft=options.draft),
            as_json=options.json,
        )
    except (NotFound, UnknownUser, NotPermitted, NotAsked) as problem:
        complain(str(problem))
        return 1


def _write_templates(options: argparse.Namespace) -> int:
    """One unit's workbook into the file that is named; several into the folder, each under its unit's code."""
    from diaban.faces.cli import reporting  # needs Django

    codes = reporting.expected_codes(options.form, options.period) if options.all else options.units
    one = None if options.all or len(codes) > 1 or options.output.is_dir() else options.output
    (one.parent if one else options.output).mkdir(parents=True, exist_ok=True)
    for code, content in reporting.templates(options.form, options.period, codes, for_excel=options.for_excel):
        file = one or options.output / f"{options.form}-{options.period.replace(':', '-')}-{code}.xlsx"
        file.write_bytes(content)
        say(str(file))
    return 0


def _write_outline(options: argparse.Namespace) -> int:
    """The outline of a form for a period, as the name of the file says."""
    from diaban.faces.cli import reporting  # needs Django

    kind = options.output.suffix.lower().removeprefix(".")
    if kind not in {"docx", "pdf"}:
        complain("tên tệp đề cương phải có đuôi .docx hoặc .pdf")
        return 2
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(reporting.outline(options.form, options.period, kind))
    say(str(options.output))
    return 0


def _tell(results: list[dict[str, object]], *, as_json: bool) -> int:
    """Say what became of each; 1 where any was refused."""
    if as_json:
        say_json(results)
    else:
        for result in results:
            mark = "✓" if result["ok"] else "✗"
            say(f"{mark} {result['name']}: {result['message']}")
            for line in result.get("findings", []):  # type: ignore[attr-defined] # a list of sentences where there is one
                say(f"    {line}")
    return 0 if all(result["ok"] for result in results) else 1
