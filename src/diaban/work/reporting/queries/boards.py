"""The board of a period, group by group, and what is written to those who are late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from diaban.foundation.mandates.routing import holder_today
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.charges import in_charge
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import heirs_of, old_districts
from diaban.lib.messages import ReadyText, composed, number_of
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.reports import LATE, Expected
from diaban.work.reporting.rules import SUPPLEMENT


@dataclass(frozen=True)
class BoardGroup:
    """Some units of a board under one heading; blank where all stand together."""

    name: str
    rows: Sequence[Expected]

    @property
    def sent(self) -> int:
        return sum(row.is_sent for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.punctual in LATE for row in self.rows)

    @property
    def missing(self) -> int:
        return len(self.rows) - self.sent


def by_old_district(schedule: Schedule, rows: Sequence[Expected], on: date) -> list[BoardGroup]:
    """Communes under the district people still speak of; everything in one group where there was none."""
    if schedule.unit.level != Level.PROVINCE:
        return [BoardGroup("", rows)]
    named = {
        commune.unit_id: (group.district.full_name if group.district else _("Không thuộc huyện cũ nào"))
        for group in old_districts(schedule.unit_id, on)
        for commune in group.communes
    }
    groups: dict[str, list[Expected]] = {name: [] for name in named.values()}
    for row in rows:
        groups.setdefault(named.get(row.unit_id, ""), []).append(row)
    return [BoardGroup(name, found) for name, found in groups.items() if found]


def by_charge(schedule: Schedule, rows: Sequence[Expected], period: str, on: date) -> list[BoardGroup]:
    """Units under the leader of the receiving office who is in charge of them; those nobody is in charge of come last.

    Where office or unit were reorganised since the period, whoever was in charge then and whoever is now stand in one
    heading, so that each unit stands once.
    """
    day = min(Period.parse(period).last_day, on)
    units = [row.unit_id for row in rows]
    then = _in_charge(schedule, {unit: {unit} for unit in units}, day)
    now = _in_charge(schedule, heirs_of(units, day, on), on)
    groups: dict[str, list[Expected]] = {}
    for row in rows:
        groups.setdefault(_of_both(then.get(row.unit_id, ""), now.get(row.unit_id, "")), []).append(row)
    left = groups.pop("", [])
    found = [BoardGroup(name, groups[name]) for name in sorted(groups)]
    return found + ([BoardGroup(_("Chưa phân công người phụ trách"), left)] if left else [])


def _in_charge(schedule: Schedule, grounds: Mapping[int, Collection[int]], on: date) -> dict[int, str]:
    """Who was in charge of the ground of each unit on a day, in the office that received the reports then."""
    duty = schedule.duty
    office = holder_today(schedule.counterpart_id, duty.field_code if duty else None, on)
    holders = in_charge([office], {unit for those in grounds.values() for unit in those}, on)
    named = {unit: {holders[one].label for one in those if one in holders} for unit, those in grounds.items()}
    return {unit: "; ".join(sorted(names)) for unit, names in named.items() if names}


def _of_both(then: str, now: str) -> str:
    if then == now or not then:
        return now
    if not now:
        return _("%(then)s (nay chưa phân công)") % {"then": then}
    return _("%(then)s (nay: %(now)s)") % {"then": then, "now": now}


def reminder(title: str, period: str, rows: Sequence[Expected], address: str) -> ReadyText | None:
    """Text to paste into a message to units that have not sent; None where all have. No figure, no personal data."""
    waiting = [row for row in rows if not row.is_sent]
    if not waiting:
        return None
    days = sorted({row.due_on for row in waiting if row.due_on})
    due = f" (hạn gửi {', '.join(map(format_date, days))})" if days else ""
    head = f"Kính đề nghị {number_of(len(waiting), 'đơn vị')} sau gửi “{title}” {period}{due}:"
    return ReadyText("các đơn vị chưa gửi", _to_all(head, [row.unit_name for row in waiting], address), len(waiting))


def completion(title: str, period: str, rows: Sequence[Expected], address: str) -> ReadyText | None:
    """Text to paste into a message to units whose report went back to be completed; None where none did. One query."""
    returned = [row for row in rows if row.report is not None and row.state == "returned"]
    if not returned:
        return None
    owed = Obligation.objects.open().filter(
        kind=SUPPLEMENT,
        subject_kind="reporting.report",
        subject_id__in=[row.report.pk for row in returned if row.report],
    )
    due = dict(owed.values_list("subject_id", "due_on"))
    lines = []
    for row in returned:
        day = due.get(row.report.pk) if row.report else None
        lines.append(f"{row.unit_name}{f', gửi lại trước ngày {format_date(day)}' if day else ''}")
    head = f"Kính đề nghị {number_of(len(returned), 'đơn vị')} sau bổ sung, hoàn chỉnh “{title}” {period}:"
    return ReadyText(
        "các đơn vị có báo cáo cần hoàn chỉnh",
        _to_all(head, lines, address, "Ý kiến từng ô số liệu ghi trong báo cáo, mục Việc của tôi."),
        len(returned),
    )


def completion_of(unit: str, what: str, sections: Sequence[str], due_on: date | None, address: str) -> ReadyText | None:
    """The same to one unit, naming the sections that went back and no figure; None where none did."""
    if not sections:
        return None
    due = f", gửi lại trước ngày {format_date(due_on)}" if due_on else ""
    head = f"Kính đề nghị {unit} bổ sung, hoàn chỉnh {number_of(len(sections), 'phần')} của “{what}”{due}:"
    return ReadyText(unit, composed(head, sections, f"Ý kiến từng ô ghi tại: {address}"), len(sections))


def _to_all(head: str, lines: Sequence[str], address: str, *more: str) -> str:
    """Every unit is named, however many: a unit that is left out thinks that it has sent."""
    rows = (f"{number}. {line}" for number, line in enumerate(lines, start=1))
    return "\n".join([head, *rows, *more, f"Địa chỉ gửi: {address}"])
