"""The tables of Nghệ An played as people and programs do it: one district's rows by the pages' own forms, another's through the
API, the reform in its page. What answers tell of both must be what the tables say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from tests.end_to_end.nghe_an.browser import Browser
from tests.end_to_end.nghe_an.story import BEGUN, ISSUED, REFORM, Deed, NgheAn, Row, begun, deeds_of, moment

from diaban.faces.api.tests.callers import Program
from diaban.foundation.mandates.services import issue_token
from diaban.foundation.organisations.models import Organisation, OrganisationVersion
from diaban.foundation.reforms.tests.conftest import Blocker

pytestmark = pytest.mark.slow
DAYS = (date(2025, 6, 20), date(2025, 7, 10), date(2025, 9, 15))
# Of each district the families of rows that are played, so that each deed is done each way at least once between them.
FAMILIES = {"con_cuong": "DFGHJLNdfghj", "tuong_duong": "EFGIMObfghi"}
ARTICLE = "Điều 45 Luật Viễn thông"
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TASK = re.compile(r"/nhiem-vu/viec/([0-9a-f-]{36})/")
ENDED = ("huyen:", "phong:", "xa_cu:")  # by the reform
Seen = dict[tuple[str, str], str]


class Way(Protocol):
    """How a row's deeds are done; rows are known by what the site itself calls them."""

    def ask(self, row: Row) -> str: ...
    def raise_(self, row: Row) -> str: ...
    def done(self, row: Row, uid: str) -> None: ...
    def decide(self, row: Row, uid: str, back_until: str) -> None: ...
    def extend(self, row: Row, uid: str, until: str) -> None: ...
    def withdraw(self, row: Row, uid: str) -> None: ...
    def merge(self, row: Row, uid: str, other: str) -> None: ...
    def answer(self, row: Row, uid: str, result: str, promised: str) -> None: ...
    def pass_on(self, row: Row, uid: str, to: str, is_up: bool) -> None: ...
    def contest(self, row: Row, uid: str) -> None: ...
    def take_back(self, row: Row, uid: str) -> None: ...
    def join(self, uids: list[str]) -> None: ...


