"""How reforms are shown as subjects."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.subjects import SubjectKind
from diaban.foundation.reforms.models import Reform
from diaban.foundation.reforms.permissions import visible_reforms

SUBJECTS = (
    SubjectKind(
        kind="reforms.reform",
        model=Reform,
        name=_("Sắp xếp đơn vị, bộ máy"),
        label=lambda reform: reform.title,
        url=lambda reform: reverse("reforms:reform", args=[reform.uid]),
        visible=visible_reforms,
        verbs={
            "reforms.planned": _("đã lập phương án"),
            "reforms.plan_edited": _("đã sửa phương án"),
            "reforms.carried_out": _("đã thực hiện phương án"),
        },
    ),
)
