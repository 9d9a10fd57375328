"""How duties and obligations are shown as subjects."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.subjects import SubjectKind
from diaban.foundation.obligations.models import DayOff, Duty, Obligation
from diaban.foundation.obligations.permissions import visible_days_off, visible_duties, visible_obligations

SUBJECTS = (
    SubjectKind(
        kind="obligations.obligation",
        model=Obligation,
        name=_("Việc phải thực hiện"),
        label=lambda obligation: obligation.title,
        url=lambda obligation: reverse("obligations:obligation", args=[obligation.pk]),
        visible=visible_obligations,
        verbs={
            "obligations.opened": _("đã mở việc"),
            "obligations.fulfilled": _("đã hoàn thành"),
            "obligations.closed": _("đã kết thúc việc, không thực hiện"),
            "obligations.extended": _("đã gia hạn"),
            "obligations.moved": _("đã chuyển việc sang cơ quan kế thừa"),
            "obligations.assigned": _("đã phân công"),
            "obligations.part_done": _("đã báo hoàn thành phần việc được phân công"),
            "obligations.asked": _("đã xin gia hạn hoặc xin miễn"),
            "obligations.request_decided": _("đã trả lời đề nghị gia hạn, miễn"),
        },
    ),
    SubjectKind(
        kind="obligations.duty",
        model=Duty,
        name=_("Chế độ định kỳ"),
        label=lambda duty: duty.title,
        url=lambda duty: None,
        visible=visible_duties,
        verbs={
            "obligations.duty_declared": _("đã đặt chế độ định kỳ"),
            "obligations.duty_ended": _("đã kết thúc chế độ định kỳ"),
            "obligations.duty_moved": _("đã chuyển chế độ sang địa bàn hoặc cơ quan mới"),
            "obligations.generated": _("đã sinh việc của kỳ"),
        },
    ),
    SubjectKind(
        kind="obligations.day_off",
        model=DayOff,
        name=_("Ngày nghỉ, ngày làm bù"),
        label=str,
        url=lambda day: reverse("obligations:days_off"),
        visible=visible_days_off,
        verbs={
            "obligations.day_off_set": _("đã đặt ngày nghỉ, ngày làm bù"),
            "obligations.day_off_removed": _("đã bỏ ngày nghỉ, ngày làm bù"),
        },
    ),
)
