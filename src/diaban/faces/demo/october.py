"""19-23 October 2009: the department's delegation works with four districts; what it concluded, and what stood in January.

That the visit took place, when, where and what the director emphasised was published then; names, words and results of what is
played here are invented, as every page of the world says.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from diaban.faces.demo.world import World
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.territory.models import UnitVersion
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import answer, forward, join, raise_difficulty
from diaban.work.directives.models import Task
from diaban.work.directives.services import confirm_done, report_done, report_progress
from diaban.work.meetings.models import Meeting
from diaban.work.meetings.services import (
    EntryPlan,
    ItemPlan,
    MeetingPlan,
    Said,
    Someone,
    VisitPlan,
    add_entry,
    add_item,
    approve_programme,
    approve_week,
    arrange,
    carry_out,
    change_entry,
    close_meeting,
    conclude,
    convene,
    draft_programme,
    draft_week,
    issue_notice,
    mark_presence,
    open_meeting,
    plan_stop,
    plan_visit,
    publish_week,
    set_members,
    write_findings,
    write_note,
    write_statement,
)

PLANNED, ASKED, FRIDAY = date(2009, 10, 7), date(2009, 10, 12), date(2009, 10, 16)
CONCLUDED, REPORTED = date(2009, 10, 28), date(2010, 1, 14)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STOPS = {
    "Bắc Quang": date(2009, 10, 19), "Quang Bình": date(2009, 10, 20), "Hoàng Su Phì": date(2009, 10, 21),
    "Xín Mần": date(2009, 10, 23),
}  # fmt: skip
HEARD = "Huyện báo cáo kết quả bưu chính, viễn thông, công nghệ thông tin, xuất bản, báo chí; nêu thuận lợi, khó khăn."
PROMISED = date(2010, 6, 30)
PROPOSED = (
    (
        "Bắc Quang",
        "administration",
        "Đề nghị hướng dẫn chức năng, nhiệm vụ quản lý thông tin và truyền thông của Phòng Văn hóa và Thông tin.",
    ),
    ("Quang Bình", "training", "Đề nghị mở lớp bồi dưỡng công nghệ thông tin cho cán bộ xã."),
    ("Hoàng Su Phì", "it_application", "Đề nghị bố trí kinh phí xây dựng mạng nội bộ của Ủy ban nhân dân huyện."),
    ("Hoàng Su Phì", "telecom", "Đề nghị doanh nghiệp viễn thông phủ sóng di động các thôn chưa có sóng."),
    ("Xín Mần", "telecom", "Đề nghị doanh nghiệp viễn thông sớm phủ sóng di động đến các thôn chưa có sóng."),
)


@dataclass(frozen=True)
class Emphasis:
    """One of the five matters that the director emphasised, turned to the four districts: of which field, until when."""

    text: str
    field: str
    due_on: date | None = None
    product: str = ""
    to_offices: bool = False  # the Culture and Information Office too: guided, where its committee is requested


EMPHASES = (
    Emphasis("Quan tâm đào tạo, bổ sung cán bộ làm công tác thông tin và truyền thông tại huyện.", "training",
             due_on=date(2010, 1, 15), product="Báo cáo kết quả bố trí, đào tạo cán bộ"),
    Emphasis("Quan tâm đầu tư phát triển ứng dụng công nghệ thông tin trong cơ quan nhà nước của huyện.", "it_application",
             due_on=date(2010, 3, 31), product="Danh mục ứng dụng đề nghị đầu tư năm 2010"),
    Emphasis("Chỉ đạo đơn vị trên địa bàn phối hợp bảo đảm thông tin liên lạc phục vụ nhiệm vụ của huyện.", "telecom",
             due_on=date(2009, 12, 31), product="Văn bản chỉ đạo"),
    Emphasis("Phối hợp thực hiện quy hoạch bưu chính, viễn thông, công nghệ thông tin và cấp phép để doanh nghiệp phát triển mạng lưới.",
             "telecom", due_on=date(2010, 2, 28), product="Danh sách vị trí đề nghị phát triển"),
    Emphasis("Giao Phòng Văn hóa và Thông tin giao ban hằng quý với các đơn vị trong khối thông tin và truyền thông.", "administration",
             due_on=date(2009, 12, 25), product="Biên bản giao ban quý IV", to_offices=True),
)  # fmt: skip


def replay(world: World, districts: dict[str, UnitVersion]) -> None:
    """The visit with its four stops, the conclusions that turn to the districts, and what they had done three months later."""
    visit_id = _visit(world)
    stops = [_planned(world, visit_id, districts[name], day) for name, day in STOPS.items()]
    _calendar(world, stops)
    _programmes(world, visit_id)
    stops = [_held(world, stop, districts[name], day) for stop, (name, day) in zip(stops, STOPS.items(), strict=True)]
    _conclude(world, stops, [districts[name] for name in STOPS])
    _three_months_later(world, districts)
    _proposals(world, districts)


def _visit(world: World) -> int:
    plan = VisitPlan(
        title="Đoàn công tác của Sở làm việc với các huyện Bắc Quang, Quang Bình, Hoàng Su Phì, Xín Mần",
        basis="Kế hoạch làm việc tháng 10/2009 (minh họa)", field_code="telecom",
        starts_on=min(STOPS.values()), ends_on=max(STOPS.values()),
        objectives="Tăng cường phối hợp giữa Sở với cấp ủy, chính quyền địa phương; nâng cao năng lực quản lý nhà nước.",
        outline="Kết quả từng lĩnh vực; thuận lợi, khó khăn; đề xuất, kiến nghị.",
        questions="Ai đang phụ trách công nghệ thông tin?\nThôn nào chưa có sóng?\nGiao ban hằng quý do đơn vị nào chuẩn bị?",
    )  # fmt: skip
    actor = world.actor("chuyenvien", PLANNED)
    visit = plan_visit(plan=plan, actor=actor, at=_at(PLANNED))
    members = [
        Someone(person_id=_person(world, "giamdoc"), role="leader"),
        Someone(person_id=_person(world, "truongphong"), role="member"),
        Someone(person_id=_person(world, "chuyenvien"), role="secretary"),
    ]
    set_members(visit_id=visit.pk, members=members, actor=actor, at=_at(PLANNED))
    return visit.pk


def _planned(world: World, visit_id: int, district: UnitVersion, day: date) -> Meeting:
    plan = MeetingPlan(
        title=f"Làm việc với {district.kind} {district.name}", field_code="telecom", held_on=day, starts_at=time(8), ends_at=time(11, 30),
        place=f"Trụ sở Ủy ban nhân dân {district.kind} {district.name}", unit_id=district.unit_id,
    )  # fmt: skip
    drafter = world.actor("chuyenvien", ASKED)
    stop = plan_stop(visit_id=visit_id, plan=plan, host_ids=[_committee(world, district)], actor=drafter, at=_at(ASKED))
    return convene(meeting_id=stop.pk, actor=drafter, at=_at(ASKED))


def _calendar(world: World, stops: list[Meeting]) -> None:
    """The department's calendar of the week: drafted and published the Friday before, changed once on the way."""
    clerk, approver = world.actor("vanthu", FRIDAY), world.actor("truongphong", FRIDAY)
    week = draft_week(starts_on=stops[0].held_on, actor=clerk, at=_at(FRIDAY))
    write_note(week_id=week.pk, note="Trong tuần Văn phòng Sở trực, tiếp nhận công việc.", actor=clerk, at=_at(FRIDAY))
    for stop in stops:
        arrange(meeting_id=stop.pk, preparation="Phòng nghiệp vụ", car="Xe của Sở", actor=clerk, at=_at(FRIDAY, 9))
    leader = (Someone(person_id=_person(world, "giamdoc"), role="chair"),)
    way = EntryPlan(
        on=date(2009, 10, 22), content="Đoàn công tác đi từ huyện Hoàng Su Phì đến huyện Xín Mần, xem điểm bưu điện - văn hóa xã trên đường",
        half="whole", starts_at=time(7, 30), place="Huyện Hoàng Su Phì, huyện Xín Mần", car="Xe của Sở", people=leader,
    )  # fmt: skip
    at_office = EntryPlan(
        on=date(2009, 10, 20), content="Rà soát báo cáo quý III của các huyện, thị xã", half="afternoon", place="Phòng họp Sở",
        preparation="Văn phòng Sở", people=(Someone(name="Văn phòng Sở", role="chair"), Someone(name="Các phòng của Sở")),
    )  # fmt: skip
    entry = add_entry(week_id=week.pk, plan=way, actor=clerk, at=_at(FRIDAY, 9))
    add_entry(week_id=week.pk, plan=at_office, actor=clerk, at=_at(FRIDAY, 9))
    approve_week(week_id=week.pk, actor=approver, at=_at(FRIDAY, 14))
    publish_week(week_id=week.pk, actor=clerk, at=_at(FRIDAY, 15))
    before, earlier = date(2009, 10, 21), replace(way, starts_at=time(6, 30))
    change_entry(
        entry_id=entry.pk, plan=earlier, reason="Đường xa, đoàn đi sớm", actor=world.actor("vanthu", before), at=_at(before, 16)
    )  # fmt: skip


