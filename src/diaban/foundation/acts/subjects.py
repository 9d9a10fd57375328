"""Subjects: what acts are about. A subject is (kind, id); rooms register how their kinds are shown and seen."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from diaban.foundation.acts.actor import Actor


class Subject(NamedTuple):
    """A stable reference, as it stands in the journal, links, remarks and obligations."""

    kind: str
    id: int


class UnknownKind(LookupError):
    """A kind that no room has registered."""


@dataclass(frozen=True)
class SubjectKind:
    """How things of one kind are named, found, addressed and spoken of.

    `label` names one thing in the words of its day; `url` is None where a kind has no page of its own;
    `visible` is the room's own filter; `verbs` maps a past-tense verb to its sentence for timelines.
    """

    kind: str
    model: type[Model]
    name: Promise | str
    label: Callable[[Any], str]
    url: Callable[[Any], str | None]
    visible: Callable[[Actor], QuerySet[Any]]
    verbs: Mapping[str, Promise | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A subject ready to be shown, and the row itself. `url` is None where the reader may not open it."""

    subject: Subject
    kind_name: str
    label: str
    url: str | None
    thing: Any = field(default=None, repr=False, compare=False)


_KINDS: dict[str, SubjectKind] = {}
_COMMON_VERBS: dict[str, Promise | str] = {}


def register_subjects(*kinds: SubjectKind) -> None:
    """Called by each room's `AppConfig.ready`."""
    for kind in kinds:
        if kind.kind in _KINDS and _KINDS[kind.kind].model is not kind.model:
            raise ValueError(f"The subject kind {kind.kind} is registered twice")
        _KINDS[kind.kind] = kind


def register_verbs(verbs: Mapping[str, Promise | str]) -> None:
    """The sentences of what a room does to subjects of any kind. Called by its `AppConfig.ready`."""
    _COMMON_VERBS.update(verbs)


def sentence_of(kind: str, verb: str) -> str:
    """The sentence of a verb as its room registered it, for another kind of subject too (a person is appointed, and so is a
    post filled); the verb itself where that room is gone."""
    own = _KINDS[kind].verbs if kind in _KINDS else {}
    said = own.get(verb) or _COMMON_VERBS.get(verb)
    return str(said or next((one.verbs[verb] for one in _KINDS.values() if verb in one.verbs), verb))


def subject_kind(kind: str) -> SubjectKind:
    """The registered kind. Raises `UnknownKind`."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def all_kinds() -> tuple[SubjectKind, ...]:
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def subject_of(thing: Model) -> Subject:
    """The reference of a saved row of a registered model. Raises `UnknownKind`."""
    for kind in _KINDS.values():
        if type(thing) is kind.model:
            return Subject(kind.kind, thing.pk)
    raise UnknownKind(type(thing).__name__)


def visible_thing(actor: Actor, subject: Subject) -> Model | None:
    """The thing, if the actor may see it; None otherwise, as if it did not exist."""
    found: Model | None = subject_kind(subject.kind).visible(actor).filter(pk=subject.id).first()
    return found


def in_sight(actor: Actor, subjects: Iterable[Subject]) -> set[Subject]:
    """Which of many subjects the actor may see, of kinds that there still are. One query a kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        if subject.kind in _KINDS:
            wanted[subject.kind].add(subject.id)
    return {
        Subject(name, pk)
        for name, ids in wanted.items()
        for pk in _KINDS[name].visible(actor).filter(pk__in=ids).values_list("pk", flat=True)
    }


def show(actor: Actor, subjects: Iterable[Subject]) -> dict[Subject, Shown]:
    """Labels and addresses of many subjects in one query a kind. What the actor may not see is left out."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        wanted[subject.kind].add(subject.id)
    shown: dict[Subject, Shown] = {}
    for name, ids in wanted.items():
        kind = subject_kind(name)
        for thing in kind.visible(actor).filter(pk__in=ids):
            subject = Subject(name, thing.pk)
            shown[subject] = Shown(subject, str(kind.name), kind.label(thing), kind.url(thing), thing)
    return shown
