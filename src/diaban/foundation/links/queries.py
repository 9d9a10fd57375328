"""What a subject is tied to, as far as the reader may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

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
        Tie(link.get_kind_display(), (link.source_kind, link.source_id) == subject, link.on, shown[other])
        for link, other in others
        if other in shown
    ]


def _other_end(link: Link, subject: Subject) -> Subject:
    source, target = Subject(link.source_kind, link.source_id), Subject(link.target_kind, link.target_id)
    return target if source == subject else source
