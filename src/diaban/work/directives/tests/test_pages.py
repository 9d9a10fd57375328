"""What pages and papers say, in how many queries."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word

from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.models import Document
from diaban.foundation.obligations.services import assign
from diaban.work.difficulties.services import raise_difficulty
from diaban.work.directives import services
from diaban.work.directives.export import register_rows
from diaban.work.directives.models import Directive
from diaban.work.directives.papers import extract_of, slip, week_paper
from diaban.work.directives.permissions import visible_tasks
from diaban.work.directives.queries import board
from diaban.work.directives.queries.things import thing_of
from diaban.work.directives.queries.weeks import products_of, register_lines, week_of
from diaban.work.directives.tests.worlds import NOW, TODAY, Directing, a_directing_world, later

pytestmark = pytest.mark.django_db
CEILINGS = {"directives": 18, "received": 10, "board": 10, "week": 26, "new": 30}


@pytest.fixture
def here() -> Directing:
    return a_directing_world()


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_asks_little_however_many_there_are(here: Directing, name: str) -> None:
    with time_machine.travel(later(20), tick=False):
        for number in range(6):
            here.issued("ubnd_d1", "ubnd_d2", text=f"Việc {number}")
        client = here.world.client("director")

        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(f"directives:{name}"))

        assert answer.status_code == 200
        assert len(asked) <= CEILINGS[name]


def test_the_page_of_a_request_never_says_overdue(here: Directing) -> None:
    with time_machine.travel(later(20), tick=False):
        one = here.issued()
        task = here.task(one)
        pages = [
            here.world.client("district_officer").get(url).content.decode()
            for url in (
                reverse("directives:directive", args=[one.uid]),
                reverse("directives:task", args=[task.uid]),
                "/",
            )
        ]

    assert all("Chưa có trả lời" in page for page in pages)
    assert not any("left-late" in page or "st-overdue" in page for page in pages)


def test_the_modes_offered_follow_the_receivers(here: Directing) -> None:
    with time_machine.travel(NOW, tick=False):
        client = here.world.client("specialist")
        uids = {name: str(one.uid) for name, one in here.world.organisations.items()}
        offered = {}
        for names in (
            ("ubnd_d1",),
            ("vnpt",),
            ("vnpt", "ubnd_d1"),
            ("phong_d1",),
            ("tinh_uy",),
            ("phong_d1", "tinh_uy"),
        ):
            page = client.post(
                reverse("directives:new"),
                {"don-vi": [uids[name] for name in names], "field_code": "telecom", "chon": "1"},
            )
            offered[names] = [code for code, _label in page.context["modes"]]

    assert offered == {
        ("ubnd_d1",): ["request", "coordinate"], ("vnpt",): ["request", "require", "coordinate"],
        ("vnpt", "ubnd_d1"): ["request", "coordinate"], ("phong_d1",): ["guide", "request", "coordinate"],
        ("tinh_uy",): ["request", "propose"], ("phong_d1", "tinh_uy"): ["request"],
    }  # fmt: skip


def test_the_board_counts_by_lead_and_prints_its_denominator(here: Directing) -> None:
    here.assigned(due_on=TODAY)
    here.issued("ubnd_d1", due_on=None)

    found = board(here.actor("province_leader"), "lead", later(3).date())

    assert (found.total.open_overdue, found.total.no_deadline, found.total.total) == (2, 1, 2)
    assert {row.label: (row.counts.open_overdue, row.counts.no_deadline) for row in found.rows} == {
        "Ủy ban nhân dân huyện Bắc Sơn": (1, 1), "Ủy ban nhân dân huyện Nam Sơn": (1, 0),
    }  # fmt: skip


def test_a_letter_is_a_draft_of_the_issuer_in_the_words_of_the_mode(here: Directing) -> None:
    asked, ordered = here.issued("ubnd_d1", due_on=TODAY), here.assigned(due_on=TODAY)
    on = later(3)

    services.draft_letter(directive_id=asked.pk, kind="don-doc", actor=here.actor("director", on.date()), at=on)
    services.draft_letter(
        directive_id=ordered.pk, kind="bao-cao", actor=here.actor("province_leader", on.date()), at=on
    )

    letter, report = Document.objects.order_by("pk")
    assert "đề nghị sớm trả lời" in str(letter)
    assert "đôn đốc" not in str(letter)
    assert (letter.status, letter.organisation_id) == ("draft", here.world.organisations["so"].pk)
    assert report.organisation_id == here.world.organisations["ubnd_tinh"].pk


def test_nobody_is_urged_before_his_day(here: Directing) -> None:
    one = here.issued()

    with pytest.raises(services.NotPossible, match="Không có đơn vị nào"):
        services.draft_letter(directive_id=one.pk, kind="don-doc", actor=here.actor("director"), at=NOW)


def test_a_slip_and_an_extract_say_who_does_what(here: Directing) -> None:
    one = here.issued("ubnd_d1", "ubnd_d2")
    thing = thing_of(here.actor("director"), one, TODAY)

    word = Word(BytesIO(render_docx(slip(thing, TODAY))))
    extract = extract_of(thing.lines, here.world.organisations["ubnd_d2"].pk, TODAY)

    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("huyện Bắc Sơn" in cell for cell in cells)
    assert "29/3/2026" in cells or "29/03/2026" in cells
    assert extract is not None
    assert extract.title.endswith("huyện Nam Sơn")
    assert extract_of(thing.lines, here.world.organisations["vnpt"].pk, TODAY) is None


def test_the_week_says_what_was_done_and_what_is_late(here: Directing) -> None:
    late, done = here.assigned(due_on=TODAY), here.assigned(text="Việc xong")
    services.report_done(task_id=here.task(done).pk, text="Xong", actor=here.actor("district_officer"), at=later(1))

    week = week_of(here.actor("province_leader"), later(2).date())

    assert (week.first, week.last) == (date(2026, 3, 16), date(2026, 3, 22))
    assert (week.issued, week.done.number, week.late.number) == (2, 1, 2)
    assert week.late.lines[0].directive == late
    said = " ".join(getattr(block, "text", "") for block in week_paper(week, here.world.organisations["so"].pk).body)
    assert "quá hạn 2" in said
    assert "2/4" in said


def test_the_months_products_come_from_assignments(here: Directing) -> None:
    task = here.task(here.assigned())
    assert task.obligation is not None
    assign(
        obligation_id=task.obligation.pk, to_position_id=here.world.positions["district_officer"].pk, part="leads",
        text="Giao đ/c làm", due_on=TODAY, actor=here.actor("district_leader"), at=NOW,
    )  # fmt: skip
    services.report_done(task_id=task.pk, text="Xong", actor=here.actor("district_officer"), at=later(2))

    (product,) = products_of(here.actor("district_leader"), date(2026, 3, 1), date(2026, 3, 31))

    assert (product.person, product.product) == ("Giàng Thị Huyền (Chuyên viên)", "Báo cáo kết quả bố trí")
    assert (product.due_on, product.done_on, product.is_on_time) == (TODAY, later(2).date(), False)


def test_the_register_tells_the_source_and_the_state(here: Directing) -> None:
    source = services.Source("own", "87/TB-STTTT", TODAY, "Sở Thông tin và Truyền thông")
    here.issued("ubnd_d1", "ubnd_d2", source=source, source_item="mục 2")

    lines = register_lines(visible_tasks(here.actor("director")), later(30).date())

    assert [(row[1], row[2], row[5], row[12]) for row in register_rows(lines)] == [
        ("87/TB-STTTT ngày 16/03/2026 của Sở Thông tin và Truyền thông", "mục 2", name, "Chưa có trả lời")
        for name in ("Ủy ban nhân dân huyện Bắc Sơn", "Ủy ban nhân dân huyện Nam Sơn")
    ]


def test_choosing_receivers_changes_one_part_of_the_page_only(here: Directing) -> None:
    with time_machine.travel(NOW, tick=False):
        page = here.world.client("specialist").get(reverse("directives:new")).content.decode()

    ids = re.findall(r'\sid="([^"]+)"', page)
    targets = set(re.findall(r'hx-target="#([^"]+)"', page))
    assert len(ids) == len(set(ids))
    assert targets == {"phan-noi-dung"}
    assert targets <= set(ids)


@pytest.mark.parametrize(
    ("ticked", "together"), [({"nhom": "district:*"}, True), ({"nhom": "district:"}, True), ({}, False)]
)
def test_everybody_of_a_kind_is_chosen_by_one_tick(here: Directing, ticked: dict[str, str], together: bool) -> None:
    others = {str(here.world.organisations[name].uid) for name in ("ubnd_d1", "ubnd_d2")}
    with time_machine.travel(NOW, tick=False):
        page = here.world.client("specialist").post(
            reverse("directives:new"), {"field_code": "telecom", "chon": "1", **ticked}
        )

    assert {one.uid for one in page.context["chosen"]} == (others if together else set())


@pytest.mark.parametrize("by", ["lead", "locality"])
def test_a_number_of_the_board_leads_to_its_list_by_no_id_of_ours(here: Directing, by: str) -> None:
    with time_machine.travel(NOW, tick=False):
        here.issued("ubnd_d1", text="Việc của huyện Bắc Sơn")
        here.issued("ubnd_d2", text="Việc của huyện Nam Sơn")
        client = here.world.client("director")
        place = here.world.organisations["ubnd_d1"] if by == "lead" else here.world.units["D1"]
        page = client.get(reverse("directives:board"), {"theo": by}).content.decode()
        address = next(one for one in re.findall(r'href="([^"]+)"', page) if str(place.uid) in one)

        found = client.get(unescape(address)).content.decode()

    assert "Việc của huyện Bắc Sơn" in found
    assert "Việc của huyện Nam Sơn" not in found


def test_a_difficulty_is_turned_into_a_directive_and_tells_of_it(here: Directing) -> None:
    with time_machine.travel(NOW, tick=False):
        matter = raise_difficulty(
            kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content="Trạm phát sóng hỏng",
            organisation_id=here.world.organisations["ubnd_d1"].pk, received_on=TODAY,
            actor=here.actor("district_officer"), at=NOW,
        )  # fmt: skip
        client = here.world.client("specialist")
        place = reverse("difficulties:difficulty", args=[matter.uid])
        address = f"{reverse('directives:new')}?kien_nghi={matter.uid}"

        offered = client.get(place).content.decode()
        begun = client.get(address).content.decode()
        client.post(
            address,
            {
                "don-vi": str(here.world.organisations["ubnd_d1"].uid), "field_code": "telecom", "mode": "request",
                "text": "Khảo sát lại vị trí trạm", "luu": "1",
            },
        )  # fmt: skip
        page = client.get(place).content.decode()
        raiser = here.world.client("district_officer").get(place).content.decode()
        missing = client.get(f"{reverse('directives:new')}?kien_nghi=x").status_code

    made = Directive.objects.get()
    assert address in offered
    assert "Trạm phát sóng hỏng" in begun
    assert (made.unit_id, made.origin_kind, made.origin_id) == (matter.unit_id, "difficulties.difficulty", matter.pk)
    assert "Khảo sát lại vị trí trạm" in page
    assert "Khảo sát lại vị trí trạm" not in raiser  # a draft binds and shows to nobody else
    assert address not in raiser
    assert missing == 404


def test_a_draft_tells_its_writer_who_issues_it_and_never_the_leader_who_may(here: Directing) -> None:
    with time_machine.travel(NOW, tick=False):
        address = reverse("directives:directive", args=[here.drafted().uid])
        writer = here.world.client("specialist").get(address).content.decode()
        leader = here.world.client("director").get(address).content.decode()

    assert "Dự thảo, chưa gửi đến nơi nhận" in writer
    assert "Dự thảo, chưa gửi đến nơi nhận" not in leader
    assert reverse("directives:issue", args=[address.split("/")[-2]]) in leader


@pytest.mark.parametrize(
    ("headers", "pressed", "is_focused"),
    [({}, {"chon": "1"}, True), ({"HX-Request": "true"}, {}, False), ({}, {"luu": "1"}, False)],
)
def test_after_choosing_by_the_button_the_keyboard_goes_on_at_the_content(
    here: Directing, headers: dict[str, str], pressed: dict[str, str], is_focused: bool
) -> None:
    with time_machine.travel(NOW, tick=False):
        page = here.world.client("specialist").post(
            reverse("directives:new"), {"nhom": "district:*", **pressed}, headers=headers
        )

    assert ('id="phan-noi-dung-h" tabindex="-1" autofocus' in page.content.decode()) is is_focused
