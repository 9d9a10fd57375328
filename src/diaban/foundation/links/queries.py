"""What a subject is tied to, as far as the reader may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Shown, Subject, show
from diaban.foundation.links.models import Link


@dataclass(frozen=True)
class Tie:
    """One link seen from a subject, as `ui/components/related.html` shows it. `is_outward` where the subject is its source."""

    relation: str
    is_outward: bool
    on: date
    other: Shown

    @property
    def kind_name(self) -> str:
        return self.other.kind_name

    @property
    def label(self) -> str:
        return self.other.label

    @property
    def url(self) -> str | None:
        return self.other.url


def related(actor: Actor, subject: Subject) -> list[Tie]:
    """The standing links of a subject the caller has found visible, newest first; hidden subjects are left out."""
    links = Link.objects.filter(
        Q(source_kind=subject.kind, source_id=subject.id) | Q(target_kind=subject.kind, target_id=subject.id),
        untied_on=None,
    ).order_by("-on", "-id")
    others = [(link, _other_end(link, subject)) for link in links]
    shown = show(actor, (other for _link, other in others))
    return [
        _tie(link, (link.source_kind, link.source_id) == subject, shown[other])
        for link, other in others
        if other in shown
    ]


# How each kind reads from its source and from its target.
READ: dict[str, tuple[Promise | str, Promise | str]] = {
    Link.Kind.ANSWERS: (_("trả lời"), _("được trả lời bởi")),
    Link.Kind.ARISES_FROM: (_("phát sinh từ"), _("làm phát sinh")),
    Link.Kind.PROVES: (_("là minh chứng cho"), _("có minh chứng")),
    Link.Kind.CORRECTS: (_("sửa đổi, thay thế"), _("được sửa đổi, thay thế bởi")),
    Link.Kind.BELONGS_TO: (_("là phần của"), _("gồm có")),
    Link.Kind.CITES: (_("dẫn chiếu"), _("được dẫn chiếu bởi")),
}


def _tie(link: Link, is_outward: bool, other: Shown) -> Tie:
    return Tie(str(READ[link.kind][0 if is_outward else 1]), is_outward, link.on, other)


def _other_end(link: Link, subject: Subject) -> Subject:
    source, target = Subject(link.source_kind, link.source_id), Subject(link.target_kind, link.target_id)
    return target if source == subject else source
