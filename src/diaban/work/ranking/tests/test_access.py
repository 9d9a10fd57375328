"""Who may open what, and that every button works through its page."""

from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from diaban.work.ranking.models import Board, Index, Scheme
from diaban.work.ranking.services import NewIndexValue, appeal, bring_index
from diaban.work.ranking.tests.worlds import NOW, TODAY, Ranking, a_ranking_world

Kwargs = Callable[[Ranking], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Ranking) -> dict[str, object]:
    return {}


def a_draft(here: Ranking) -> dict[str, object]:
    return {"uid": here.drafted().scheme.uid}


def a_scheme(here: Ranking) -> dict[str, object]:
    return {"uid": here.published_scheme().uid}


def being_scored(here: Ranking) -> dict[str, object]:
    return {"uid": here.scored().uid}


def announced(here: Ranking) -> dict[str, object]:
    return {"uid": here.announced().uid}


def signed(here: Ranking) -> dict[str, object]:
    return {"uid": here.signed().uid}


def published(here: Ranking) -> dict[str, object]:
    return {"uid": here.published().uid}


def its_minutes(here: Ranking) -> dict[str, object]:
    return {**announced(here), "kind": "docx"}


def its_notice(here: Ranking) -> dict[str, object]:
    return {**signed(here), "kind": "docx"}


def notice_too_early(here: Ranking) -> dict[str, object]:
    return {**announced(here), "kind": "docx"}


def first_member(here: Ranking) -> dict[str, object]:
    return {**announced(here), "member": 1}


def first_by_hand(here: Ranking) -> dict[str, object]:
    return {**being_scored(here), "member": 1, "criterion": 3}


def first_to_appeal(here: Ranking) -> dict[str, object]:
    return {**announced(here), "member": 1, "criterion": 3}


def an_appeal(here: Ranking) -> dict[str, object]:
    board = here.announced()
    one = appeal(
        board_id=board.pk, member_id=here.of(board, "ubnd_d1").pk, criterion_id=here.criterion(board, "Chỉ đạo").pk,
        text="Đề nghị", actor=here.actor("district_leader"), at=NOW,
    )  # fmt: skip
    return {"uid": one.uid}


def an_index(here: Ranking) -> dict[str, object]:
    one: Index = bring_index(
        name="DTI", year=2009, source="Trang thử", values=[NewIndexValue(here.here.unit("D1"), Decimal(1))],
        unit_id=here.here.unit("P"), field_code="administration", actor=here.actor("specialist"), at=NOW,
    )  # fmt: skip
    return {"uid": one.uid}


EVERYONE = {"specialist": 200, "district_leader": 200, "enterprise": 200, "auditor": 200, "nobody": 403}
POSTED = {"specialist": 405, "district_leader": 405, "enterprise": 405}
DEFINES = {"specialist": 200, "section_head": 200, "district_leader": 403, "enterprise": 403, "auditor": 403}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("ranking:boards", nothing, EVERYONE),
    ("ranking:schemes", nothing, EVERYONE),
    ("ranking:new_scheme", nothing, DEFINES),
    ("ranking:scheme", a_draft, {"specialist": 200, "clerk": 200, "district_leader": 404, "province_leader": 404}),
    ("ranking:scheme", a_scheme, {"specialist": 200, "district_officer": 200, "province_leader": 200, "enterprise": 404}),
    ("ranking:edit_scheme", a_draft, {"specialist": 200, "clerk": 403, "district_leader": 404}),
    ("ranking:publish_scheme", a_draft, POSTED),
    ("ranking:open_board", a_scheme, POSTED),
    ("ranking:board", being_scored, {"specialist": 200, "director": 200, "district_leader": 404, "auditor": 404}),
    ("ranking:board", announced, {"specialist": 200, "district_officer": 200, "province_leader": 404, "enterprise": 404}),
    (
        "ranking:board",
        published,
        {"district_officer": 200, "province_leader": 200, "auditor": 200, "enterprise": 404, "commune_officer": 404},
    ),
    ("ranking:workbook", announced, {"specialist": 200, "district_officer": 200, "enterprise": 404}),
    ("ranking:minutes", its_minutes, {"specialist": 200, "district_officer": 404, "enterprise": 404}),
    ("ranking:notice", notice_too_early, {"specialist": 404, "director": 404}),
    ("ranking:notice", its_notice, {"specialist": 200, "clerk": 200, "district_officer": 404, "enterprise": 404}),
    ("ranking:member", first_member, {"specialist": 200, "district_officer": 200, "other_leader": 404, "enterprise": 404}),
    ("ranking:compute", being_scored, POSTED),
    ("ranking:by_hand", first_by_hand, {"specialist": 200, "clerk": 403, "district_leader": 404}),
    ("ranking:announce", being_scored, POSTED),
    ("ranking:sign", announced, POSTED),
    ("ranking:take_back", signed, POSTED),
    ("ranking:publish", signed, {"clerk": 200, "director": 200, "specialist": 403, "enterprise": 404}),
    ("ranking:new_appeal", first_to_appeal, {"district_leader": 200, "district_officer": 200, "specialist": 403, "other_leader": 404}),
    ("ranking:appeal", an_appeal, {"specialist": 200, "district_officer": 200, "other_leader": 404, "enterprise": 404}),
    ("ranking:indices", nothing, EVERYONE),
    ("ranking:index", an_index, EVERYONE),
    ("ranking:bring_index", nothing, {"specialist": 200, "district_leader": 403, "enterprise": 403}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "table"), ACCESS, ids=[f"{row[0]}-{row[1].__name__}" for row in ACCESS])
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_ranking_world()
        address = reverse(name, kwargs=kwargs(here))

        found = {persona: here.here.here.world.client(persona).get(address).status_code for persona in table}

    assert found == table


@time_machine.travel(NOW, tick=False)
def test_a_scheme_is_written_published_and_scored_through_the_pages() -> None:
    here = a_ranking_world()
    client, schedule = here.here.here.world.client("specialist"), here.here.here.schedule
    page = client.get(reverse("ranking:new_scheme")).content.decode()
    assert "Khối các huyện" in page
    assert "Tỉnh ủy" not in page
    typed = {
        "ten": "Bộ tiêu chí gõ tay", "can_cu": "Quyết định 05/QĐ-STTTT", "linh_vuc": "administration", "cong_khai": "all",
        "ngay_kien_nghi": "5", "ngay_tra_loi": "7", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0",
        "form-0-ten": "Đúng hạn", "form-0-cach": "timeliness", "form-0-diem": "60", "form-0-thieu": "left_out",
        "form-0-che_do": str(schedule.uid), "cum_921": "Khối huyện", "cum_922": "Khối huyện",
    }  # fmt: skip

    assert client.post(reverse("ranking:new_scheme"), typed).status_code == 302

    scheme = Scheme.objects.get()
    client.post(reverse("ranking:publish_scheme", args=[scheme.uid]))
    opening = {"ten": "Năm 2009", "ky": "2009", "so_lieu_den": TODAY.isoformat()}
    client.post(reverse("ranking:open_board", args=[scheme.uid]), opening)
    board = Board.objects.get()
    client.post(reverse("ranking:compute", args=[board.uid]))
    client.post(reverse("ranking:announce", args=[board.uid]))
    board.refresh_from_db()
    assert board.status == "announced"
    assert (
        here.here.here.world.client("district_leader").get(reverse("ranking:board", args=[board.uid])).status_code
        == 200
    )
