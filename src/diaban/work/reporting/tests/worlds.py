"""The world of the personas with forms, a schedule in force and base figures; and a report filled without a fault."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from diaban.foundation.acts.actor import SettingUp, SystemActor
from diaban.foundation.acts.tests.remembered import remembered
from diaban.foundation.facts.services import enter_base
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Duty
from diaban.foundation.obligations.services import generate_obligations
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Form, Report, Schedule
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import (
    Basis,
    Paper,
    draft_schedule,
    load_forms,
    open_report,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
    switch_on,
)

NOW = datetime(2009, 12, 22, 3, 0, tzinfo=UTC)
TODAY = date(2009, 12, 22)
Q4 = Period.parse("2009-Q4", Calendar.STATISTICAL)
PDF = b"%PDF-1.7 signed"
ITEMS = dict.fromkeys(ARTICLE_7, "như văn bản")
ASSUMED = Basis(items=ITEMS, assumed="Chế độ báo cáo giả định để thử nghiệm")
BASE = {
    "DB01": 58000, "DB04": 19, "DB05": 199, "DB08": 200, "DB09": 150, "DB13": 4,
    "DB03": 2500, "DB07": 7000, "DB10": 7900,
}  # fmt: skip
# A district's fourth quarter of 2009: within every range, consistent with every check.
DISTRICT = {
    "BC01__vnpost": "1", "BC01__viettel_post": "1", "BC01__other": "",
    "BC02__vnpost": "510,5", "BC02__viettel_post": "64", "BC02__other": "-",
    "BC03__outbound": "6,5", "BC03__inbound": "9",
    "BC07__level_1": "0", "BC07__level_2": "1", "BC07__level_3": "2", "BC07__bdvhx": "16", "BC07__agency": "1",
    "BC07__delivery": "0", "BC07__letterbox": "3",
    "BC08__operating": "15", "BC08__closed": "1", "BC08__internet": "4", "BC08__bookshelf": "12",
    "BC09__num": "18", "BC13__num": "9", "BC14": "6.200", "BC15": "42.000", "BC19__ordinary": "2.900", "BC19__kt1": "310",
    "BC21__num": "4",
    "VT01__vnpt": "1", "VT01__viettel": "1", "VT01__mobifone": "1", "VT01__evn_telecom": "", "VT01__other": "",
    "VT02__vnpt": "2.100", "VT02__viettel": "1.400,5", "VT02__mobifone": "210", "VT02__evn_telecom": "-", "VT02__other": "-",
    "VT04__vnpt": "3.100", "VT04__viettel": "420", "VT04__evn_telecom": "60", "VT04__other": "0",
    "VT05__prepaid": "12.400", "VT05__postpaid": "900",
    "VT07__xdsl": "310", "VT07__leased": "12", "VT07__ftth": "0", "VT08": "0",
    "VT16__vnpt": "12", "VT16__viettel": "14", "VT16__mobifone": "3", "VT16__evn_telecom": "1", "VT16__other": "0",
    "VT17__2g": "34", "VT17__3g": "0", "VT18__two": "2", "VT18__three": "0", "VT18__four": "0",
    "VT25__num": "141", "VT26__grid": "20", "VT26__no_grid": "38", "VT29__num": "9", "VT35": "7",
    "VT34__fibre": "1", "VT34__power": "1", "VT34__storm": "0", "VT34__equipment": "0", "VT34__other": "0",
    "CN01__num": "120", "CN02": "2", "CN03": "0", "CN11": "0",
    "CN14__preparing": "0", "CN14__implementing": "1", "CN14__completed": "0", "CN15": "120",
    "AT04__malware": "2", "AT04__intrusion": "0", "AT04__outage": "0", "AT04__other": "0",
    "AT06__num": "90", "AT12__num": "2",
    "TT03__radio_own": "120", "TT03__radio_relay": "900", "TT03__tv_own": "60", "TT03__tv_relay": "1.200", "TT03__ethnic": "240",
    "TT06": "1", "TT08__bookshop": "1", "TT08__postpoint": "1", "TT08__other": "0",
    "TT11__wired": "3", "TT11__fm": "5", "TT11__working": "6", "TT11__broken": "2",
    "TT12__num": "6", "TT14__working": "48", "TT14__broken": "12", "TT17": "260",
    "QL04__post": "0", "QL04__telecom": "1", "QL04__publishing": "0", "QL04__grassroots": "0", "QL04__other": "0",
    "QL05a": "1", "QL05b": "2,5", "QL06a": "3", "QL06b": "2", "QL06c": "0",
    "NL01a": "7", "NL01b": "6", "NL02__full": "1", "NL02__part": "0", "NL03__full": "0", "NL03__part": "18",
    "NL04__district": "1", "NL04__commune": "0", "NL05a": "1", "NL05b": "38",
}  # fmt: skip
VILLAGES = [{"village": f"Thôn {number}"} for number in range(58)]
WORDS = {
    "TEXT__direction": "Ban hành 03 văn bản.",
    "TEXT__next_tasks": "Sửa chữa đài truyền thanh.",
    "TEXT__white_spot_villages": VILLAGES,
}


@dataclass(frozen=True)
class Reporting:
    """The world with the district form asked quarterly since 2009."""

    world: World
    form: Form
    schedule: Schedule

    def actor(self, persona: str, today: date = TODAY) -> PositionActor:
        return self.world.actor(persona, today)

    def opened(self, persona: str = "district_officer", unit: str = "D1", period: Period = Q4) -> Report:
        return open_report(
            schedule_id=self.schedule.pk,
            unit_id=self.world.units[unit].pk,
            period=period,
            actor=self.actor(persona),
            at=NOW,
        )

    def filled(self, **changed: str) -> Report:
        """District D1's report, filled; `changed` puts other values into cells."""
        report = self.opened()
        filling = Filling(values={**DISTRICT, **changed}, texts=WORDS)
        save_draft(report_id=report.pk, filling=filling, actor=self.actor("district_officer"), at=NOW)
        return report

    def to_sign(self, **changed: str) -> Report:
        report = self.filled(**changed)
        submit_for_check(report_id=report.pk, actor=self.actor("district_officer"), at=NOW)
        return submit_for_signature(report_id=report.pk, actor=self.actor("district_leader"), at=NOW)

    def sent(self, *, with_paper: bool = True, **changed: str) -> Report:
        report = self.to_sign(**changed)
        paper = Paper("45/BC-UBND", TODAY, PDF) if with_paper else None
        return send_report(report_id=report.pk, paper=paper, actor=self.actor("district_clerk"), at=NOW)


