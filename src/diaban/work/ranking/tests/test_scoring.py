"""Scoring, appeals, signing, publishing: what stands still, what is recomputed to the same, who may do what and see what."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.documents.content import Paragraph, Table
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.dossier import dossier, place_of
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.ranking.measuring import last_within
from diaban.work.ranking.models import Appeal, Board, Criterion, Result, SchemeVersion, Score
from diaban.work.ranking.papers import NotSigned, notice
from diaban.work.ranking.permissions import members_in_sight, visible_boards, visible_results
from diaban.work.ranking.queries import table_of
from diaban.work.ranking.rules import How
from diaban.work.ranking.services import (
    NewCluster,
    NewCriterion,
    NewIndexValue,
    NewMember,
    NotPossible,
    SignedPaper,
    announce,
    answer_appeal,
    appeal,
    bring_index,
    compute_scores,
    publish,
    revise_scheme,
    score_by_hand,
    sign,
    take_back_signature,
)
from diaban.work.ranking.services.steps import standings
from diaban.work.ranking.tests.worlds import AFTER, NOW, PDF, TODAY, Ranking, a_ranking_world
from diaban.work.reporting.tests.consolidation_world import Q3

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ranking:
    return a_ranking_world()


def stored(board: Board) -> list[tuple[object, ...]]:
    rows = Score.objects.filter(board=board).order_by("pk")
    results = Result.objects.filter(board=board).order_by("pk")
    return [
        *rows.values_list("pk", "points", "measured", "why", "parts"),
        *results.values_list("points", "attainable", "rank", "overall"),
    ]


def by_name(board: Board, name: str) -> dict[str, Score]:
    scores = Score.objects.filter(board=board, member__name=name).select_related("criterion")
    return {one.criterion.name: one for one in scores}


def test_points_are_made_of_what_can_be_opened(here: Ranking) -> None:
    board = here.scored()

    first = by_name(board, "ubnd_d1")
    assert first["Đào tạo"].points == Decimal(32)  # 160 of 200
    assert first["Đào tạo"].parts[0]["figure"]["indicator"] == "NL05b"
    assert {part["kind"] for part in first["Đúng hạn"].parts} == {"obligations.obligation"}
    assert first["Chỉ đạo"].reason == "Theo biên bản họp"


def test_a_figure_that_lacks_a_period_is_no_zero(here: Ranking) -> None:
    board = here.scored()

    second = by_name(board, "ubnd_d2")["Đào tạo"]
    result = Result.objects.get(board=board, member=second.member_id)
    assert (second.points, second.why) == (None, "số liệu còn thiếu kỳ hoặc thiếu phần, chưa tính điểm được")
    assert result.attainable < result.full
    assert result.is_converted or result.points is None


def test_computing_again_gives_what_is_stored(here: Ranking) -> None:
    board = here.scored()
    before = stored(board)

    compute_scores(board_id=board.pk, actor=here.actor("specialist"), at=NOW + timedelta(minutes=5))

    assert stored(board) == before
    found = standings(board)
    for one in Result.objects.filter(board=board):
        place = found[one.member_id]
        assert (one.points, one.rank, one.overall) == (place.sum.points, place.in_cluster, place.overall)


def test_a_published_ranking_does_not_change_when_facts_change(here: Ranking) -> None:
    board = here.published()
    before = stored(board)

    here.here.accept(Q3, "D1", {"NL05b": "1"}, at=AFTER)

    assert stored(board) == before
    with pytest.raises(NotPossible, match="đã công bố"):
        compute_scores(board_id=board.pk, actor=here.actor("specialist"), at=AFTER)
    with pytest.raises(IntegrityError, match="stand still"), transaction.atomic():
        Score.objects.filter(board=board).update(points=0)
    with pytest.raises(IntegrityError, match="stand still"), transaction.atomic():
        Result.objects.filter(board=board).update(rank=1)
    with pytest.raises(IntegrityError, match="published"), transaction.atomic():
        Board.objects.filter(pk=board.pk).update(title="khác")


def test_nothing_is_published_before_a_leader_signs(here: Ranking) -> None:
    board = here.announced()
    paper = SignedPaper("12/TB-STTTT", AFTER.date(), PDF)
    clerk, day = here.actor("clerk", AFTER.date()), AFTER.date()

    with pytest.raises(NotPossible):
        publish(board_id=board.pk, paper=paper, actor=clerk, at=AFTER)
    with pytest.raises(NotPermitted):
        sign(board_id=board.pk, actor=here.actor("specialist", day), at=AFTER)
    with pytest.raises(NotPossible, match="kiến nghị đến hết ngày"):
        sign(board_id=board.pk, actor=here.actor("director"), at=NOW)
    sign(board_id=board.pk, actor=here.actor("director", day), at=AFTER)
    with pytest.raises(NotPossible, match="số, ký hiệu"):
        publish(board_id=board.pk, paper=SignedPaper(" ", day, PDF), actor=clerk, at=AFTER)
    take_back_signature(board_id=board.pk, reason="Xem lại", actor=here.actor("director", day), at=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.filter(pk=board.pk).update(status="published")


def test_a_board_with_a_criterion_unscored_is_not_announced(here: Ranking) -> None:
    board = here.opened()
    compute_scores(board_id=board.pk, actor=here.actor("specialist"), at=NOW)

    with pytest.raises(NotPossible, match="Chỉ đạo"):
        announce(board_id=board.pk, actor=here.actor("specialist"), at=NOW)


def test_an_appeal_is_an_obligation_of_the_scorers_until_answered(here: Ranking) -> None:
    board = here.announced()
    member, criterion = here.of(board, "ubnd_d2"), here.criterion(board, "Chỉ đạo")

    def asks(persona: str) -> Appeal:
        return appeal(
            board_id=board.pk, member_id=member.pk, criterion_id=criterion.pk, text="Đề nghị chấm lại",
            actor=here.actor(persona), at=NOW,
        )  # fmt: skip

    with pytest.raises(NotPermitted):
        asks("district_leader")
    one = asks("other_leader")

    owed = Obligation.objects.get(kind="ranking.appeal", subject_id=one.pk)
    assert owed.owner == board.version.scheme.organisation
    assert owed.due_on == one.due_on
    with pytest.raises(NotPossible, match="chưa trả lời"):
        sign(board_id=board.pk, actor=here.actor("director", AFTER.date()), at=AFTER)
    ranks = dict(Result.objects.filter(board=board).values_list("member_id", "points"))
    answer_appeal(
        appeal_id=one.pk, decision="accepted", answer="Đã đối chiếu", points=Decimal(20),
        actor=here.actor("specialist"), at=NOW,
    )  # fmt: skip
    score = Score.objects.get(board=board, member=member, criterion=criterion)
    assert (score.before_appeal, score.points) == (Decimal(10), Decimal(20))
    assert Result.objects.get(board=board, member=member).points != ranks[member.pk]
    owed.refresh_from_db()
    assert owed.fulfilled_at == NOW
    with pytest.raises(NotPossible, match="một lần"):
        asks("other_leader")


def test_an_appeal_out_of_time_is_refused(here: Ranking) -> None:
    board = here.announced()
    member, criterion = here.of(board, "ubnd_d2"), here.criterion(board, "Chỉ đạo")

    with pytest.raises(NotPossible, match="đã hết"):
        appeal(
            board_id=board.pk, member_id=member.pk, criterion_id=criterion.pk, text="Muộn",
            actor=here.actor("other_leader", AFTER.date()), at=AFTER,
        )  # fmt: skip


def test_each_unit_sees_its_own_until_published_then_as_the_scheme_says(here: Ranking) -> None:
    leader = here.actor("district_leader")

    assert not visible_boards(leader).filter(pk=here.scored().pk).exists()
    board = here.published(title="Bộ khác", sight="own")
    assert [one.name for one in members_in_sight(leader, board)] == ["ubnd_d1"]
    assert table_of(leader, board).hidden == 1
    everyone = here.published(title="Bộ công khai")
    assert members_in_sight(leader, everyone).count() == 2
    announced = here.announced(title="Bộ đang dự kiến")
    assert [one.name for one in members_in_sight(leader, announced)] == ["ubnd_d1"]
    assert not visible_boards(here.actor("province_leader")).filter(pk=announced.pk).exists()
    assert visible_boards(here.actor("province_leader")).filter(pk=everyone.pk).exists()
    for persona in ("district_leader", "province_leader", "specialist", "enterprise"):
        reader = here.actor(persona)
        boards = list(visible_boards(reader))
        shown = {(one.pk, member.pk) for one in boards for member in members_in_sight(reader, one)}
        told = set(visible_results(reader).values_list("board", "member"))
        assert told == shown & set(Result.objects.values_list("board", "member"))


def test_a_party_body_never_stands_in_a_ranking(here: Ranking) -> None:
    world = here.here.here.world
    party = NewMember(world.organisations["tinh_uy"].pk, world.units["P"].pk, "Tỉnh ủy")
    own = NewMember(world.organisations["so"].pk, world.units["P"].pk, "Sở")

    for other in (party, own):
        with pytest.raises(NotPossible):
            here.drafted(clusters=(NewCluster("Khối", (here.member("ubnd_d1"), other)),))


def test_a_published_scheme_is_closed_and_changed_by_a_new_version(here: Ranking) -> None:
    scheme = here.published_scheme()
    first = SchemeVersion.objects.get(scheme=scheme)

    for change in (
        lambda: Criterion.objects.filter(version=first).update(most=99),
        lambda: SchemeVersion.objects.filter(pk=first.pk).update(sight="own"),
        lambda: first.members.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    second = revise_scheme(scheme_id=scheme.pk, content=here.content(), actor=here.actor("specialist"), at=NOW)
    assert (second.number, second.is_draft) == (2, True)


@pytest.mark.parametrize(
    ("how", "points", "reason"), [("Đúng hạn", 5, "vì thế"), ("Chỉ đạo", 21, "vì thế"), ("Chỉ đạo", 5, " ")]
)
def test_points_by_hand_have_a_reason_a_range_and_no_automatic_criterion(
    here: Ranking, how: str, points: int, reason: str
) -> None:
    board = here.opened()

    with pytest.raises(NotPossible):
        score_by_hand(
            board_id=board.pk, member_id=here.of(board, "ubnd_d1").pk, criterion_id=here.criterion(board, how).pk,
            points=Decimal(points), reason=reason, actor=here.actor("specialist"), at=NOW,
        )  # fmt: skip


def test_an_index_of_others_never_enters_the_points(here: Ranking) -> None:
    board = here.scored()
    before = stored(board)

    values = [NewIndexValue(here.here.unit("D1"), Decimal("0.61"), 1, 2)]
    index = bring_index(
        name="DTI", year=2009, source="Báo cáo thử", values=values, unit_id=here.here.unit("P"),
        field_code="administration", actor=here.actor("specialist"), at=NOW,
    )  # fmt: skip
    compute_scores(board_id=board.pk, actor=here.actor("specialist"), at=NOW)

    assert stored(board) == before
    with pytest.raises(NotPossible, match="nguồn"):
        bring_index(
            name="DTI", year=2009, source="", values=values, unit_id=here.here.unit("P"),
            field_code="administration", actor=here.actor("specialist"), at=NOW,
        )  # fmt: skip
    place = place_of(here.here.here.actor("district_leader"), here.here.here.world.units["D1"].uid, TODAY)
    sections = {one.title for one in dossier(place)}
    assert "Bộ chỉ số của cơ quan khác" in sections
    assert index.source == "Báo cáo thử"


def test_a_criterion_without_its_source_is_refused(here: Ranking) -> None:
    with pytest.raises(NotPossible, match="chế độ báo cáo"):
        here.drafted(criteria=(NewCriterion("Đúng hạn", How.TIMELINESS, Decimal(10)),))


@pytest.mark.parametrize(
    ("span", "calendar", "expected"),
    [("stat:2009", Calendar.STATISTICAL, "stat:2009-Q4"), ("stat:2026", Calendar.ND09, "nd09:2026-Q4"), ("stat:2026-H1", Calendar.ND09, "nd09:2026-Q2")],
)  # fmt: skip
def test_the_figures_of_a_year_are_those_of_the_last_quarter_in_it(
    span: str, calendar: Calendar, expected: str
) -> None:
    assert str(last_within(Period.parse(span), Kind.QUARTER, calendar)) == expected


@time_machine.travel(AFTER, tick=False)
def test_pages_of_a_published_board(here: Ranking, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    board = here.published()
    client = here.here.here.world.client("district_leader")

    for address in (
        reverse("ranking:boards"),
        reverse("ranking:board", args=[board.uid]),
        reverse("ranking:member", args=[board.uid, 1]),
    ):
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
    ranks = [row.result.points for row in table_of(here.actor("specialist"), board).rows if row.result]
    known = [one for one in ranks if one is not None]
    assert all(one >= other for one, other in pairwise(known))
    assert client.get(reverse("ranking:minutes", args=[board.uid, "pdf"])).content[:4] == b"%PDF"
    assert client.get(reverse("ranking:minutes", args=[board.uid, "docx"])).content[:2] == b"PK"
    assert client.get(reverse("ranking:workbook", args=[board.uid])).content[:2] == b"PK"
    assert Appeal.objects.count() == 0


def test_the_ranking_is_made_known_by_a_paper_after_a_leader_signed(here: Ranking) -> None:
    board = here.announced()
    reader = here.actor("specialist", AFTER.date())
    with pytest.raises(NotSigned):
        notice(table_of(reader, board), [])

    sign(board_id=board.pk, actor=here.actor("director", AFTER.date()), at=AFTER)
    board.refresh_from_db()
    draft = notice(table_of(reader, board), list(board.appeals.all()))

    assert (draft.type_code, draft.is_draft, draft.signer.title) == ("TB", True, "Giám đốc")
    result = next(block for block in draft.body if isinstance(block, Table))
    assert [row.cells[:2] for row in result.rows] == [("1", "ubnd_d1"), ("2", "ubnd_d2")]
    assert any("Không có đơn vị nào kiến nghị" in one.text for one in draft.body if isinstance(one, Paragraph))
    published = here.published(title="Bộ chỉ xem mình", sight="own")
    paper = notice(table_of(reader, published), [])
    assert (paper.number, paper.issued_on, paper.annexes) == ("12/TB-STTTT", AFTER.date(), ())
