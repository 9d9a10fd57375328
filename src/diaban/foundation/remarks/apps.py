from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemarksApp(AppConfig):
    name = "diaban.foundation.remarks"
    label = "remarks"

    def ready(self) -> None:
        from diaban.foundation.acts.subjects import register_verbs

        register_verbs(
            {
                "remarks.thread_opened": _("đã nêu nội dung cần trao đổi"),
                "remarks.remark_added": _("đã trả lời trong phần trao đổi"),
                "remarks.thread_settled": _("đã đánh dấu nội dung trao đổi là xử lý xong"),
            }
        )
