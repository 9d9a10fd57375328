"""What a subject is tied to, as far as the reader may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Shown, Subject, show
from diaban.foundation.links.models import Link
from diaban.foundation.links.sockets import STANDINGS, Standing


@dataclass(frozen=True)
class Tie:
    """One link seen from a subject, as `ui/components/related.html` shows it. `is_outward` where the subject is its source."""

    subject: Subject
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


@dataclass(frozen=True)
class Step:
    """A thing of a chain, `depth` ties away from where the chain was asked, after the thing whose tie led to it."""

    depth: int
    tie: Tie


FURTHEST, MOST = 8, 200  # ties from the first thing; things of a chain


def related(actor: Actor, subject: Subject) -> list[Tie]:
    """The standing links of a subject the caller has found visible, newest first; hidden subjects are left out."""
    links = sorted(_links_of({subject}), key=lambda link: (link.on, link.pk), reverse=True)
    shown = show(actor, (_other_end(link, subject) for link in links))
    return list(_ties(subject, links, shown))


def chain(actor: Actor, subject: Subject) -> list[Step]:
    """Everything that is tied to a visible subject over one or more ties, each thing once, as its shortest way leads there,
    the earlier tie first. What the reader may not see is left out, and so is what only leads through it.

    A query for each tie from the first thing, one for each kind of thing.
    """
    links: dict[Subject, set[Link]] = defaultdict(set)
    newest = {subject}
    while newest and len(links) < MOST:
        found = _links_of(newest)
        before = set(links) | newest
        for link in found:
            for end in _ends(link):
                links[end].add(link)
        newest = set(links) - before
    shown = show(actor, links)
    return list(_walked(subject, links, shown))


def standings(actor: Actor, shown: Iterable[Shown]) -> dict[Subject, Standing]:
    """How things in sight stand today, as their rooms say; two queries at most for each kind, and those of a figure."""
    things: dict[str, list[Any]] = defaultdict(list)
    for one in shown:
        things[one.subject.kind].append(one.thing)
    found: dict[Subject, Standing] = {}
    for kind, of_kind in things.items():
        if tell := STANDINGS.find(kind):
            found |= {Subject(kind, one): standing for one, standing in tell(actor, of_kind, actor.today).items()}
    return found


def _walked(first: Subject, links: dict[Subject, set[Link]], shown: dict[Subject, Shown]) -> Iterator[Step]:
    """Nearest things are claimed first, so that none hangs on a long way round; then told branch by branch."""
    branches: dict[Subject, list[Tie]] = {}
    reached, waiting = {first}, [first]
    for subject in waiting:
        ordered = sorted(links[subject], key=lambda link: (link.on, link.pk))
        branches[subject] = [tie for tie in _ties(subject, ordered, shown) if tie.other.subject not in reached]
        claimed = dict.fromkeys(tie.other.subject for tie in branches[subject])
        reached.update(claimed)
        waiting.extend(claimed)
    yield from _branch(first, branches, 1)


def _branch(subject: Subject, branches: dict[Subject, list[Tie]], depth: int) -> Iterator[Step]:
    told: set[Subject] = set()
    for tie in branches[subject]:
        if depth <= FURTHEST and tie.other.subject not in told:
            told.add(tie.other.subject)
            yield Step(depth, tie)
            yield from _branch(tie.other.subject, branches, depth + 1)


def _links_of(subjects: Collection[Subject]) -> list[Link]:
    """The standing links of the subjects, in one query."""
    ids: dict[str, list[int]] = defaultdict(list)
    for subject in subjects:
        ids[subject.kind].append(subject.id)
    ends = Q()
    for kind, of_kind in ids.items():
        ends |= Q(source_kind=kind, source_id__in=of_kind) | Q(target_kind=kind, target_id__in=of_kind)
    return list(Link.objects.filter(ends, untied_on=None))


# How each kind reads from its source and from its target.
READ: dict[str, tuple[Promise | str, Promise | str]] = {
    Link.Kind.ANSWERS: (_("trả lời"), _("được trả lời bởi")),
    Link.Kind.ARISES_FROM: (_("phát sinh từ"), _("làm phát sinh")),
    Link.Kind.PROVES: (_("là minh chứng cho"), _("có minh chứng")),
    Link.Kind.CORRECTS: (_("sửa đổi, thay thế"), _("được sửa đổi, thay thế bởi")),
    Link.Kind.BELONGS_TO: (_("là phần của"), _("gồm có")),
    Link.Kind.CITES: (_("dẫn chiếu"), _("được dẫn chiếu bởi")),
}


def _ties(subject: Subject, links: Iterable[Link], shown: dict[Subject, Shown]) -> Iterator[Tie]:
    """The links of a subject to what is shown, in the order given."""
    for link in links:
        if other := shown.get(_other_end(link, subject)):
            is_outward = (link.source_kind, link.source_id) == subject
            yield Tie(subject, str(READ[link.kind][0 if is_outward else 1]), is_outward, link.on, other)


def _ends(link: Link) -> tuple[Subject, Subject]:
    return Subject(link.source_kind, link.source_id), Subject(link.target_kind, link.target_id)


def _other_end(link: Link, subject: Subject) -> Subject:
    source, target = _ends(link)
    return target if source == subject else source
