"""Twelve communes of the province of the personas, for which one joint office fills the commune form of 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from diaban.faces.cli.users import actor_named
from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import SettingUp, SystemActor
from diaban.foundation.acts.clock import now
from diaban.foundation.facts.services import enter_base
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.jobs.services import start_job
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.tests.personas import ALWAYS, World, a_world
from diaban.foundation.obligations.services import generate_obligations
from diaban.foundation.organisations.models import (
    Holding,
    Kind,
    Organisation,
    OrganisationVersion,
    Person,
    Position,
)
from diaban.foundation.territory.models import Containment, Coverage, Level, Unit, UnitVersion
from diaban.foundation.ui.services import describe_instance
from diaban.work.reporting.jobs import RECEIVE_MANY
from diaban.work.reporting.models import Report, Schedule
from diaban.work.reporting.services import draft_schedule, load_forms, switch_on
from diaban.work.reporting.tests.worlds import ASSUMED

FORM, PERIOD, PROVINCE, PASSWORD = "commune_quarter_2026", "2026-Q1", "92", "mat-khau-de-thu"
OFFICER, RECEIVER = "canbo", "director"
TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
FIRST = ("92101", "92102", "92201", "92202")  # those of the personas
CODES = (*FIRST, *(f"9220{number}" for number in range(3, 10)), "92210")


def villages_of(code: str) -> int:
    return 10 + int(code) % 7


def base_of(code: str) -> dict[str, Decimal]:
    """The base figures that the department keeps of a commune."""
    villages = villages_of(code)
    figures = {
        "DB01": 6000 + 100 * villages, "DB02": 6100 + 100 * villages, "DB03": 1500 + 10 * villages, "DB04": 1, "DB05": villages,
        "DB07": 4000 + 50 * villages, "DB08": 50 + villages, "DB09": 60 + villages, "DB10": 4500 + 60 * villages,
    }  # fmt: skip
    return {name: Decimal(value) for name, value in figures.items()}


@transaction.atomic
def twelve_communes() -> None:
    """Build the world; nothing is reported yet."""
    world = a_world()
    units = {code: _commune(world, code) for code in CODES}
    _joint_office(world, units)
    setting_up = SettingUp("thử nghiệm", TODAY)
    a_catalogue()
    form = next(one for one in load_forms(actor=setting_up, at=NOW) if one.code == FORM)
    figures = [(unit.pk, name, value) for code, unit in units.items() for name, value in base_of(code).items()]
    for year in (2025, 2026):
        enter_base(year=year, figures=figures, actor=setting_up, at=NOW)
    schedule = draft_schedule(
        form=form, title="Báo cáo quý của xã", unit_id=world.units["P"].pk, counterpart_id=world.organisations["so"].pk,
        valid_from=date(2026, 1, 1), basis=ASSUMED, deadlines=[("commune", 3), ("department", 6)], cut_off_days=0,
        short_path=True, actor=setting_up, at=NOW,
    )  # fmt: skip
    switch_on(schedule_id=schedule.pk, actor=setting_up, at=NOW)
    schedule.refresh_from_db()
    assert schedule.duty is not None
    generate_obligations(on=TODAY, actor=SystemActor("duties", TODAY), at=NOW, duties=[schedule.duty])
    describe_instance(name="Sở", notice="Thế giới thử nghiệm.", root_unit_id=world.units["P"].pk, world_day=TODAY)
    Account.objects.update(password=make_password(PASSWORD))


def _commune(world: World, code: str) -> Unit:
    if code in FIRST:
        return Unit.objects.get(versions__code=code)
    unit, province, district = (
        Unit.objects.create(uid=uuid4(), level=Level.COMMUNE),
        world.units["P"],
        world.units["D2"],
    )
    UnitVersion.objects.create(
        unit=unit, valid=ALWAYS, code=code, name=f"Thôn Mới {code}", kind="xã", parent=district, sort_key=code
    )
    for steps, above in enumerate((unit, district, province)):
        Containment.objects.create(ancestor=above, descendant=unit, valid=ALWAYS, distance=steps)
        Coverage.objects.create(unit=above, covered=unit)
    return unit


def _joint_office(world: World, units: dict[str, Unit]) -> None:
    """One committee and its office report for all twelve, by mandates like those of the personas' commune."""
    committee = _body(world, "ubnd_c11", Kind.PEOPLE_COMMITTEE, "Ủy ban nhân dân liên xã", "ubnd_tinh")
    office = _body(world, "phong_c11", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội liên xã", None, committee)
    for mine, like in ((committee, "ubnd_c11"), (office, "phong_c11")):
        for mandate in list(Mandate.objects.filter(organisation=world.organisations[like])):
            mandate.delete()
            mandate.organisation = mine
            for unit in units.values():
                mandate.pk, mandate._state.adding, mandate.unit = None, True, unit
                mandate.save()
    account = Account.objects.create(username=OFFICER, password="!", created_at=NOW)
    person = Person.objects.create(uid=uuid4(), name="Lù Văn Xã", account_id=account.pk, sort_key="xa")
    position = Position.objects.create(organisation=office, title="Công chức", role="officer", valid=ALWAYS)
    Holding.objects.create(person=person, position=position, valid=ALWAYS)


def _body(
    world: World, like: str, kind: str, name: str, above: str | None, parent: Organisation | None = None
) -> Organisation:
    made = Organisation.objects.create(uid=uuid4(), body=world.organisations[like].body)
    OrganisationVersion.objects.create(
        organisation=made, valid=ALWAYS, name=name, kind=kind, unit=world.units["D2"], sort_key=name,
        parent=world.organisations[above] if above else parent,
    )  # fmt: skip
    return made


def ask_to_receive_all() -> None:
    """What the board's button does: a job that receives every report that was sent."""
    reports = list(Report.objects.filter(status=Report.Status.SENT).order_by("id").values_list("pk", flat=True))
    arguments = {"reports": reports, "schedule": str(Schedule.objects.get().uid), "period": f"nd09:{PERIOD}"}
    start_job(kind=RECEIVE_MANY, title="Tiếp nhận", arguments=arguments, actor=actor_named(RECEIVER), at=now())


# A commune's first quarter of 2026 as a program types it: consistent with every check of the form.
COMMUNE: dict[str, object] = {
    "BC01__vnpost": "x", "BC01__viettel_post": "x", "BC01__ghtk": "x", "BC01__ghn": "x", "BC01__jt": "", "BC01__spx": "",
    "BC01__other": "", "BC07__level_1": 0, "BC07__level_2": 0, "BC07__level_3": 0, "BC07__bdvhx": 5,  "BC07__agency": 2,
    "BC07__delivery": 0, "BC07__letterbox": 0, "BC08__operating": 4, "BC08__closed": 1, "BC08__internet": 4,
    "BC08__bookshelf": 2, "BC18a": 57, "BC18b": 272, "BC21__num": 6,
    "VT07__ftth": 1702, "VT07__other": 972, "VT11__num": 951, "VT16__vnpt": 14, "VT16__viettel": 7, "VT16__mobifone": 4,
    "VT16__other": 2, "VT17__3g": 0, "VT17__4g": 45, "VT17__5g": 25, "VT18__two": 3, "VT18__three": 1, "VT18__four": 0,
    "VT26__grid": 0, "VT26__no_grid": 0, "VT27__grid": 0, "VT27__no_grid": 0, "VT28__num": 10, "VT32__office": 6,
    "VT32__culture_house": 2, "VT32__school": 1, "VT32__tourism": 0, "VT32__market": 0, "VT32__other": 0, "VT33": 2,
    "VT34__fibre": 3, "VT34__power": 1, "VT34__storm": 0, "VT34__equipment": 0, "VT34__other": 0,
    "CN02__committee": 3, "CN02__party": 0, "CN02__service_center": 0, "CN02__other": 0, "CN03": 3, "CN04__num": 67,
    "CN04__den": 70, "CN05__organisation": 50, "CN05__individual": 28, "CN07__num": 2402, "CN08__num": 2403,
    "CN09__num": 1772, "CN09__den": 2830, "CN10": 41, "CN14__preparing": 2, "CN14__implementing": 0, "CN14__completed": 0,
    "CN15": "602,5", "CN17__commune": 1, "CN17__village": 9, "CN18": 1450, "CN18__active": 963, "CN19__num": 4462,
    "AT01__l1": 2, "AT01__l2": 0, "AT01__l3": 0, "AT02__num": 1, "AT04__malware": 2, "AT04__phishing": 0,
    "AT04__intrusion": 0, "AT04__leak": 0, "AT04__other": 0, "AT06__num": 60, "AT09__tabletop": 1, "AT09__real": 0,
    "TT11__wired": 2, "TT11__fm": 0, "TT11__ip": 1, "TT11__working": 3, "TT11__broken": 0, "TT14__wired": 28, "TT14__fm": 15,
    "TT14__ip": 8, "TT14__working": 51, "TT14__broken": 0, "TT17": 394,
    "QL01a__online": 2402, "QL01a__direct": 371, "QL01a__post": 57, "QL01b": 0, "QL02__num": 2674, "QL02__den": 2830,
    "QL03__new": 4, "QL03__amended": 1, "QL03__reissued": 1, "QL04__post_telecom": 2, "QL04__game": 0, "QL04__publishing": 0,
    "QL04__grassroots": 0, "QL04__other": 0, "QL05a": 2, "QL05b": "11,69", "QL06a": 13, "QL06b": 12, "QL06c": 6,
    "QL07__done_on_time": 24, "QL07__done_late": 12, "QL07__open_in_time": 7, "QL07__open_late": 4,
    "NL01a": 11, "NL01b": 9, "NL03": 1, "NL04__it": 1, "NL04__other": 0, "NL05a": 3, "NL05b": 277,
    "TEXT__direction": "Ban hành 03 văn bản.", "TEXT__next_tasks": "Sửa chữa đài truyền thanh.",
}  # fmt: skip


def typed_by(code: str) -> dict[str, object]:
    """What the commune types: every village has a signal."""
    return {**COMMUNE, "VT25__num": villages_of(code)}
