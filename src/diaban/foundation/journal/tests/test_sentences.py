"""Whatever an act writes into the journal has its sentence: no timeline shows a raw verb."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from diaban.foundation.acts.subjects import all_kinds, sentence_of


def verbs_recorded() -> Iterator[str]:
    """Every verb that is handed to a service by name as plain text."""
    rooms = [Path(room.path) for room in apps.get_app_configs() if room.name.startswith("diaban.")]
    for path in (path for room in rooms for path in room.rglob("*.py") if "tests" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
                yield str(node.value.value)


def test_every_verb_has_its_sentence() -> None:
    kinds = [kind.kind for kind in all_kinds()]
    raw = sorted({verb for verb in verbs_recorded() if all(sentence_of(kind, verb) == verb for kind in kinds)})

    assert raw == []


def test_the_verb_itself_is_told_where_its_room_is_gone() -> None:
    assert sentence_of("gone.thing", "gone.done") == "gone.done"
    assert sentence_of("gone.thing", "remarks.remark_added") == "đã trả lời trong phần trao đổi"


def test_a_verb_reads_the_same_about_whom_it_was_done() -> None:
    assert sentence_of("organisations.person", "organisations.appointed") == "giao vị trí công tác"
