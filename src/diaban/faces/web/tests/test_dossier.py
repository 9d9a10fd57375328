"""The dossier to take along says in words what the page shows, and leads nowhere."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from diaban.foundation.documents.dossier import to_take_along
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.territory.dossier import Said, Section


def a_section(*_asked: object) -> Section:
    row = (Said("Trạm <b>Xín Mần</b>", url="/viec/1/"), Said(status="overdue"), Said("0219", url="tel:0219"))
    return Section(title="Việc thử", heads=("Việc", "Trạng thái", "Máy"), rows=[row], more="/viec/")


def test_a_status_becomes_words_and_only_telephones_stay_linked() -> None:
    (alone,) = to_take_along([a_section()])

    assert [said.text for said in alone.rows[0]] == ["Trạm <b>Xín Mần</b>", "Quá hạn", "0219"]
    assert [said.url for said in alone.rows[0]] == ["", "", "tel:0219"]
    assert alone.more == ""


@pytest.mark.django_db
def test_the_file_needs_nothing_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world()
    monkeypatch.setattr("diaban.faces.web.views.dossier", lambda _place: [a_section()])

    told = world.client("specialist").get(reverse("web:place_alone", args=[world.units["D1"].uid])).content.decode()

    assert set(re.findall(r'(?:src|href)="([^"]*)"', told)) == {"tel:0219"}
    assert not re.search(r"url\(|@import|<script|<link", told)
    assert "Trạm &lt;b&gt;Xín Mần" in told


@pytest.mark.django_db
def test_the_pdf_says_whose_it_is_and_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world()
    monkeypatch.setattr("diaban.faces.web.views.dossier", lambda _place: [a_section()])

    content = world.client("specialist").get(reverse("web:place_pdf", args=[world.units["D1"].uid])).content

    said = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert "HỒ SƠ ĐỊA BÀN" in said
    assert "Số liệu đến ngày" in said
    assert "Quá hạn" in said
    assert "Số:" not in said
