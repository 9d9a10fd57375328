"""The weekly work calendar of an office: what it writes down itself. Meetings are not written again: they are drawn in."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation, Person
from diaban.foundation.territory.models import Unit
from diaban.work.meetings.models.meetings import Meeting
from diaban.work.meetings.rules import Half, WeekStage, week_stage_of

HALVES = [
    (Half.WHOLE.value, _("Cả ngày")),
    (Half.MORNING.value, _("Sáng")),
    (Half.AFTERNOON.value, _("Chiều")),
    (Half.EVENING.value, _("Tối")),
]


class Week(Revised):
    """The calendar of a legal body for one week from Monday on. `note` stands above the table (who is on duty, a feast).
    `sent_back_at` is set while a draft lies with its writers again, to be mended as `sent_back_reason` says."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    note = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=300)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=300, blank=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.CharField(max_length=300, blank=True)
    sent_back_reason = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "starts_on"], name="one_calendar_of_an_office_a_week"),
            models.CheckConstraint(name="a_week_begins_on_monday", condition=Q(starts_on__iso_week_day=1)),
            models.CheckConstraint(
                name="a_week_is_published_once_approved",
                condition=Q(published_at=None) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_week_is_sent_back_for_a_reason",
                condition=Q(sent_back_at=None) | (~Q(sent_back_reason="") & Q(approved_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"Tuần từ {self.starts_on:%d/%m/%Y}"

    @property
    def stage(self) -> WeekStage:
        return week_stage_of(approved=self.approved_at is not None, published=self.published_at is not None)

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        if self.sent_back_at is not None:
            return "week_sent_back"
        return "published" if self.published_at is not None else f"week_{self.stage.value}"


class Entry(Revised):
    """A line that an office wrote itself. After publication it is struck with a reason, never deleted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="entries")
    on = models.DateField()
    half = models.CharField(max_length=10, choices=HALVES)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    content = models.CharField(max_length=1000)
    place = models.CharField(max_length=250, blank=True)
    preparation = models.CharField(max_length=500, blank=True)
    car = models.CharField(max_length=150, blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="an_entry_says_something", condition=~Q(content="")),
            models.CheckConstraint(
                name="an_entry_takes_time",
                condition=Q(ends_at=None) | (Q(starts_at__isnull=False) & Q(ends_at__gt=F("starts_at"))),
            ),
            models.CheckConstraint(
                name="an_entry_is_struck_for_a_reason", condition=Q(struck_at=None) | ~Q(struck_reason="")
            ),
        ]
        indexes = [models.Index(fields=["on"], name="entries_of_a_day")]

    def __str__(self) -> str:
        return self.content


class Participant(models.Model):
    """Who takes the chair of an entry or takes part: a person or an office the house knows, or a name."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="participants")
    position = models.PositiveSmallIntegerField()
    is_chair = models.BooleanField(default=False)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    title = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["entry_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(is_chair=True), name="one_chair_of_an_entry"),
            models.CheckConstraint(name="a_participant_is_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name


class Arrangement(Revised):
    """What an office arranges for a meeting that stands in its calendar: who prepares what, which car."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="arrangements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    preparation = models.CharField(max_length=500, blank=True)
    car = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "organisation"], name="one_arrangement_of_an_office")]

    def __str__(self) -> str:
        return self.preparation or self.car


class Change(models.Model):
    """A change of a week after its publication: what a line said before, and why it changed. Kept for good."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Bổ sung")
        CHANGED = "changed", _("Thay đổi")
        STRUCK = "struck", _("Hủy")

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="changes")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(name="a_week_is_changed_for_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.after or self.before
