"""The world `ha-giang-2009`: eleven districts, a year of quarterly reports, the story cases. Every figure is invented.

What was read stays read: names of bodies and units, communes and people of each district (rounded, 2009 census and
yearbooks). The rest comes from `figures` and says so on every page and paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from diaban.faces.demo.charges import divide
from diaban.faces.demo.figures import Place, invent
from diaban.faces.demo.october import replay
from diaban.faces.demo.papers import signed_paper
from diaban.faces.demo.people import Persona
from diaban.faces.demo.ranking import HIGHLAND, rank_districts
from diaban.faces.demo.targets import GROWTH, adjust_plan, give_plans
from diaban.faces.demo.words import district_words
from diaban.faces.demo.world import Tick, World, found_bodies, give_mandates, open_posts, province_of
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.services import accept_facts, enter_base, set_plan
from diaban.foundation.obligations.services import generate_obligations
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import descendants
from diaban.foundation.ui.services import describe_instance
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.reporting.cells import compute
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.flowing import facts_of_sections
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Form, Report, Schedule
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services.receiving import receive_report, return_section
from diaban.work.reporting.services.saving import save_draft
from diaban.work.reporting.services.schedules import Basis, draft_schedule, switch_on
from diaban.work.reporting.services.sending import Paper, correct_report, send_report
from diaban.work.reporting.services.typed_for import type_for_unit
from diaban.work.reporting.services.writing import open_report, submit_for_check, submit_for_signature

CODE = "ha-giang-2009"
TITLE = "Hà Giang 2009"
NOTICE = "Số liệu minh họa: tên cơ quan, địa bàn là thật; số liệu báo cáo do hệ thống đặt ra để trình diễn."
NOTICE_EN = "Illustrative data: bodies and places are real; reported figures were invented for this demonstration."
WORLD_DAY = date(2010, 1, 20)
BEGINS = date(2009, 1, 1)
RANKING_DAY = date(2010, 1, 12)  # the fourth quarter's last report came on the tenth
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SO = "Sở Thông tin và Truyền thông tỉnh Hà Giang"

# Thousands of people in 2009 and how far from the town, 0 to 1 (illustrative); communes are counted from the territory.
DISTRICTS = {
    "Hà Giang": (47, 0.0), "Đồng Văn": (64, 1.0), "Mèo Vạc": (69, 1.0), "Yên Minh": (77, 0.75), "Quản Bạ": (44, 0.75),
    "Vị Xuyên": (96, 0.35), "Bắc Mê": (47, 0.7), "Hoàng Su Phì": (59, 0.85), "Xín Mần": (58, 0.85),
    "Bắc Quang": (106, 0.3), "Quang Bình": (57, 0.5),
}  # fmt: skip
LARGEST = 106
PLANS_2009 = {
    "BC02": 40_000,
    "BC07": 390,
    "VT02": 280_000,
    "VT05": 300_000,
    "VT07": 11_500,
    "TT11": 120,
    "NL05b": 4_300,
}
ENTERPRISES = {
    "dn_buu_chinh": ("Bưu điện tỉnh Hà Giang", "Bưu chính Viettel tại Hà Giang"),
    "dn_vien_thong": (
        "Viễn thông Hà Giang (VNPT Hà Giang)",
        "Chi nhánh Viettel Hà Giang",
        "Chi nhánh Thông tin di động (MobiFone) tại Hà Giang",
        "Điện lực Hà Giang (kinh doanh EVN Telecom)",
    ),
}
PERSONAS = (
    Persona("giamdoc", "head", "Giám đốc Sở", SO, "Giám đốc Sở"),
    Persona("phogiamdoc", "deputy", "Phó Giám đốc Sở", SO, "Phó Giám đốc Sở, phụ trách các huyện vùng cao"),
    Persona("phogiamdoc2", "deputy", "Phó Giám đốc Sở", SO, "Phó Giám đốc Sở, phụ trách thị xã và các huyện vùng thấp"),
    Persona("truongphong", "section_head", "Trưởng phòng", "Phòng Kế hoạch - Tài chính", "Trưởng phòng thuộc Sở"),
    Persona("chuyenvien", "officer", "Chuyên viên", "Phòng Kế hoạch - Tài chính", "Chuyên viên Sở, tổng hợp báo cáo"),
    Persona("vanthu", "clerk", "Văn thư", "Văn phòng Sở", "Văn thư Sở"),
    Persona("quantri", "unit_admin", "Quản trị đơn vị", SO, "Quản trị đơn vị của Sở"),
    Persona("vnpt", "enterprise", "Đầu mối báo cáo", "Viễn thông Hà Giang (VNPT Hà Giang)", "Doanh nghiệp"),
    Persona("kiemtra", "auditor", "Thanh tra viên", "Thanh tra Sở", "Người kiểm tra, chỉ xem"),
)


@dataclass(frozen=True)
class Story:
    """What is out of the ordinary in one district's report of one quarter."""

    day: date | None = None
    hour: time = time(15, 20)
    late_days: int = 0
    is_returned: bool = False
    is_typed_for: bool = False
    refused: tuple[str, ...] = ()
    wrong_sites: bool = False
    data_only: bool = False


