"""The weekly calendar: written by the office, approved, published; what changes afterwards is kept and told, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import offices_of, party
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.queries import accounts_of, names_of
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Arrangement, Change, Entry, Meeting, Participant, Week
from diaban.work.meetings.permissions import WEEK_APPROVE, WEEK_PUBLISH, WEEK_WRITE, visible_meetings
from diaban.work.meetings.rules import SUNDAY, Half, Slot, WeekStage, half_of, key_of, monday_of
from diaban.work.meetings.services.next_week import go_on_to_next
from diaban.work.meetings.services.planning import Someone, named, office_of
from diaban.work.meetings.services.steps import TOLD, NotPossible, accounts_asked, refuse_two_places

CHAIR = "chair"


@dataclass(frozen=True)
class EntryPlan:
    """What a line of the calendar says. Somebody of role `chair` takes the chair; the half follows the hour where one is said."""

    on: date
    content: str
    half: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    preparation: str = ""
    car: str = ""
    people: tuple[Someone, ...] = ()


@transaction.atomic
def draft_week(*, starts_on: date, actor: Actor, at: datetime) -> Week:
    """Begin the calendar of the own body for the week of a day; one that is begun stays as it is. Raises `NotPermitted`."""
    grant = actor.require(WEEK_WRITE)
    body, ground = office_of(actor)
    week, is_new = Week.objects.get_or_create(
        organisation_id=body,
        starts_on=monday_of(starts_on),
        defaults={"unit_id": ground, "drafted_at": at, "drafted_by": actor.label[:300]},
    )
    if is_new:
        changes = {"starts_on": (None, week.starts_on)}
        record(actor=actor, verb="meetings.week_drafted", thing=week, at=at, grant=grant, changes=changes)
    return week


@transaction.atomic
def write_note(
    *, week_id: int, note: str, reason: str = "", actor: Actor, at: datetime, expected_revision: int | None = None
) -> Week:
    """Write what stands above the table. Raises `NotPermitted`, `StaleRevision`, or `NotPossible` without a reason once published."""
    week, grant = _open(week_id, actor, reason, expected_revision)
    before, week.note = week.note, note.strip()
    _touched(week, "note")
    record(actor=actor, verb="meetings.week_changed", thing=week, at=at, grant=grant, changes={"note": (before, note)})
    if week.stage == WeekStage.PUBLISHED:
        _keep(week, None, Change.Kind.CHANGED, before, week.note, reason, actor, at)
    return week


@transaction.atomic
def add_entry(*, week_id: int, plan: EntryPlan, reason: str = "", actor: Actor, at: datetime) -> Entry:
    """Write a line. After publication it needs a reason, and whoever it concerns is told.

    Raises `NotPermitted`, or `NotPossible`: outside the week, without words, or with somebody in two places at once.
    """
    week, grant = _open(week_id, actor, reason, None)
    entry = Entry(week=week, written_at=at, changed_at=at)
    _fill(entry, plan, week)
    entry.save()
    _seat(entry, plan.people, actor.today)
    _touched(week)
    said = said_of(entry)
    record(actor=actor, verb="meetings.entry_written", thing=week, at=at, grant=grant, changes={"entry": ("", said)})
    if week.stage == WeekStage.PUBLISHED:
        _keep(week, entry, Change.Kind.ADDED, "", said, reason, actor, at)
        _tell(week, [entry], f"Bổ sung: {said}. Lý do: {reason.strip()}", actor.today, at)
    return entry


@transaction.atomic
def change_entry(
    *,
    entry_id: int,
    plan: EntryPlan,
    reason: str = "",
    actor: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> Entry:
    """Write a line anew. Raises as `add_entry`, and `StaleRevision`."""
    entry = _standing_entry(entry_id, expected_revision)
    week, grant = _open(entry.week_id, actor, reason, None)
    before, parts, told = said_of(entry), _parts(entry), _concerned([entry], actor.today)
    _fill(entry, plan, week)
    entry.changed_at = at
    entry.save_revision(
        "on", "half", "starts_at", "ends_at", "content", "place", "preparation", "car", "changed_at"
    )  # fmt: skip
    entry.participants.all().delete()
    _seat(entry, plan.people, actor.today)
    _touched(week)
    entry = Entry.objects.select_related("week").get(pk=entry.pk)  # with the people that it names now
    after = said_of(entry)
    record(
        actor=actor, verb="meetings.entry_changed", thing=week, at=at, grant=grant, changes={"entry": (before, after)}
    )
    if week.stage == WeekStage.PUBLISHED:
        was = _differing(parts, _parts(entry))
        _keep(week, entry, Change.Kind.CHANGED, was, after, reason, actor, at)
        said = f"Thay đổi: {after}{f' (trước: {was})' if was else ''}. Lý do: {reason.strip()}"
        _tell(week, [entry], said, actor.today, at, also=told)
    return entry


@transaction.atomic
def strike_entry(*, entry_id: int, reason: str = "", actor: Actor, at: datetime) -> None:
    """Take a line out: from a draft it goes, from a published calendar it stays struck through. Raises as `add_entry`."""
    entry = _standing_entry(entry_id, None)
    week, grant = _open(entry.week_id, actor, reason, None)
    before = said_of(entry)
    record(actor=actor, verb="meetings.entry_struck", thing=week, at=at, grant=grant, changes={"entry": (before, "")})
    if week.stage == WeekStage.PUBLISHED:
        _keep(week, entry, Change.Kind.STRUCK, before, "", reason, actor, at)
        _tell(week, [entry], f"Hủy: {before}. Lý do: {reason.strip()}", actor.today, at)
        entry.struck_at, entry.struck_reason = at, reason.strip()[:300]
        entry.save_revision("struck_at", "struck_reason")
    else:
        entry.delete()
    _touched(week)


@transaction.atomic
def arrange(*, meeting_id: int, preparation: str, car: str, actor: Actor, at: datetime) -> Arrangement:
    """Say who of the own body prepares what for a meeting in its calendar, and which car goes. Raises `NotPermitted`."""
    grant = actor.require(WEEK_WRITE)
    body, _ground = office_of(actor)
    meeting = Meeting.lock(meeting_id)
    if not visible_meetings(actor).filter(pk=meeting.pk).exists():
        raise NotPermitted(_("Cuộc họp này không thuộc lịch của cơ quan."))
    one = Arrangement.objects.filter(meeting=meeting, organisation=body).first() or Arrangement(
        meeting=meeting, organisation_id=body
    )
    before = (one.preparation, one.car)
    one.preparation, one.car = preparation.strip()[:500], car.strip()[:150]
    if one.pk:
        one.save_revision("preparation", "car")
    else:
        one.save()
    changes = {"preparation": (before[0], one.preparation), "car": (before[1], one.car)}
    record(actor=actor, verb="meetings.arranged", thing=meeting, at=at, grant=grant, changes=changes)
    return one


@transaction.atomic
def approve_week(*, week_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Week:
    """Approve what is drafted. Raises `NotPermitted`, `StaleRevision` or `NotPossible`."""
    week, grant = lock_week(week_id, WEEK_APPROVE, actor, expected_revision)
    if week.stage != WeekStage.DRAFTED:
        raise NotPossible(_("Lịch tuần này đã duyệt."))
    week.approved_at, week.approved_by, week.sent_back_at = at, actor.label[:300], None
    week.save_revision("approved_at", "approved_by", "sent_back_at")
    record(actor=actor, verb="meetings.week_approved", thing=week, at=at, grant=grant)
    return week


@transaction.atomic
def publish_week(*, week_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Week:
    """Publish what is approved: everybody of the body, and whoever a line names, is told. Raises as `approve_week`."""
    week, grant = lock_week(week_id, WEEK_PUBLISH, actor, expected_revision)
    if week.stage != WeekStage.APPROVED:
        raise NotPossible(_("Chỉ công bố lịch tuần đã duyệt và chưa công bố."))
    week.published_at, week.published_by = at, actor.label[:300]
    week.save_revision("published_at", "published_by")
    act = record(actor=actor, verb="meetings.week_published", thing=week, at=at, grant=grant)
    go_on_to_next(week, actor=actor, at=at, act=act)
    everybody = set().union(*accounts_of(offices_of(actor), actor.today, TOLD).values())
    entries = list(week.entries.filter(struck_at=None))
    said = f"Lịch công tác tuần {format_date(week.starts_on)} - {format_date(week.starts_on + SUNDAY)} đã công bố"
    _tell(week, entries, said, actor.today, at, also=everybody)
    return week


def said_of(entry: Entry) -> str:
    """A line in one sentence: when, what, who chairs, where."""
    parts = _parts(entry)
    return ", ".join(parts[name] for name in ("when", "content", "chair", "place") if parts[name])


def _parts(entry: Entry) -> dict[str, str]:
    """What a line says, part by part."""
    there = list(entry.participants.all())
    chair = next((one.name for one in there if one.is_chair), "")
    others = "; ".join(one.name for one in there if not one.is_chair)
    hours = "-".join(f"{hour:%H:%M}" for hour in (entry.starts_at, entry.ends_at) if hour)
    with override("vi"):  # what is kept and told is Vietnamese whatever the writer reads
        half = str(entry.get_half_display()).lower()
    return {
        "when": f"{hours or half} ngày {format_date(entry.on)}",
        "content": entry.content,
        "chair": f"chủ trì: {chair}" if chair else "",
        "others": f"thành phần: {others}" if others else "",
        "place": entry.place,
        "preparation": f"chuẩn bị: {entry.preparation}" if entry.preparation else "",
        "car": f"xe: {entry.car}" if entry.car else "",
    }


def _differing(before: dict[str, str], after: dict[str, str]) -> str:
    """What was said before where it is said otherwise now; a part that was empty is not named."""
    return ", ".join(text for name, text in before.items() if text and text != after[name])


def _open(week_id: int, actor: Actor, reason: str, expected_revision: int | None) -> tuple[Week, Grant]:
    """The week, locked for writing; once published only with a reason."""
    week, grant = lock_week(week_id, WEEK_WRITE, actor, expected_revision)
    if week.stage == WeekStage.PUBLISHED and not reason.strip():
        raise NotPossible(_("Lịch tuần đã công bố: ghi lý do thay đổi để báo những người liên quan."))
    return week, grant


def lock_week(week_id: int, act: str, actor: Actor, expected_revision: int | None) -> tuple[Week, Grant]:
    """The own body's calendar and the ground for an act on it. Raises `NotPermitted` or `StaleRevision`."""
    week = Week.lock(week_id, expected_revision=expected_revision)
    grant = actor.require(act)
    if week.organisation_id not in party(actor):
        raise NotPermitted(_("Chỉ cơ quan lập lịch mới làm việc này."))
    return week, grant