@remembered
def a_reporting_world(*, short_path: bool = False) -> Reporting:
    world = a_world()
    setting_up = SettingUp("thử nghiệm", date(2009, 9, 1))
    a_catalogue()
    form = next(one for one in load_forms(actor=setting_up, at=NOW) if one.code == "district_quarter_2009")
    units = [(world.units[name].pk, code, Decimal(value)) for name in ("D1", "D2") for code, value in BASE.items()]
    enter_base(year=2009, figures=units, actor=setting_up, at=NOW)
    schedule = draft_schedule(
        form=form,
        title="Báo cáo quý của huyện",
        unit_id=world.units["P"].pk,
        counterpart_id=world.organisations["so"].pk,
        valid_from=date(2009, 1, 1),
        basis=ASSUMED,
        deadlines=[("district", 3), ("department", 5)],
        cut_off_days=-11,
        short_path=short_path,
        actor=setting_up,
        at=NOW,
    )
    switch_on(schedule_id=schedule.pk, actor=setting_up, at=NOW)
    schedule.refresh_from_db()
    duties = Duty.objects.filter(code=f"{form.code}:{schedule.pk}")
    generate_obligations(on=TODAY, actor=SystemActor("duties", TODAY), at=NOW, duties=duties)
    return Reporting(world, form, schedule)