STORIES: dict[tuple[str, int], Story] = {
    ("Xín Mần", 2): Story(hour=time(23, 50)),  # the last day, ten minutes before midnight: in time
    ("Đồng Văn", 2): Story(late_days=4),
    ("Mèo Vạc", 3): Story(is_typed_for=True),  # a signed scan came, the department typed it
    ("Vị Xuyên", 3): Story(
        wrong_sites=True, is_returned=True
    ),  # devices typed in the row of sites, returned, corrected
    ("Bắc Quang", 3): Story(refused=("VT02__viettel",)),  # one enterprise would not give its revenue
    ("Quang Bình", 4): Story(is_returned=True),
    ("Quản Bạ", 4): Story(data_only=True),  # figures sent, the signed paper still to come
    ("Bắc Mê", 4): Story(late_days=20),
}


def build(tick: Tick) -> World:
    """Make the world and play its year through the ordinary services."""
    world = _found()
    districts = descendants(world.province.unit_id, WORLD_DAY, level=Level.DISTRICT)
    schedule = _schedule(world)
    _last_year(world, schedule)
    _plans(world, schedule, districts)
    periods = [Period.of(2009, Kind.QUARTER, number, calendar=Calendar.STATISTICAL) for number in (1, 2, 3, 4)]
    total = len(districts) * len(periods)
    for index, period in enumerate(periods):
        generate_obligations(on=period.last_day - timedelta(days=20), actor=world.setter, at=_at(period.start))
        for step, district in enumerate(districts):
            _play(world, schedule, district, period, index)
            tick(index * len(districts) + step + 1, total)
    generate_obligations(on=WORLD_DAY, actor=world.setter, at=_at(WORLD_DAY))
    rank_districts(world, schedule, begins=RANKING_DAY)
    replay(world, {district.name: district for district in districts})
    return world


def personas() -> list[Persona]:
    """Who to sign in as: the department's own, and those of one district as an example of eleven."""
    example = "Bắc Quang (các huyện khác: thay 034 bằng mã huyện)"
    district = [
        Persona("cb034", "officer", "", "", f"Chuyên viên Phòng VH&TT huyện {example}"),
        Persona("tp034", "section_head", "", "", "Trưởng phòng VH&TT huyện Bắc Quang"),
        Persona("ld034", "deputy", "", "", "Lãnh đạo UBND huyện Bắc Quang"),
        Persona("vt034", "clerk", "", "", "Văn thư UBND huyện Bắc Quang"),
    ]
    return [*PERSONAS, *district]


