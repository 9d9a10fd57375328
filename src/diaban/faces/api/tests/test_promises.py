"""What the API promises every program: no cookies, keys that end, nobody overwritten, nothing done twice, pages, problems."""

import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diaban.faces.api.access import ByToken
from diaban.faces.api.tests.callers import Program, program
from diaban.foundation.acts import clock
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.services import revoke_token
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Holding
from diaban.work.reporting.models import Report
from diaban.work.reporting.tests.worlds import NOW, Q4, a_reporting_world

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/units"


@pytest.fixture
def world() -> World:
    return a_world()


def url_of(report: Report, act: str = "") -> str:
    return f"/api/v1/reports/{report.uid}" + (f"/{act}" if act else "")


def test_a_session_is_no_key(world: World) -> None:
    answer = world.client("specialist").get(UNITS)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Set-Cookie" not in answer.headers


def test_a_session_beside_a_key_does_not_matter(world: World) -> None:
    caller = program(world, "specialist")
    caller.client = world.client("director")

    answer = caller.get(UNITS)

    assert answer.status_code == 200
    assert answer.wsgi_request.actor.position_id == world.positions["specialist"].pk
    assert not answer.wsgi_request.COOKIES


@pytest.mark.parametrize("secret", ["diaban_wrong", "x", "diaban_" + "a" * 5000])
def test_an_unknown_key_opens_nothing(world: World, secret: str) -> None:
    assert Program(secret).get(UNITS).status_code == 401


def test_a_revoked_key_opens_nothing(world: World) -> None:
    caller = program(world, "specialist")
    revoke_token(token_id=AccessToken.objects.get().pk, actor=world.actor("specialist"), at=clock.now())

    assert caller.get(UNITS).status_code == 401


def test_an_expired_key_opens_nothing(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        caller = program(world, "specialist")

    assert caller.get(UNITS).status_code == 401


def test_a_key_ends_with_the_holding_of_its_position(world: World) -> None:
    caller = program(world, "specialist")
    Holding.objects.filter(position=world.positions["specialist"]).delete()

    assert caller.get(UNITS).status_code == 401


def test_a_page_has_200_rows_at_most(world: World) -> None:
    answer = program(world, "specialist").get(UNITS, {"size": 201})

    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["place"].endswith("size")


def test_pages_lead_to_one_another(world: World) -> None:
    caller, url, codes = program(world, "specialist"), UNITS + "?size=3", []

    while url:
        page = caller.get(url).json()
        codes += [row["code"] for row in page["items"]]
        url = page["next"]

    assert len(codes) == len(set(codes)) == page["total"] == 7


def test_past_the_end_a_page_is_empty(world: World) -> None:
    page = program(world, "specialist").get(UNITS, {"page": 9}).json()

    assert (page["items"], page["next"]) == ([], None)


def test_too_many_requests_are_told_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = program(world, "specialist")
    monkeypatch.setattr(ByToken, "allow_request", lambda _self, _request: False)

    answer = caller.get(UNITS)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_the_description_is_open_and_loads_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/v1/openapi.json")

    told = answer.json()
    assert answer.status_code == 200
    assert told["openapi"].startswith("3.1")
    ids = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
    references = {line.split('"')[3] for line in json.dumps(told, indent=1).splitlines() if '"$ref"' in line}
    assert {one.rsplit("/", 1)[1] for one in references} <= set(told["components"]["schemas"])


def test_a_report_known_already_is_not_sent_again() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        url, caller = url_of(here.filled()), program(here.world, "district_officer")

        first = caller.get(url)
        again = caller.get(url, If_None_Match=first["ETag"])

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]


def test_nobody_writes_over_what_they_have_not_read() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        url = url_of(here.opened(), "values")
        caller, body = program(here.world, "district_officer"), {"values": {"BC09__num": "18"}}

        blind = caller.put(url, body)
        first = caller.put(url, body, If_Match='"1"')
        stale = caller.put(url, {"values": {"BC09__num": "99"}}, If_Match='"1"')

        version = Report.objects.get().versions.get()
    assert (blind.status_code, first.status_code, stale.status_code) == (428, 200, 412)
    assert version.values["BC09__num"] == "18"
    assert first["ETag"] == '"2"'


def test_an_act_sent_twice_is_done_once() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        report = here.filled()
        report.refresh_from_db()
        caller = program(here.world, "district_officer")
        headers = {"If_Match": f'"{report.revision}"', "Idempotency_Key": "mot-lan"}

        first = caller.post(url_of(report, "submit-for-check"), **headers)
        again = caller.post(url_of(report, "submit-for-check"), **headers)
        other = caller.put(url_of(report, "values"), {"values": {}}, **headers)

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 422)
    assert first.json() == again.json()
    assert Entry.objects.filter(verb="reporting.submitted_for_check").count() == 1