def _programmes(world: World, visit_id: int) -> None:
    """The programme of 2009, of which the visit carries one row out, and the checks planned for 2010."""
    drafter, director = world.actor("chuyenvien", PLANNED), world.actor("giamdoc", PLANNED)
    room = drafter.organisation_id
    if room is None:
        return
    work = draft_programme(kind="work", year=2009, basis="Chương trình minh họa", actor=drafter, at=_at(PLANNED))
    to_do = (
        ItemPlan("Làm việc với các huyện Bắc Quang, Quang Bình, Hoàng Su Phì, Xín Mần về công tác thông tin và truyền thông", "telecom",
                 room, leader="Giám đốc Sở", product="Báo cáo, thông báo kết luận", month=10),
        ItemPlan("Tổng hợp báo cáo công tác năm của các huyện, thị xã", "administration", room, leader="Giám đốc Sở",
                 product="Báo cáo năm", month=12),
    )  # fmt: skip
    rows = [add_item(programme_id=work.pk, plan=plan, actor=drafter, at=_at(PLANNED)) for plan in to_do]
    approve_programme(programme_id=work.pk, actor=director, at=_at(PLANNED, 9))
    carry_out(item_id=rows[0].pk, by=Subject("meetings.visit", visit_id), actor=drafter, at=_at(PLANNED, 10))
    drafter = world.actor("chuyenvien", REPORTED)
    checks = draft_programme(kind="checks", year=2010, basis="Kế hoạch minh họa", actor=drafter, at=_at(REPORTED))
    to_check = (
        ItemPlan("Kiểm tra đại lý Internet trên địa bàn huyện Bắc Quang", "telecom", room, "Ủy ban nhân dân huyện Bắc Quang",
                 "Giám đốc Sở", "Kết luận kiểm tra", quarter=2),
        ItemPlan("Kiểm tra điểm bưu điện - văn hóa xã huyện Xín Mần", "post", room, "Bưu điện tỉnh", "Giám đốc Sở",
                 "Kết luận kiểm tra", quarter=3),
    )  # fmt: skip
    for plan in to_check:
        add_item(programme_id=checks.pk, plan=plan, actor=drafter, at=_at(REPORTED))


