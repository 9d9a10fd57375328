"""Operations on the ground, on obligations, reports and facts."""

from datetime import date

from diaban.faces.api.tests.operations.asking import (
    DISTRICT,
    DOERS,
    EVERYONE,
    FIGURES,
    FOREIGN,
    IN_SIGHT,
    IN_SO,
    OBSERVER,
    SO,
    WATCHERS,
    Asked,
    Operations,
    by,
    plainly,
)
from diaban.foundation.accounts.models import Notice
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import ask_extension
from diaban.work.exchange.services import bring_file
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import submit_for_check
from diaban.work.reporting.tests.worlds import NOW, Q4, Reporting
from diaban.work.reporting.workbook import report_workbook


def a_unit(here: Reporting) -> Asked:
    return Asked({"uid": here.world.units["D1"].uid})


def an_organisation(here: Reporting) -> Asked:
    return Asked({"uid": here.world.organisations["so"].uid})


def who_must(here: Reporting) -> Asked:
    return Asked(query={"function": "report", "field": "reporting", "unit": here.world.units["D1"].uid})


def an_obligation(here: Reporting) -> Asked:
    return Asked({"obligation_id": Obligation.objects.get(unit=here.world.units["D1"], period=str(Q4)).pk})


def an_overdue_wish(here: Reporting) -> Asked:
    asked = an_obligation(here)
    return Asked(asked.kwargs, body={"reason": "Thiếu số liệu", "wanted_due_on": "2010-03-31"})


def a_wish_to_decide(here: Reporting) -> Asked:
    asked, officer = an_obligation(here), here.actor("district_leader")
    day = date(2010, 3, 31)
    ask_extension(reason="Thiếu số liệu", wanted_due_on=day, actor=officer, at=NOW, **asked.kwargs)
    return Asked(asked.kwargs, body={"granted": True})


def a_notice_to_the_specialist(here: Reporting) -> Asked:
    notice = Notice.objects.create(
        account=here.world.accounts["specialist"], subject_kind="territory.unit",
        subject_id=here.world.units["D1"].pk, text="Sắp đến hạn", reason="nhắc việc", created_at=NOW,
    )  # fmt: skip
    return Asked({"notice_id": notice.pk})


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


BOARD = by(200, _404=f"{OBSERVER} enterprise other_enterprise commune_leader commune_clerk commune_officer")
WRITERS = by(404, _403=DISTRICT, _200="district_leader district_officer")
CHECKERS = by(404, _403=DISTRICT, _200="district_leader")
RECEIVERS = by(403, _404=f"{FOREIGN} {OBSERVER}", _200=SO)
OPERATIONS: Operations = {
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
    "list_notices": ("notices", "GET", plainly, EVERYONE),
    "read_all_notices": ("notices_read", "POST", plainly, EVERYONE),
    "read_notice": ("notice_read", "POST", a_notice_to_the_specialist, by(404, _200="specialist")),
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
    "list_collections": ("collections", "GET", plainly, EVERYONE),
    "list_facts": ("facts", "GET", a_collection, EVERYONE),
    "get_facts_file": ("facts_file", "GET", a_collection, EVERYONE),
    "import_facts": ("imports", "POST", a_file, by(403, _200=SO)),
    "get_import": ("import", "GET", an_import, by(404, _200=f"{SO} clerk unit_admin auditor")),
    "ask_about_deadline": ("deadline_request", "POST", an_overdue_wish, DOERS),
    "decide_about_deadline": (
        "deadline_decision",
        "POST",
        a_wish_to_decide,
        by(404, _403=f"specialist {IN_SO} {WATCHERS}", _200="director deputy section_head"),
    ),
}
