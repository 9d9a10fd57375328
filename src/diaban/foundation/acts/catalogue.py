"""The one table of acts: which function an act belongs to and which roles may perform it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What a position is in its office."""

    HEAD = "head"
    DEPUTY = "deputy"
    SECTION_HEAD = "section_head"
    OFFICER = "officer"
    CLERK = "clerk"
    UNIT_ADMIN = "unit_admin"
    AUDITOR = "auditor"
    ENTERPRISE = "enterprise"

    @property
    def label(self) -> Promise:
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, Promise] = {
    Role.HEAD: _("Thủ trưởng"),
    Role.DEPUTY: _("Cấp phó"),
    Role.SECTION_HEAD: _("Trưởng phòng"),
    Role.OFFICER: _("Chuyên viên"),
    Role.CLERK: _("Văn thư"),
    Role.UNIT_ADMIN: _("Quản trị đơn vị"),
    Role.AUDITOR: _("Người kiểm tra, giám sát"),
    Role.ENTERPRISE: _("Đại diện doanh nghiệp"),
}
LEADERS = frozenset({Role.HEAD, Role.DEPUTY})
STAFF = LEADERS | {Role.SECTION_HEAD, Role.OFFICER}
OFFICE = STAFF | {Role.CLERK}


class UnknownAct(LookupError):
    """An act that no room has registered."""


@dataclass(frozen=True)
class ActKind:
    """One act. `function` is the mandate it needs; None means that the own organisation is enough.

    `by_set_up` marks what an administrator may do from the server's command line while an instance is set up.
    """

    name: str
    label: Promise | str
    function: str | None
    roles: frozenset[Role]
    by_set_up: bool = False


_ACTS: dict[str, ActKind] = {}


def register_acts(*kinds: ActKind) -> None:
    """Called by each room's `AppConfig.ready`. Registering one name with two meanings raises ValueError."""
    for kind in kinds:
        if _ACTS.setdefault(kind.name, kind) != kind:
            raise ValueError(f"The act {kind.name} is registered twice")


def act_kind(name: str) -> ActKind:
    """The act of that name. Raises `UnknownAct`."""
    try:
        return _ACTS[name]
    except KeyError:
        raise UnknownAct(name) from None


def all_acts() -> tuple[ActKind, ...]:
    """Every registered act, by name: the rows of the table role × act."""
    return tuple(_ACTS[name] for name in sorted(_ACTS))