def _held(world: World, stop: Meeting, district: UnitVersion, day: date) -> Meeting:
    keeper = world.actor("chuyenvien", day)
    open_meeting(meeting_id=stop.pk, actor=keeper, at=_at(day))
    for attendee in stop.attendees.all():
        mark_presence(attendee_id=attendee.pk, presence="present", actor=keeper, at=_at(day))
    report = stop.items.order_by("position")[0]
    write_statement(
        meeting_id=stop.pk, speaker=f"Lãnh đạo UBND {district.kind} {district.name}", text=HEARD, item_id=report.pk,
        actor=keeper, at=_at(day, 9),
    )  # fmt: skip
    findings = "Cán bộ phụ trách còn kiêm nhiệm; một số thôn chưa có sóng di động; đài truyền thanh xã cần sửa chữa."
    write_findings(meeting_id=stop.pk, text=findings, actor=keeper, at=_at(day, 11))
    reason = "Dùng báo cáo quý III huyện đã gửi"
    return close_meeting(meeting_id=stop.pk, actor=keeper, at=_at(day, 12), no_report_reason=reason)


def _conclude(world: World, stops: list[Meeting], districts: list[UnitVersion]) -> None:
    """What was seen is noted for each stop; what is asked of all four stands in the last notice."""
    director, last = world.actor("giamdoc", CONCLUDED), stops[-1]
    for stop in stops[:-1]:
        noted = Said(
            "remark", "Ghi nhận kết quả và khó khăn huyện đã báo cáo; nội dung đề nghị nêu ở kết luận chung.", "telecom"
        )
        conclude(meeting_id=stop.pk, said=noted, actor=director, at=_at(CONCLUDED))
        issue_notice(meeting_id=stop.pk, actor=director, at=_at(CONCLUDED, 9))
    for one in EMPHASES:
        asked = [_committee(world, district) for district in districts]
        asked += [_office(world, district) for district in districts if one.to_offices]
        said = Said("directive", one.text, one.field, asked, one.due_on, one.product)
        conclude(meeting_id=last.pk, said=said, actor=director, at=_at(CONCLUDED))
    issue_notice(meeting_id=last.pk, actor=director, at=_at(CONCLUDED, 10))


