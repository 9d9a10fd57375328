"""The world of the personas with matters raised in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import SUBJECT
from diaban.work.difficulties.services import answer, raise_difficulty

TODAY = date(2026, 3, 16)  # a Monday
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
SAID = "Trạm phát sóng tại thôn Nà Lũng hỏng từ tháng 02, đề nghị sửa chữa để người dân liên lạc mùa mưa lũ."


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@dataclass(frozen=True)
class Raised:
    """The world, and what its localities raise."""

    world: World

    def actor(self, persona: str, on: date = TODAY) -> PositionActor:
        return self.world.actor(persona, on)

    def raised(self, by: str = "district_officer", unit: str = "D1", **changed: Any) -> Difficulty:
        body = {"district_officer": "ubnd_d1", "other_officer": "ubnd_d2", "enterprise": "vnpt"}[by]
        said: dict[str, Any] = {
            "kind_code": "locality", "unit_id": self.world.units[unit].pk, "field_code": "telecom", "content": SAID,
            "organisation_id": self.world.organisations[body].pk, "received_on": TODAY, "actor": self.actor(by), "at": NOW,
        }  # fmt: skip
        return raise_difficulty(**{**said, **changed})

    def answered(self, result: str = "resolved", **changed: Any) -> Difficulty:
        one = self.raised()
        said: dict[str, Any] = {
            "result": result,
            "text": "Đã sửa xong ngày 15/3.",
            "actor": self.actor("specialist"),
            "at": NOW,
        }
        answer(difficulty_id=one.pk, **{**said, **changed})
        one.refresh_from_db()
        return one

    def work(self, one: Difficulty) -> list[Obligation]:
        return list(Obligation.objects.about(SUBJECT, one.pk).order_by("pk"))

    def raising(self, one: Difficulty) -> Raising:
        return one.raisings.get()


def a_raised_world() -> Raised:
    return Raised(a_world())