class ByPages:
    """Each deed at its page."""

    def __init__(self, here: NgheAn) -> None:
        self.here = here

    def at(self, name: str, view: str, *args: object) -> Browser:
        self.here.actor(name)
        return Browser(*self.here.seats[self.here.body(name)]).open(reverse(view, args=args))

    def ask(self, row: Row) -> str:
        receiver = str(uid_of(self.here, row["receiver"]))
        page = self.at(row["issuer"], "directives:new")
        page.fill("", {"don-vi": [receiver], "field_code": row["field"]}, button={"chon": "1"})
        typed = {"mode": row["mode"], "text": said_of(row), "due_on": row["due"]}
        typed["article"] = ARTICLE if row["mode"] == "require" else ""
        page.fill("", typed, button={"luu": "1"})
        uid = UID.findall(page.url)[0]
        page.fill(reverse("directives:issue", args=[uid]))
        return str(uid)

    def task(self, name: str, uid: str) -> Browser:
        page = self.at(name, "directives:directive", uid)
        return page.open(reverse("directives:task", args=TASK.findall(page.html)[:1]))

    def done(self, row: Row, uid: str) -> None:
        page = self.task(self.here.holder(row), uid)
        page.fill(reverse("directives:report_done", args=UID.findall(page.url)), {"text": "Đã xong"})

    def decide(self, row: Row, uid: str, back_until: str) -> None:
        page = self.task(row["issuer"], uid)
        more = {"ket_qua": "back", "reason": "Thiếu biên bản", "due_on": back_until} if back_until else {}
        page.fill(reverse("directives:decide", args=UID.findall(page.url)), more)

    def extend(self, row: Row, uid: str, until: str) -> None:
        owed = self.here.task_of(uid).obligation_id
        page = self.at(row["receiver"], "obligations:obligation", owed)
        typed = {"kind": "extension", "wanted_due_on": until, "reason": "Chờ kinh phí"}
        page.fill(reverse("obligations:ask", args=[owed]), typed)
        page = self.at(row["issuer"], "obligations:obligation", owed)
        (action,) = (one.action for one in page.forms if "/tra-loi/" in one.action)
        page.fill(action, {"granted": "yes"})

    def withdraw(self, row: Row, uid: str) -> None:
        page = self.at(row["issuer"], "directives:directive", uid)
        page.fill(reverse("directives:withdraw", args=[uid]), {"reason": "Không còn phù hợp"})

    def merge(self, row: Row, uid: str, other: str) -> None:
        page = self.at(row["issuer"], "directives:directive", uid)
        into = str(self.here.task_of(other).directive_id)
        page.fill(reverse("directives:merge", args=[uid]), {"vao": into})

    def raise_(self, row: Row) -> str:
        page = self.at(row["raiser"], "difficulties:new")
        typed = {"linh_vuc": row["field"], "dia_ban": page.first_offered("dia_ban"), "noi_dung": said_of(row)}
        page.fill("", typed, status=422)
        if page.offers("van_gui"):  # it is much like another's
            page.fill("", button={"van_gui": "co"})
        return str(UID.findall(page.url)[0])

    def answer(self, row: Row, uid: str, result: str, promised: str) -> None:
        page = self.at(self.here.holder(row), "difficulties:difficulty", uid)
        typed = {"ket_qua": result, "tra_loi": "Trả lời kiến nghị của đơn vị.", "hua_ngay": promised}
        page.fill(reverse("difficulties:answer", args=[uid]), typed)

    def pass_on(self, row: Row, uid: str, to: str, is_up: bool) -> None:
        page = self.at("so_khcn", "difficulties:difficulty", uid)
        up = {"len_cap_tren": "on"} if is_up else {}
        office = str(uid_of(self.here, to))
        page.fill(reverse("difficulties:pass_on", args=[uid]), {"den": office, "ly_do": "Không thuộc thẩm quyền", **up})

    def contest(self, row: Row, uid: str) -> None:
        page = self.at(row["raiser"], "difficulties:difficulty", uid)
        (action,) = (one.action for one in page.forms if "/y-kien/" in one.action)
        page.fill(action, {"y_kien": "Chưa đúng nội dung kiến nghị"}, button={"chon": "contested"})

    def take_back(self, row: Row, uid: str) -> None:
        page = self.at(row["raiser"], "difficulties:difficulty", uid)
        (action,) = (one.action for one in page.forms if "/rut/" in one.action)
        page.fill(action, {"ly_do": "Đã tự khắc phục"})

    def join(self, uids: list[str]) -> None:
        self.at("so_khcn", "difficulties:difficulties").fill(reverse("difficulties:join"), {"chon": uids})