def _found() -> World:
    at = _at(BEGINS)
    world = World(CODE, province_of("02", BEGINS), BEGINS, SettingUp("diaban demo", BEGINS))
    describe_instance(
        name="Sở Thông tin và Truyền thông tỉnh Hà Giang",
        notice=NOTICE,
        notice_en=NOTICE_EN,
        root_unit_id=world.province.unit_id,
        world_day=WORLD_DAY,
    )
    found_bodies(world, at, levels=(Level.DISTRICT, Level.COMMUNE))
    give_mandates(world, at, enterprises=ENTERPRISES)
    open_posts(world, [*PERSONAS, *_district_personas(world)], at)
    districts = descendants(world.province.unit_id, BEGINS, level=Level.DISTRICT)
    high = [one.unit_id for one in districts if one.name in HIGHLAND]
    low = [one.unit_id for one in districts if one.name not in HIGHLAND]
    divide(world, {"phogiamdoc": high, "phogiamdoc2": low}, on=BEGINS, at=at)
    for year in (2008, 2009):
        enter_base(year=year, figures=_base_figures(world), actor=world.actor("chuyenvien", BEGINS), at=at)
    return world


def _district_personas(world: World) -> Iterator[Persona]:
    for district in descendants(world.province.unit_id, WORLD_DAY, level=Level.DISTRICT):
        place, key = f"{district.kind} {district.name}", district.code
        office, committee = f"Phòng Văn hóa và Thông tin {place}", f"Ủy ban nhân dân {place}"
        yield Persona(f"cb{key}", "officer", "Chuyên viên", office, f"Chuyên viên Phòng VH&TT {place}")
        yield Persona(f"tp{key}", "section_head", "Trưởng phòng", committee, f"Trưởng phòng VH&TT {place}")
        yield Persona(f"ld{key}", "deputy", "Phó Chủ tịch", committee, f"Lãnh đạo UBND {place}")
        yield Persona(f"vt{key}", "clerk", "Văn thư", committee, f"Văn thư UBND {place}")


def _last_year(world: World, schedule: Schedule) -> None:
    """The four quarters of 2008, as an office brings them from its own sheets, and what was planned for 2009."""
    at, form = _at(BEGINS), schedule.form
    rows: list[NewFact] = []
    for quarters in (-4, -3, -2, -1):
        period = Period.of(2008, Kind.QUARTER, quarters + 5, calendar=Calendar.STATISTICAL)
        layout = layout_of(version_on(schedule.form_id, period.last_day).pk)
        for district in descendants(world.province.unit_id, WORLD_DAY, level=Level.DISTRICT):
            typed = invent(layout, period.last_day, place_of(district), quarters=quarters).values
            figures = compute(layout, period.last_day, typed | _base_of(district), {})
            sections = {block.number for block in layout.blocks}
            flows = facts_of_sections(layout, period.last_day, figures, sections, ())
            rows += [
                NewFact(row.indicator, district.unit_id, period, row.value, row.category, row.reason) for row in flows
            ]
    accept_facts(collection_id=form.collection_id, rows=rows, source=subject_of(form), actor=world.setter, at=at)
    for code, value in PLANS_2009.items():
        set_plan(
            indicator=Indicator.objects.get(code=code),
            unit_id=world.province.unit_id,
            year=2009,
            value=Decimal(value),
            basis="Kế hoạch minh họa",
            actor=world.setter,
            at=at,
        )


def _plans(world: World, schedule: Schedule, districts: Sequence[UnitVersion]) -> None:
    """Plans of the districts for 2009; one is adjusted in September."""
    day = date(2009, 9, 30)
    layout = layout_of(version_on(schedule.form_id, day).pk)
    invented = {one.unit_id: invent(layout, day, place_of(one), quarters=2) for one in districts}
    codes = (*GROWTH, "VT26")
    figures = {unit: {code: said.total(code) for code in codes} for unit, said in invented.items()}
    give_plans(world, districts, figures, year=2009, at=_at(BEGINS))
    adjust_plan(world, districts[0], year=2009, to=Decimal(60), at=_at(date(2009, 9, 1)))


