"""Who may open what."""

from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.territory.queries import version_of
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import draft_schedule, receive_report, take_snapshot
from diaban.work.reporting.tests.test_schedules import terms
from diaban.work.reporting.tests.worlds import ASSUMED, NOW, Q4, TODAY, Reporting, a_reporting_world

Kwargs = Callable[[Reporting], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Reporting) -> dict[str, object]:
    return {}


def a_schedule(here: Reporting) -> dict[str, object]:
    return {"uid": here.schedule.uid}


def a_drafted_schedule(here: Reporting) -> dict[str, object]:
    return {"uid": draft_schedule(actor=here.actor("specialist"), at=NOW, **terms(here, ASSUMED)).uid}


def a_draft(here: Reporting) -> dict[str, object]:
    return {"uid": here.filled().uid}


def a_sent_report(here: Reporting) -> dict[str, object]:
    return {"uid": here.sent().uid}


def a_report_to_sign(here: Reporting) -> dict[str, object]:
    return {"uid": here.to_sign().uid}


def its_version(here: Reporting) -> dict[str, object]:
    return {"uid": here.sent().uid, "number": 1}


def its_paper(here: Reporting) -> dict[str, object]:
    return {**its_version(here), "kind": "docx"}


def its_section(here: Reporting) -> dict[str, object]:
    return {"uid": here.sent().uid, "section": 2}


def its_cell(here: Reporting) -> dict[str, object]:
    return {"uid": here.sent().uid, "cell": "BC14"}


def a_due_report(here: Reporting) -> dict[str, object]:
    return {"schedule_uid": here.schedule.uid, "unit_uid": here.world.units["D1"].uid, "period": str(Q4)}


def a_snapshot(here: Reporting) -> dict[str, object]:
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    unit = version_of(here.world.units["P"].pk, Q4.last_day)
    taken = take_snapshot(
        form_code=here.form.code,
        unit=unit,
        period=Q4,
        title="Số liệu quý",
        signed_by="Giám đốc",
        signed_on=TODAY,
        actor=here.actor("director"),
        at=NOW,
    )
    return {"uid": taken.uid}


def two_snapshots(here: Reporting) -> dict[str, object]:
    uid = a_snapshot(here)["uid"]
    return {"uid": uid, "other": uid}


def an_indicator(here: Reporting) -> dict[str, object]:
    return {"indicator": "BC07"}


def a_chart(here: Reporting) -> dict[str, object]:
    return {"section": 1}


def a_file(here: Reporting) -> dict[str, object]:
    return {"kind": "json"}


def a_schedule_and_kind(here: Reporting) -> dict[str, object]:
    return {**a_schedule(here), "kind": "docx"}


def a_form_and_kind(here: Reporting) -> dict[str, object]:
    return {"code": here.form.code, "kind": "docx"}


def a_sentence(here: Reporting) -> dict[str, object]:
    return {"key": "rise_bad"}


def a_workbook(here: Reporting) -> dict[str, object]:
    return {"kind": "xlsx"}


