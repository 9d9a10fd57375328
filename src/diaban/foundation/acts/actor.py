"""The actor: whoever performs an act. Rooms below mandates know only this protocol."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from diaban.foundation.acts.catalogue import act_kind


class NotPermitted(Exception):
    """The thing is in sight, but the act is not the actor's to do (403). The message says why, in Vietnamese."""


@dataclass(frozen=True)
class Grant:
    """Why an act is allowed: the mandate, if one was needed, and the ground in words."""

    mandate_id: int | None
    basis: str


@dataclass(frozen=True)
class Reach:
    """Where an act is allowed: units by id (all below the named ones included) and fields by code.

    `everywhere` and `every_field` stand for no limit.
    """

    unit_ids: frozenset[int] = frozenset()
    everywhere: bool = False
    field_codes: frozenset[str] = frozenset()
    every_field: bool = False


class Actor(Protocol):
    """One position that someone acts in, or the system itself. `today` is the day that permission is asked on."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def position_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...
    @property
    def today(self) -> date: ...

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        """The ground on which `act` is allowed for the field and unit, or None. `None` for a field asks for all."""

    def reaches(self, act: str) -> tuple[Reach, ...]:
        """Everywhere `act` is allowed: what `visible_…` filters start from."""

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        """As `may`, but raises `NotPermitted`."""


SYSTEM_MAY = frozenset(
    {"obligations.generate", "obligations.remind", "journal.seal", "jobs.run", "territory.load", "facts.rebuild"}
)


@dataclass(frozen=True)
class SystemActor:
    """The system acting by itself, for what `SYSTEM_MAY` lists and nothing else."""

    name: str
    today: date
    account_id: None = None
    position_id: None = None
    organisation_id: None = None

    @property
    def label(self) -> str:
        return f"Hệ thống ({self.name})"

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        return Grant(None, self.label) if act in SYSTEM_MAY else None

    def reaches(self, act: str) -> tuple[Reach, ...]:
        return (Reach(everywhere=True, every_field=True),) if act in SYSTEM_MAY else ()

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        grant = self.may(act, field, unit_id)
        if grant is None:
            raise NotPermitted(_("Hệ thống không tự làm việc này: %(label)s") % {"label": act_kind(act).label})
        return grant


@dataclass(frozen=True)
class SettingUp:
    """Whoever sets an instance up from the command line, before anyone holds a position in it.

    Only `diaban init`, `diaban demo` and imports on the server make one; pages and the API never do.
    """

    name: str
    today: date
    account_id: None = None
    position_id: None = None
    organisation_id: None = None

    @property
    def label(self) -> str:
        return f"Thiết lập hệ thống ({self.name})"

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        return Grant(None, self.label) if act_kind(act).by_set_up else None

    def reaches(self, act: str) -> tuple[Reach, ...]:
        return (Reach(everywhere=True, every_field=True),) if act_kind(act).by_set_up else ()

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        grant = self.may(act, field, unit_id)
        if grant is None:
            raise NotPermitted(_("Không làm được khi thiết lập hệ thống: %(label)s") % {"label": act_kind(act).label})
        return grant
