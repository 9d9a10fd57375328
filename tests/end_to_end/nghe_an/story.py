"""Nghệ An from 10 March to September 2025: a visit of six stops, sixty difficulties, ninety directives, the reform between.

Two tables written by hand say who does what on which day, and how everything must then stand; this module only plays what
their column `deeds` says, day by day.
"""

import csv
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from diaban.faces.cli.beginning import begin
from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.mandates.actors import PositionActor, acting_as
from diaban.foundation.obligations.services import ask_extension, decide_request
from diaban.foundation.organisations.models import Holding, Organisation, OrganisationVersion, Person, Position
from diaban.foundation.organisations.services import found_organisation
from diaban.foundation.reforms.plan import Outcome
from diaban.foundation.reforms.services import carry_out_reform, plan_reform
from diaban.foundation.territory.queries import unit_on
from diaban.work.difficulties import services as difficulties
from diaban.work.difficulties.models import Difficulty
from diaban.work.directives import services as directives
from diaban.work.directives.models import Completion, Directive, Task
from diaban.work.meetings import services as meetings
from diaban.work.meetings.models import Conclusion, Meeting

Row = Mapping[str, str]
BEGUN, ISSUED, REFORM = date(2025, 3, 10), date(2025, 5, 12), date(2025, 7, 1)
PLANNED, FIRST_STOP = date(2025, 4, 21), date(2025, 5, 5)
SLOTS = ((0, 8), (0, 14), (1, 8), (2, 8), (3, 8), (4, 8))  # six stops in five days: the day of the visit, the hour
ENTERPRISES = ("vnpt", "viettel", "mobifone")
APART = ("thanh_tra_tinh", "cong_an_tinh", "bo_chqs", "tt_cds")
BODIES = {"huyen": "ubnd_huyen", "phong": "phong_vhtt", "xa": "ubnd_xa", "phong_xa": "phong_vhxh"}


