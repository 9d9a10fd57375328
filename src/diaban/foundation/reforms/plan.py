"""What a reform will do, as plain values that are kept as JSON and may be edited before it is carried out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Founding:
    """A body to be founded. `key` names it inside the plan; superiors are organisation ids or keys of the plan."""

    key: str
    body: str
    name: str
    short: str
    kind: str
    unit_id: int
    parent: int | str | None = None
    guided_by: int | str | None = None


@dataclass(frozen=True)
class Move:
    """An organisation that goes on under another superior."""

    organisation_id: int
    name: str
    parent: int | str | None
    guided_by: int | str | None


@dataclass(frozen=True)
class Passing:
    """The work of one organisation in a field (all where blank) passes to another. `assumed`: an official should look."""

    predecessor_id: int
    predecessor: str
    field_code: str
    successor: int | str
    basis: str
    assumed: bool = False


@dataclass(frozen=True)
class Ending:
    """An organisation that is no more."""

    organisation_id: int
    name: str


@dataclass(frozen=True)
class Plan:
    """A whole reform. `before_id` and `after_id` are the province's unit before and after the day."""

    on: date
    before_id: int
    after_id: int
    basis: str
    founded: tuple[Founding, ...] = ()
    moved: tuple[Move, ...] = ()
    passed: tuple[Passing, ...] = ()
    ended: tuple[Ending, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Plan":
        """The plan that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            on=date.fromisoformat(raw["on"]),
            before_id=raw["before_id"],
            after_id=raw["after_id"],
            basis=raw["basis"],
            founded=tuple(Founding(**row) for row in raw["founded"]),
            moved=tuple(Move(**row) for row in raw["moved"]),
            passed=tuple(Passing(**row) for row in raw["passed"]),
            ended=tuple(Ending(**row) for row in raw["ended"]),
        )


@dataclass
class Outcome:
    """What carrying a plan out did, or (dry) would do. Lists hold sentences ready to be read."""

    founded: int = 0
    ended: int = 0
    mandates_closed: int = 0
    mandates_given: int = 0
    obligations_moved: int = 0
    obligations_closed: int = 0
    obligations_made: int = 0
    without_owner: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    people_without_post: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing would be left without an owner and no function without exactly one lead."""
        return not (self.without_owner or self.gaps or self.conflicts)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
