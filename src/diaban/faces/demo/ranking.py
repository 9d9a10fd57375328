"""A ranking of the districts in the world of 2009: an invented scheme, scored, appealed once, signed, published. Says so everywhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from diaban.faces.demo.world import World
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.facts.models import Indicator
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.ranking.choosing import candidates
from diaban.work.ranking.models import Appeal, Board, Member
from diaban.work.ranking.papers import notice
from diaban.work.ranking.queries import table_of
from diaban.work.ranking.rules import How, IfMissing, Scale
from diaban.work.ranking.services import (
    NewCluster,
    NewCriterion,
    SchemeContent,
    SignedPaper,
    announce,
    answer_appeal,
    appeal,
    compute_scores,
    draft_scheme,
    open_board,
    publish,
    publish_scheme,
    score_by_hand,
    sign,
)
from diaban.work.reporting.models import Schedule

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
INVENTED = "Bộ tiêu chí, cụm và điểm là minh họa, do hệ thống đặt ra để trình diễn; không phải kết quả thật."
HIGHLAND = frozenset({"Đồng Văn", "Mèo Vạc", "Yên Minh", "Quản Bạ", "Hoàng Su Phì", "Xín Mần"})
CLUSTERS = ("Cụm các huyện vùng cao", "Cụm thị xã và các huyện vùng thấp")
FIELD = "administration"


def rank_districts(world: World, schedule: Schedule, *, begins: date) -> Board:
    """The year 2009, from the first computing to the published paper: six weeks of work put into two."""
    at = _at(begins)
    specialist, director = world.actor("chuyenvien", begins), world.actor("giamdoc", begins)
    version = draft_scheme(
        content=_scheme(world, schedule, begins),
        unit_id=world.province.unit_id,
        field_code=FIELD,
        actor=specialist,
        at=at,
    )
    publish_scheme(scheme_id=version.scheme_id, actor=director, at=at)
    board = open_board(
        scheme_id=version.scheme_id,
        period=Period.of(2009, Kind.YEAR, calendar=Calendar.STATISTICAL),
        data_on=begins,
        title="Xếp hạng công tác thông tin và truyền thông các huyện, thị xã năm 2009 (minh họa)",
        actor=specialist,
        at=at,
    )
    members = list(version.members.order_by("position"))
    for place, member in enumerate(members):
        _by_hand(world, board, member, place, at)
    compute_scores(board_id=board.pk, actor=specialist, at=at)
    announced = announce(board_id=board.pk, actor=specialist, at=at)
    _appeal(world, board, members, begins + timedelta(days=1))
    last = announced.appeals_until or begins
    day = last + timedelta(days=1)
    sign(board_id=board.pk, actor=world.actor("giamdoc", day), at=_at(day))
    return _publish(world, board, day + timedelta(days=1))


def _scheme(world: World, schedule: Schedule, on: date) -> SchemeContent:
    found = [one.member for one in candidates(world.province.unit_id, on) if one.cluster]
    high = tuple(one for one in found if any(one.name.endswith(name) for name in HIGHLAND))
    low = tuple(one for one in found if one not in high)
    codes = Indicator.objects.in_bulk(["VT25", "NL05b", "VT05"], field_name="code")
    return SchemeContent(
        title="Bộ tiêu chí chấm điểm công tác thông tin và truyền thông cấp huyện (minh họa)",
        basis="Quy định thi đua của Sở năm 2009 (giả định để trình diễn)",
        is_assumed=True,
        appeal_days=2,
        answer_days=3,
        note=INVENTED,
        clusters=(NewCluster(CLUSTERS[0], high), NewCluster(CLUSTERS[1], low)),
        criteria=(
            NewCriterion("Gửi báo cáo đúng hạn", How.TIMELINESS, Decimal(25), "Báo cáo", schedule_id=schedule.pk),
            NewCriterion("Đầy đủ số liệu", How.COMPLETENESS, Decimal(15), "Báo cáo", schedule_id=schedule.pk),
            NewCriterion("Chất lượng báo cáo", How.QUALITY, Decimal(10), "Báo cáo", schedule_id=schedule.pk),
            _of(schedule, codes["NL05b"], "Bồi dưỡng so với kế hoạch", 15, Scale.PLAN),
            _of(schedule, codes["VT05"], "Phát triển thuê bao di động so với kế hoạch", 10, Scale.PLAN),
            _of(schedule, codes["VT25"], "Tỷ lệ thôn có sóng di động", 15, Scale.LINEAR, Decimal(40), Decimal(95)),
            NewCriterion(
                "Chỉ đạo, phối hợp",
                How.HAND,
                Decimal(10),
                "Chấm tay",
                note="Căn cứ văn bản chỉ đạo, phối hợp trong năm.",
            ),
            NewCriterion("Sáng kiến, mô hình mới", How.BONUS, Decimal(5), "Cộng, trừ"),
            NewCriterion("Để xảy ra vi phạm", How.MINUS, Decimal(5), "Cộng, trừ"),
        ),
    )


def _of(schedule: Schedule, indicator: Indicator, name: str, most: int, scale: Scale, *ends: Decimal) -> NewCriterion:
    return NewCriterion(
        name,
        How.INDICATOR,
        Decimal(most),
        "Kết quả",
        if_missing=IfMissing.LEFT_OUT,
        schedule_id=schedule.pk,
        indicator_id=indicator.pk,
        scale=scale,
        none_at=ends[0] if ends else None,
        full_at=ends[1] if ends else None,
    )


def _by_hand(world: World, board: Board, member: Member, place: int, at: datetime) -> None:
    specialist = world.actor("chuyenvien", at.date())
    given = {"Chỉ đạo, phối hợp": Decimal(7 + place % 3)}
    if place == 4:
        given["Sáng kiến, mô hình mới"] = Decimal(2)
    if place == 7:
        given["Để xảy ra vi phạm"] = Decimal(1)
    for criterion in board.version.criteria.filter(name__in=given):
        score_by_hand(
            board_id=board.pk,
            member_id=member.pk,
            criterion_id=criterion.pk,
            points=given[criterion.name],
            reason="Điểm minh họa, do hệ thống đặt ra.",
            actor=specialist,
            at=at,
        )


def _appeal(world: World, board: Board, members: Sequence[Member], day: date) -> None:
    """Bắc Quang asks to have its work of guidance scored again, and is heard."""
    member = next(one for one in members if one.name.endswith("Bắc Quang"))
    criterion = board.version.criteria.get(name="Chỉ đạo, phối hợp")
    asked: Appeal = appeal(
        board_id=board.pk,
        member_id=member.pk,
        criterion_id=criterion.pk,
        text="Năm 2009 huyện đã ban hành kế hoạch bảo đảm thông tin liên lạc và họp giao ban đủ bốn quý; đề nghị chấm lại. "
        "(Kiến nghị minh họa.)",
        actor=world.actor("ld034", day),
        at=_at(day),
    )
    answer_appeal(
        appeal_id=asked.pk,
        decision=Appeal.Decision.ACCEPTED,
        answer="Đã đối chiếu biên bản giao ban bốn quý; chấm lại 9,5 điểm. (Trả lời minh họa.)",
        points=Decimal("9.5"),
        actor=world.actor("chuyenvien", day),
        at=_at(day, time(15, 0)),
    )


def _publish(world: World, board: Board, day: date) -> Board:
    actor = world.actor("vanthu", day)
    appeals = list(board.appeals.select_related("member", "criterion"))
    board.refresh_from_db()
    paper = replace(notice(table_of(actor, board), appeals), number="00/TB-MH", issued_on=day)
    signed = SignedPaper("00/TB-MH", day, render_pdf(paper), "thong-bao-xep-hang-minh-hoa.pdf")
    return publish(board_id=board.pk, paper=signed, actor=actor, at=_at(day))


def _at(day: date, hour: time = time(8, 30)) -> datetime:
    return datetime.combine(day, hour, HANOI)
