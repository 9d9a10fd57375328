"""The world `tuyen-quang-2026`: 124 communes, three departments, a commune form on an assumed basis, no report in yet; past quarters invented."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from diaban.faces.demo.charges import by_old_province, divide
from diaban.faces.demo.clusters import brief_by_cluster
from diaban.faces.demo.past import tell_past
from diaban.faces.demo.people import Persona
from diaban.faces.demo.quick_request import ask_quickly
from diaban.faces.demo.targets import give_commune_plans
from diaban.faces.demo.world import Tick, World, found_bodies, give_mandates, open_posts, province_of
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.facts.services import enter_base
from diaban.foundation.obligations.services import generate_obligations
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import descendants
from diaban.foundation.ui.services import describe_instance
from diaban.work.reporting.models import Form
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services.schedules import Basis, draft_schedule, switch_on

CODE = "tuyen-quang-2026"
TITLE = "Tuyên Quang 2026"
NOTICE = "Số liệu minh họa: tên cơ quan, địa bàn là thật; chế độ báo cáo, giao ban có căn cứ giả định; số liệu nền, số các kỳ trước, nội dung giao ban do hệ thống đặt ra."
NOTICE_EN = "Illustrative data: bodies and places are real; the reporting and briefing regimes are assumed; base and past figures and the briefings are invented."
WORLD_DAY = date(2026, 3, 16)
BEGINS = date(2025, 12, 15)
ASKS_ON = date(2026, 3, 13)  # the Friday before the world's day
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SKHCN = "Sở Khoa học và Công nghệ tỉnh Tuyên Quang"
SVHTTDL = "Sở Văn hóa, Thể thao và Du lịch tỉnh Tuyên Quang"
CONG_AN = "Công an tỉnh Tuyên Quang"
ENTERPRISES = {
    "dn_buu_chinh": (
        "Bưu điện tỉnh Tuyên Quang",
        "Viettel Post tại Tuyên Quang",
        "Giao hàng tiết kiệm tại Tuyên Quang",
        "Giao hàng nhanh tại Tuyên Quang",
        "J&T Express tại Tuyên Quang",
        "SPX Express tại Tuyên Quang",
    ),
    "dn_vien_thong": (
        "VNPT Tuyên Quang",
        "Viettel Tuyên Quang",
        "MobiFone Tuyên Quang",
        "Chi nhánh FPT Telecom tại Tuyên Quang",
    ),
}
IN_CHARGE = {"phogiamdoc": "Hà Giang", "phogiamdoc2": "Tuyên Quang"}
PERSONAS = (
    Persona("giamdoc", "head", "Giám đốc Sở", SKHCN, "Giám đốc Sở KH&CN"),
    Persona("phogiamdoc", "deputy", "Phó Giám đốc Sở", SKHCN, "Phó Giám đốc Sở, phụ trách địa bàn Hà Giang cũ"),
    Persona("phogiamdoc2", "deputy", "Phó Giám đốc Sở", SKHCN, "Phó Giám đốc Sở, phụ trách địa bàn Tuyên Quang cũ"),
    Persona("chuyenvien", "officer", "Chuyên viên", SKHCN, "Chuyên viên Sở KH&CN, tổng hợp báo cáo"),
    Persona("truongphong", "section_head", "Trưởng phòng", "Phòng Chuyển đổi số", "Trưởng phòng thuộc Sở KH&CN"),
    Persona("vanthu", "clerk", "Văn thư", SKHCN, "Văn thư Sở KH&CN"),
    Persona("quantri", "unit_admin", "Quản trị đơn vị", SKHCN, "Quản trị đơn vị của Sở KH&CN"),
    Persona("chuyenvien.vhttdl", "officer", "Chuyên viên", SVHTTDL, "Chuyên viên Sở VHTTDL"),
    Persona("canbo.congan", "officer", "Cán bộ", CONG_AN, "Cán bộ Công an tỉnh"),
    Persona("vnpt", "enterprise", "Đầu mối báo cáo", "VNPT Tuyên Quang", "Doanh nghiệp"),
    Persona("kiemtra", "auditor", "Thanh tra viên", "Thanh tra tỉnh Tuyên Quang", "Người kiểm tra, chỉ xem"),
)


def build(tick: Tick) -> World:
    """Make the world: everything is ready for the first reports, none is in; one quick request is half answered."""
    at = datetime.combine(BEGINS, time(8, 0), HANOI)
    world = World(CODE, province_of("08", BEGINS), BEGINS, SettingUp("diaban demo", BEGINS))
    describe_instance(
        name=SKHCN, notice=NOTICE, notice_en=NOTICE_EN, root_unit_id=world.province.unit_id, world_day=WORLD_DAY
    )
    communes = descendants(world.province.unit_id, BEGINS, level=Level.COMMUNE)
    found_bodies(world, at, levels=(Level.COMMUNE,))
    tick(1, 5)
    give_mandates(world, at, enterprises=ENTERPRISES)
    open_posts(world, [*PERSONAS, *_commune_personas(communes)], at)
    of_old = by_old_province(communes, world.province.unit_id, BEGINS)
    divide(world, {user: of_old[name] for user, name in IN_CHARGE.items()}, on=BEGINS, at=at)
    tick(2, 5)
    for year in (2025, 2026):
        enter_base(year=year, figures=_base_figures(communes), actor=world.actor("chuyenvien", BEGINS), at=at)
    tick(3, 5)
    _schedule(world, at)
    generate_obligations(on=WORLD_DAY, actor=world.setter, at=at)
    tick(4, 5)
    ask_quickly(world, asker="chuyenvien", on=ASKS_ON, due_on=WORLD_DAY)
    base = {commune.unit_id: base_of(commune) for commune in communes}
    tell_past(world, communes, base, keeper="chuyenvien", on=WORLD_DAY, at=at)
    give_commune_plans(
        world, communes, {unit: figures["DB05"] for unit, figures in base.items()}, year=WORLD_DAY.year, at=at
    )
    brief_by_cluster(world, communes, keeper="chuyenvien", at=at)
    tick(5, 5)
    return world


def personas() -> list[Persona]:
    """Who to sign in as: the three departments', and those of one commune as an example of 124."""
    commune = [
        Persona(
            "cb00691", "officer", "", "", "Công chức Phòng VH-XH phường Hà Giang 2 (xã khác: thay 00691 bằng mã xã)"
        ),
        Persona("ld00691", "deputy", "", "", "Lãnh đạo UBND phường Hà Giang 2"),
        Persona("vt00691", "clerk", "", "", "Văn thư UBND phường Hà Giang 2"),
    ]
    return [*PERSONAS, *commune]