def _standing_entry(entry_id: int, expected_revision: int | None) -> Entry:
    entry = Entry.lock(entry_id, expected_revision=expected_revision)
    if entry.struck_at is not None:
        raise NotPossible(_("Nội dung này đã hủy."))
    return entry


def _touched(week: Week, *fields: str) -> None:
    """Save a change of a week; before publication an approval given to other words lapses."""
    if week.stage == WeekStage.APPROVED:
        week.approved_at, week.approved_by = None, ""
    week.save_revision("approved_at", "approved_by", *fields)


def _fill(entry: Entry, plan: EntryPlan, week: Week) -> None:
    if not week.starts_on <= plan.on <= week.starts_on + SUNDAY:
        raise NotPossible(_("Ngày phải trong tuần của lịch."))
    if not plan.content.strip():
        raise NotPossible(_("Ghi nội dung công việc."))
    if plan.ends_at and (not plan.starts_at or plan.ends_at <= plan.starts_at):
        raise NotPossible(_("Giờ kết thúc phải sau giờ bắt đầu."))
    entry.on, entry.starts_at, entry.ends_at = plan.on, plan.starts_at, plan.ends_at
    if plan.starts_at and plan.half != Half.WHOLE:
        entry.half = half_of(plan.starts_at)
    else:
        entry.half = Half(plan.half or Half.WHOLE)
    entry.content, entry.place = plan.content.strip()[:1000], plan.place.strip()[:250]
    entry.preparation, entry.car = plan.preparation.strip()[:500], plan.car.strip()[:150]


