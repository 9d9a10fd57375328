"""How difficulties are addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.work.difficulties.models import Answer, Difficulty, Kind, Raising

VERBS: dict[str, Promise | str] = {
    "difficulties.raised": _("đã tiếp nhận kiến nghị"),
    "difficulties.forwarded": _("đã chuyển kiến nghị đến cơ quan khác xử lý"),
    "difficulties.sent_up": _("đã chuyển kiến nghị lên cấp trên"),
    "difficulties.answered": _("đã trả lời kiến nghị"),
    "difficulties.evidence_added": _("đã gửi thêm minh chứng"),
    "difficulties.answer_withdrawn": _("đã thu hồi trả lời"),
    "difficulties.accepted": _("đồng ý với trả lời"),
    "difficulties.contested": _("chưa đồng ý với trả lời, đề nghị xem xét lại"),
    "difficulties.joined": _("đã gộp kiến nghị cùng nội dung"),
    "difficulties.parted": _("đã tách kiến nghị"),
    "difficulties.withdrawn": _("đã rút kiến nghị"),
}
KIND_VERBS: dict[str, Promise | str] = {"difficulties.kind_set": _("đã đặt thời hạn trả lời")}


def difficulty_url(difficulty: Difficulty) -> str:
    return reverse("difficulties:difficulty", args=[difficulty.uid])


def raising_url(raising: Raising) -> str:
    return reverse("difficulties:difficulty", args=[raising.difficulty.uid])


def answer_url(answer: Answer) -> str:
    return reverse("difficulties:difficulty", args=[answer.difficulty.uid])


def kinds_url(_kind: Kind) -> str:
    return reverse("difficulties:kinds")