def _three_months_later(world: World, districts: dict[str, UnitVersion]) -> None:
    """One district has done and been confirmed, one says how far it is, the others have not answered."""
    done, moving = districts["Bắc Quang"], districts["Xín Mần"]
    leader, director = world.actor(f"ld{done.code}", REPORTED), world.actor("giamdoc", REPORTED)
    for task in Task.objects.filter(organisation=_committee(world, done)).order_by("pk")[:2]:
        text = "Đã bố trí 01 cán bộ chuyên trách, cử 03 người đi học."
        made = report_done(task_id=task.pk, text=text, paper="Văn bản minh họa", actor=leader, at=_at(REPORTED))
        confirm_done(completion_id=made.pk, actor=director, at=_at(REPORTED, 14))
    for task in Task.objects.filter(organisation=_committee(world, moving)).order_by("pk")[:1]:
        actor = world.actor(f"ld{moving.code}", REPORTED)
        text = "Đang trình Ủy ban nhân dân huyện bổ sung biên chế."
        report_progress(task_id=task.pk, text=text, percent=40, actor=actor, at=_at(REPORTED))


def _proposals(world: World, districts: dict[str, UnitVersion]) -> None:
    """What the districts proposed to the delegation: one answered, one promised, one passed on; two of one matter joined."""
    actor = world.actor("chuyenvien", REPORTED)
    explained, promised, passed, first, second = (
        _raised(world, districts[name], field, text, day=STOPS[name]) for name, field, text in PROPOSED
    )
    said = "Sở đã có công văn hướng dẫn; đề nghị Phòng Văn hóa và Thông tin tham mưu theo hướng dẫn."
    answer(difficulty_id=explained.pk, result="explained", text=said, actor=actor, at=_at(REPORTED))
    said = "Đưa vào kế hoạch đào tạo năm 2010."
    answer(
        difficulty_id=promised.pk, result="will_resolve", text=said, promised_on=PROMISED, actor=actor, at=_at(REPORTED)
    )
    province = world.bodies[f"Ủy ban nhân dân {world.province.kind} {world.province.name}"]
    why = "Thuộc thẩm quyền Ủy ban nhân dân tỉnh."
    forward(difficulty_id=passed.pk, to_organisation_id=province, reason=why, actor=actor, at=_at(REPORTED))
    join(difficulty_ids=[first.pk, second.pk], actor=actor, at=_at(REPORTED))


def _raised(world: World, district: UnitVersion, field: str, text: str, *, day: date) -> Difficulty:
    return raise_difficulty(
        kind_code="locality", unit_id=district.unit_id, field_code=field, content=text, received_on=day,
        organisation_id=_committee(world, district), actor=world.actor(f"ld{district.code}", day), at=_at(day, 11),
    )  # fmt: skip


def _committee(world: World, district: UnitVersion) -> int:
    return world.bodies[f"Ủy ban nhân dân {district.kind} {district.name}"]


def _office(world: World, district: UnitVersion) -> int:
    return world.bodies[f"Phòng Văn hóa và Thông tin {district.kind} {district.name}"]


def _person(world: World, username: str) -> int:
    return world.posts[username].holdings.get().person_id


def _at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), HANOI)