def _seat(entry: Entry, people: Sequence[Someone], on: date) -> None:
    """Write who takes part, the chair first. Raises `NotPossible` where one would be in two places at once."""
    known = Person.objects.in_bulk([one.person_id for one in people if one.person_id])
    offices = names_of({one.organisation_id for one in people if one.organisation_id and not one.person_id}, on)
    rows = []
    for position, one in enumerate(sorted(people, key=lambda each: each.role != CHAIR), 1):
        name, title, organisation = named(one, known, on)
        rows.append(
            Participant(
                entry=entry, position=position, is_chair=one.role == CHAIR, person_id=one.person_id, title=title,
                organisation_id=organisation, name=name or offices.get(organisation or 0, "") or one.office,
            )
        )  # fmt: skip
    if entry.starts_at and entry.ends_at:
        here = Slot(entry.on, entry.starts_at, entry.ends_at, entry.content)
        keys = {key: one.name for one in rows if one.person_id and (key := key_of(one.person_id, None, one.name))}
        refuse_two_places(here, keys, besides=entry)
    Participant.objects.bulk_create(rows)


def _keep(
    week: Week, entry: Entry | None, kind: str, before: str, after: str, reason: str, actor: Actor, at: datetime
) -> None:
    Change.objects.create(
        week=week, entry=entry, kind=kind, before=before, after=after, reason=reason.strip()[:300], at=at,
        by=actor.label[:300],
    )  # fmt: skip


def _concerned(entries: Sequence[Entry], on: date) -> set[int]:
    """The accounts of the people and offices that lines name."""
    rows = list(Participant.objects.filter(entry__in=entries))
    return accounts_asked(
        [one.person_id for one in rows], [one.organisation_id for one in rows if not one.person_id], on
    )


def _tell(
    week: Week, entries: Sequence[Entry], said: str, on: date, at: datetime, *, also: set[int] | None = None
) -> None:
    accounts = _concerned(entries, on) | (also or set())
    tell(account_ids=accounts, subject=subject_of(week), text=said, reason="Lịch công tác tuần", at=at)
