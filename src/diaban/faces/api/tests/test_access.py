"""Who may do what through the API: every operation by every persona; and by whoever has no key."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaban.faces.api.api import api
from diaban.faces.api.tests.callers import Program, program
from diaban.foundation.mandates.tests.personas import PEOPLE
from diaban.foundation.obligations.models import Obligation
from diaban.work.directives.models import Directive
from diaban.work.directives.services import Content as DirectiveContent
from diaban.work.directives.services import Receiver, draft_and_issue
from diaban.work.exchange.services import bring_file
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import submit_for_check
from diaban.work.reporting.tests.worlds import NOW, Q4, Reporting, a_reporting_world
from diaban.work.reporting.workbook import report_workbook

pytestmark = pytest.mark.django_db
CEILING = 30
Given = dict[str, Any]
PERSONAS = [row[0] for row in PEOPLE]


@dataclass
class Asked:
    """How an operation is asked: address, query, body, and the revision it is made from."""

    kwargs: Given = field(default_factory=dict)
    query: Given = field(default_factory=dict)
    body: object = None
    revision: int | None = None


def plainly(here: Reporting) -> Asked:
    return Asked()


def a_unit(here: Reporting) -> Asked:
    return Asked({"uid": here.world.units["D1"].uid})


def an_organisation(here: Reporting) -> Asked:
    return Asked({"uid": here.world.organisations["so"].uid})


def who_must(here: Reporting) -> Asked:
    return Asked(query={"function": "report", "field": "reporting", "unit": here.world.units["D1"].uid})


def an_obligation(here: Reporting) -> Asked:
    return Asked({"obligation_id": Obligation.objects.get(unit=here.world.units["D1"], period=str(Q4)).pk})


def an_indicator(here: Reporting) -> Asked:
    return Asked({"code": "BC07"})


def a_schedule(here: Reporting) -> Asked:
    return Asked({"uid": here.schedule.uid})


def a_period(here: Reporting) -> Asked:
    here.sent()
    return Asked({"uid": here.schedule.uid, "period": str(Q4)})


def of(report: Report, body: object = None, **kwargs: object) -> Asked:
    report.refresh_from_db()
    return Asked({"uid": report.uid, **kwargs}, body=body, revision=report.revision)


def a_sent_report(here: Reporting) -> Asked:
    return of(here.sent())


def a_draft(here: Reporting) -> Asked:
    return of(here.filled())


def values(here: Reporting) -> Asked:
    return of(here.opened(), {"values": {"BC09__num": "18"}})


def a_filled_workbook(here: Reporting) -> Asked:
    report = here.filled()
    return of(report, report_workbook(report, report.versions.get(), plain_names=True))


def a_checked_report(here: Reporting) -> Asked:
    asked = a_draft(here)
    actor = here.actor("district_officer")
    submit_for_check(report_id=Report.objects.get(uid=asked.kwargs["uid"]).pk, actor=actor, at=NOW)
    return of(Report.objects.get(uid=asked.kwargs["uid"]), {"reason": "Kiểm tra lại số hộ."})


def a_report_to_sign(here: Reporting) -> Asked:
    return of(here.to_sign(), {"paper": None})


def a_mistaken_report(here: Reporting) -> Asked:
    return of(here.sent(), {"reason": "Sai số hộ."})


def its_section(here: Reporting) -> Asked:
    return of(here.sent(), section=2)


def a_section_to_return(here: Reporting) -> Asked:
    return of(here.sent(), {"reason": "Bổ sung số liệu."}, section=2)


def a_due_report(here: Reporting) -> Asked:
    body = {"schedule": str(here.schedule.uid), "unit": str(here.world.units["D1"].uid), "period": str(Q4)}
    return Asked(body=body)


def an_area(here: Reporting) -> Asked:
    here.sent()
    return Asked({"form": here.form.code, "period": str(Q4)}, {"unit": here.world.units["D1"].uid})


def a_file(here: Reporting) -> Asked:
    content = b"period,unit,indicator,value\n2009-Q3,921,BC07,23\n"
    return Asked(query={"collection": "khac", "name": "Khac", "dry": "false"}, body=content)


def a_collection(here: Reporting) -> Asked:
    here.sent()
    return Asked(query={"collection": here.form.collection.code})


def an_import(here: Reporting) -> Asked:
    brought = bring_file(
        content=b"period,unit,indicator,value\n2009-Q3,921,BC07,23\n", file_name="so.csv", collection="khac",
        collection_name="Khác", actor=here.actor("specialist"), at=NOW,
    )  # fmt: skip
    return Asked({"uid": brought.imported.uid})


def _directive(here: Reporting) -> Directive:
    content = DirectiveContent(
        mode="request",
        text="Bố trí cán bộ",
        field_code="it",
        receivers=[Receiver(here.world.organisations["ubnd_d1"].pk)],
    )
    return draft_and_issue(content=content, actor=here.actor("director"), at=NOW)


def a_directive(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).uid})


def a_task(here: Reporting) -> Asked:
    return Asked({"uid": _directive(here).tasks.get().uid}, body={"text": "Đã bố trí"})


def by(default: int, **others: str) -> dict[str, int]:
    """`by(404, _200="director deputy")`: the status for each persona."""
    table = dict.fromkeys(PERSONAS, default)
    for status, personas in others.items():
        table |= dict.fromkeys(personas.split(), int(status.removeprefix("_")))
    return table


EVERYONE = by(200)
DISTRICT = "district_clerk district_admin district_leader district_officer"
SO = "director deputy section_head specialist"
FOREIGN = "other_leader other_officer commune_leader commune_clerk commune_officer enterprise other_enterprise"
OBSERVER = "party_observer"  # its body holds no mandate
ADMINS = "unit_admin district_admin"  # who keeps the people of an office reads what came to it, not the figures of the ground
IN_SIGHT = by(200, _404=f"{FOREIGN} {OBSERVER}")
FIGURES = by(200, _404=f"{FOREIGN} {OBSERVER} {ADMINS}")
BOARD = by(200, _404=f"{OBSERVER} enterprise other_enterprise commune_leader commune_clerk commune_officer")
WRITERS = by(404, _403=DISTRICT, _200="district_leader district_officer")
CHECKERS = by(404, _403=DISTRICT, _200="district_leader")
RECEIVERS = by(403, _404=f"{FOREIGN} {OBSERVER}", _200=SO)
Make = Callable[[Reporting], Asked]
OPERATIONS: dict[str, tuple[str, str, Make, dict[str, int]]] = {
    "list_units": ("units", "GET", plainly, EVERYONE),
    "get_unit": ("unit", "GET", a_unit, EVERYONE),
    "get_unit_successions": ("successions", "GET", a_unit, EVERYONE),
    "list_organisations": ("organisations", "GET", plainly, EVERYONE),
    "get_organisation": ("organisation", "GET", an_organisation, EVERYONE),
    "list_mandates": ("mandates", "GET", plainly, EVERYONE),
    "get_responsible": ("responsible", "GET", who_must, EVERYONE),
    "list_obligations": ("obligations", "GET", plainly, EVERYONE),
    "get_worklist": ("worklist", "GET", plainly, EVERYONE),
    "get_obligation": ("obligation", "GET", an_obligation, IN_SIGHT),
    "list_indicators": ("indicators", "GET", plainly, EVERYONE),
    "get_indicator": ("indicator", "GET", an_indicator, EVERYONE),
    "list_forms": ("forms", "GET", plainly, EVERYONE),
    "list_schedules": ("schedules", "GET", plainly, EVERYONE),
    "get_schedule": ("schedule", "GET", a_schedule, EVERYONE),
    "get_board": ("board", "GET", a_period, BOARD),
    "list_reports": ("reports", "GET", plainly, EVERYONE),
    "get_report": ("report", "GET", a_sent_report, IN_SIGHT),
    "get_workbook": ("workbook", "GET", a_sent_report, IN_SIGHT),
    "open_report": ("reports", "POST", a_due_report, by(403, _200="district_leader district_officer")),
    "put_values": ("values", "PUT", values, WRITERS),
    "submit_for_check": ("check", "POST", a_draft, WRITERS),
    "submit_for_signature": ("signature", "POST", a_checked_report, CHECKERS),
    "send_back": ("send_back", "POST", a_checked_report, CHECKERS),
    "correct_report": (
        "correct",
        "POST",
        a_mistaken_report,
        by(403, _404=f"{FOREIGN} {OBSERVER}", _200="district_leader district_officer"),
    ),
    "send_report": ("send", "POST", a_report_to_sign, by(404, _403=DISTRICT, _200="district_leader district_clerk")),
    "receive_report": ("receive", "POST", a_sent_report, RECEIVERS),
    "receive_section": ("receive_section", "POST", its_section, RECEIVERS),
    "return_section": ("return_section", "POST", a_section_to_return, RECEIVERS),
    "post_workbook": ("workbook", "POST", a_filled_workbook, WRITERS),
    "get_consolidation": ("consolidation", "GET", an_area, FIGURES),
    "list_unit_figures": ("unit_figures", "GET", an_area, FIGURES),
}
OPERATIONS |= {
    "list_collections": ("collections", "GET", plainly, EVERYONE),
    "list_facts": ("facts", "GET", a_collection, EVERYONE),
    "get_facts_file": ("facts_file", "GET", a_collection, EVERYONE),
    "import_facts": ("imports", "POST", a_file, by(403, _200=SO)),
    "get_import": ("import", "GET", an_import, by(404, _200=f"{SO} clerk unit_admin auditor")),
}
ASKED = by(404, _200=f"{SO} {DISTRICT} {ADMINS} clerk province_leader auditor")
DOERS = by(
    404, _403=f"{SO} {ADMINS} clerk province_leader auditor", _200="district_leader district_clerk district_officer"
)
OPERATIONS |= {
    "list_meetings": ("meetings", "GET", plainly, EVERYONE),
    "list_conclusions": ("conclusions", "GET", plainly, EVERYONE),
    "list_directives": ("directives", "GET", plainly, EVERYONE),
    "get_directives_board": ("directives_board", "GET", plainly, EVERYONE),
    "list_received_tasks": ("received_tasks", "GET", plainly, EVERYONE),
    "get_directive": ("directive", "GET", a_directive, ASKED),
    "list_directive_tasks": ("directive_tasks", "GET", a_directive, ASKED),
    "report_task_progress": ("task_progress", "POST", a_task, DOERS),
    "report_task_done": ("task_done", "POST", a_task, DOERS),
}
OPEN = ("openapi-json", "api-root")
ACCESS = [(f"api:v1:{name}",) for name in {*(row[0] for row in OPERATIONS.values()), *OPEN}]


@cache
def described() -> dict[str, set[str]]:
    """The parameters in the address of each operation."""
    return {
        one["operationId"]: {given["name"] for given in one.get("parameters", ()) if given["in"] == "path"}
        for methods in api.get_openapi_schema()["paths"].values()
        for one in methods.values()
    }


def test_every_operation_stands_in_the_table() -> None:
    assert set(described()) == set(OPERATIONS)


def answers(here: Reporting, name: str, method: str, asked: Asked) -> dict[str, int]:
    """The status for each persona; what one changes is taken back before the next."""
    url = reverse(f"api:v1:{name}", kwargs=asked.kwargs)
    headers = {} if asked.revision is None or method == "GET" else {"If-Match": f'"{asked.revision}"'}
    found = {}
    for persona in PERSONAS:
        with transaction.atomic():
            caller = program(here.world, persona)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = (
                    caller.get(url, asked.query)
                    if method == "GET"
                    else caller.call(method, f"{url}?{urlencode(asked.query)}", asked.body, **headers)
                )
            transaction.set_rollback(True)
        assert "Set-Cookie" not in answer.headers
        assert method != "GET" or len(queries) <= CEILING, [one["sql"][:120] for one in queries]
        found[persona] = answer.status_code
    return found


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_answers_each_persona(operation: str) -> None:
    name, method, make, table = OPERATIONS[operation]
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        asked = make(here)

        assert answers(here, name, method, asked) == table


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_wants_a_key(operation: str) -> None:
    name, method, _make, _table = OPERATIONS[operation]
    kwargs = {
        "uid": "00000000-0000-4000-8000-000000000000", "obligation_id": 1, "code": "X", "form": "X", "period": "2009-Q4",
        "section": 1,
    }  # fmt: skip
    parameters = [
        one for one in ("uid", "obligation_id", "code", "form", "period", "section") if one in described()[operation]
    ]

    answer = Program().call(method, reverse(f"api:v1:{name}", kwargs={one: kwargs[one] for one in parameters}))

    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["status"] == 401
