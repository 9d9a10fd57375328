"""The world of the personas with directives in it, issued by the department's director or drafted by its specialist."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.services import Content, Receiver, draft_directive, issue_directive

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)  # 09:00 in Việt Nam
DUE = date(2026, 3, 29)  # a Sunday


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@dataclass(frozen=True)
class Directing:
    """The world, and what its department asks of others."""

    world: World

    def actor(self, persona: str, on: date = TODAY) -> PositionActor:
        return self.world.actor(persona, on)

    def content(self, *receivers: str, **changed: object) -> Content:
        found = tuple(self.receiver(name) for name in receivers or ("ubnd_d1",))
        content = Content(
            mode="request", text="Bố trí cán bộ chuyên trách công nghệ thông tin tại Phòng Văn hóa và Thông tin.",
            field_code="it", receivers=found, due_on=DUE, product="Báo cáo kết quả bố trí",
        )  # fmt: skip
        return replace(content, **changed)  # type: ignore[arg-type] # the caller names the fields of Content

    def receiver(self, name: str, part: str = "each") -> Receiver:
        return Receiver(self.world.organisations[name].pk, part)

    def drafted(self, *receivers: str, **changed: object) -> Directive:
        return draft_directive(content=self.content(*receivers, **changed), actor=self.actor("specialist"), at=NOW)

    def issued(self, *receivers: str, **changed: object) -> Directive:
        directive = self.drafted(*receivers, **changed)
        return issue_directive(directive_id=directive.pk, actor=self.actor("director"), at=NOW)

    def task(self, directive: Directive, organisation: str = "ubnd_d1") -> Task:
        return directive.tasks.select_related("directive", "obligation").get(
            organisation=self.world.organisations[organisation]
        )

    def assigned(self, **changed: object) -> Directive:
        """An order of the People's Committee of the province to two districts."""
        content = self.content("ubnd_d1", "ubnd_d2", **{"mode": "assign", **changed})
        directive = draft_directive(content=content, actor=self.actor("province_leader"), at=NOW)
        return issue_directive(directive_id=directive.pk, actor=self.actor("province_leader"), at=NOW)


def a_directing_world() -> Directing:
    return Directing(a_world())