FIGURES = {
    "specialist": 200, "director": 200, "province_leader": 200, "auditor": 200, "district_officer": 200,
    "commune_officer": 404, "enterprise": 404, "nobody": 403,
}  # fmt: skip
NO_COUNTRY = {  # where one province is all there is
    "specialist": 404, "director": 404, "province_leader": 404, "auditor": 404, "district_officer": 404,
    "commune_officer": 404, "enterprise": 404, "nobody": 403,
}  # fmt: skip
EVERYONE = {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200, "party_observer": 200}
IN_SIGHT = {
    "specialist": 200, "director": 200, "province_leader": 200, "auditor": 200, "district_officer": 200,
    "district_clerk": 200, "other_officer": 404, "commune_officer": 404, "enterprise": 404, "nobody": 403,
}  # fmt: skip
ONLY_POSTED = {"specialist": 405, "district_officer": 405, "other_officer": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("reporting:reports", nothing, EVERYONE),
    ("reporting:reports_file", nothing, EVERYONE),
    ("reporting:consolidation", nothing, FIGURES),
    ("reporting:consolidation_units", nothing, FIGURES),
    ("reporting:consolidation_form_file", a_workbook, FIGURES),
    ("reporting:consolidation_words", nothing, FIGURES),
    ("reporting:sentences", nothing, {"specialist": 200, "district_officer": 403, "enterprise": 403, "auditor": 403}),
    ("reporting:sentence", a_sentence, {"specialist": 200, "district_officer": 403, "enterprise": 403}),
    ("reporting:reset_sentence", a_sentence, ONLY_POSTED),
    ("reporting:choose_unit_columns", nothing, ONLY_POSTED),
    ("reporting:consolidation_units_file", a_workbook, FIGURES),
    ("reporting:consolidation_provinces", nothing, NO_COUNTRY),
    ("reporting:consolidation_sending", nothing, FIGURES),
    ("reporting:consolidation_sending_file", nothing, FIGURES),
    ("reporting:snapshots", nothing, FIGURES),
    ("reporting:take_snapshot", nothing, ONLY_POSTED),
    ("reporting:snapshot", a_snapshot, {"specialist": 200, "auditor": 200, "district_officer": 404, "enterprise": 404}),
    ("reporting:compare_snapshots", two_snapshots, {"specialist": 200, "district_officer": 404, "enterprise": 404}),
    ("reporting:made_of", an_indicator, FIGURES),
    ("reporting:targets", nothing, FIGURES),
    ("reporting:targets_hint", nothing, {**FIGURES, "commune_officer": 200, "enterprise": 200}),
    ("reporting:target", an_indicator, {"specialist": 404, "enterprise": 404, "nobody": 403}),
    ("reporting:set_quarters", an_indicator, {"specialist": 405, "district_officer": 405}),
    ("reporting:consolidation_chart", a_chart, {"enterprise": 404, "commune_officer": 404, "nobody": 403}),
    ("reporting:consolidation_export", a_file, FIGURES),
    ("reporting:course_chart", nothing, {"enterprise": 404, "commune_officer": 404, "nobody": 403}),
    ("reporting:supplies", nothing, {"enterprise": 200, "specialist": 403, "district_officer": 403, "auditor": 403}),
    ("reporting:supplies_workbook", nothing, {"enterprise": 302, "specialist": 403, "auditor": 403}),
    ("reporting:schedules", nothing, EVERYONE),
    (
        "reporting:draft_schedule",
        nothing,
        {"specialist": 200, "district_leader": 403, "enterprise": 403, "auditor": 403},
    ),
    ("reporting:schedule", a_schedule, EVERYONE),
    ("reporting:schedule_outline", a_schedule_and_kind, {"specialist": 200, "enterprise": 200}),
    ("reporting:form_outline", a_form_and_kind, {"district_officer": 200, "party_observer": 200}),
    ("reporting:board", a_schedule, {"specialist": 200, "province_leader": 200, "auditor": 200, "enterprise": 404}),
    ("reporting:quality", a_schedule, {"specialist": 200, "province_leader": 200, "auditor": 200, "enterprise": 404}),
    (
        "reporting:sources",
        a_schedule,
        {"specialist": 200, "province_leader": 200, "auditor": 200, "district_officer": 404, "enterprise": 404},
    ),
    (
        "reporting:sources_of_cell",
        its_cell,
        {"specialist": 200, "province_leader": 200, "district_officer": 404, "enterprise": 404, "nobody": 403},
    ),
    ("reporting:course", a_schedule, {"specialist": 200, "province_leader": 200, "auditor": 200, "enterprise": 404}),
    ("reporting:report", a_sent_report, IN_SIGHT),
    ("reporting:report", a_draft, {"district_officer": 200, "specialist": 404, "province_leader": 404, "auditor": 404}),
    ("reporting:version", its_version, IN_SIGHT),
    ("reporting:own_paper", its_paper, {"district_clerk": 200, "specialist": 200, "other_officer": 404, "nobody": 403}),
    (
        "reporting:entry",
        a_draft,
        {"district_officer": 200, "district_clerk": 302, "specialist": 404, "other_officer": 404},
    ),
    ("reporting:cells", a_sent_report, ONLY_POSTED),
    ("reporting:compare", a_sent_report, IN_SIGHT),
    ("reporting:act_on_many", a_schedule, ONLY_POSTED),
    ("reporting:entry", a_sent_report, {"district_officer": 302, "specialist": 403}),
    (
        "reporting:workbook",
        a_draft,
        {"district_officer": 200, "district_clerk": 200, "specialist": 404, "other_officer": 404},
    ),
    ("reporting:workbook_upload", a_draft, ONLY_POSTED),
    ("reporting:send", a_report_to_sign, {"district_clerk": 200, "district_leader": 200, "district_officer": 403}),
    ("reporting:return_section", its_section, {"specialist": 200, "district_leader": 404, "province_leader": 404}),
    ("reporting:start", a_due_report, {"district_officer": 200, "specialist": 200}),
    ("reporting:type_for", a_due_report, {"specialist": 200, "district_officer": 403, "clerk": 403}),
    ("reporting:submit_for_check", a_draft, ONLY_POSTED),
    ("reporting:submit_for_signature", a_draft, ONLY_POSTED),
    ("reporting:send_back_inside", a_draft, ONLY_POSTED),
    ("reporting:correct", a_draft, ONLY_POSTED),
    ("reporting:confirm_typing", a_draft, ONLY_POSTED),
    ("reporting:receive_report", a_draft, ONLY_POSTED),
    ("reporting:receive_section", its_section, ONLY_POSTED),
    ("reporting:switch_on", a_schedule, ONLY_POSTED),
    ("reporting:set_place", a_schedule, ONLY_POSTED),
    ("reporting:end_schedule", a_schedule, ONLY_POSTED),
    ("reporting:redraft_schedule", a_schedule, {"specialist": 403, "district_leader": 403}),
    (
        "reporting:redraft_schedule",
        a_drafted_schedule,
        {"specialist": 200, "district_leader": 403, "enterprise": 403, "auditor": 403},
    ),
    ("reporting:discard_schedule", a_drafted_schedule, ONLY_POSTED),
]


