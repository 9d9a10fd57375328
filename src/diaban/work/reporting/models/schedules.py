"""Schedules: which form is owed by whom, on what legal ground, by when."""

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.reporting.models.forms import Form


class Schedule(Revised):
    """A form asked of the units of its level on `unit`'s ground during `valid`.

    A periodic one is a duty; it is switched on only with the legal basis that Decree 09/2019/NĐ-CP asks (Articles 7, 11), or
    openly on an assumed one. Every other is a request with its official letter (công văn) about the days of `valid`, owed once
    by `due_on`. Only a draft is changed or deleted, by the office that drafted it.
    `items` holds what Article 7 lists: name, content, who_reports, who_receives, method, deadline, frequency, cut_off, outline.
    """

    class Kind(models.TextChoices):
        PERIODIC = "periodic", _("Định kỳ")
        THEMATIC = "thematic", _("Chuyên đề")
        AD_HOC = "ad_hoc", _("Đột xuất")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="schedules")
    duty = models.OneToOneField("obligations.Duty", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERIODIC)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField()
    due_on = models.DateField(null=True)
    is_on = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    short_path = models.BooleanField(default=False)
    reception_days = models.PositiveSmallIntegerField(default=3)  # working days to receive or return what came in
    cut_off_days = models.SmallIntegerField(default=0)  # after the period's last day; negative: before it
    basis_symbol = models.CharField(max_length=60, blank=True)
    basis_issuer = models.CharField(max_length=200, blank=True)
    basis_article = models.CharField(max_length=100, blank=True)
    items = models.JSONField(default=dict)
    is_assumed = models.BooleanField(default=False)
    assumed_basis = models.CharField(max_length=400, blank=True)
    letter_symbol = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_regime_in_force_has_its_basis",
                condition=Q(is_on=False)
                | (Q(kind="periodic") & ~Q(basis_symbol="") & ~Q(basis_issuer="") & ~Q(basis_article=""))
                | (Q(kind="periodic", is_assumed=True) & ~Q(assumed_basis=""))
                | (~Q(kind="periodic") & ~Q(letter_symbol="") & Q(letter_on__isnull=False, valid__upper_inf=False)),
            ),
            models.CheckConstraint(name="a_working_day_to_receive", condition=Q(reception_days__gte=1)),
            models.CheckConstraint(
                name="a_regime_in_force_is_a_duty",
                condition=Q(is_on=False) | ~Q(kind="periodic") | Q(duty__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_once(self) -> bool:
        """Đột xuất, chuyên đề: asked one time."""
        return self.kind != self.Kind.PERIODIC

    @property
    def one_period(self) -> Period | None:
        """The days a one-off asks about; None for a periodic one, or where its end is not set yet."""
        if not self.is_once or self.valid.upper is None:
            return None
        return Period(Calendar(self.form.calendar), Kind.RANGE, self.valid.lower, self.valid.upper)

    @property
    def is_draft(self) -> bool:
        """Whether it has never bound anyone."""
        return not self.is_on and self.duty_id is None

    @property
    def basis(self) -> str:
        """The ground in one line, as pages and papers print it."""
        if self.is_once:
            return self.letter_symbol
        if self.is_assumed:
            return self.assumed_basis
        return f"{self.basis_article}, {self.basis_symbol} ({self.basis_issuer})"


class Deadline(models.Model):
    """How many working days after the cut-off a level must have sent what its schedule asks.

    Levels stand from below to above, each later than the one before (Decree 09/2019/NĐ-CP, Article 8.5).
    """

    class Level(models.TextChoices):
        COMMUNE = "commune", _("Cấp xã")
        DISTRICT = "district", _("Cấp huyện")
        DEPARTMENT = "department", _("Sở")
        PROVINCE = "province", _("Cấp tỉnh")

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="deadlines")
    step = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12, choices=Level)
    working_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "step"], name="one_deadline_of_a_step"),
            models.UniqueConstraint(fields=["schedule", "level"], name="one_deadline_of_a_level"),
            models.CheckConstraint(name="a_working_day_after_the_cut_off", condition=Q(working_days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.level}"
