"""How indicators and collections stand in timelines, links and search."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.subjects import SubjectKind
from diaban.foundation.facts.models import Collection, Indicator
from diaban.foundation.facts.permissions import visible_collections, visible_indicators

INDICATOR = SubjectKind(
    kind="facts.indicator",
    model=Indicator,
    name=_("Chỉ tiêu"),
    label=str,
    url=lambda indicator: reverse("facts:indicator", kwargs={"code": indicator.code}),
    visible=visible_indicators,
    verbs={
        "facts.plan_set": _("đã ghi kế hoạch giao"),
        "facts.profile_set": _("đã đặt tiến độ kế hoạch theo quý"),
    },
)
COLLECTION = SubjectKind(
    kind="facts.collection",
    model=Collection,
    name=_("Tập số liệu"),
    label=str,
    url=lambda _collection: None,
    visible=visible_collections,
    verbs={
        "facts.catalogue_loaded": _("đã nạp danh mục chỉ tiêu"),
        "facts.collection_opened": _("đã mở tập số liệu"),
        "facts.base_entered": _("đã ghi thông tin nền"),
    },
)
