"""Texts to be sent by message: what is asked, to each unit with its link, and who is still missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diaban.work.requests.links import token_of
from diaban.work.requests.models import Receiver, Request
from diaban.work.requests.queries.answers import Table


@dataclass(frozen=True)
class Message:
    """The text for one unit, ready to be copied."""

    receiver: Receiver
    link: str
    text: str
    has_answered: bool


def messages_of(table: Table, asker: str, address: Callable[[str], str]) -> list[Message]:
    """A text for each receiver; `address` makes the full address of a link from its token."""
    found = []
    for row in table.rows:
        receiver = row.receiver
        link = address(token_of(receiver.link_key)) if receiver.link_key else ""
        found.append(Message(receiver, link, to_unit(table.request, receiver, asker, link), row.answer is not None))
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


def to_group(request: Request, asker: str, asked: int, page: str) -> str:
    """The message for a group of many units; it holds no unit's own link."""
    return "\n".join(
        [
            f"{asker} đề nghị {asked} đơn vị cung cấp số liệu: {request.title}.",
            f"Theo {request.letter}. Hạn: {request.due_words}.",
            f"Mỗi đơn vị trả lời bằng liên kết gửi riêng, hoặc đăng nhập: {page}",
        ]
    )


def reminder(table: Table, asker: str) -> str:
    """Who is still missing, by old district, for the group."""
    if not table.missing:
        return f"{asker}: {table.request.title}. Đã nhận đủ {table.asked}/{table.asked} đơn vị. Trân trọng cảm ơn."
    lines = [
        f"{asker}: {table.request.title}. Đã nhận {table.answered}/{table.asked} đơn vị; hạn {table.request.due_words}.",
        f"Còn {len(table.missing)} đơn vị chưa trả lời, đề nghị gửi ngay:",
    ]
    lines += [_group(name, names) for name, names in table.missing_groups]
    return "\n".join(lines)


def _group(name: str, names: Sequence[str]) -> str:
    return f"- {f'{name}: ' if name else ''}{', '.join(names)}"
