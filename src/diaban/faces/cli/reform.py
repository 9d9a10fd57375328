"""`diaban reform plan|run`: draft a reform by law, try it, carry it out."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diaban.faces.cli.console import add_as, complain, say, say_json

if TYPE_CHECKING:  # Django is not there yet when the command line is read
    from diaban.foundation.acts.actor import Actor
    from diaban.foundation.reforms.plan import Outcome

NEEDS_DATABASE = True
COUNTS = {
    "founded": "cơ quan thành lập",
    "ended": "cơ quan kết thúc",
    "mandates_closed": "phân công chức năng đóng",
    "mandates_given": "phân công chức năng mở",
    "obligations_moved": "việc đang làm chuyển sang cơ quan kế thừa",
    "obligations_closed": "việc của kỳ sau đóng lại",
    "obligations_made": "việc sinh mới",
    "people_without_post": "người chưa có vị trí mới",
}
LISTS = {
    "without_owner": "Không còn ai thực hiện",
    "gaps": "Chưa có cơ quan chủ trì",
    "conflicts": "Trùng cơ quan chủ trì",
}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("reform", help="sắp xếp đơn vị hành chính, tổ chức bộ máy")
    acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
    plan = acts.add_parser("plan", help="soạn phương án theo luật của một ngày và chạy thử")
    plan.add_argument(
        "--on", type=date.fromisoformat, required=True, metavar="NGÀY", help="ví dụ 2025-03-01 hoặc 2025-07-01"
    )
    plan.add_argument("--title", default="Sắp xếp đơn vị, bộ máy")
    plan.add_argument("--basis", required=True, metavar="CĂN CỨ", help="số, ký hiệu văn bản")
    plan.add_argument("-o", "--output", type=Path, default=None, metavar="TỆP", help="ghi phương án ra tệp JSON để sửa")
    carry = acts.add_parser("run", help="thực hiện một phương án")
    carry.add_argument("uid", metavar="MÃ", help="mã phương án mà lệnh plan in ra")
    carry.add_argument("--plan", type=Path, default=None, metavar="TỆP", help="phương án đã sửa")
    carry.add_argument("--dry", action="store_true", help="chỉ chạy thử")
    for each in (plan, carry):
        add_as(each)
        each.add_argument("--json", action="store_true", help="trả lời bằng JSON")


def run(options: argparse.Namespace) -> int:
    from diaban.faces.cli.users import UnknownUser, actor_named  # needs Django
    from diaban.foundation.acts.actor import NotPermitted
    from diaban.foundation.reforms.drafting import NothingToReform
    from diaban.foundation.reforms.models import Reform
    from diaban.foundation.reforms.services import NotPossible

    try:
        actor = actor_named(options.user)
        return _plan(options, actor) if options.act == "plan" else _run(options, actor)
    except Reform.DoesNotExist:
        complain(f"Không có phương án {options.uid}.")
    except (UnknownUser, NotPermitted, NothingToReform, NotPossible) as problem:
        complain(str(problem))
    return 1


def _plan(options: argparse.Namespace, actor: "Actor") -> int:
    from diaban.foundation.acts import clock
    from diaban.foundation.reforms.services import plan_reform, try_reform
    from diaban.foundation.ui.models import Instance

    root = Instance.root_unit()
    if root is None:
        complain("Hệ thống chưa được khởi tạo.")
        return 1
    reform = plan_reform(
        title=options.title, province_unit_id=root, on=options.on, basis=options.basis, actor=actor, at=clock.now()
    )
    if options.output:
        options.output.write_text(json.dumps(reform.plan, ensure_ascii=False, indent=2), encoding="utf-8")
    outcome = try_reform(reform_id=reform.pk, actor=actor, at=clock.now())
    return _tell(str(reform.uid), outcome, "Phương án, chạy thử (chưa thay đổi gì)", as_json=options.json)


def _run(options: argparse.Namespace, actor: "Actor") -> int:
    from diaban.foundation.acts import clock
    from diaban.foundation.reforms.models import Reform
    from diaban.foundation.reforms.services import carry_out_reform, edit_plan, try_reform

    reform = Reform.objects.get(uid=options.uid)
    if options.plan:
        edited = json.loads(options.plan.read_text(encoding="utf-8"))
        reform = edit_plan(reform_id=reform.pk, plan=edited, expected_revision=None, actor=actor, at=clock.now())
    if options.dry:
        outcome = try_reform(reform_id=reform.pk, actor=actor, at=clock.now())
        return _tell(options.uid, outcome, "Chạy thử (chưa thay đổi gì)", as_json=options.json)
    outcome = carry_out_reform(reform_id=reform.pk, expected_revision=None, actor=actor, at=clock.now())
    return _tell(options.uid, outcome, "Đã thực hiện", as_json=options.json)


def _tell(uid: str, outcome: "Outcome", title: str, *, as_json: bool) -> int:
    facts = outcome.to_json()
    if as_json:
        say_json({"uid": uid, **facts})
        return 0
    say(f"{title}: {uid}")
    for name, words in COUNTS.items():
        say(f"  {facts[name]:>6} {words}")
    for name, words in LISTS.items():
        for line in facts[name]:
            say(f"  ! {words}: {line}")
    return 0
