"""How requests are named, addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.work.requests.models import Receiver, Request

REQUEST_VERBS: dict[str, Promise | str] = {
    "requests.request_drafted": _("đã soạn yêu cầu số liệu"),
    "requests.request_changed": _("đã sửa yêu cầu số liệu"),
    "requests.request_discarded": _("đã xóa bản nháp"),
    "requests.request_sent": _("đã gửi yêu cầu số liệu"),
    "requests.request_closed": _("đã chốt số liệu, thôi nhận trả lời"),
    "requests.request_reopened": _("đã mở lại để nhận trả lời"),
    "requests.hour_extended": _("đã gia hạn trả lời"),
    "requests.workbook_taken": _("đã nhập số liệu từ tệp Excel"),
    "requests.facts_made": _("đã chuyển thành số liệu thống kê"),
}
RECEIVER_VERBS: dict[str, Promise | str] = {
    "requests.answered": _("đã trả lời"),
    "requests.answer_corrected": _("đã sửa câu trả lời"),
    "requests.typed_for_unit": _("đã nhập thay câu trả lời"),
    "requests.link_renewed": _("đã thay liên kết trả lời"),
    "requests.link_revoked": _("đã thu hồi liên kết trả lời"),
}


def request_url(request: Request) -> str:
    return reverse("requests:request", args=[request.uid])


def receiver_label(receiver: Receiver) -> str:
    return f"{receiver.request.title}: {receiver.name}"


def receiver_url(receiver: Receiver) -> str:
    return reverse("requests:answer", args=[receiver.uid])
