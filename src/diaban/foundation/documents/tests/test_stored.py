"""A stored paper comes back the same, or not at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.documents.content import BadPaper, PageBreak, Paper, Paragraph, Picture, Spacer
from diaban.foundation.documents.stored import from_json, printable, to_json
from diaban.foundation.documents.tests.papers import conclusions, decision, letter, minutes, report


@pytest.mark.parametrize("paper", [report(), conclusions(), letter(), minutes(), decision()])
def test_a_paper_survives_storing(paper: Paper) -> None:
    stored = json.loads(json.dumps(to_json(paper)))

    assert from_json(stored) == paper


def test_every_kind_of_block_survives_storing() -> None:
    paper = replace(letter(), body=(Picture("<svg/>", "Hình 1"), Spacer(4.5), PageBreak()))

    assert from_json(to_json(paper)) == paper


@given(st.text())
def test_any_text_becomes_printable_and_then_stays_as_it_is(text: str) -> None:
    once = printable(replace(letter(), body=(Paragraph(text),)))

    assert printable(once) == once
    assert all(ord(char) >= 32 or char == "\n" for char in once.body[0].text)  # type: ignore[union-attr]  # it is a paragraph


def test_letters_built_of_parts_become_one_character_each() -> None:
    paper = replace(letter(), subject="về việc kiểm tra")

    assert printable(paper).subject == "về việc kiểm tra"


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"type_code": "XX"},
        {"issued_on": "hôm qua"},
        {"body": [{"block": "script", "text": "x"}]},
        {"body": [{"block": "heading", "level": 1}]},
        {"signer": "ai đó"},
        {"surprise": 1},
    ],
)
def test_what_no_program_wrote_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(BadPaper):
        from_json({**to_json(letter()), **damage})
