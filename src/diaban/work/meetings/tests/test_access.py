"""Who may open what."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diaban.work.meetings import services
from diaban.work.meetings.models import Entry, Holder, Meeting, Week
from diaban.work.meetings.tests.worlds import HELD, NOW, Gathering, a_gathering, later

Kwargs = Callable[[Gathering], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Gathering) -> dict[str, object]:
    return {}


def a_plan(here: Gathering) -> dict[str, object]:
    return {"uid": here.planned().uid}


def a_convened(here: Gathering) -> dict[str, object]:
    return {"uid": here.convened().uid}


def a_running(here: Gathering) -> dict[str, object]:
    return {"uid": here.running().uid}


def a_statement(here: Gathering) -> dict[str, object]:
    meeting = here.running()
    said = services.write_statement(
        meeting_id=meeting.pk, speaker="Ông A", text="Thiếu người", actor=here.actor("clerk", HELD), at=later(7)
    )
    return {"uid": meeting.uid, "statement_id": said.pk}


def a_concluded(here: Gathering) -> dict[str, object]:
    return {"uid": here.concluded().uid}


def an_owed_briefing(here: Gathering) -> dict[str, object]:
    return {"obligation_id": here.owed_briefing().pk}


def minutes(here: Gathering) -> dict[str, object]:
    return {"uid": here.concluded().uid, "name": "bien-ban", "kind": "docx"}


def a_visit(here: Gathering) -> dict[str, object]:
    visit = here.visit()
    here.stop(visit)
    return {"uid": visit.uid}


def a_stop(here: Gathering) -> dict[str, object]:
    return {"uid": here.stop(here.visit()).uid}


def a_paper_to_take_along(name: str, kind: str = "pdf") -> Kwargs:
    def made(here: Gathering) -> dict[str, object]:
        return {**a_visit(here), "name": name, "kind": kind}

    return made


def a_list_to_sign(here: Gathering) -> dict[str, object]:
    return {"uid": here.convened().uid, "name": "danh-sach-dai-bieu", "kind": "docx"}


def plates(here: Gathering) -> dict[str, object]:
    return {"uid": here.convened().uid, "name": "bien-ten", "kind": "pdf"}


def a_visit_plan(here: Gathering) -> dict[str, object]:
    return {**a_visit(here), "name": "ke-hoach", "kind": "docx"}


def a_week(here: Gathering) -> dict[str, object]:
    return {"uid": services.draft_week(starts_on=HELD, actor=here.actor("clerk"), at=NOW).uid}


def a_line(here: Gathering) -> dict[str, object]:
    week = services.draft_week(starts_on=HELD, actor=here.actor("clerk"), at=NOW)
    plan = services.EntryPlan(on=HELD, content="Hội ý")
    return {"uid": services.add_entry(week_id=week.pk, plan=plan, actor=here.actor("clerk"), at=NOW).uid}


def a_week_paper(here: Gathering) -> dict[str, object]:
    return {**a_week(here), "kind": "docx"}


def an_unknown_key(here: Gathering) -> dict[str, object]:
    return {"secret": "diaban_khong-co"}


def a_programme(here: Gathering) -> dict[str, object]:
    return {"uid": services.draft_programme(kind="work", year=2026, actor=here.actor("specialist"), at=NOW).uid}


def an_item(here: Gathering) -> dict[str, object]:
    programme = services.draft_programme(kind="work", year=2026, actor=here.actor("specialist"), at=NOW)
    plan = services.ItemPlan(content="Tổng kết", field_code="it", organisation_id=here.office("phong_bcvt"), month=12)
    return {"uid": services.add_item(programme_id=programme.pk, plan=plan, actor=here.actor("specialist"), at=NOW).uid}


def a_programme_paper(here: Gathering) -> dict[str, object]:
    return {**a_programme(here), "kind": "xlsx"}


def a_regime(here: Gathering) -> dict[str, object]:
    regime = services.Regime("Giao ban quý", "it", "commune", "Quy chế", False, date(2026, 1, 1))
    return {"code": services.declare_briefings(regime=regime, actor=here.actor("specialist"), at=NOW).code}


def a_cluster(here: Gathering) -> dict[str, object]:
    a_regime(here)
    return {"uid": Holder.objects.earliest("pk").uid}


SEEN = {"specialist": 200, "clerk": 200, "district_officer": 200, "province_leader": 200, "auditor": 200, "other_enterprise": 404, "party_observer": 404}  # fmt: skip
OWN = {"specialist": 200, "clerk": 200, "district_officer": 404, "province_leader": 404, "enterprise": 404}
POSTED = {"specialist": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("meetings:briefings", nothing, {"specialist": 200, "commune_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:update_form", nothing, {"specialist": 200, "commune_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:new_regime", nothing, {"specialist": 200, "commune_officer": 403, "enterprise": 403, "clerk": 403}),
    ("meetings:holders", a_regime, {"specialist": 200, "commune_officer": 200, "enterprise": 404, "other_officer": 200}),
    ("meetings:new_cluster", a_regime, {"specialist": 200, "commune_officer": 403, "enterprise": 404}),
    ("meetings:edit_cluster", a_cluster, {"specialist": 200, "commune_officer": 403, "enterprise": 404}),
    ("meetings:group_units", a_regime, POSTED),
    ("meetings:declare_combined", a_regime, POSTED),
    ("meetings:withdraw_combined", a_cluster, POSTED),
    ("meetings:meetings", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:coming", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:week", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:week_of", a_week, {"clerk": 200, "province_leader": 404, "enterprise": 404}),
    ("meetings:new_entry", a_week, {"clerk": 200, "director": 200, "unit_admin": 403, "province_leader": 404}),
    ("meetings:edit_entry", a_line, {"specialist": 200, "unit_admin": 403, "province_leader": 404}),
    ("meetings:week_paper", a_week_paper, {"specialist": 200, "province_leader": 404}),
    ("meetings:arrange", a_convened, {"clerk": 200, "district_officer": 200, "auditor": 403, "other_enterprise": 404}),
    ("meetings:draft_week", nothing, {"clerk": 405}),
    ("meetings:strike_entry", a_line, {"clerk": 405}),
    *((f"meetings:{name}", a_week, {"clerk": 405}) for name in ("write_note", "approve_week", "publish_week", "send_back_week", "hand_in_week")),
    ("meetings:my_week", nothing, {"specialist": 200, "enterprise": 200}),
    ("meetings:subscribe", nothing, {"specialist": 200, "enterprise": 200}),
    ("meetings:feed", an_unknown_key, {"specialist": 404}),
    ("meetings:programmes", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("meetings:programme", a_programme, OWN),
    ("meetings:programme_paper", a_programme_paper, {"clerk": 200, "province_leader": 404}),
    ("meetings:new_item", a_programme, {"specialist": 200, "clerk": 403, "province_leader": 404}),
    ("meetings:item", an_item, OWN),
    ("meetings:edit_item", an_item, {"specialist": 200, "clerk": 403, "province_leader": 404}),
    ("meetings:draft_programme", nothing, POSTED),
    ("meetings:approve_programme", a_programme, POSTED),
    *((f"meetings:{name}", an_item, POSTED) for name in ("strike_item", "carry_out", "let_go", "give_out")),
    ("meetings:visits", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200}),
    ("meetings:new", nothing, {"specialist": 200, "district_officer": 200, "clerk": 403, "enterprise": 403}),
    ("meetings:make_pack", a_visit, POSTED),
    ("meetings:pack_parts", a_visit, {"specialist": 200, "auditor": 404, "enterprise": 404}),
    ("meetings:questions", a_stop, {"specialist": 200, "clerk": 200, "unit_admin": 403, "district_officer": 404, "enterprise": 404}),
    *(
        ("meetings:visit_paper", a_paper_to_take_along(name), {"clerk": 200, "unit_admin": 404, "district_officer": 404})
        for name in ("giay-di-duong", "bien-ten", "cau-hoi")
    ),
    ("meetings:visit_paper", a_paper_to_take_along("bien-ten", "xlsx"), {"clerk": 404}),
    ("meetings:meeting_paper", a_list_to_sign, {"clerk": 200, "district_officer": 404, "enterprise": 404}),
    ("meetings:meeting_paper", plates, {"specialist": 200, "district_officer": 404, "enterprise": 404}),
    *((f"meetings:{name}", a_visit, POSTED) for name in ("bring_signed", "take_out_signed")),
    ("meetings:new_visit", nothing, {"specialist": 200, "clerk": 403, "enterprise": 403}),
    ("meetings:combined", an_owed_briefing, {"specialist": 200, "clerk": 200, "district_officer": 404, "enterprise": 403}),
    ("meetings:meeting", a_plan, OWN),
    ("meetings:meeting", a_convened, SEEN),
    ("meetings:meeting", a_concluded, SEEN),
    ("meetings:run_sheet", a_running, {"clerk": 200, "district_officer": 403, "other_enterprise": 404}),
    ("meetings:write_difficulty", a_statement, {"clerk": 200, "district_officer": 403, "other_enterprise": 404}),
    ("meetings:board", a_running, SEEN),
    ("meetings:delegates", a_convened, SEEN),
    ("meetings:meeting_paper", minutes, {"specialist": 200, "district_officer": 200, "other_enterprise": 404}),
    ("meetings:visit", a_visit, OWN),
    ("meetings:edit_visit", a_visit, {"specialist": 200, "clerk": 403, "district_officer": 404}),
    ("meetings:new_stop", a_visit, {"specialist": 200, "clerk": 403, "district_officer": 404}),
    ("meetings:visit_paper", a_visit_plan, {"specialist": 200, "district_officer": 404}),
    *((f"meetings:{name}", a_visit, POSTED) for name in ("set_members", "cancel_visit", "convene_stops", "keep_report")),
    *(
        (f"meetings:{name}", a_plan, POSTED)
        for name in (
            "change", "ask", "strike", "convene", "move", "cancel", "answer", "update", "bring", "conclude", "withdraw",
            "issue", "open", "mark", "state", "park", "findings", "close", "keep",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kwargs", "table"), ACCESS, ids=[f"{name}-{kwargs.__name__}" for name, kwargs, _table in ACCESS]
)
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        url = reverse(name, kwargs=kwargs(here))

        answers = {persona: here.world.client(persona).get(url).status_code for persona in table}

        assert answers == table


def test_a_keeper_sets_the_briefings_up_and_a_commune_declares_its_own_through_the_pages(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        specialist, commune = here.world.client("specialist"), here.world.client("commune_officer")
        typed = {"title": "Giao ban quý", "level": "commune", "field_code": "it", "starts_on": "2026-01-01", "working_days": "20", "legal_basis": "Quy chế 12"}  # fmt: skip
        c11, c12 = here.world.units["C11"].pk, here.world.units["C12"].pk

        page = specialist.post(reverse("meetings:new_regime"), typed, follow=True)
        refused = specialist.post(reverse("meetings:new_regime"), typed | {"level": "district", "legal_basis": ""})
        cluster = Holder.objects.get(name="Cụm Bắc Sơn")
        edit = reverse("meetings:edit_cluster", args=[cluster.uid])
        wrong = specialist.post(
            edit, {"name": "Cụm 1", "head_id": c12, "unit_ids": [c11], "revision": cluster.revision}
        )
        specialist.post(edit, {"name": "Cụm 1", "head_id": c12, "unit_ids": [c11, c12], "revision": cluster.revision})
        declare = reverse("meetings:declare_combined", args=[cluster.duty.code])
        others = commune.post(declare, {"unit_id": c12, "combined_with": "Giao ban xã"})
        commune.post(declare, {"unit_id": c11, "combined_with": "Giao ban xã"})

        alone = Holder.objects.get(combined_with="Giao ban xã")
        with django_assert_max_num_queries(30):
            board = specialist.get(reverse("meetings:briefings")).content.decode()
        commune.post(
            reverse("meetings:withdraw_combined", args=[alone.uid]), {"reason": "Nhầm", "revision": alone.revision}
        )
        alone.refresh_from_db()
        assert "Cụm Nam Sơn" in page.content.decode()
        assert refused.status_code == 200
        assert "Cụm trưởng phải là một đơn vị trong cụm" in wrong.content.decode()
        assert others.status_code == 200
        assert "Giao ban xã" in others.content.decode()
        assert "0/3" in board
        assert "Kính đề nghị 03 đơn vị" in board
        assert alone.ended_reason == "Nhầm"


@pytest.mark.parametrize("name", ["convene", "move", "cancel", "conclude", "issue", "open", "close", "state"])
def test_an_act_of_others_is_refused(name: str) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        meeting = here.convened()
        url = reverse(f"meetings:{name}", args=[meeting.uid])

        answers = {one: here.world.client(one).post(url, {}).status_code for one in ("district_officer", "enterprise")}

        assert answers["enterprise"] == 404
        assert answers["district_officer"] in {302, 403}
        assert Meeting.objects.get().revision == meeting.revision


def test_nothing_opens_without_signing_in() -> None:
    assert Client().get(reverse("meetings:meetings")).status_code == 302


def test_an_unknown_meeting_is_not_found() -> None:
    assert (
        a_gathering().world.client("specialist").get(reverse("meetings:meeting", args=[UUID(int=7)])).status_code == 404
    )


def test_a_briefing_goes_its_way_through_the_pages() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.running()
        clerk, director = here.world.client("clerk"), here.world.client("director")
        to = {name: reverse(f"meetings:{name}", args=[meeting.uid]) for name in ("mark", "state", "close", "conclude", "issue", "run_sheet")}  # fmt: skip

        for one in meeting.attendees.all():
            clerk.post(to["mark"], {"nguoi": one.pk, "presence": "present"})
        quiet = clerk.post(to["state"], {"speaker": "Ông A", "text": "Thiếu người"}, headers={"HX-Request": "true"})
        clerk.post(to["close"])
        clerk.post(
            to["conclude"],
            {"kind": "directive", "field_code": "it", "text": "Bố trí cán bộ", "receivers": [here.office("ubnd_d1")]},
        )
        director.post(to["issue"], {})

        meeting.refresh_from_db()
        assert "đã lưu" in quiet.content.decode()
        assert "Thiếu người" in clerk.get(to["run_sheet"]).content.decode()
        assert meeting.stage.value == "concluded"


def test_a_week_goes_its_way_through_the_pages() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        clerk, head = here.world.client("clerk"), here.world.client("section_head")
        page = f"{reverse('meetings:week')}?tuan=2026-03-23"

        clerk.post(reverse("meetings:draft_week"), {"tuan": "2026-03-23"})
        uid = Week.objects.get().uid
        typed = {"on": "2026-03-24", "half": "morning", "content": "Hội ý lãnh đạo", "chair": here.person("director")}
        clerk.post(reverse("meetings:new_entry", args=[uid]), typed)
        head.post(reverse("meetings:approve_week", args=[uid]))
        clerk.post(reverse("meetings:publish_week", args=[uid]))
        refused = clerk.post(
            reverse("meetings:strike_entry", args=[Entry.objects.get().uid]), {"next": page}, follow=True
        )

        told = clerk.get(page).content.decode()
        of_director = clerk.get(
            page, {"tuan": "2026-03-23", "cua": str(here.world.people["director"].uid)}
        ).content.decode()
        assert "Hội ý lãnh đạo" in of_director
        assert "không có lịch nào ghi tên" in clerk.get(f"{page}&cua=toi").content.decode()
        assert "Đã công bố" in told
        assert "Hội ý lãnh đạo" in told
        assert "ghi lý do thay đổi" in refused.content.decode()


def test_the_week_takes_few_queries(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        here.convened()
        a_week(here)
        client = here.world.client("clerk")
        client.get(reverse("meetings:week"))

        with django_assert_max_num_queries(30):
            client.get(f"{reverse('meetings:week')}?tuan=2026-03-23")


def test_a_row_of_the_programme_is_planned_and_done_through_the_pages() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        client = here.world.client("specialist")
        uid = an_item(here)["uid"]

        page = client.get(reverse("meetings:new"), {"chuong-trinh": str(uid)})
        typed = {
            "title": "Tổng kết", "shape": "other", "field_code": "it", "unit_id": here.world.units["P"].pk,
            "held_on": "2026-12-20", "starts_at": "08:00", "ends_at": "10:00", "place": "Hội trường",
        }  # fmt: skip
        client.post(f"{reverse('meetings:new')}?chuong-trinh={uid}", typed)

        assert 'value="Tổng kết"' in page.content.decode()
        told = client.get(reverse("meetings:item", args=[uid])).content.decode()
        assert str(Meeting.objects.get().uid) in told
        assert "chưa xong" in told