def table(name: str) -> list[Row]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(on: date) -> datetime:
    """Ten in the morning in Việt Nam."""
    return datetime(on.year, on.month, on.day, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Deed:
    """What happens to a row of a table on a day."""

    on: date
    name: str
    verb: str
    more: str


def deeds_of(rows: list[Row]) -> list[Deed]:
    """In the order of the days; deeds of one day in the order of the table."""
    found = []
    for row in rows:
        for said in filter(None, row["deeds"].split("|")):
            if said != "concluded":
                on, verb, *more = said.split(" ")
                found.append(Deed(date.fromisoformat(on), row["name"], verb, " ".join(more)))
    return sorted(found, key=lambda deed: deed.on)


@dataclass
class NgheAn:
    """The province, and what was asked and raised in it, by the names of the tables."""

    directives: dict[str, Directive] = field(default_factory=dict)
    difficulties: dict[str, Difficulty] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    seats: dict[int, tuple[int, int]] = field(default_factory=dict)
    outcome: Outcome | None = None
    today: date = BEGUN

    @cached_property
    def asked(self) -> dict[str, Row]:
        return {row["name"]: row for row in table("directives")}

    @cached_property
    def raised(self) -> dict[str, Row]:
        return {row["name"]: row for row in table("difficulties")}

    @cached_property
    def province(self) -> int:
        return unit_on("40", BEGUN).pk

    def body(self, name: str) -> int:
        """An organisation by its name in the tables: a body of the province, `huyen:…`, `xa:…`, or `xa_cu:` with a code."""
        if name not in self.bodies:
            self.bodies[name] = self._find(name)
        return self.bodies[name]

    def _find(self, name: str) -> int:
        kind, _colon, place = name.partition(":")
        day = REFORM if kind in {"xa", "phong_xa"} else BEGUN
        found = OrganisationVersion.objects.on(day).filter(organisation__body=BODIES.get(kind, kind))
        if kind == "xa_cu":
            found = OrganisationVersion.objects.on(day).filter(unit=unit_on(place, day), organisation__body="ubnd_xa")
        elif place:
            found = found.filter(name__regex=rf" (huyện|xã) {place}$")
        return found.get().organisation_id

    def actor(self, name: str, on: date | None = None) -> PositionActor:
        """Whoever leads the organisation, made when first asked for."""
        organisation_id = self.body(name)
        if organisation_id not in self.seats:
            self.seats[organisation_id] = seat(organisation_id, name in ENTERPRISES)
        return acting_as(*self.seats[organisation_id], on or self.today)

    def accounts(self, name: str) -> int:
        return self.seats[self.body(name)][1]

    def task(self, name: str) -> Task:
        return Task.objects.select_related("directive", "obligation").get(directive=self.directives[name].pk)

    def task_of(self, uid: str) -> Task:
        return Task.objects.get(directive__uid=uid)

    def holder(self, row: Row) -> str:
        """Who acts for a row today: whoever has it in hand before or after the reform."""
        return row["holder_after"] if self.today >= REFORM else row["holder_before"]


def seat(organisation_id: int, is_enterprise: bool) -> tuple[int, int]:
    """A position in the organisation and the account of whoever holds it."""
    account = Account.objects.create(username=uuid.uuid4().hex[:12], password="!", created_at=timezone.now())
    person = Person.objects.create(uid=uuid.uuid4(), name=f"Lãnh đạo {account.username}", account=account, sort_key="l")
    role, always = (Role.ENTERPRISE if is_enterprise else Role.HEAD).value, DateRange(None, None)
    position = Position.objects.create(
        organisation=Organisation.objects.get(pk=organisation_id), title="Lãnh đạo", role=role, valid=always
    )
    Holding.objects.create(person=person, position=position, valid=always)
    return position.pk, account.pk


def begun() -> NgheAn:
    """The real start of an instance, three enterprises, a Party body, and somebody in each office that takes part."""
    begin(
        province_code="40", on=BEGUN, admin="quantri", name="Quản trị", password="khoi-tao-Nghe-An-2025",
        tick=lambda _done, _all: None,
    )  # fmt: skip
    here, actor = NgheAn(), SettingUp("tests", BEGUN)
    for name, kind in (*((one, "enterprise") for one in ENTERPRISES), ("tinh_uy", "party_body")):
        found_organisation(
            name=name, kind=kind, unit_id=here.province, valid_from=date(2008, 7, 1), body=name, actor=actor,
            at=moment(BEGUN),
        )  # fmt: skip
    for name in {row[column] for row in here.asked.values() for column in ("issuer", "receiver", "holder_before")}:
        if name:
            here.actor(name)
    for name in (*APART, *(row["raiser"] for row in here.raised.values())):
        here.actor(name)
    return here


def visit(here: NgheAn) -> None:
    """Six districts in five days; what is concluded at each becomes its directive by the notice."""
    here.today = PLANNED
    actor, at = here.actor("so_khcn"), moment(PLANNED)
    last = date(FIRST_STOP.year, FIRST_STOP.month, FIRST_STOP.day + 4)
    plan = meetings.VisitPlan("Đoàn làm việc với sáu huyện", "Kế hoạch 31/KH-SKHCN", "it", FIRST_STOP, last)
    journey = meetings.plan_visit(plan=plan, actor=actor, at=at)
    leader = Holding.objects.get(position=here.seats[here.body("so_khcn")][0]).person_id
    members = [meetings.Someone(person_id=leader, role="leader")]
    meetings.set_members(visit_id=journey.pk, members=members, actor=actor, at=at)
    stops = []
    for row, (day, hour) in zip(concluded(here), SLOTS, strict=True):
        here.today = PLANNED
        host = here.body(row["receiver"])
        on = FIRST_STOP.replace(day=FIRST_STOP.day + day)
        seated = OrganisationVersion.objects.on(on).get(organisation=host).unit_id
        stop = meetings.MeetingPlan(
            "Làm việc tại huyện", "it", on, time(hour), time(hour + 3), "Hội trường", unit_id=seated
        )
        meeting = meetings.plan_stop(visit_id=journey.pk, plan=stop, host_ids=[host], actor=actor, at=at)
        meetings.convene(meeting_id=meeting.pk, actor=here.actor("so_khcn"), at=at)
        stops.append((row, meeting.pk, on))
    for row, meeting_id, on in stops:
        _hold(here, row, meeting_id, on)
    here.today = ISSUED
    for row, meeting_id, _on in stops:
        meetings.issue_notice(meeting_id=meeting_id, actor=here.actor("so_khcn"), at=moment(ISSUED))
        directive = Directive.objects.get(
            origin_kind="meetings.conclusion", origin_id__in=Conclusion.objects.filter(meeting=meeting_id).values("pk")
        )
        here.directives[row["name"]] = directive


def concluded(here: NgheAn) -> list[Row]:
    return [row for row in here.asked.values() if row["deeds"] == "concluded"]


def _hold(here: NgheAn, row: Row, meeting_id: int, on: date) -> None:
    here.today = on
    given: dict[str, Any] = {"meeting_id": meeting_id, "actor": here.actor("so_khcn"), "at": moment(on)}
    meetings.open_meeting(**given)
    for speaker in ("Phó Chủ tịch UBND huyện", "Trưởng phòng Văn hóa và Thông tin"):
        meetings.write_statement(speaker=speaker, text="Thiếu cán bộ chuyên trách, thiết bị đã cũ.", **given)
    meeting = Meeting.objects.get(pk=meeting_id)
    for one in meeting.attendees.all():
        meetings.mark_presence(attendee_id=one.pk, presence="present", actor=given["actor"], at=given["at"])
    said = meetings.Said(
        "directive", "Bố trí cán bộ chuyên trách", "it", (here.body(row["receiver"]),), date.fromisoformat(row["due"])
    )
    meetings.close_meeting(no_report_reason="Huyện báo cáo trực tiếp", **given)
    meetings.conclude(said=said, **given)


def issue_all(here: NgheAn) -> None:
    here.today = ISSUED
    for name, row in here.asked.items():
        if name in here.directives:
            continue
        content = directives.Content(
            mode=row["mode"], text=f"Việc {name}: nâng cấp thiết bị, đường truyền của cơ quan.", field_code=row["field"],
            receivers=[directives.Receiver(here.body(row["receiver"]))],
            due_on=date.fromisoformat(row["due"]) if row["due"] else None,
            article="Điều 45 Luật Viễn thông" if row["mode"] == "require" else "",
        )  # fmt: skip
        here.directives[name] = directives.draft_and_issue(
            content=content, actor=here.actor(row["issuer"]), at=moment(ISSUED)
        )


def raise_all(here: NgheAn) -> None:
    here.today = ISSUED
    for name, row in here.raised.items():
        actor = here.actor(row["raiser"])
        seated = OrganisationVersion.objects.on(ISSUED).get(organisation=here.body(row["raiser"])).unit_id
        here.difficulties[name] = difficulties.raise_difficulty(
            kind_code="enterprise" if row["raiser"] in ENTERPRISES else "locality", unit_id=seated,
            field_code=row["field"], content=f"Kiến nghị {name}: máy tính cũ, đề nghị trang bị lại.",
            organisation_id=here.body(row["raiser"]), received_on=ISSUED, actor=actor, at=moment(ISSUED),
        )  # fmt: skip


def reform(here: NgheAn) -> None:
    """Districts end and communes merge on 1 July 2025."""
    here.today = REFORM
    actor, at = SettingUp("tests", REFORM), moment(REFORM)
    plan = plan_reform(
        title="Sắp xếp đơn vị hành chính", province_unit_id=here.province, on=REFORM,
        basis="Nghị quyết 1678/NQ-UBTVQH15", actor=actor, at=at,
    )  # fmt: skip
    here.outcome = carry_out_reform(reform_id=plan.pk, expected_revision=plan.revision, actor=actor, at=at)
    for row in here.asked.values():
        if row["holder_after"].startswith(("xa:", "phong_xa:")):
            here.actor(row["holder_after"])


def play(here: NgheAn, until: date, after: date) -> None:
    """Every deed of the days from `after`, not counted, to `until`."""
    asked, raised = deeds_of(list(here.asked.values())), deeds_of(list(here.raised.values()))
    days = sorted({deed.on for deed in (*asked, *raised) if after < deed.on <= until})
    if after < REFORM <= until:
        days = sorted({*days, REFORM})
    for day in days:
        if day == REFORM:
            reform(here)
        here.today = day
        for deed in asked:
            if deed.on == day:
                ON_DIRECTIVES[deed.verb](here, deed)
        for deed in raised:
            if deed.on == day:
                ON_DIFFICULTIES[deed.verb](here, deed)


Do = Callable[[NgheAn, Deed], object]


def _done(here: NgheAn, deed: Deed) -> None:
    holder = here.actor(here.holder(here.asked[deed.name]))
    directives.report_done(task_id=here.task(deed.name).pk, text="Đã xong", actor=holder, at=moment(deed.on))


def _decided(here: NgheAn, deed: Deed) -> None:
    completion = Completion.objects.filter(task=here.task(deed.name)).order_by("-pk")[0]
    given: dict[str, Any] = {
        "completion_id": completion.pk, "actor": here.actor(here.asked[deed.name]["issuer"]), "at": moment(deed.on),
    }  # fmt: skip
    if deed.verb == "confirm":
        directives.confirm_done(**given)
    else:
        directives.send_back(reason="Thiếu biên bản", due_on=date.fromisoformat(deed.more), **given)


def _extended(here: NgheAn, deed: Deed) -> None:
    row, obligation = here.asked[deed.name], here.task(deed.name).obligation
    assert obligation is not None
    wanted = ask_extension(
        obligation_id=obligation.pk, reason="Chờ kinh phí", wanted_due_on=date.fromisoformat(deed.more),
        actor=here.actor(row["receiver"]), at=moment(deed.on),
    )  # fmt: skip
    decide_request(
        request_id=wanted.pk, granted=True, answer="", due_on=None, actor=here.actor(row["issuer"]), at=moment(deed.on)
    )


def _ended(here: NgheAn, deed: Deed) -> None:
    given: dict[str, Any] = {
        "directive_id": here.directives[deed.name].pk, "actor": here.actor(here.asked[deed.name]["issuer"]),
        "at": moment(deed.on),
    }  # fmt: skip
    if deed.verb == "merge":
        directives.merge_into(other_id=here.directives[deed.more].pk, **given)
    else:
        directives.withdraw(reason="Không còn phù hợp", **given)


def _answered(here: NgheAn, deed: Deed) -> None:
    result, _space, promised = deed.more.partition(" ")
    difficulties.answer(
        difficulty_id=here.difficulties[deed.name].pk, result=result, text="Trả lời kiến nghị của đơn vị.",
        promised_on=date.fromisoformat(promised) if promised else None,
        actor=here.actor(here.holder(here.raised[deed.name])), at=moment(deed.on),
    )  # fmt: skip


def _passed(here: NgheAn, deed: Deed) -> None:
    act = difficulties.forward if deed.verb == "forward" else difficulties.send_up
    act(
        difficulty_id=here.difficulties[deed.name].pk, to_organisation_id=here.body(deed.more), reason="Không thuộc thẩm quyền",
        actor=here.actor("so_khcn"), at=moment(deed.on),
    )  # fmt: skip


def _spoke(here: NgheAn, deed: Deed) -> None:
    given: dict[str, Any] = {
        "raising_id": here.difficulties[deed.name].raisings.get().pk,
        "actor": here.actor(here.raised[deed.name]["raiser"]), "at": moment(deed.on),
    }  # fmt: skip
    if deed.verb == "contest":
        difficulties.contest_answer(text="Chưa đúng nội dung kiến nghị", **given)
    else:
        difficulties.withdraw(reason="Đã tự khắc phục", **given)


def _joined(here: NgheAn, deed: Deed) -> None:
    family = deed.name.partition("-")[0]
    alike = [one.pk for name, one in here.difficulties.items() if name.startswith(f"{family}-")]
    difficulties.join(difficulty_ids=alike, actor=here.actor("so_khcn"), at=moment(deed.on))


ON_DIRECTIVES: dict[str, Do] = {
    "done": _done, "confirm": _decided, "back": _decided, "extend": _extended, "withdraw": _ended, "merge": _ended,
}  # fmt: skip
ON_DIFFICULTIES: dict[str, Do] = {
    "answer": _answered, "forward": _passed, "up": _passed, "contest": _spoke, "withdraw": _spoke, "join": _joined,
}  # fmt: skip
