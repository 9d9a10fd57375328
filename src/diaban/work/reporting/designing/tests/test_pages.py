"""A specialist designs a form in the page, from its name to its publication."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.lib.workbooks import CellRef, read_workbook
from diaban.work.reporting.designing.services import draft_version
from diaban.work.reporting.designing.workbook import form_workbook
from diaban.work.reporting.models import Form, FormDraft
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = pytest.mark.django_db
LINE = {"mode": "value", "required": "yes", "provider": "locality", "frequency": "every", "prefill_last": "no"}


def put(client: Client, draft: FormDraft, table: str, place: int, /, **values: str) -> Any:
    draft.refresh_from_db()
    address = reverse("reporting:draft_item", args=[draft.uid, table, place])
    return client.post(address, {"act": "save", "revision": str(draft.revision), **values})


def test_a_new_form_is_named_filled_and_published() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")
        head = {
            "code": "thon_2010",
            "name": "Báo cáo thôn",
            "level": "district",
            "calendar": "stat",
            "period_kind": "Q",
        }
        client.post(reverse("reporting:new_form"), head)
        draft = FormDraft.objects.get()

        put(client, draft, "sections", 0, number="1", title="Bưu chính", recipient="tttt", field="post")
        found = client.get(reverse("reporting:choose_indicator", args=[draft.uid]), {"tim": "diem phuc vu buu chinh"})
        put(
            client,
            draft,
            "lines",
            0,
            **{**LINE, "section": "1", "indicator": "BC07", "mode": "split"},
            dimension="postal_point_type",
        )
        put(
            client,
            draft,
            "lines",
            0,
            **{**LINE, "section": "1", "indicator": "BC07", "mode": "split"},
            **{
                "dimension": "postal_point_type",
                "co-thanh-vien": "postal_point_type",
                "nhan-bdvhx": "Bưu điện xã",
                "thu-tu-bdvhx": "0",
            },
        )
        put(client, draft, "lines", 1, **{**LINE, "section": "1", "indicator": "BC14"}, least="0,5", most="1.000")
        put(
            client,
            draft,
            "headings",
            0,
            part="PL",
            code="TEXT__list",
            heading="Danh sách",
            kind="rows",
            required="no",
            **{"code-0": "name", "label-0": "Tên"},
        )
        put(
            client,
            draft,
            "rules",
            0,
            code="K001",
            kind="error",
            expression="BC07 >= rows(TEXT__list)",
            message="Thiếu điểm",
        )
        page = client.get(reverse("reporting:form_draft", args=[draft.uid]))
        preview = client.get(reverse("reporting:draft_preview", args=[draft.uid]))
        draft.refresh_from_db()
        client.post(
            reverse("reporting:publish_draft", args=[draft.uid]),
            {"valid_from": "01/01/2010", "revision": draft.revision},
        )

        assert "BC07" in found.content.decode()
        assert "Báo cáo công tác thông tin và truyền thông quý của huyện" in found.content.decode()
        assert "8 ô × 4 lần = 32 ô" in page.content.decode()
        assert 'name="BC07__bdvhx"' in preview.content.decode()
        layout = layout_of(Form.objects.get(code="thon_2010").versions.get().pk)
        assert [(one.indicator, one.mode, one.least, one.most) for one in layout.lines] == [
            ("BC07", "split", None, None),
            ("BC14", "value", Decimal("0.5"), Decimal(1000)),
        ]
        assert layout.lines[0].parts[0].label == "Bưu điện xã"
        assert layout.headings[0].columns == (("name", "Tên"),)


def test_a_check_is_told_where_it_goes_wrong_and_tried_before_it_is_kept() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")
        draft = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)
        address = reverse("reporting:draft_item", args=[draft.uid, "rules", len(draft.content["rules"])])
        rule = {"act": "try", "code": "K999", "kind": "error", "message": "Sai"}

        broken = client.post(address, {**rule, "expression": "BC07 >= "}).content.decode()
        unknown = client.post(address, {**rule, "expression": "BC07 == BC07__bdvh"}).content.decode()
        values = {"thu--BC07": "12", "thu-prev-BC07": "1.200"}
        tried = client.post(address, {**rule, "expression": "BC07 >= prev(BC07)", **values}).content.decode()

        assert "Không đọc được biểu thức" in broken
        assert "“BC07__bdvh” (ký tự 9): biểu mẫu không có ô này. Có phải “BC07__bdvhx” không?" in unknown
        assert "Không đúng: sẽ báo câu trên." in tried
        draft.refresh_from_db()
        assert draft.revision == 1


def test_a_line_asked_elsewhere_is_warned_of_and_its_own_form_is_not() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")
        head = {"code": "moi_2010", "name": "Biểu mới", "level": "district", "calendar": "stat", "period_kind": "Q"}
        client.post(reverse("reporting:new_form"), head)
        new = FormDraft.objects.get()
        own = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)
        place = next(number for number, one in enumerate(own.content["lines"]) if one["indicator"] == "BC14")

        warned = client.get(reverse("reporting:draft_item", args=[new.uid, "lines", 0]), {"indicator": "BC14"})
        unwarned = client.get(reverse("reporting:draft_item", args=[own.uid, "lines", place]))

        assert "Chỉ tiêu này đã được hỏi" in warned.content.decode()
        assert "Chỉ tiêu này đã được hỏi" not in unwarned.content.decode()


def test_a_changed_workbook_replaces_the_draft_and_a_wrong_one_nothing() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")
        draft = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)
        address = reverse("reporting:draft_file", args=[draft.uid])
        less = {**draft.content, "rules": draft.content["rules"][:3]}
        wrong = {**less, "lines": [{**less["lines"][0], "indicator": "BC7"}, *less["lines"][1:]]}

        refused = client.post(address, {"workbook": SimpleUploadedFile("a.xlsx", form_workbook(wrong))})
        draft.refresh_from_db()
        untouched = draft.revision
        client.post(address, {"workbook": SimpleUploadedFile("a.xlsx", form_workbook(less)), "revision": "1"})
        draft.refresh_from_db()
        back = client.get(reverse("reporting:draft_workbook", args=[draft.uid])).content

        assert refused.status_code == 422
        assert "Dòng!B2" in refused.content.decode()
        assert (untouched, draft.revision, draft.content) == (1, 2, less)
        assert read_workbook(back).cell(CellRef("Dòng", 2, 2)).text == less["lines"][0]["indicator"]


def test_the_burden_of_a_unit_is_summed_over_its_regimes() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()

        page = here.world.client("district_officer").get(reverse("reporting:burden"), {"dia_ban": "921"})

        (regime,) = page.context["regimes"]
        assert regime.burden.times == 4
        assert page.context["typed"] == regime.burden.typed * 4 > 100


@pytest.mark.parametrize("name", ["forms", "form", "form_version", "form_draft", "draft_preview", "burden"])
def test_a_page_asks_the_database_little(name: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        draft = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)
        args: dict[str, list[Any]] = {
            "form": [here.form.code],
            "form_version": [here.form.code, 1],
            "form_draft": [draft.uid],
            "draft_preview": [draft.uid],
        }
        client = here.world.client("specialist")
        address = reverse(f"reporting:{name}", args=args.get(name, []))
        client.get(address)

        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
