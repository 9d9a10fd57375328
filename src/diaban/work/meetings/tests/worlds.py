"""The world of the personas with meetings in it, called by the department."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Obligation
from diaban.work.meetings import services
from diaban.work.meetings.models import Attendee, Meeting, Visit

TODAY = date(2026, 3, 16)  # a Monday
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)  # 09:00 in Việt Nam
HELD = date(2026, 3, 23)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@dataclass(frozen=True)
class Gathering:
    world: World

    def actor(self, persona: str, on: date = TODAY) -> PositionActor:
        return self.world.actor(persona, on)

    def office(self, name: str) -> int:
        return self.world.organisations[name].pk

    def person(self, name: str) -> int:
        return self.world.people[name].pk

    def plan(
        self, on: date = HELD, start: int = 8, unit: str = "P", period: str = "stat:2026-Q1"
    ) -> services.MeetingPlan:
        return services.MeetingPlan(
            title="Giao ban quý I", field_code="it", held_on=on, starts_at=time(start), ends_at=time(start + 3),
            place="Hội trường Sở", period=period, unit_id=self.world.units[unit].pk,
        )  # fmt: skip

    def planned(self) -> Meeting:
        meeting = services.plan_meeting(shape="briefing", plan=self.plan(), actor=self.actor("specialist"), at=NOW)
        asked = [
            services.Someone(person_id=self.person("director"), role="chair"),
            services.Someone(organisation_id=self.office("phong_d1"), role="reporting"),
            services.Someone(name="Nguyễn Văn Khách", office="Báo Sơn Lâm"),
        ]
        services.ask_to_meeting(meeting_id=meeting.pk, people=asked, actor=self.actor("specialist"), at=NOW)
        return meeting

    def convened(self) -> Meeting:
        meeting = self.planned()
        return services.convene(meeting_id=meeting.pk, actor=self.actor("clerk"), at=NOW)

    def running(self) -> Meeting:
        meeting = self.convened()
        return services.open_meeting(meeting_id=meeting.pk, actor=self.actor("clerk", HELD), at=later(7))

    def held(self) -> Meeting:
        return self.ended(self.running())

    def ended(self, meeting: Meeting) -> Meeting:
        for one in Attendee.objects.filter(meeting=meeting):
            services.mark_presence(attendee_id=one.pk, presence="present", actor=self.actor("clerk", HELD), at=later(7))
        return services.close_meeting(meeting_id=meeting.pk, actor=self.actor("clerk", HELD), at=later(7))

    def concluded(self) -> Meeting:
        meeting = self.held()
        said = services.Said(
            "directive", "Bố trí cán bộ chuyên trách", "it", (self.office("ubnd_d1"),), date(2026, 4, 30)
        )
        services.conclude(meeting_id=meeting.pk, said=said, actor=self.actor("clerk", HELD), at=later(7))
        return services.issue_notice(meeting_id=meeting.pk, actor=self.actor("director", HELD), at=later(7))

    def owed_briefing(self) -> Obligation:
        """A briefing of the quarter that the department owes."""
        return Obligation.objects.create(
            kind="meetings.briefing", title="Giao ban quý I/2026", period="stat:2026-Q1", field_code="it",
            unit=self.world.units["P"], owner_id=self.office("so"), original_owner_id=self.office("so"),
            counterpart_id=self.office("ubnd_tinh"), opened_on=TODAY, due_on=date(2026, 4, 10),
            original_due_on=date(2026, 4, 10),
        )  # fmt: skip

    def visit(self) -> Visit:
        plan = services.VisitPlan("Đoàn làm việc với hai huyện", "Kế hoạch 12/KH-STTTT", "it", HELD, date(2026, 3, 27))
        visit = services.plan_visit(plan=plan, actor=self.actor("specialist"), at=NOW)
        members = [
            services.Someone(person_id=self.person("director"), role="leader"),
            services.Someone(person_id=self.person("section_head"), role="member"),
        ]
        services.set_members(visit_id=visit.pk, members=members, actor=self.actor("specialist"), at=NOW)
        return visit

    def stop(self, visit: Visit, unit: str = "D1", host: str = "ubnd_d1", start: int = 8) -> Meeting:
        return services.plan_stop(
            visit_id=visit.pk, plan=self.plan(start=start, unit=unit), host_ids=[self.office(host)],
            actor=self.actor("specialist"), at=NOW,
        )  # fmt: skip


def a_gathering() -> Gathering:
    return Gathering(a_world())
