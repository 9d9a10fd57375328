"""Texts to be sent by message to those who have not done, or not answered, what the own body issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diaban.lib.messages import ReadyText, composed, number_of, sentence
from diaban.lib.vietnamese import format_date, sort_key


@dataclass(frozen=True)
class Late:
    """A task past its day, in the hands of `holder`; `is_asked`: no order stands behind it, so it is not overdue."""

    holder: str
    title: str
    source: str
    due_on: date
    is_asked: bool


def reminders(asker: str, late: Iterable[Late], on: date, address: str) -> list[ReadyText]:
    """One text for each holder, of what is overdue and, apart, of what waits for a reply; most matters first."""
    of: dict[str, list[Late]] = {}
    for one in late:
        of.setdefault(one.holder, []).append(one)
    texts = [_reminder(asker, holder, found, on, address) for holder, found in of.items()]
    return sorted(texts, key=lambda ready: (-ready.number, sort_key(ready.to)))


def _reminder(asker: str, holder: str, late: list[Late], on: date, address: str) -> ReadyText:
    owed = sorted((one for one in late if not one.is_asked), key=lambda one: one.due_on)
    asked = sorted((one for one in late if one.is_asked), key=lambda one: one.due_on)
    parts = []
    if owed:
        head = f"{asker} đề nghị {holder} báo cáo kết quả {number_of(len(owed), 'việc')} đã quá hạn (tính đến {format_date(on)}):"
        parts.append(composed(head, [_overdue(one, on) for one in owed]))
    if asked:
        head = (
            f"{asker} trân trọng đề nghị {holder} quan tâm, trả lời {number_of(len(asked), 'nội dung')} đã đề nghị, "
            f"đến {format_date(on)} chưa nhận được trả lời:"
        )
        parts.append(composed(head, [_unanswered(one) for one in asked]))
    tail = f"Việc đã xong mà chưa cập nhật thì ghi kết quả, gửi minh chứng tại: {address}"
    return ReadyText(holder, "\n\n".join([*parts, tail]), len(late))


def _named(one: Late) -> str:
    return f"{sentence(one.title)}{f' ({one.source})' if one.source else ''}"


def _overdue(one: Late, on: date) -> str:
    return f"{_named(one)}; hạn {format_date(one.due_on)}, quá hạn {(on - one.due_on).days} ngày."


def _unanswered(one: Late) -> str:
    return f"{_named(one)}; đề nghị trả lời trước ngày {format_date(one.due_on)}."