def _schedule(world: World) -> Schedule:
    """The quarterly regime. In 2009 a department set its own days; no decision of Hà Giang was found, so it is assumed."""
    at, actor = _at(BEGINS), world.setter
    items = dict(zip(ARTICLE_7, _ITEMS, strict=True))
    schedule = draft_schedule(
        form=Form.objects.get(code="district_quarter_2009"),
        title="Báo cáo công tác thông tin và truyền thông quý",
        unit_id=world.province.unit_id,
        counterpart_id=world.bodies[SO],
        valid_from=BEGINS,
        basis=Basis(items=items, assumed="Công văn của Sở Thông tin và Truyền thông năm 2009 (giả định để trình diễn)"),
        deadlines=[("district", 2), ("department", 5)],
        cut_off_days=-11,
        actor=actor,
        at=at,
    )
    return switch_on(schedule_id=schedule.pk, actor=actor, at=at)


_ITEMS = (
    "Báo cáo công tác thông tin và truyền thông quý",
    "Kết quả, khó khăn, phương hướng, kiến nghị về bưu chính, viễn thông, CNTT, báo chí, xuất bản; biểu số 01/TTTT-H",
    "Ủy ban nhân dân các huyện, thị xã",
    "Sở Thông tin và Truyền thông",
    "Qua hệ thống; kèm văn bản đã ký",
    "Chậm nhất 2 ngày làm việc sau ngày chốt số liệu",
    "Hằng quý",
    "Ngày 20 của tháng cuối quý",
    "Đề cương kèm theo biểu mẫu",
)


def _base_of(district: UnitVersion) -> dict[str, Decimal]:
    """The year's base figures of a district: population read (rounded), communes counted, the rest invented."""
    thousands, _remote = DISTRICTS[district.name]
    communes = len(descendants(district.unit_id, WORLD_DAY, level=Level.COMMUNE))
    figures = {
        "DB01": thousands * 1000, "DB02": thousands * 1006, "DB03": thousands * 1000 // 5, "DB04": communes,
        "DB05": communes * 9 + thousands // 4, "DB08": communes * 12 + 60, "DB09": communes * 6 + 60, "DB13": 4,
    }  # fmt: skip
    return {code: Decimal(value) for code, value in figures.items()}


def _base_figures(world: World) -> Iterator[tuple[int, str, Decimal]]:
    for district in descendants(world.province.unit_id, WORLD_DAY, level=Level.DISTRICT):
        for code, value in _base_of(district).items():
            yield district.unit_id, code, value


def place_of(district: UnitVersion) -> Place:
    thousands, remoteness = DISTRICTS[district.name]
    return Place(district.code, thousands / LARGEST, remoteness, _base_of(district))


def _play(world: World, schedule: Schedule, district: UnitVersion, period: Period, quarters: int) -> None:
    """One district's report of one quarter, from the first cell to what the department did with it."""
    story = STORIES.get((district.name, period.number), Story())
    layout = layout_of(version_on(schedule.form_id, period.last_day).pk)
    filling = _filling(layout, district, period, quarters, story)
    if story.is_typed_for:
        _type_for(world, schedule, district, period, filling)
        return
    report = _write(world, schedule, district, period, filling)
    moment = _moment(period, story)
    _send(world, report, district, period, moment, with_paper=not story.data_only)
    if story.is_returned:
        _return_and_correct(world, report, layout, district, period, quarters, moment)
    _receive(world, report, moment + timedelta(days=3))


def _filling(layout: Layout, district: UnitVersion, period: Period, quarters: int, story: Story) -> Filling:
    values: dict[str, str | Decimal | int | None] = dict(
        invent(layout, period.last_day, place_of(district), quarters=quarters).values
    )
    for cell in story.refused:
        values[cell] = None
    if story.wrong_sites:
        devices = sum(
            (value for name, value in values.items() if name.startswith("VT17__") and isinstance(value, Decimal)),
            Decimal(),
        )
        values["VT16"] = devices
    return Filling(
        values=values,
        reasons=dict.fromkeys(story.refused, "refused"),
        texts=district_words(district.full_name, period, villages=int(Decimal(str(values.get("VT26") or 0)))),
        confirmed=dict.fromkeys(values, True),
        explanations=_explanations(layout),
    )


