"""Who may open what of forms: what is published is everybody's to read, drafts are for those who keep the registers."""

from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse

from diaban.work.reporting.designing.services import draft_version
from diaban.work.reporting.models import FormDraft
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

Args = Callable[[Reporting], list[object]]
pytestmark = pytest.mark.django_db


def nothing(here: Reporting) -> list[object]:
    return []


def a_form(here: Reporting) -> list[object]:
    return [here.form.code]


def a_version(here: Reporting) -> list[object]:
    return [here.form.code, 1]


def a_draft(here: Reporting) -> list[object]:
    return [draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW).uid]


def a_line(here: Reporting) -> list[object]:
    return [*a_draft(here), "lines", 3]


EVERYONE = {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200, "party_observer": 200}
DESIGNERS = {
    "specialist": 200,
    "director": 200,
    "clerk": 404,
    "district_officer": 404,
    "enterprise": 404,
    "auditor": 404,
}
ONLY_POSTED = {"specialist": 405, "district_officer": 405}
ACCESS: list[tuple[str, Args, dict[str, int]]] = [
    ("reporting:forms", nothing, EVERYONE),
    ("reporting:form", a_form, EVERYONE),
    ("reporting:form_version", a_version, EVERYONE),
    ("reporting:form_workbook", a_version, EVERYONE),
    ("reporting:burden", nothing, EVERYONE),
    ("reporting:new_form", nothing, {"specialist": 200, "clerk": 403, "district_officer": 403}),
    ("reporting:form_draft", a_draft, DESIGNERS),
    ("reporting:draft_preview", a_draft, DESIGNERS),
    ("reporting:draft_workbook", a_draft, DESIGNERS),
    ("reporting:choose_indicator", a_draft, DESIGNERS),
    ("reporting:draft_item", a_line, DESIGNERS),
    ("reporting:new_version", a_form, ONLY_POSTED),
    ("reporting:form_file", nothing, ONLY_POSTED),
    ("reporting:xlsform_file", nothing, ONLY_POSTED),
    ("reporting:draft_file", a_draft, ONLY_POSTED),
    ("reporting:publish_draft", a_draft, ONLY_POSTED),
    ("reporting:withdraw_draft", a_draft, ONLY_POSTED),
]
POSTS: list[tuple[str, Args, int]] = [
    ("reporting:new_form", nothing, 403),
    ("reporting:new_version", a_form, 403),
    ("reporting:form_file", nothing, 403),
    ("reporting:xlsform_file", nothing, 403),
    ("reporting:draft_file", a_draft, 404),
    ("reporting:draft_item", a_line, 404),
    ("reporting:publish_draft", a_draft, 404),
    ("reporting:withdraw_draft", a_draft, 404),
]


def test_a_page_answers() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        clients = {persona: here.world.client(persona) for _name, _args, table in ACCESS for persona in table}

        answers = [
            (name, {persona: clients[persona].get(reverse(name, args=args(here))).status_code for persona in table})
            for name, args, table in ACCESS
        ]

        assert answers == [(name, table) for name, _args, table in ACCESS]


def test_an_act_of_others_is_refused_and_changes_nothing() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("district_officer")

        answers = [(name, client.post(reverse(name, args=args(here))).status_code) for name, args, _status in POSTS]

        assert answers == [(name, status) for name, _args, status in POSTS]
        assert set(FormDraft.objects.values_list("status", "revision")) == {("open", 1)}