def _commune_personas(communes: list[UnitVersion]) -> Iterator[Persona]:
    for commune in communes:
        place, key = f"{commune.kind} {commune.name}", commune.code
        committee = f"Ủy ban nhân dân {place}"
        yield Persona(f"cb{key}", "officer", "Công chức", f"Phòng Văn hóa - Xã hội {place}", "")
        yield Persona(f"ld{key}", "deputy", "Phó Chủ tịch", committee, "")
        yield Persona(f"vt{key}", "clerk", "Văn thư", committee, "")


def base_of(commune: UnitVersion) -> dict[str, Decimal]:
    """Invented base figures of a commune, from its code: sizes spread as communes' do."""
    spread = int(commune.code) % 17
    people, villages = 5_200 + 800 * spread, 8 + 2 * spread
    figures = {
        "DB01": people, "DB02": people + 40, "DB03": people // 4, "DB04": 1, "DB05": villages, "DB07": people * 7 // 10,
        "DB08": 46 + 3 * spread, "DB09": 60 + spread, "DB10": people * 3 // 4,
    }  # fmt: skip
    return {code: Decimal(value) for code, value in figures.items()}


def _base_figures(communes: list[UnitVersion]) -> Iterator[tuple[int, str, Decimal]]:
    for commune in communes:
        for code, value in base_of(commune).items():
            yield commune.unit_id, code, value


def _schedule(world: World, at: datetime) -> None:
    """Decree 09/2019: cut-off on the 14th, the commune by the third working day after, the department by the sixth.

    On the short path: the commune's officer sends the figures, the signed paper follows.
    """
    assumed = "Quyết định của UBND tỉnh Tuyên Quang về chế độ báo cáo định kỳ, chưa ban hành (giả định để trình diễn)"
    schedule = draft_schedule(
        form=Form.objects.get(code="commune_quarter_2026"),
        title="Báo cáo công tác khoa học, công nghệ, chuyển đổi số, thông tin quý",
        unit_id=world.province.unit_id,
        counterpart_id=world.bodies[SKHCN],
        valid_from=BEGINS,
        basis=Basis(items=dict(zip(ARTICLE_7, _ITEMS, strict=True)), assumed=assumed),
        deadlines=[("commune", 3), ("department", 6)],
        short_path=True,
        actor=world.setter,
        at=at,
    )
    switch_on(schedule_id=schedule.pk, actor=world.setter, at=at)


_ITEMS = (
    "Báo cáo công tác khoa học, công nghệ, chuyển đổi số, thông tin quý",
    "Kết quả, khó khăn, phương hướng, kiến nghị; biểu số 01/TTTT-X",
    "Ủy ban nhân dân các xã, phường",
    "Sở Khoa học và Công nghệ; Sở Văn hóa, Thể thao và Du lịch; Công an tỉnh (theo từng mục)",
    "Qua hệ thống; văn bản ký số",
    "Chậm nhất 3 ngày làm việc sau ngày chốt số liệu",
    "Hằng quý",
    "Ngày 14 của tháng cuối quý",
    "Đề cương kèm theo biểu mẫu",
)