def _explanations(layout: Layout) -> dict[str, str | None]:
    """A word for each row, so that a warning of the form finds its explanation."""
    return dict.fromkeys(layout.indicators, "Đã đối chiếu với đơn vị cung cấp số liệu.")


def _write(world: World, schedule: Schedule, district: UnitVersion, period: Period, filling: Filling) -> Report:
    day = period.last_day - timedelta(days=9)
    officer, head = world.actor(f"cb{district.code}", day), world.actor(f"tp{district.code}", day)
    at = _at(day, time(9, 10))
    report = open_report(schedule_id=schedule.pk, unit_id=district.unit_id, period=period, actor=officer, at=at)
    save_draft(report_id=report.pk, filling=filling, actor=officer, at=at)
    submit_for_check(report_id=report.pk, actor=officer, at=at)
    submit_for_signature(report_id=report.pk, actor=head, at=at + timedelta(hours=3))
    return report


def _send(
    world: World, report: Report, district: UnitVersion, period: Period, at: datetime, *, with_paper: bool
) -> None:
    clerk = world.actor(f"vt{district.code}", at.date())
    paper = _paper(district, period, at) if with_paper else None
    send_report(report_id=report.pk, paper=paper, actor=clerk, at=at)


def _paper(district: UnitVersion, period: Period, at: datetime) -> Paper:
    number = f"{30 + period.number * 20 + int(district.code) % 17}/BC-UBND"
    content = signed_paper(place=f"{district.kind} {district.name}", number=number, on=at.date(), period=period)
    return Paper(number, at.date(), content, f"bao-cao-{district.code}-{period.code}.pdf")


def _return_and_correct(
    world: World, report: Report, layout: Layout, district: UnitVersion, period: Period, quarters: int, at: datetime
) -> None:
    """The department finds a figure that cannot be, returns the section, and the district sends a corrected version."""
    day = at.date() + timedelta(days=2)
    section = next(line.section for line in layout.lines if line.indicator == "VT16")
    return_section(
        report_id=report.pk,
        section=section,
        reason="Đề nghị kiểm tra lại số vị trí trạm BTS: đang bằng số trạm (thiết bị).",
        remarks={"VT16": "Số này là số thiết bị; vị trí trạm đếm theo cột, nhà trạm."},
        due_on=day + timedelta(days=3),
        actor=world.actor("chuyenvien", day),
        at=_at(day, time(10, 0)),
    )
    again = day + timedelta(days=1)
    officer, head = world.actor(f"cb{district.code}", again), world.actor(f"tp{district.code}", again)
    correct_report(report_id=report.pk, reason="", actor=officer, at=_at(again, time(8, 30)))
    filling = _filling(layout, district, period, quarters, Story())
    save_draft(report_id=report.pk, filling=filling, actor=officer, at=_at(again, time(9, 0)))
    submit_for_check(report_id=report.pk, actor=officer, at=_at(again, time(9, 5)))
    submit_for_signature(report_id=report.pk, actor=head, at=_at(again, time(9, 30)))
    _send(world, report, district, period, _at(again, time(14, 0)), with_paper=True)


def _receive(world: World, report: Report, at: datetime) -> None:
    receive_report(report_id=report.pk, actor=world.actor("chuyenvien", at.date()), at=at)


def _type_for(world: World, schedule: Schedule, district: UnitVersion, period: Period, filling: Filling) -> None:
    at = _moment(period, Story())
    specialist = world.actor("chuyenvien", at.date())
    report = type_for_unit(
        schedule_id=schedule.pk,
        unit_id=district.unit_id,
        period=period,
        filling=filling,
        paper=_paper(district, period, at),
        actor=specialist,
        at=at,
    )
    _receive(world, report, at + timedelta(days=2))


def _moment(period: Period, story: Story) -> datetime:
    """When a report is sent: two working days after the 20th, or as its story says."""
    day = period.last_day - timedelta(days=9 - story.late_days)
    return _at(day, story.hour)


def _at(day: date, hour: time = time(8, 0)) -> datetime:
    return datetime.combine(day, hour, HANOI)
