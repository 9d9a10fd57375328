"""How units stand in timelines, links and search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.subjects import SubjectKind
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.permissions import visible_units


def label(unit: Unit) -> str:
    """The last name the unit had. Costs a query for a unit that `visible_units` did not fetch."""
    return unit.last_name or str(unit)


def url(unit: Unit) -> str:
    return reverse("territory:unit", kwargs={"uid": unit.uid})


UNIT = SubjectKind(
    kind="territory.unit",
    model=Unit,
    name=_("Đơn vị hành chính"),
    label=label,
    url=url,
    visible=visible_units,
    verbs={
        "territory.country_loaded": _("đã nạp đơn vị hành chính cả nước"),
        "territory.weight_corrected": _("đã sửa tỷ lệ phân chia địa bàn"),
        "territory.redrawn": _("đã sắp xếp lại địa bàn"),
        "territory.boundaries_loaded": _("đã nạp ranh giới trên bản đồ"),
    },
)
