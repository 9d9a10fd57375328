"""A quick request in a demo world, sent to every commune and half answered. Every figure is invented, and says so."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from diaban.faces.demo.world import World
from diaban.foundation.facts.models import Indicator
from diaban.foundation.organisations.queries import names_of
from diaban.work.requests.choosing import candidates
from diaban.work.requests.links import LinkHolder
from diaban.work.requests.models import Answer, Audience, Receiver, Request
from diaban.work.requests.rules import Typed
from diaban.work.requests.services import Answerer, Content, NewColumn, answer, draft_request, send_request

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WHITE_SPOTS = "VT26"
INVENTED = "Số liệu minh họa"


def ask_quickly(world: World, *, asker: str, on: date, due_on: date) -> Request:
    """Ask, and let every second commune answer within the afternoon; one of them says what it does not know yet."""
    at = datetime.combine(on, time(14, 0), HANOI)
    actor = world.actor(asker, on)
    indicator = Indicator.objects.filter(code=WHITE_SPOTS).first()
    content = Content(
        title="Rà soát thôn chưa có sóng di động, tổ công nghệ số cộng đồng (số liệu minh họa)",
        field_code="telecom",
        due_at=datetime.combine(due_on, time(16, 0), HANOI),
        columns=(
            NewColumn(
                "Số thôn chưa có sóng di động", unit_name="thôn", indicator_id=indicator.pk if indicator else None
            ),
            NewColumn("Số tổ công nghệ số cộng đồng đang hoạt động", unit_name="tổ"),
            NewColumn("Điểm phục vụ bưu chính có mạng Internet", "yes_no"),
            NewColumn("Nhà mạng phủ sóng chính", "choice", choices=("VNPT", "Viettel", "MobiFone")),
            NewColumn("Khó khăn, đề xuất", "text", is_required=False),
        ),
        receivers=candidates(Audience.COMMUNE, world.province.unit_id, on).all,
        audience=Audience.COMMUNE,
        note=f"{INVENTED}: yêu cầu này và các câu trả lời do hệ thống đặt ra để trình diễn.",
        letter_symbol="345/SKHCN-BCVT",
        letter_on=on,
        basis="UBND tỉnh giao Sở tổng hợp báo cáo đột xuất theo Nghị định 09/2019/NĐ-CP (giả định để trình diễn)",
    )
    request = draft_request(content=content, actor=actor, at=at)
    request = send_request(request_id=request.pk, actor=actor, at=at)
    receivers = list(request.receivers.all())
    names = names_of([one.organisation_id for one in receivers], on)
    for number, receiver in enumerate(receivers[::2]):
        moment = at + timedelta(minutes=7 + 3 * number)
        holder = LinkHolder(receiver.name, receiver.organisation_id, "Cán bộ (minh họa)", on)
        by = Answerer(f"{INVENTED} ({names[receiver.organisation_id]})"[:100], Answer.Via.LINK, "0900000000")
        answer(receiver_id=receiver.pk, typed=_answer_of(receiver, number), by=by, actor=holder, at=moment)
    return request


def _answer_of(receiver: Receiver, number: int) -> Typed:
    """Invented from the commune's code."""
    spread = int(receiver.code) % 7
    values = {
        "c1": "-" if spread > 4 else str(spread),
        "c2": str(6 + 2 * spread),
        "c3": "yes" if spread % 3 else "no",
        "c4": ("VNPT", "Viettel", "MobiFone")[spread % 3],
        "c5": f"{INVENTED}: địa hình chia cắt" if spread == 4 else "",
    }
    if number == 3:
        return Typed({**values, "c2": ""}, {"c2": "not_collected"})
    return Typed(values)