def test_what_is_refused_may_be_sent_again_with_its_key() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        report, caller = here.opened(), program(here.world, "district_officer")
        headers = {"If_Match": '"1"', "Idempotency_Key": "thu-lai"}

        refused = caller.post(url_of(report, "submit-for-check"), **headers)

    assert refused.status_code == 422
    assert len(refused.json()["errors"]) > 1
    assert Report.objects.get().status == Report.Status.DRAFT


def test_a_wrong_step_is_a_conflict() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        report = here.filled()
        report.refresh_from_db()

        answer = program(here.world, "district_leader").post(
            url_of(report, "submit-for-signature"), If_Match=f'"{report.revision}"'
        )

    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_consolidation_is_the_file_of_the_command() -> None:
    from diaban.work.reporting.consolidated import consolidated  # beside what it is compared with
    from diaban.work.reporting.outputs import as_file

    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        unit, actor = here.world.units["P"], here.actor("specialist")
        url = reverse("api:v1:consolidation", kwargs={"form": here.form.code, "period": str(Q4)})

        answer = program(here.world, "specialist").get(url, {"unit": unit.uid})

        one = consolidated(form_code=here.form.code, period=Q4, unit_id=unit.pk, actor=actor)
        assert answer.content == as_file(one, "json", actor=actor)


def test_a_program_files_a_report_from_beginning_to_receipt() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        officer, leader, clerk, so = (
            program(here.world, one) for one in ("district_officer", "district_leader", "district_clerk", "specialist")
        )
        wanted = {"schedule": str(here.schedule.uid), "unit": str(here.world.units["D1"].uid), "period": str(Q4)}
        here.filled()
        begun = officer.post("/api/v1/reports", wanted)
        url, tag = f"/api/v1/reports/{begun.json()['uid']}", begun["ETag"]

        tag = officer.post(f"{url}/submit-for-check", If_Match=tag)["ETag"]
        tag = leader.post(f"{url}/submit-for-signature", If_Match=tag)["ETag"]
        tag = clerk.post(f"{url}/send", {"paper": None}, If_Match=tag)["ETag"]
        received = so.post(f"{url}/receive", If_Match=tag)

        told = so.get(url).json()
    assert received.status_code == 200
    assert "received" in {section["status"] for section in told["sections"]}
    assert {cell["cell"]: cell["value"] for cell in told["cells"]}["VT02__viettel"] == "1400.5"


@pytest.mark.parametrize(
    "body",
    [
        b'{"reasons": {"BC09__num": "a\\u0000"}}',
        b'{"texts": {"TEXT__x": "\\ud800"}}',
        b'{"texts": {"TEXT__x": 1e999}}',
        b'{"texts": {"TEXT__x": NaN}}',
        b"{",
    ],
)
def test_what_cannot_be_kept_is_refused(body: bytes) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        answer = program(here.world, "district_officer").put(
            url_of(here.opened(), "values"), body, If_Match='"1"', Accept_Language="en;q=0.1, vi"
        )

    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("Không đọc được")


def test_what_is_not_asked_for_is_refused_by_name(world: World) -> None:
    caller = program(world, "district_officer")

    misspelt = caller.get(UNITS, {"unt": "x", "text": "a"})
    begun = caller.post("/api/v1/reports", {"schedule": "x", "period": "2009-Q4", "quarter": 4})

    assert misspelt.status_code == 422
    assert [(one["place"], one["code"]) for one in misspelt.json()["errors"]] == [("query.unt", "extra_forbidden")]
    assert {one["place"]: one["detail"] for one in begun.json()["errors"]} == {
        "body.wanted.schedule": "Cần mã định danh dạng UUID.",
        "body.wanted.unit": "Phải có.",
        "body.wanted.quarter": "Không có mục này.",
    }


@pytest.mark.parametrize(
    ("asked", "language"), [("", "vi"), ("fr", "vi"), ("en-US,en;q=0.9", "en"), ("en;q=0.1, fr, vi;q=0.8", "vi")]
)
def test_refusals_are_in_vietnamese_unless_a_program_asks_for_english(world: World, asked: str, language: str) -> None:
    answer = program(world, "specialist").get(UNITS + "/00000000-0000-4000-8000-000000000000", Accept_Language=asked)

    assert answer.status_code == 404
    assert answer["Content-Language"] == language
    assert answer["Content-Type"].startswith("application/problem+json")
    assert language == "en" or answer.json()["title"] == "Không có, hoặc ngoài phạm vi được xem"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "x", 404), ("DELETE", "units", 405)])
def test_where_there_is_no_operation_a_problem_says_so(world: World, method: str, path: str, status: int) -> None:
    answer = program(world, "specialist").call(method, f"/api/v1/{path}")

    assert answer.status_code == answer.json()["status"] == status
    assert answer["Content-Type"].startswith("application/problem+json")
    assert ("Allow" in answer.headers) == (status == 405)