@pytest.mark.parametrize(
    ("name", "kwargs", "table"), ACCESS, ids=[f"{name}-{kwargs.__name__}" for name, kwargs, _table in ACCESS]
)
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        url = reverse(name, kwargs=kwargs(here))

        answers = {persona: here.world.client(persona).get(url).status_code for persona in table}

        assert answers == table


POSTS = [
    ("reporting:submit_for_check", a_draft, {"other_officer": 404, "specialist": 404}),
    ("reporting:submit_for_signature", a_draft, {"district_officer": 403}),
    ("reporting:receive_report", a_sent_report, {"district_leader": 403, "other_leader": 404, "clerk": 403}),
    ("reporting:receive_section", its_section, {"district_leader": 403, "auditor": 403}),
    ("reporting:correct", a_sent_report, {"specialist": 403, "other_officer": 404}),
    ("reporting:switch_on", a_schedule, {"district_leader": 403}),
    ("reporting:end_schedule", a_schedule, {"district_leader": 403, "clerk": 403, "auditor": 403}),
    ("reporting:set_place", a_schedule, {"district_leader": 403, "clerk": 403, "auditor": 403}),
    ("reporting:discard_schedule", a_drafted_schedule, {"district_leader": 403, "auditor": 403}),
    ("reporting:workbook_upload", a_draft, {"other_officer": 404, "specialist": 404}),
    ("reporting:start", a_due_report, {"specialist": 403, "other_officer": 403}),
]


@pytest.mark.parametrize(("name", "kwargs", "table"), POSTS, ids=[name for name, _kwargs, _table in POSTS])
def test_an_act_of_others_is_refused(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        url = reverse(name, kwargs=kwargs(here))
        before = list(Report.objects.values_list("status", "revision"))

        answers = {persona: here.world.client(persona).post(url).status_code for persona in table}

        assert answers == table
        assert list(Report.objects.values_list("status", "revision")) == before
