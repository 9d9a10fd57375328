"""Every call that docs/api.md shows is made, in its order, and answers as it says."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

import pytest
import time_machine
from django.test import Client

from diaban.faces.api.tests.callers import program
from diaban.faces.api.tests.operations.difficulties import a_difficulty
from diaban.faces.api.tests.operations.directives import a_directive_to_issue, a_task
from diaban.faces.api.tests.operations.meetings import met
from diaban.foundation.facts.models import Fact
from diaban.work.reporting.models import Report
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

DOCUMENT = Path(__file__).parents[5] / "docs" / "api.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
STATUS = re.compile(r"\s+#\s+(\d{3})\s*$")
SITE = "http://testserver"


def calls(text: str) -> Iterator[tuple[str, int]]:
    """The calls with the status that each is told to answer."""
    for kind, block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines() if kind == "sh" else ():
            if line.startswith("curl"):
                told = STATUS.search(line)
                yield STATUS.sub("", line), int(told[1]) if told else 200


def made(call: str, values: Mapping[str, str], files: dict[str, bytes]) -> Any:
    """The answer to a call as curl would make it. What `-o` names is kept."""
    words = iter(shlex.split(re.sub(r"'[^']*'", lambda quoted: quoted[0].replace("$", "$$"), call))[1:])
    method, headers, body, kept, url = "", {}, b"", "", ""
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _colon, value = Template(next(words)).substitute(values).partition(": ")
                headers[name] = value
            case "-d":
                body = Template(next(words)).substitute(values).encode()
            case "--data-binary":
                body = files[next(words).removeprefix("@")]
            case "-o":
                kept = next(words)
            case _:
                url = Template(word).substitute(values)
    kind = headers.pop("Content-Type", "application/octet-stream")
    answer = Client().generic(method or "GET", url.removeprefix(SITE), body, content_type=kind, headers=headers)
    if kept:
        files[kept] = answer.content
    return answer


@pytest.mark.django_db
def test_every_documented_call_answers_as_told() -> None:
    text = DOCUMENT.read_text("utf-8")
    files = {"so.csv": next(block for kind, block in BLOCK.findall(text) if kind == "csv").encode()}
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        keys = {
            name: program(here.world, persona).headers["Authorization"].removeprefix("Bearer ")
            for name, persona in (("KEY", "district_officer"), ("KEEPER", "specialist"), ("LEADER", "director"))
        }
        values = {
            "SITE": SITE, **keys, "UNIT": str(here.world.units["D1"].uid), "SCHEDULE": str(here.schedule.uid),
            "REPORT": str(here.opened().uid), "OFFICE": str(here.world.organisations["ubnd_d1"].uid),
            "DIFFICULTY": str(a_difficulty(here).kwargs["uid"]), "DRAFT": str(a_directive_to_issue(here).kwargs["uid"]),
            "TASK": str(a_task(here).kwargs["uid"]), "MEETING": str(met("bare")(here).kwargs["uid"]),
        }  # fmt: skip

        answers = [(call, status, made(call, values, files)) for call, status in calls(text)]

    assert [(call, one.status_code) for call, _told, one in answers] == [(call, told) for call, told, _one in answers]
    assert all(one["Content-Type"].startswith("application/problem+json") for _c, _t, one in answers if one.status_code > 400)  # fmt: skip
    puts = [one.json() for call, told, one in answers if "-X PUT" in call and told == 200]
    assert puts[0] == puts[1]
    assert Report.objects.get().versions.get().values == {"BC09__num": "18", "VT02__viettel": "1400"}
    assert Fact.objects.filter(collection__code="nien-giam").count() == 3
    tried, *_rest, again = [
        json.loads(one.content) for call, told, one in answers if "/imports" in call and told == 200
    ]
    assert (tried["added"], again["same"], again["added"]) == (3, 2, 0)
