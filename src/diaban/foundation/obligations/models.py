"""Duties, obligations and what hangs on them. Who has work in hand is read here; no room keeps an owner of its own."""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.obligations.rules import DueRule, Standing, Status, status
from diaban.foundation.organisations.models import Organisation, Position
from diaban.foundation.territory.models import Level, Unit


class DutyQuerySet(models.QuerySet["Duty"]):
    def on(self, day: date) -> "DutyQuerySet":
        return self.filter(valid__contains=day)


class Duty(Revised):
    """A recurring obligation (chế độ định kỳ): who owes what each period is found by mandate on the period's last day.

    A one-off (đột xuất, chuyên đề) is a duty of one period: its `asked_days`, due on `asked_due_on`, never repeated.

    Every unit of `level` inside `unit` owes it, in the person of whoever is responsible there for `function_code`
    in `field_code`. `generated_through` is the last day of the newest period up to which every obligation is made for good:
    such periods are over, and each of their units had its owner.
    """

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=250)
    title_en = models.CharField(max_length=250, blank=True)
    function_code = models.CharField(max_length=40)
    field_code = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=Level)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties_received")
    calendar = models.CharField(max_length=10)
    period_kind = models.CharField(max_length=5)
    cut_off_days = models.SmallIntegerField(default=0)
    working_days = models.PositiveSmallIntegerField(default=1)
    asked_days = DateRangeField(null=True)
    asked_due_on = models.DateField(null=True)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300)
    is_assumed = models.BooleanField(default=False)
    generated_through = models.DateField(null=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="duty_has_a_basis", condition=~Q(legal_basis="")),
            models.CheckConstraint(name="duty_leaves_a_working_day", condition=Q(working_days__gte=1)),
            models.CheckConstraint(
                name="a_one_off_names_its_days",
                condition=Q(period_kind="R", asked_days__isnull=False, asked_due_on__isnull=False)
                | (~Q(period_kind="R") & Q(asked_days=None, asked_due_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def due_rule(self) -> DueRule:
        return DueRule(self.cut_off_days, self.working_days, self.asked_due_on)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        return self.filter(fulfilled_at=None, closed_at=None)

    def overdue(self, on: date) -> "ObligationQuerySet":
        """Open past their day; what was only asked for is never overdue."""
        return self.open().filter(due_on__lt=on, is_asked=False)

    def about(self, kind: str, subject_id: int) -> "ObligationQuerySet":
        return self.filter(subject_kind=kind, subject_id=subject_id)


# A day here ends at 17:00 of the same day in UTC, in which the database reckons; to ask it for the day of a moment by the
# zone's name takes a microsecond a row.
_DAY_ENDS = timedelta(hours=17)


def done_in_time(to: str = "") -> Q:
    """Obligations that were fulfilled on their day or before; `to` leads to them, `obligation__`."""
    return Q(**{f"{to}fulfilled_at__lt": F(f"{to}due_on") + _DAY_ENDS})


def done_late(to: str = "") -> Q:
    """Obligations that were fulfilled after their day."""
    return Q(**{f"{to}fulfilled_at__gte": F(f"{to}due_on") + _DAY_ENDS})


class Obligation(Revised):
    """`owner` owes `counterpart` something by `due_on`. Both the first and the current owner and deadline are kept.

    `is_asked` marks what no order stands behind (đề nghị, phối hợp): past its day it waits for a reply, and is never overdue.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=250)
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="obligations")
    period = models.CharField(max_length=40, blank=True)
    period_last_day = models.DateField(null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="obligations")
    original_owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="obligations_received")
    is_asked = models.BooleanField(default=False, db_default=False)
    opened_on = models.DateField()
    due_on = models.DateField(null=True)
    original_due_on = models.DateField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=20, blank=True)
    closed_note = models.CharField(max_length=300, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "period", "unit", "original_owner", "subject_id"],
                condition=Q(duty__isnull=False),
                nulls_distinct=False,  # what a unit owes by itself names no subject
                name="one_obligation_of_a_duty_ever",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id", "owner"],
                condition=Q(duty=None, fulfilled_at=None, closed_at=None, subject_id__isnull=False),
                name="one_open_obligation_about_a_subject",
            ),
            models.CheckConstraint(
                name="closed_for_a_reason",
                condition=Q(closed_at=None, closed_reason="") | (Q(closed_at__isnull=False) & ~Q(closed_reason="")),
            ),
            models.CheckConstraint(
                name="fulfilled_or_closed_not_both", condition=Q(fulfilled_at=None) | Q(closed_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], name="open_obligations_of_an_owner",
                condition=Q(fulfilled_at=None, closed_at=None),
            ),
            models.Index(
                fields=["due_on"], name="open_obligations_by_day", condition=Q(fulfilled_at=None, closed_at=None)
            ),
            models.Index(
                fields=["fulfilled_at"], name="fulfilled_obligations", condition=Q(fulfilled_at__isnull=False)
            ),
            models.Index(fields=["counterpart", "period"], name="obligations_of_a_period"),
            models.Index(fields=["subject_kind", "subject_id"], name="obligations_about_a_subject"),
            models.Index(fields=["unit", "due_on"], name="obligations_of_a_unit"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> Standing:
        done_on = timezone.localdate(self.fulfilled_at) if self.fulfilled_at else None
        return Standing(self.due_on, self.original_due_on, done_on, self.closed_reason, self.is_asked)

    @property
    def is_open(self) -> bool:
        return self.fulfilled_at is None and self.closed_at is None

    @property
    def is_extended(self) -> bool:
        return self.due_on != self.original_due_on

    def status_on(self, on: date) -> Status:
        return status(self.standing, on)


class Assignment(models.Model):
    """Bút phê: inside the owning office a leader passes the work on, down to a person's position. The owner stays."""

    class Part(models.TextChoices):
        LEADS = "leads", _("Chủ trì")
        COORDINATES = "coordinates", _("Phối hợp")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="assignments")
    from_position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="assignments_given")
    to_position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="assignments_held")
    part = models.CharField(max_length=15, choices=Part, default=Part.LEADS)
    text = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "to_position"],
                condition=Q(withdrawn_at=None),
                name="assigned_once_to_a_position",
            ),
            models.CheckConstraint(name="nobody_assigns_to_himself", condition=~Q(from_position=F("to_position"))),
        ]
        indexes = [
            models.Index(fields=["to_position"], name="assignments_of_a_position", condition=Q(withdrawn_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.from_position} → {self.to_position}"


class DeadlineRequest(models.Model):
    """A request to extend a deadline or to be exempted, and what became of it."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("Xin gia hạn")
        EXEMPTION = "exemption", _("Xin miễn")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=1000)
    wanted_due_on = models.DateField(null=True)
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    granted_due_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(granted=None), name="one_undecided_request_an_obligation"
            ),
            models.CheckConstraint(
                name="an_extension_names_its_day", condition=Q(kind="exemption") | Q(wanted_due_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.obligation}"


class Reminder(models.Model):
    """That a rule has reminded of a deadline; the same rule never reminds twice of the same deadline."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField(max_length=30)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "rule", "due_on"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.obligation_id}"


class ReminderRun(models.Model):
    """That reminders were sent on a day: what fell between two runs is sent by the second."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.on.isoformat()


class DayOff(Revised):
    """A line of the editable table of working days: a day off, a day worked, or the swap of one for the other."""

    off_on = models.DateField(null=True, blank=True, unique=True)
    worked_on = models.DateField(null=True, blank=True, unique=True)
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["off_on", "worked_on"]
        constraints = [
            models.CheckConstraint(
                name="a_day_off_or_a_day_worked", condition=Q(off_on__isnull=False) | Q(worked_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.off_on or ''} ↔ {self.worked_on or ''}"
