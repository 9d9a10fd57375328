"""Lines of the weekly calendar as iCalendar (RFC 5545), for the calendars people carry with them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from diaban.work.meetings.queries.weeks import Line
from diaban.work.meetings.rules import DAY, Half, Mark

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ICT = timedelta(hours=7)
SINCE = datetime(1975, 6, 13)  # noqa: DTZ001 (RFC 5545: the onset of a time zone is written in local time without a zone)
REFRESH = timedelta(hours=4)


def calendar_of(lines: Iterable[Line], *, name: str, address: Callable[[str], str]) -> bytes:
    """The lines as one calendar; `address` makes a page's address absolute. A line without an hour takes the whole day, its half
    said in words: no hour is made up. What was cancelled says so; where a meeting was before it moved is left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Địa Bàn//Lịch công tác//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add_component(_zone())
    for line in lines:
        if line.mark != Mark.MOVED:
            calendar.add_component(_event(line, address))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    standard = TimezoneStandard()
    standard.add("dtstart", SINCE)
    standard.add("tzoffsetfrom", ICT)
    standard.add("tzoffsetto", ICT)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _event(line: Line, address: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", line.uid)
    event.add("dtstamp", line.stamp.astimezone(UTC))
    event.add("last-modified", line.stamp.astimezone(UTC))
    event.add("sequence", line.sequence)
    if line.starts_at is None:
        event.add("dtstart", line.on)
        event.add("dtend", line.on + DAY)
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", _moment(line, line.starts_at))
        if line.ends_at is not None:
            event.add("dtend", _moment(line, line.ends_at))
    is_vague = line.starts_at is None and line.half != Half.WHOLE
    event.add("summary", f"{line.half_label}: {line.content}" if is_vague else line.content)
    event.add("status", _status(line))
    if line.place:
        event.add("location", line.place)
    said = _said(line)
    if said:
        event.add("description", said)
    if line.url:
        event.add("url", address(line.url))
    return event


def _moment(line: Line, hour: time) -> datetime:
    return datetime.combine(line.on, hour, ZONE)


def _status(line: Line) -> str:
    if line.mark == Mark.STRUCK:
        return "CANCELLED"
    return "CONFIRMED" if line.is_sure else "TENTATIVE"


def _said(line: Line) -> str:
    parts = (
        ("Chủ trì", line.chair), ("Thành phần", "; ".join(line.participants)), ("Chuẩn bị", line.preparation),
        ("Xe", line.car), ("Nơi mời", line.host), ("Thay đổi", line.told),
    )  # fmt: skip
    return "\n".join(f"{name}: {text}" for name, text in parts if text)
