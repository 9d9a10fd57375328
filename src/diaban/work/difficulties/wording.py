"""Texts to be sent by message to the offices that have matters to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diaban.lib.messages import ReadyText, composed, number_of, sentence
from diaban.lib.vietnamese import format_date, sort_key


@dataclass(frozen=True)
class Unanswered:
    """A matter that `office` has in hand; `raised` says which units raised it."""

    office: str
    title: str
    raised: str
    due_on: date | None


def reminders(unanswered: Iterable[Unanswered], on: date, address: str) -> list[ReadyText]:
    """One text for each office, what is due first on top; most matters first. It may be above the sender: no word of blame."""
    of: dict[str, list[Unanswered]] = {}
    for one in unanswered:
        of.setdefault(one.office, []).append(one)
    texts = [_reminder(office, found, on, address) for office, found in of.items()]
    return sorted(texts, key=lambda ready: (-ready.number, sort_key(ready.to)))


def _reminder(office: str, found: list[Unanswered], on: date, address: str) -> ReadyText:
    in_order = sorted(found, key=lambda one: (one.due_on is None, one.due_on or on))
    late = sum(one.due_on is not None and one.due_on < on for one in found)
    head = f"Kính gửi {office}: đến {format_date(on)} còn {number_of(len(found), 'kiến nghị')} của địa phương, đơn vị chưa trả lời"
    head += f", trong đó {number_of(late, 'kiến nghị')} đã đến hạn:" if late else ":"
    tail = f"Trân trọng đề nghị xem xét, trả lời tại: {address}"
    return ReadyText(office, composed(head, [_line(one, on) for one in in_order], tail), len(found))


def _line(one: Unanswered, on: date) -> str:
    by = f" ({one.raised})" if one.raised else ""
    if one.due_on is None:
        return f"{sentence(one.title)}{by}."
    passed = " (đã đến hạn)" if one.due_on < on else ""
    return f"{sentence(one.title)}{by}; hạn trả lời {format_date(one.due_on)}{passed}."
