"""Texts to be sent by message: what is asked, to each unit with its link, and who is still missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diaban.lib.messages import ReadyText, composed
from diaban.work.requests.links import token_of
from diaban.work.requests.models import Receiver, Request
from diaban.work.requests.queries.answers import Table


@dataclass(frozen=True)
class Message:
    """The text for one unit, ready to be copied."""

    receiver: Receiver
    link: str
    ready: ReadyText
    has_answered: bool


def messages_of(table: Table, asker: str, address: Callable[[str], str]) -> list[Message]:
    """A text for each receiver; `address` makes the full address of a link from its token."""
    found = []
    for row in table.rows:
        receiver = row.receiver
        link = address(token_of(receiver.link_key)) if receiver.link_key else ""
        text = ReadyText(receiver.name, to_unit(table.request, receiver, asker, link))
        found.append(Message(receiver, link, text, row.answer is not None))
    return found


def to_unit(request: Request, receiver: Receiver, asker: str, link: str) -> str:
    """One unit's message."""
    by = f"Trả lời tại: {link} (liên kết riêng của {receiver.name}, không cần đăng nhập)" if link else ""
    lines = [
        f"{asker} đề nghị {receiver.name} cung cấp số liệu: {request.title}.",
        f"Theo {request.letter}. Hạn: {request.due_words}.",
        by or "Trả lời trên hệ thống, mục Việc của tôi.",
    ]
    return "\n".join(lines)


def to_group(request: Request, asker: str, asked: int, page: str) -> ReadyText:
    """The message for a group of many units; it holds no unit's own link."""
    text = composed(
        f"{asker} đề nghị {asked} đơn vị cung cấp số liệu: {request.title}.",
        (),
        f"Theo {request.letter}. Hạn: {request.due_words}.",
        f"Mỗi đơn vị trả lời bằng liên kết gửi riêng, hoặc đăng nhập: {page}",
    )
    return ReadyText("nhóm chung", text, asked)


def reminder(table: Table, asker: str) -> ReadyText:
    """Who is still missing, by old district, for the group."""
    if not table.missing:
        text = f"{asker}: {table.request.title}. Đã nhận đủ {table.asked}/{table.asked} đơn vị. Trân trọng cảm ơn."
        return ReadyText("nhóm chung", text, 0)
    lines = [
        f"{asker}: {table.request.title}. Đã nhận {table.answered}/{table.asked} đơn vị; hạn {table.request.due_words}.",
        f"Còn {len(table.missing)} đơn vị chưa trả lời, đề nghị gửi ngay:",
    ]
    lines += [_group(name, names) for name, names in table.missing_groups]
    return ReadyText("đơn vị chưa trả lời", "\n".join(lines), len(table.missing))


def _group(name: str, names: Sequence[str]) -> str:
    return f"- {f'{name}: ' if name else ''}{', '.join(names)}"
