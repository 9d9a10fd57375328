"""The world of the personas with a request in it: drafted by the specialist, sent to communes or to enterprises."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.work.requests.choosing import candidates
from diaban.work.requests.links import LinkHolder, token_of
from diaban.work.requests.models import Answer, Receiver, Request
from diaban.work.requests.rules import Typed
from diaban.work.requests.services import Answerer, Content, NewColumn, answer, draft_request, send_request

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)  # 09:00 in Việt Nam
DUE = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)  # 16:00
BEFORE, AFTER = datetime(2026, 3, 16, 7, 30, tzinfo=UTC), datetime(2026, 3, 16, 9, 0, 1, tzinfo=UTC)
COLUMNS = (
    NewColumn("Số thôn chưa có sóng di động", "whole", "thôn"),
    NewColumn("Diện tích", "number", "km²"),
    NewColumn("Đã có tổ công nghệ số", "yes_no"),
    NewColumn("Ngày rà soát", "date"),
    NewColumn("Nhà mạng chính", "choice", choices=("VNPT", "Viettel")),
    NewColumn("Ghi chú", "text", is_required=False),
)
TYPED = Typed({"c1": "3", "c2": "12,5", "c3": "yes", "c4": "2026-03-10", "c5": "Viettel", "c6": ""})


@dataclass(frozen=True)
class Asking:
    """The world, and what its specialist asks."""

    world: World

    def actor(self, persona: str) -> PositionActor:
        return self.world.actor(persona, TODAY)

    def content(self, audience: str = "district", **changed: object) -> Content:
        every = candidates(audience, self.world.units["P"].pk, TODAY)
        content = Content(
            title="Rà soát thôn chưa có sóng",
            field_code="telecom",
            due_at=DUE,
            columns=COLUMNS,
            receivers=every.all,
            audience=audience,
            letter_symbol="345/STTTT-BCVT",
            letter_on=TODAY,
            basis="Công văn của UBND tỉnh giao Sở tổng hợp",
        )
        return replace(content, **changed)  # type: ignore[arg-type] # the caller names the fields of Content

    def drafted(self, audience: str = "district", **changed: object) -> Request:
        return draft_request(content=self.content(audience, **changed), actor=self.actor("specialist"), at=NOW)

    def sent(self, audience: str = "district", **changed: object) -> Request:
        request = self.drafted(audience, **changed)
        return send_request(request_id=request.pk, actor=self.actor("specialist"), at=NOW)

    def receiver(self, request: Request, unit: str = "D1") -> Receiver:
        return request.receivers.select_related("request").get(unit=self.world.units[unit])

    def answered(
        self, receiver: Receiver, typed: Typed = TYPED, at: datetime = BEFORE, seen: int | None = None
    ) -> Answer:
        """The district's officer answers on the page."""
        by = Answerer("Giàng Thị Huyền", "page")
        return answer(
            receiver_id=receiver.pk, typed=typed, by=by, seen=seen, actor=self.actor("district_officer"), at=at
        )

    def by_link(self, receiver: Receiver, typed: Typed = TYPED, at: datetime = BEFORE) -> Answer:
        """Somebody answers by the receiver's link."""
        holder = LinkHolder(receiver.name, receiver.organisation_id, "Vàng A Sử", TODAY)
        by = Answerer("Vàng A Sử", "link", "0912345678")
        return answer(receiver_id=receiver.pk, typed=typed, by=by, actor=holder, at=at)


def an_asking_world() -> Asking:
    return Asking(a_world())


def token(receiver: Receiver) -> str:
    return token_of(receiver.link_key)
