"""One's calendar as iCalendar: what programs read of it, by which address, and by whom not."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from diaban.faces.api.tests.callers import program
from diaban.foundation.acts import clock
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.services import issue_token, use_token
from diaban.work.meetings import services
from diaban.work.meetings.ics import calendar_of
from diaban.work.meetings.queries.weeks import Line, lines_between
from diaban.work.meetings.rules import Half, Mark
from diaban.work.meetings.tests.worlds import HELD, NOW, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db
LONG = "Họp rà soát, chuẩn bị nội dung; trình ký, ban hành " * 4


def a_line(**changes: object) -> Line:
    given: dict[str, object] = {
        "uid": "a", "on": HELD, "half": Half.MORNING, "starts_at": time(8), "ends_at": time(9), "content": LONG, "chair": "",
        "participants": (), "place": "Phòng họp 2, nhà A; tầng 1", "preparation": "", "car": "", "stamp": NOW,
    }  # fmt: skip
    return Line(**(given | changes))  # type: ignore[arg-type] # a test's own words for fields


def events(content: bytes) -> list[Any]:
    return Calendar.from_ical(content).walk("VEVENT")


def made(*lines: Line) -> bytes:
    return calendar_of(lines, name="Lịch", address=lambda path: f"https://vi.du{path}")


def test_lines_are_folded_at_75_octets_and_read_back_whole() -> None:
    content = made(a_line())

    assert max(map(len, content.split(b"\r\n"))) <= 75
    [event] = events(content)
    assert (str(event["summary"]), str(event["location"])) == (LONG, "Phòng họp 2, nhà A; tầng 1")


def test_hours_are_those_of_vietnam() -> None:
    content = made(a_line())

    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20260323T080000" in content
    assert b"TZOFFSETTO:+0700" in content
    assert events(content)[0].decoded("dtstart").utcoffset() == timedelta(hours=7)


def test_without_an_hour_none_is_made_up() -> None:
    [event] = events(made(a_line(starts_at=None, ends_at=None, content="Trực")))

    assert event.decoded("dtstart") == HELD
    assert str(event["summary"]) == "Sáng: Trực"


def test_what_is_cancelled_says_so_and_the_old_place_of_a_moved_meeting_is_left_out() -> None:
    struck, moved = a_line(mark=Mark.STRUCK, sequence=2), a_line(uid="b", mark=Mark.MOVED)

    [event] = events(made(struck, moved))

    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)


def a_feed(here: Gathering, persona: str = "director") -> str:
    actor = here.actor(persona)
    _token, secret = issue_token(
        position_id=here.world.positions[persona].pk, name="điện thoại", expires_on=HELD,
        purpose=AccessToken.Purpose.CALENDAR, actor=actor, at=clock.now(),
    )  # fmt: skip
    return reverse("meetings:feed", args=[secret])


@time_machine.travel(NOW, tick=False)
def test_the_address_tells_ones_own_lines_and_how_they_moved() -> None:
    here = a_gathering()
    meeting = here.convened()
    address = a_feed(here)
    [first] = events(Client().get(address).content)
    services.move_meeting(
        meeting_id=meeting.pk, held_on=date(2026, 3, 25), starts_at=time(14), ends_at=time(16), place="Phòng họp 2",
        reason="Trùng", actor=here.actor("clerk"), at=NOW,
    )  # fmt: skip

    [again] = events(Client().get(address).content)

    assert first["uid"] == again["uid"]
    assert again["sequence"] > first["sequence"]
    assert again.decoded("dtstart").day == 25
    assert events(Client().get(a_feed(here, "deputy")).content) == []


@time_machine.travel(NOW, tick=False)
def test_an_unchanged_calendar_is_not_sent_again() -> None:
    here = a_gathering()
    here.convened()
    address = a_feed(here)
    tag = Client().get(address)["ETag"]

    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304


@time_machine.travel(NOW, tick=False)
def test_a_key_of_a_calendar_opens_nothing_else_and_ends_when_revoked() -> None:
    here = a_gathering()
    address = a_feed(here)
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    page = here.world.client("director").get(reverse("meetings:subscribe")).content.decode()

    AccessToken.objects.update(revoked_at=later(0))

    assert use_token(secret=secret, at=clock.now()) is None
    assert "điện thoại" in page
    assert secret not in page
    assert Client().get(address).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_a_key_of_a_program_reads_no_calendar_by_its_address() -> None:
    here = a_gathering()
    _token, secret = issue_token(
        position_id=here.world.positions["director"].pk, name="x", expires_on=HELD, actor=here.actor("director"), at=NOW
    )

    assert Client().get(reverse("meetings:feed", args=[secret])).status_code == 404


def test_a_planned_meeting_is_only_tentative() -> None:
    here = a_gathering()
    here.planned()

    [event] = events(made(*lines_between(here.office("so"), HELD, HELD)))

    assert str(event["status"]) == "TENTATIVE"


@time_machine.travel(NOW, tick=False)
def test_a_program_reads_the_week_and_is_told_when_nothing_changed() -> None:
    here = a_gathering()
    meeting = here.convened()
    caller = program(here.world, "clerk")
    first = caller.get("/api/v1/weeks/2026-03-25")
    again = caller.get("/api/v1/weeks/2026-03-23", If_None_Match=first["ETag"])
    services.arrange(meeting_id=meeting.pk, preparation="", car="23A-1", actor=here.actor("clerk"), at=NOW)

    changed = caller.get("/api/v1/weeks/2026-03-25", If_None_Match=first["ETag"])

    assert [line["content"] for line in first.json()["lines"]] == ["Giao ban quý I"]
    assert (again.status_code, changed.status_code) == (304, 200)
    assert changed.json()["lines"][0]["car"] == "23A-1"
    assert caller.get("/api/v1/weeks/9999-12-31").status_code == 422
