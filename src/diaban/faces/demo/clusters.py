"""Briefings of communes by cluster in 2026: the default clusters, one briefing held, one called, one within a commune's own meeting.

All of it is invented: the duty's basis is assumed, names and words are made up, as every page of the world says.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from diaban.faces.demo.papers import own_minutes
from diaban.faces.demo.world import World
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import UnitVersion
from diaban.work.difficulties.services import raise_difficulty
from diaban.work.meetings.models import Holder, Meeting, Membership
from diaban.work.meetings.services import (
    MeetingPlan,
    Regime,
    Said,
    close_meeting,
    conclude,
    convene,
    declare_briefings,
    declare_combined,
    file_update,
    issue_notice,
    mark_presence,
    open_meeting,
    plan_meeting,
    record_combined,
    write_statement,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, CALLED, MET, ISSUED = date(2026, 1, 1), date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 13)
COMING = date(2026, 3, 24)
BASIS = "Quy chế giao ban cụm của UBND tỉnh Tuyên Quang, chưa ban hành"
HELD_BY, CALLED_BY, ALONE_IN = "Cụm Đồng Văn", "Cụm Mèo Vạc", "Cụm Vị Xuyên"
OWN_MEETING = "Hội nghị giao ban tháng 3 của Ủy ban nhân dân xã"
REPORTED = {
    "results": "Dịch vụ công trực tuyến tăng so với quý IV/2025; tổ công nghệ số cộng đồng hoạt động ở tất cả các thôn.",
    "difficulties": "Một số thôn chưa có sóng di động ổn định.",
}


def brief_by_cluster(world: World, communes: list[UnitVersion], *, keeper: str, at: datetime) -> None:
    """The duty with its default clusters, and how far the first quarter is on the world's day."""
    regime = Regime(
        "Giao ban quý với các xã, phường", "administration", "commune", BASIS, is_assumed=True, starts_on=FIRST,
        title_en="Quarterly briefing with the communes",
    )  # fmt: skip
    duty = declare_briefings(regime=regime, actor=world.actor(keeper, CALLED), at=_at(CALLED, 7))
    by_unit = {one.unit_id: one for one in communes}
    held = _called(world, HELD_BY, MET, by_unit)
    _hold(world, held, by_unit)
    _called(world, CALLED_BY, COMING, by_unit)
    alone = Membership.objects.filter(duty=duty, holder__name=ALONE_IN, is_head=False).select_related("holder")[0]
    commune = by_unit[alone.unit_id]
    leader = world.actor(f"ld{commune.code}", CALLED)
    declared = declare_combined(
        duty_id=duty.pk, unit_id=commune.unit_id, combined_with=OWN_MEETING, actor=leader, at=_at(CALLED, 10)
    )
    minutes = own_minutes(place=f"{commune.kind} {commune.name}", meeting=OWN_MEETING, on=MET)
    record_combined(
        obligation_id=_owed(declared.pk).pk, held_on=MET, combined_with=OWN_MEETING,
        summary="Lồng ghép nội dung giao ban quý I; chưa có kiến nghị với Sở (minh họa).", content=minutes,
        title="Biên bản minh họa.pdf", actor=world.actor(f"ld{commune.code}", ISSUED), at=_at(ISSUED, 9),
    )  # fmt: skip


def _called(world: World, cluster: str, day: date, by_unit: dict[int, UnitVersion]) -> Meeting:
    """The head of a cluster calls its members."""
    holder, head = _head(cluster, by_unit)
    owed = _owed(holder.pk)
    leader = world.actor(f"ld{head.code}", CALLED)
    plan = MeetingPlan(
        title=f"Giao ban quý I năm 2026, {holder.name[0].lower()}{holder.name[1:]}", field_code=owed.field_code, held_on=day, starts_at=time(8),
        ends_at=time(11, 30), place=f"Hội trường Ủy ban nhân dân {head.kind} {head.name}", period=owed.period,
        unit_id=head.unit_id, requirements="Báo cáo nhanh theo mẫu trước ngày họp",
    )  # fmt: skip
    meeting = plan_meeting(shape="briefing", plan=plan, actor=leader, at=_at(CALLED), obligation_id=owed.pk)
    return convene(meeting_id=meeting.pk, actor=leader, at=_at(CALLED, 9))


def _hold(world: World, meeting: Meeting, by_unit: dict[int, UnitVersion]) -> None:
    """Members have reported, the briefing is held and concluded; one matter goes up to the department."""
    _holder, head = _head(HELD_BY, by_unit)
    members = [by_unit[one.unit_id] for one in Membership.objects.filter(holder__name=HELD_BY, is_head=False)]
    for one in members:
        actor = world.actor(f"ld{one.code}", date(2026, 3, 10))
        file_update(meeting_id=meeting.pk, answers=REPORTED, actor=actor, at=_at(date(2026, 3, 10)))
    keeper = world.actor(f"ld{head.code}", MET)
    open_meeting(meeting_id=meeting.pk, actor=keeper, at=_at(MET))
    for attendee in meeting.attendees.all():
        mark_presence(attendee_id=attendee.pk, presence="present", actor=keeper, at=_at(MET))
    raised = "Một số thôn chưa có sóng di động ổn định; đề nghị Sở làm việc với doanh nghiệp viễn thông."
    speaker = f"Lãnh đạo UBND {members[0].kind} {members[0].name}"
    write_statement(meeting_id=meeting.pk, speaker=speaker, text=raised, actor=keeper, at=_at(MET, 9))
    close_meeting(meeting_id=meeting.pk, actor=keeper, at=_at(MET, 11))
    remark = Said(
        "remark",
        "Ghi nhận kết quả quý I; các xã trong cụm trao đổi cách làm tổ công nghệ số cộng đồng.",
        meeting.field_code,
    )
    asked = Said(
        "directive", "Phối hợp rà soát danh sách thôn chưa có sóng, gửi xã đăng cai cụm.", meeting.field_code,
        [world.bodies[f"Ủy ban nhân dân {one.kind} {one.name}"] for one in members], date(2026, 4, 10), "Danh sách thôn",
    )  # fmt: skip
    chair = world.actor(f"ld{head.code}", ISSUED)
    for said in (remark, asked):
        conclude(meeting_id=meeting.pk, said=said, actor=chair, at=_at(ISSUED))
    issue_notice(meeting_id=meeting.pk, actor=chair, at=_at(ISSUED, 9))
    raise_difficulty(
        kind_code="locality", unit_id=members[0].unit_id, field_code="telecom", content=raised, received_on=MET,
        organisation_id=world.bodies[f"Ủy ban nhân dân {members[0].kind} {members[0].name}"],
        actor=world.actor(f"ld{members[0].code}", MET), at=_at(MET, 14),
    )  # fmt: skip


def _head(cluster: str, by_unit: dict[int, UnitVersion]) -> tuple[Holder, UnitVersion]:
    one = Membership.objects.select_related("holder").get(holder__name=cluster, is_head=True)
    return one.holder, by_unit[one.unit_id]


def _owed(holder_id: int) -> Obligation:
    return Obligation.objects.open().get(subject_kind="meetings.holder", subject_id=holder_id)


def _at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), HANOI)