class ByPrograms:
    """Each deed through the API, with the `ETag` read just before."""

    def __init__(self, here: NgheAn) -> None:
        self.here = here

    def at(self, name: str) -> Program:
        actor = self.here.actor(name)
        _token, secret = issue_token(
            position_id=actor.position_id, name="Phần mềm", expires_on=actor.today, actor=actor, at=moment(actor.today)
        )
        return Program(secret)

    def get(self, name: str, url: str) -> Any:
        answer = self.at(name).get(f"/api/v1/{url}")
        assert answer.status_code == 200, (url, answer.content.decode())
        return answer

    def post(self, name: str, url: str, body: object, read: str = "") -> Any:
        headers = {"If_Match": self.get(name, read)["ETag"]} if read else {}
        answer = self.at(name).post(f"/api/v1/{url}", body, **headers)
        assert answer.status_code == 200, (url, answer.content.decode())
        return answer.json()

    def ask(self, row: Row) -> str:
        receiver = {"organisation": str(uid_of(self.here, row["receiver"]))}
        said: dict[str, object] = {
            "mode": row["mode"],
            "field": row["field"],
            "text": said_of(row),
            "receivers": [receiver],
        }
        said |= {"due_on": row["due"] or None, "article": ARTICLE if row["mode"] == "require" else ""}
        uid: str = self.post(row["issuer"], "directives", said)["uid"]
        self.post(row["issuer"], f"directives/{uid}/issue", {}, f"directives/{uid}")
        return uid

    def task(self, name: str, uid: str) -> Any:
        return self.get(name, f"directives/{uid}/tasks").json()["items"][0]

    def done(self, row: Row, uid: str) -> None:
        name = self.here.holder(row)
        self.post(name, f"directives/tasks/{self.task(name, uid)['uid']}/done", {"text": "Đã xong"})

    def decide(self, row: Row, uid: str, back_until: str) -> None:
        url = f"directives/tasks/{self.task(row['issuer'], uid)['uid']}"
        if back_until:
            self.post(row["issuer"], f"{url}/send-back", {"reason": "Thiếu biên bản", "due_on": back_until})
        else:
            self.post(row["issuer"], f"{url}/confirm", {})

    def extend(self, row: Row, uid: str, until: str) -> None:
        owed = self.task(row["receiver"], uid)["obligation"]
        wish = {"reason": "Chờ kinh phí", "wanted_due_on": until}
        self.post(row["receiver"], f"obligations/{owed}/request", wish)
        self.post(row["issuer"], f"obligations/{owed}/decision", {"granted": True})

    def withdraw(self, row: Row, uid: str) -> None:
        self.post(row["issuer"], f"directives/{uid}/withdraw", {"reason": "Không còn phù hợp"}, f"directives/{uid}")

    def merge(self, row: Row, uid: str, other: str) -> None:
        self.post(row["issuer"], f"directives/{uid}/merge", {"into": other}, f"directives/{uid}")

    def raise_(self, row: Row) -> str:
        organisation = self.get(row["raiser"], f"organisations/{uid_of(self.here, row['raiser'])}").json()
        said: dict[str, object] = {"field": row["field"], "unit": organisation["unit"], "content": said_of(row)}
        uid: str = self.post(row["raiser"], "difficulties", said)["uid"]
        return uid

    def answer(self, row: Row, uid: str, result: str, promised: str) -> None:
        said: dict[str, object] = {
            "result": result,
            "text": "Trả lời kiến nghị của đơn vị.",
            "promised_on": promised or None,
        }
        self.post(self.here.holder(row), f"difficulties/{uid}/answer", said, f"difficulties/{uid}")

    def pass_on(self, row: Row, uid: str, to: str, is_up: bool) -> None:
        said = {"to": str(uid_of(self.here, to)), "reason": "Không thuộc thẩm quyền"}
        act = "send-up" if is_up else "forward"
        self.post("so_khcn", f"difficulties/{uid}/{act}", said, f"difficulties/{uid}")

    def contest(self, row: Row, uid: str) -> None:
        said = {"text": "Chưa đúng nội dung kiến nghị"}
        self.post(row["raiser"], f"difficulties/{uid}/contest", said, f"difficulties/{uid}")

    def take_back(self, row: Row, uid: str) -> None:
        self.post(row["raiser"], f"difficulties/{uid}/withdraw", {"reason": "Đã tự khắc phục"}, f"difficulties/{uid}")

    def join(self, uids: list[str]) -> None:
        self.post("so_khcn", "difficulties/join", {"difficulties": uids})


@dataclass
class Played:
    """What the answers told, by row and column of the tables, beside what the tables say."""

    here: NgheAn
    ways: dict[str, Way]
    uids: dict[str, str] = field(default_factory=dict)
    told: Seen = field(default_factory=dict)
    wanted: Seen = field(default_factory=dict)
    notices: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, Row]:
        return {name: row for name, row in self.here.asked.items() if _is_played(name)}

    @property
    def raised(self) -> dict[str, Row]:
        return {name: row for name, row in self.here.raised.items() if _is_played(name)}

    def way(self, name: str) -> Way:
        return self.ways[name.split("-")[1]]


def _is_played(name: str) -> bool:
    family, _dash, district = name.partition("-")
    return family in FAMILIES.get(district, "")


def uid_of(here: NgheAn, name: str) -> object:
    return Organisation.objects.get(pk=here.body(name)).uid


def said_of(row: Row) -> str:
    return f"Việc {row['name']}: máy tính cũ, đề nghị trang bị lại."


def do(play: Played, deed: Deed) -> None:
    way, uid = play.way(deed.name), play.uids[deed.name]
    row = play.asked.get(deed.name)
    if row is not None:
        _do_to_task(play, way, row, uid, deed)
        return
    row = play.raised[deed.name]
    result, _space, promised = deed.more.partition(" ")
    match deed.verb:
        case "answer":
            way.answer(row, uid, result, promised)
        case "forward" | "up":
            way.pass_on(row, uid, deed.more, deed.verb == "up")
        case "contest":
            way.contest(row, uid)
        case "withdraw":
            way.take_back(row, uid)
        case "join":
            way.join([play.uids[name] for name in play.raised if name.startswith("h-")])


