"""Wording stock sentences in the page: dated versions, a trial on real figures, back to what was supplied, journaled."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.documents.content import Bullets
from diaban.foundation.journal.models import Entry
from diaban.work.reporting.models import Form, StockSentence
from diaban.work.reporting.papers import report_paper
from diaban.work.reporting.phrases import SUPPLIED
from diaban.work.reporting.queries.phrases import phrases_on
from diaban.work.reporting.services import NotASentence, reset_sentence, word_sentence
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, TODAY, Consolidating, a_consolidating_world

pytestmark = pytest.mark.django_db
PROVINCE = {"bieu": FORM, "ky": str(Q4), "dia_ban": "92"}
OWN = "{dia_ban} hiện có {so} {ten}"


@pytest.fixture
def world() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield a_consolidating_world()


def test_each_version_holds_from_its_day_and_is_journaled(world: Consolidating) -> None:
    actor = world.here.actor("specialist")
    later = TODAY + timedelta(days=5)

    word_sentence(key="count", text=OWN, since=TODAY, actor=actor, at=NOW)
    reset_sentence(key="count", since=later, actor=actor, at=NOW)

    assert phrases_on(TODAY - timedelta(days=1)) == SUPPLIED
    assert phrases_on(TODAY).text("count") == OWN
    assert phrases_on(later).text("count") == SUPPLIED.text("count")
    assert list(StockSentence.objects.order_by("number").values_list("number", "is_supplied")) == [
        (1, False),
        (2, True),
    ]
    verbs = Entry.objects.filter(verb__startswith="reporting.sentence").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["reporting.sentence_worded", "reporting.sentence_reset"]


def test_only_who_designs_forms_words_them_and_never_for_the_past_or_over_another(world: Consolidating) -> None:
    actor = world.here.actor("specialist")

    with pytest.raises(NotPermitted):
        word_sentence(key="count", text=OWN, since=TODAY, actor=world.here.actor("district_officer"), at=NOW)
    with pytest.raises(NotASentence, match="trước hôm nay"):
        word_sentence(key="count", text=OWN, since=TODAY - timedelta(days=1), actor=actor, at=NOW)
    word_sentence(key="count", text=OWN, since=TODAY, expected_number=0, actor=actor, at=NOW)
    with pytest.raises(NotASentence, match="Người khác"):
        word_sentence(key="count", text=OWN, since=TODAY, expected_number=0, actor=actor, at=NOW)


def test_page_and_paper_say_the_same(world: Consolidating) -> None:
    actor = world.here.actor("specialist")
    word_sentence(key="count", text=OWN, since=TODAY, actor=actor, at=NOW)

    page = world.here.world.client("specialist").get(reverse("reporting:consolidation_words"), PROVINCE)
    paper = report_paper(world.consolidated(persona="specialist"), actor=actor)

    on_page = [line.split(" (")[0] for section in page.context["sections"] for line in section.sentences]
    on_paper = [item.split(" (")[0] for block in paper.body if isinstance(block, Bullets) for item in block.items]
    assert on_page == on_paper
    assert any("hiện có" in line for line in on_paper)


def test_a_sentence_is_tried_on_real_figures_before_it_is_kept(world: Consolidating) -> None:
    client, address = world.here.world.client("specialist"), reverse("reporting:sentence", args=["count"])
    typed = {"cau": OWN, "tu_ngay": f"{TODAY:%d/%m/%Y}", "number": "0"}

    tried = client.post(address, {**typed, "viec": "xem"})
    assert not StockSentence.objects.exists()
    refused = client.post(address, {**typed, "cau": "có nhiều", "viec": "luu"})
    kept = client.post(address, {**typed, "viec": "luu"})

    assert tried.context["examples"]
    assert all("hiện có" in line for line in tried.context["examples"])
    assert (refused.status_code, kept.status_code) == (422, 302)
    assert StockSentence.objects.get().text == OWN
    assert client.post(reverse("reporting:reset_sentence", args=["count"]), {"number": "1"}).status_code == 302
    assert phrases_on(TODAY).text("count") == SUPPLIED.text("count")


def test_a_form_says_its_own_sentence_from_its_day_and_others_the_general_one(world: Consolidating) -> None:
    actor, form = world.here.actor("specialist"), world.here.form
    other = Form.objects.exclude(pk=form.pk).order_by("pk")[0]
    later, last = TODAY + timedelta(days=5), TODAY + timedelta(days=9)

    word_sentence(key="count", text=OWN, since=TODAY, actor=actor, at=NOW)
    word_sentence(key="count", text="Riêng {so} {ten}", since=later, form_id=form.pk, actor=actor, at=NOW)
    reset_sentence(key="count", since=last, form_id=form.pk, expected_number=1, actor=actor, at=NOW)

    said = [phrases_on(day, form.pk).text("count") for day in (TODAY, later, last)]
    assert said == [OWN, "Riêng {so} {ten}", OWN]
    assert phrases_on(later, form.pk).own == {"count"}
    assert {phrases_on(later, other.pk).text("count"), phrases_on(later).text("count")} == {OWN}


def test_a_sentence_of_a_form_is_tried_and_kept_through_its_page(world: Consolidating) -> None:
    client = world.here.world.client("specialist")
    address = f"{reverse('reporting:sentence', args=['count'])}?bieu={FORM}"
    typed = {"cau": OWN, "tu_ngay": f"{TODAY:%d/%m/%Y}", "number": "0"}

    tried = client.post(address, {**typed, "viec": "xem"})
    kept = client.post(address, {**typed, "viec": "luu"})

    assert all("hiện có" in line for line in tried.context["examples"])
    assert kept["Location"] == address
    assert StockSentence.objects.get().form == world.here.form
    listed = client.get(reverse("reporting:sentences"), {"bieu": FORM}).content.decode()
    assert "riêng biểu này" in listed
    words = client.get(reverse("reporting:consolidation_words"), PROVINCE).content.decode()
    assert "hiện có" in words
    assert client.get(address.replace(FORM, "khong-co")).status_code == 404
