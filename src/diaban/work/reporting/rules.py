"""Pure decisions: the path of a report inside its unit, deadlines, what a regime needs before it is switched on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

DRAFT, TO_CHECK, TO_SIGN, SENT = "draft", "to_check", "to_sign", "sent"
SUPPLEMENT = "reporting.supplement"  # what a sender owes after a return
RECEPTION = "reporting.reception"  # what a receiver owes for a report that came in

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


def faults_of_deadlines(steps: Sequence[tuple[str, int]]) -> list[str]:
    """Where deadlines, (level, working days after the cut-off) from below to above, break Decree 09/2019/NĐ-CP, Article 8.5."""
    faults: list[str] = []
    before = 0
    for level, days in steps:
        if days < 1:
            faults.append(
                _("%(level)s: hạn gửi phải sau thời gian chốt số liệu ít nhất 01 ngày làm việc (khoản 5 Điều 8)")
                % {"level": level}
            )
        elif days <= before:
            faults.append(_("%(level)s: hạn gửi phải sau hạn của cấp dưới (khoản 5 Điều 8)") % {"level": level})
        before = days
    return faults


def shown_status(
    status: str, *, awaits_paper: bool = False, waiting: int = 0, received: int = 0, returned: int = 0
) -> str:
    """The one word for a report: its path inside the unit until it is sent, then what its receivers did, the worst first.

    The numbers are those of the sections of its newest sent version.
    """
    if status != SENT:
        return status
    if returned:
        return "returned"
    if awaits_paper:
        return "data_sent"
    if received and not waiting:
        return "received"
    return "waiting" if waiting else SENT


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
    ends_on: date | None = None  # the first day it no longer holds
    due_on: date | None = None


def faults_of_ground(ground: Ground, items: Mapping[str, str]) -> list[str]:
    """Why a schedule cannot be switched on; nothing where it can (Decree 09/2019/NĐ-CP, Articles 7 and 11)."""
    if ground.kind != "periodic":
        return _faults_of_request(ground)
    faults = [
        _("Thiếu nội dung chế độ báo cáo (Điều 7): %(name)s") % {"name": name}
        for code, name in ARTICLE_7.items()
        if not items.get(code)
    ]
    if ground.is_assumed:
        return faults + ([] if ground.assumed_basis else [_("Căn cứ giả định phải được nêu rõ")])
    wanted = {
        _("số, ký hiệu văn bản"): ground.symbol,
        _("cơ quan ban hành"): ground.issuer,
        _("điều, khoản"): ground.article,
    }
    return faults + [
        _("Thiếu căn cứ pháp lý: %(name)s") % {"name": name} for name, value in wanted.items() if not value
    ]


def _faults_of_request(ground: Ground) -> list[str]:
    """What a one-off lacks: its letter, its days, its day to send."""
    faults = (
        [] if ground.letter_symbol and ground.letter_on else [_("Báo cáo đột xuất, chuyên đề cần công văn (số, ngày)")]
    )
    if ground.ends_on is None:
        faults.append(_("Báo cáo đột xuất, chuyên đề cần ngày kết thúc"))
    if ground.due_on is None:
        faults.append(_("Báo cáo đột xuất, chuyên đề cần ngày phải gửi"))
    elif ground.ends_on is not None and ground.due_on < ground.ends_on - timedelta(days=1):
        faults.append(_("Hạn gửi không thể trước ngày cuối của số liệu"))
    return faults