def _do_to_task(play: Played, way: Way, row: Row, uid: str, deed: Deed) -> None:
    match deed.verb:
        case "done":
            way.done(row, uid)
        case "confirm" | "back":
            way.decide(row, uid, deed.more)
        case "extend":
            way.extend(row, uid, deed.more)
        case "merge":
            way.merge(row, uid, play.uids[deed.more])
        case "withdraw":
            way.withdraw(row, uid)


def reform(play: Played) -> None:
    """Planned, tried out and carried out in its page by the office that keeps the registers."""
    here = play.here
    page = ByPages(here).at("so_khcn", "reforms:reforms")
    typed = {"title": "Sắp xếp đơn vị hành chính", "on": REFORM.isoformat(), "basis": "Nghị quyết 1678/NQ-UBTVQH15"}
    page.fill(reverse("reforms:plan"), typed)
    uid = UID.findall(page.url)
    page.fill(reverse("reforms:try_out", args=uid))
    page.open(reverse("reforms:reform", args=uid))
    page.fill(reverse("reforms:carry_out", args=uid))
    for row in play.asked.values():
        if row["holder_after"].startswith(("xa:", "phong_xa:")):
            here.actor(row["holder_after"])


def look(play: Played, day: date) -> None:
    """What the API tells each holder of the row, whichever way its deeds were done."""
    here, programs = play.here, ByPrograms(play.here)
    column = f"on_{day:%Y_%m_%d}"
    for name, row in play.asked.items():
        standing = [
            one for one in (here.holder(row), row["issuer"]) if one and (day < REFORM or not one.startswith(ENDED))
        ]
        task = programs.task(standing[0], play.uids[name])
        _tell(play, name, row, column, task["state"])
        if day == DAYS[1] and row["holder_after"]:
            _tell(play, name, row, "due_after", task["due_on"] or "")
            _tell(play, name, row, "holder_after", _called(here, task["holder"], row["holder_after"], day))
    for name, row in play.raised.items():
        one = programs.get(here.holder(row), f"difficulties/{play.uids[name]}").json()
        _tell(play, name, row, column, one["state"])


def _tell(play: Played, name: str, row: Row, column: str, told: str) -> None:
    play.told[name, column], play.wanted[name, column] = told, row[column]


def _called(here: NgheAn, said: str, name: str, day: date) -> str:
    """The name of the tables where the answer calls the office as it is called that day; else what the answer says."""
    version = OrganisationVersion.objects.filter(organisation=here.body(name)).order_by("-valid").first()
    return name if version is not None and version.name == said else said


@pytest.fixture(scope="module")
def _played(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Played]:
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(moment(BEGUN), tick=False):
            here = begun()
        play = Played(here, {"con_cuong": ByPages(here), "tuong_duong": ByPrograms(here)})
        _play(play)
        yield play
        transaction.set_rollback(True)


def _play(play: Played) -> None:
    with time_machine.travel(moment(ISSUED), tick=False):
        _begin(play)
    deeds = deeds_of([*play.asked.values(), *play.raised.values()])
    for day in sorted({REFORM, *DAYS, *(deed.on for deed in deeds)}):
        with time_machine.travel(moment(day), tick=False):
            _live(play, day, [deed for deed in deeds if deed.on == day])


def _begin(play: Played) -> None:
    """Everything is asked and raised on one day; the districts look at what they are told."""
    play.here.today = ISSUED
    for name, row in play.asked.items():
        play.uids[name] = play.way(name).ask(row)
    for name, row in play.raised.items():
        play.uids[name] = play.way(name).raise_(row)
    for office in ("huyen:Con Cuông", "huyen:Tương Dương"):
        play.notices[office] = ByPages(play.here).at(office, "accounts:notices").html


def _live(play: Played, day: date, deeds: list[Deed]) -> None:
    play.here.today = day
    if day == REFORM:
        reform(play)
    for deed in deeds:
        do(play, deed)
    if day in DAYS:
        look(play, day)


@pytest.fixture
def played(_played: Played, db: None) -> Played:
    return _played


def test_both_districts_stand_as_the_tables_say_however_they_were_played(played: Played) -> None:
    differing = {key: (said, played.told[key]) for key, said in played.wanted.items() if said != played.told[key]}

    assert differing == {}
    assert len(played.asked) + len(played.raised) == 23


def test_what_a_district_was_given_stands_on_its_page_of_notices(played: Played) -> None:
    assert played.notices.keys() == {"huyen:Con Cuông", "huyen:Tương Dương"}
    assert all("Cơ quan cấp trên giao nhiệm vụ" in html for html in played.notices.values())
