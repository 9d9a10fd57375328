"""Tying subjects together; part of a room's own act, which has checked the permission and writes the journal."""

from datetime import date

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.links.models import Link


def tie(*, source: Subject, kind: Link.Kind, target: Subject, on: date) -> Link:
    """Tie two subjects; tying them again returns the link that stands."""
    link, _is_new = Link.objects.get_or_create(
        kind=kind,
        source_kind=source.kind,
        source_id=source.id,
        target_kind=target.kind,
        target_id=target.id,
        untied_on=None,
        defaults={"on": on},
    )
    return link


def untie(*, link_id: int, on: date) -> None:
    """End a link; that it stood stays known."""
    Link.objects.filter(pk=link_id, untied_on=None).update(untied_on=on)


def untie_all(*, source: Subject, kind: Link.Kind, on: date) -> None:
    """End every standing link of a kind that a subject is the source of."""
    Link.objects.filter(kind=kind, source_kind=source.kind, source_id=source.id, untied_on=None).update(untied_on=on)
