"""Who carries a reform out, as the rooms below see him."""

from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.actor import Actor, Grant, Reach

# What a reform consists of. On the reform's own ground the grant for the reform covers these, on units too that only begin
# with it: nobody is mandated over those on any earlier day.
PARTS_OF_A_REFORM = frozenset({"organisations.found", "organisations.change", "mandates.give", "obligations.generate"})


@dataclass(frozen=True)
class Carrier:
    """An actor with the grant to plan or carry out a reform."""

    actor: Actor
    grant: Grant

    @property
    def account_id(self) -> int | None:
        return self.actor.account_id

    @property
    def position_id(self) -> int | None:
        return self.actor.position_id

    @property
    def organisation_id(self) -> int | None:
        return self.actor.organisation_id

    @property
    def label(self) -> str:
        return self.actor.label

    @property
    def today(self) -> date:
        return self.actor.today

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        return self.grant if act in PARTS_OF_A_REFORM else self.actor.may(act, field, unit_id)

    def reaches(self, act: str) -> tuple[Reach, ...]:
        return self.actor.reaches(act)

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        return self.may(act, field, unit_id) or self.actor.require(act, field, unit_id)
