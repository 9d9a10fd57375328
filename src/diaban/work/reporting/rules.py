"""Pure decisions: the path of a report inside its unit, deadlines, what a regime needs before it is switched on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DRAFT, TO_CHECK, TO_SIGN, SENT = "draft", "to_check", "to_sign", "sent"

# What a periodic regime must at the least say: Decree 09/2019/NĐ-CP, Article 7, points 1-9.
ARTICLE_7 = {
    "name": "Tên báo cáo",
    "content": "Nội dung yêu cầu báo cáo",
    "who_reports": "Đối tượng thực hiện báo cáo",
    "who_receives": "Cơ quan nhận báo cáo",
    "method": "Phương thức gửi, nhận báo cáo",
    "deadline": "Thời hạn gửi báo cáo",
    "frequency": "Tần suất thực hiện báo cáo",
    "cut_off": "Thời gian chốt số liệu báo cáo",
    "outline": "Mẫu đề cương báo cáo",
}

_STEPS: dict[str, frozenset[str]] = {
    "submit_for_check": frozenset({DRAFT}),
    "submit_for_signature": frozenset({TO_CHECK}),
    "send_back_inside": frozenset({TO_CHECK, TO_SIGN}),
    "send": frozenset({TO_SIGN}),
    "edit": frozenset({DRAFT}),
    "correct": frozenset({SENT}),
}
_NEXT = {
    "submit_for_check": TO_CHECK,
    "submit_for_signature": TO_SIGN,
    "send_back_inside": DRAFT,
    "send": SENT,
    "correct": DRAFT,
}
_SHORT = {"submit_for_signature": frozenset({DRAFT, TO_CHECK}), "send": frozenset({DRAFT, TO_CHECK, TO_SIGN})}


def can_step(step: str, status: str, *, short_path: bool = False) -> bool:
    """Whether a report in `status` may take the step. On the short path, check and signature may be left out."""
    allowed = _STEPS[step] | (_SHORT.get(step, frozenset()) if short_path else frozenset())
    return status in allowed


def next_status(step: str) -> str:
    """The status after a step that `can_step` allowed."""
    return _NEXT[step]


@dataclass(frozen=True, slots=True)
class Due:
    """A level's deadline: a day of the month of the period's last day, or a number of working days after the cut-off."""

    level: str
    due_day: int | None = None
    working_days: int | None = None


@dataclass(frozen=True, slots=True)
class Workdays:
    """How working days are counted: the first working day from a day on, and the n-th after it."""

    on_or_after: Callable[[date], date]
    add: Callable[[date, int], date]


def cut_off(last_day: date, day: int | None) -> date:
    """The day on which figures are closed: the period's last day, or `day` of its month (its end where it is shorter)."""
    if day is None:
        return last_day
    end = (last_day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last_day.replace(day=min(day, end.day))


def due_on(due: Due, closed_on: date, work: Workdays) -> date:
    """The last day on which that level is in time; never a rest day, never before the working day after the cut-off."""
    if due.working_days is not None:
        return work.add(closed_on, due.working_days)
    return work.on_or_after(cut_off(closed_on, due.due_day))


def faults_of_deadlines(dues: Sequence[Due], closed_on: date, work: Workdays) -> list[str]:
    """Where deadlines break Decree 09/2019/NĐ-CP, Article 8.5: a working day after the cut-off, each level after the one below."""
    faults: list[str] = []
    earliest, before = work.add(closed_on, 1), None
    for due in dues:
        day = due_on(due, closed_on, work)
        if day < earliest:
            faults.append(
                f"{due.level}: hạn gửi phải sau thời gian chốt số liệu ít nhất 01 ngày làm việc (khoản 5 Điều 8)"
            )
        if before is not None and day <= before:
            faults.append(f"{due.level}: hạn gửi phải sau hạn của cấp dưới (khoản 5 Điều 8)")
        before = day
    return faults


@dataclass(frozen=True, slots=True)
class Ground:
    """What a schedule stands on."""

    kind: str
    symbol: str = ""
    issuer: str = ""
    article: str = ""
    is_assumed: bool = False
    assumed_basis: str = ""
    letter_symbol: str = ""
    letter_on: date | None = None
    ends_on: date | None = None


def faults_of_ground(ground: Ground, items: Mapping[str, str]) -> list[str]:
    """Why a schedule cannot be switched on; nothing where it can (Decree 09/2019/NĐ-CP, Articles 7 and 11)."""
    if ground.kind != "periodic":
        faults = (
            [] if ground.letter_symbol and ground.letter_on else ["Báo cáo đột xuất, chuyên đề cần công văn (số, ngày)"]
        )
        return faults + ([] if ground.ends_on else ["Báo cáo đột xuất, chuyên đề cần ngày kết thúc"])
    faults = [
        f"Thiếu nội dung chế độ báo cáo (Điều 7): {name}" for code, name in ARTICLE_7.items() if not items.get(code)
    ]
    if ground.is_assumed:
        return faults + ([] if ground.assumed_basis else ["Căn cứ giả định phải được nêu rõ"])
    wanted = {"số, ký hiệu văn bản": ground.symbol, "cơ quan ban hành": ground.issuer, "điều, khoản": ground.article}
    return faults + [f"Thiếu căn cứ pháp lý: {name}" for name, value in wanted.items() if not value]
