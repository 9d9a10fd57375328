"""The world of the personas with a scheme for its two districts: reports of one quarter, an indicator, points by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from diaban.foundation.acts.tests.remembered import remembered
from diaban.foundation.facts.models import Indicator
from diaban.foundation.mandates.actors import PositionActor
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.ranking.models import Board, Criterion, Member, Scheme, SchemeVersion
from diaban.work.ranking.rules import How, Scale
from diaban.work.ranking.services import (
    NewCluster,
    NewCriterion,
    NewMember,
    SchemeContent,
    SignedPaper,
    announce,
    compute_scores,
    draft_scheme,
    open_board,
    publish,
    publish_scheme,
    score_by_hand,
    sign,
)
from diaban.work.reporting.tests.consolidation_world import LAST_YEAR, Q3, Consolidating, a_consolidating_world

TODAY = date(2010, 1, 12)
NOW = datetime(2010, 1, 12, 3, 0, tzinfo=UTC)
AFTER = datetime(2010, 1, 20, 3, 0, tzinfo=UTC)
YEAR = Period.of(2009, Kind.YEAR, calendar=Calendar.STATISTICAL)
PDF = b"%PDF-1.7 signed"
FIELD = "administration"


@dataclass(frozen=True)
class Ranking:
    here: Consolidating

    def actor(self, persona: str, on: date = TODAY) -> PositionActor:
        return self.here.here.actor(persona, on)

    def member(self, name: str) -> NewMember:
        world = self.here.here.world
        unit = "D1" if name == "ubnd_d1" else "D2"
        return NewMember(world.organisations[name].pk, world.units[unit].pk, name)

    def content(self, **changed: object) -> SchemeContent:
        """Two districts in one cluster; timeliness, training by linear scale, guidance by hand, a bonus."""
        schedule = self.here.here.schedule.pk
        said: dict[str, object] = {
            "title": "Bộ tiêu chí thử",
            "basis": "Quyết định 01/QĐ-STTTT",
            "clusters": (NewCluster("Khối huyện", (self.member("ubnd_d1"), self.member("ubnd_d2"))),),
            "criteria": (
                NewCriterion("Đúng hạn", How.TIMELINESS, Decimal(40), schedule_id=schedule),
                NewCriterion(
                    "Đào tạo", How.INDICATOR, Decimal(40), schedule_id=schedule,
                    indicator_id=Indicator.objects.get(code="NL05b").pk, scale=Scale.LINEAR,
                    none_at=Decimal(0), full_at=Decimal(200),
                ),
                NewCriterion("Chỉ đạo", How.HAND, Decimal(20)),
                NewCriterion("Sáng kiến", How.BONUS, Decimal(5)),
            ),
            "appeal_days": 2,
            "answer_days": 3,
            **changed,
        }  # fmt: skip
        return SchemeContent(**said)  # type: ignore[arg-type] # passed through as they come

    def drafted(self, **changed: object) -> SchemeVersion:
        return draft_scheme(
            content=self.content(**changed), unit_id=self.here.unit("P"), field_code=FIELD,
            actor=self.actor("specialist"), at=NOW,
        )  # fmt: skip

    def published_scheme(self, **changed: object) -> Scheme:
        version = self.drafted(**changed)
        publish_scheme(scheme_id=version.scheme_id, actor=self.actor("specialist"), at=NOW)
        return version.scheme

    def opened(self, **changed: object) -> Board:
        scheme = self.published_scheme(**changed)
        return open_board(
            scheme_id=scheme.pk, period=YEAR, data_on=TODAY, title="Xếp hạng năm 2009",
            actor=self.actor("specialist"), at=NOW,
        )  # fmt: skip

    def scored(self, points: tuple[int, int] = (15, 10), **changed: object) -> Board:
        board = self.opened(**changed)
        compute_scores(board_id=board.pk, actor=self.actor("specialist"), at=NOW)
        for name, value in zip(("ubnd_d1", "ubnd_d2"), points, strict=True):
            score_by_hand(
                board_id=board.pk, member_id=self.of(board, name).pk, criterion_id=self.criterion(board, "Chỉ đạo").pk,
                points=Decimal(value), reason="Theo biên bản họp", actor=self.actor("specialist"), at=NOW,
            )  # fmt: skip
        board.refresh_from_db()
        return board

    def announced(self, **changed: object) -> Board:
        board = self.scored(**changed)  # type: ignore[arg-type] # content's changes
        return announce(board_id=board.pk, actor=self.actor("specialist"), at=NOW)

    def signed(self, **changed: object) -> Board:
        board = self.announced(**changed)
        return sign(board_id=board.pk, actor=self.actor("director", AFTER.date()), at=AFTER)

    def published(self, **changed: object) -> Board:
        board = self.signed(**changed)
        paper = SignedPaper("12/TB-STTTT", AFTER.date(), PDF)
        return publish(board_id=board.pk, paper=paper, actor=self.actor("clerk", AFTER.date()), at=AFTER)

    def of(self, board: Board, name: str) -> Member:
        return board.version.members.get(organisation=self.here.here.world.organisations[name])

    def criterion(self, board: Board, name: str) -> Criterion:
        return board.version.criteria.get(name=name)


@remembered
def a_ranking_world() -> Ranking:
    """District D1 has reported four quarters of training; D2 the first and the last not: its figure is incomplete."""
    here = a_consolidating_world()
    year = [Q3.previous().previous(), Q3.previous(), Q3, Q3.next()]
    for period in year:
        here.accept(period, "D1", {"NL05b": "40"})
    for period in year[1:3]:
        here.accept(period, "D2", {"NL05b": "90"})
    here.accept(LAST_YEAR, "D1", {"NL05b": "10"})
    return Ranking(here)
