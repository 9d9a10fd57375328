from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsApp(AppConfig):
    name = "diaban.work.requests"
    label = "requests"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import OFFICE, STAFF, ActKind, Role, register_acts
    from diaban.work.requests.links import ANSWER_BY_LINK

    register_acts(
        ActKind("requests.ask", _("Lập, gửi yêu cầu số liệu nhanh"), "manage", STAFF),
        ActKind("requests.answer", _("Trả lời yêu cầu số liệu nhanh"), None, OFFICE | {Role.ENTERPRISE}),
        ActKind(ANSWER_BY_LINK, _("Trả lời qua liên kết, không đăng nhập"), None, frozenset()),
        ActKind("requests.type_for", _("Nhập thay câu trả lời của đơn vị"), "manage", STAFF),
        ActKind("requests.make_facts", _("Chuyển câu trả lời thành số liệu thống kê"), "manage", STAFF),
        ActKind("requests.follow", _("Theo dõi yêu cầu số liệu thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("requests.follow_all", _("Theo dõi yêu cầu số liệu trên địa bàn"), "direct", OFFICE),
        ActKind(
            "requests.follow_audit",
            _("Xem yêu cầu số liệu để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
            by_set_up=True,
        ),
    )


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.requests import labels, permissions
    from diaban.work.requests.models import Receiver, Request

    register_subjects(
        SubjectKind(
            kind="requests.request",
            model=Request,
            name=_("Yêu cầu số liệu nhanh"),
            label=str,
            url=labels.request_url,
            visible=permissions.visible_requests,
            verbs=labels.REQUEST_VERBS,
        ),
        SubjectKind(
            kind="requests.receiver",
            model=Receiver,
            name=_("Câu trả lời của đơn vị"),
            label=labels.receiver_label,
            url=labels.receiver_url,
            visible=permissions.visible_receivers,
            verbs=labels.RECEIVER_VERBS,
        ),
    )
